"""Views to bytes: templates, JSON, feeds, pictures."""
