"""Rows of a pasted text before they are lines: those that belong together are found."""
