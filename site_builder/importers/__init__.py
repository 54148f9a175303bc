"""Turn other people's pages into drafts: bytes -> ImportedArticle -> plan -> files. The core does not import this."""
