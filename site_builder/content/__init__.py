"""Stage 1: files to documents. Each file is read on its own, without looking at any other."""
