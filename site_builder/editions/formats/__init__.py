"""The editorial diff as text, JSON, Markdown for a pull request, and one HTML file."""
