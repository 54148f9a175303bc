"""Documents to the topics that an editor would file them under, with reasons: see `suggest_topics`."""
