"""Feeds to imported articles, one for each entry."""
