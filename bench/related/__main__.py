"""The table of figures: `python -m bench.related [--set curated,written] [--worst N] [--time N,…] [--edits]`."""

from bench.related.score import main

if __name__ == "__main__":
    main()
