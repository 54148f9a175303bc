"""Bytes of other people's pages to an imported article."""
