"""Stage 2: documents to one consistent collection: what is published, what is called what, which topic holds what."""
