"""Stage 3: a corpus to its link graph: every reference resolved, every link seen from both its ends."""
