"""The values that fields of front matter can have: their types, with what is wrong with a value in words."""
