"""A new site in an empty folder, and new articles in it."""
