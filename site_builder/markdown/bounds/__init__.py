"""Python-Markdown's steps whose time would grow faster than the text, replaced by others with the same results."""
