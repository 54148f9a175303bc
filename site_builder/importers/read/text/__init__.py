"""Pasted text of pages."""
