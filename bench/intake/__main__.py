"""The table of figures: `python -m bench.intake [--set text,html,cards] [--worst N]`."""

from bench.intake.score import main

if __name__ == "__main__":
    main()
