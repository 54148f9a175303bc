"""An http or https address to the bytes behind it."""
