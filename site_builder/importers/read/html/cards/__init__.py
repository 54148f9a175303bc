"""Blocks of cards beside an article: similar articles, and tools that a page advertises."""
