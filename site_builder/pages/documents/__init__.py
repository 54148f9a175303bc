"""Pages of single documents."""
