"""Jinja2 templates: compiled once for a site, rendered for each page."""
