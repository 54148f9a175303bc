"""The editor's report."""
