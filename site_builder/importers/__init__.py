"""Other people's pages to drafts: bytes -> Clipping -> findings -> files. Nothing in the core knows of it."""
