"""Stage 5: pages to files. Only what is stale is rendered; only what we wrote is ever removed."""
