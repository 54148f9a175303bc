"""The browser form: its configuration, made from the models of front matter, and the pinned files that it needs."""
