"""The HTML of a body: read, made clean and valid."""
