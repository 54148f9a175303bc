"""The editing server: it makes each page when a browser asks for it, follows edits, and writes nothing."""
