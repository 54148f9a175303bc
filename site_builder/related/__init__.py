"""Scored neighbours of every article, with reasons."""
