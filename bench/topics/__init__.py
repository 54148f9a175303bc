"""How well topics are suggested: gold sets of texts with their topics, and the score of suggestions against them."""
