"""Text to words and terms, and texts that are nearly the same."""
