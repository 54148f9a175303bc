"""How well pages are read: a gold set of pages with what should be read out of them, and its score."""
