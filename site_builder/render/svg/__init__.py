"""Geometry of the pictures that templates draw as inline SVG."""
