"""Other people's pages to drafts: bytes -> ImportedArticle -> findings -> files. Nothing in the core knows of it."""
