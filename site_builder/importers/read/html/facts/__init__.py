"""What a page says about its article: who wrote it, and when it was published."""
