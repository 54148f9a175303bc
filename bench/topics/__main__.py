"""The table of figures: `python -m bench.topics [--set demonstration,single,multi] [--worst N]`."""

from bench.topics.score import main

if __name__ == "__main__":
    main()
