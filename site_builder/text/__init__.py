"""Text to terms, and texts that say nearly the same."""
