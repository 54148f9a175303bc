"""What spares Python-Markdown work that a text does not need; the HTML is the same without it, to the byte."""
