"""What bodies may contain beyond Python-Markdown's own syntax."""
