"""The search index: a folder of small files of which a reader's browser loads the few that it needs."""
