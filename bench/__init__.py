"""Measurements: `make bench`. Nothing here is a test; the tests hold floors where a number must not fall."""
