"""How blocks of a text are read where Python-Markdown differs from GitHub: lists, fences, HTML, tables, attributes."""
