"""How well related articles are found: gold sets of linked texts, and the score of a ranking against them."""
