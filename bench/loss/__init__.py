"""How much of what people write reaches the page: lost words, and marks that are shown as written.

The source is read by markdown-it, not by our own code, and compared with the pages that the program builds.
"""
