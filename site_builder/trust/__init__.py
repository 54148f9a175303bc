"""Keeps a site that somebody else has changed from running code of its own and from reaching further."""
