"""A map of topics with their articles and with names between them: from what stands on it to whole numbers."""
