"""Stage 4: corpus and link graph to planned pages: every address with all that a template may see of it."""
