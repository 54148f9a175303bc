"""What every write has in common: faults that name the file, and temporary files that no end leaves for good."""
