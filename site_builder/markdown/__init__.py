"""Bodies: Markdown to clean, context-free HTML."""
