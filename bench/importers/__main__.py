"""The table of figures: `python -m bench.importers [--set text,html,cards] [--worst N]`."""

from bench.importers.score import main

if __name__ == "__main__":
    main()
