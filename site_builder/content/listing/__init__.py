"""What is in the content folder: its files, with the digests that tell whether they have changed. None is loaded."""
