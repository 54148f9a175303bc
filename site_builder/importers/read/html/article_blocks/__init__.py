"""The blocks of a page that are its article."""
