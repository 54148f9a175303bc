"""Pages that list documents."""
