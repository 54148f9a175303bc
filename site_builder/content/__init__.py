"""Stage 1: files to documents, each file on its own. No document knows of another here."""
