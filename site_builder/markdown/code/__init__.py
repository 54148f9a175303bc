"""Code in a text: its options and its highlighting."""
