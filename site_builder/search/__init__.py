"""The search index: a folder of small files that the reader's browser asks for what it needs."""
