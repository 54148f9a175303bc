"""Formulas: TeX in a text, and the MathML made from it."""
