"""Builds, measured: `python -m bench [SIZE …]`, by default 1,000 and 10,000 articles.

First our own builds, and how they grow; then the same corpus with other programs, installed in `.venv-peers/` when that
is first needed. Results go to `.cache/bench/`; with --record also to `bench/results/` and `docs/performance.md`.
With --cluster, one process and two workers of Dask instead, by default with 20,000 articles.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench import cluster, growth
from bench.peers.environment import prepare
from bench.peers.generator import Generator
from bench.peers.measure import compare
from bench.peers.programs import BASE, OURS, PEERS, chosen
from bench.peers.record import keep, record_of
from bench.peers.results import Comparison, Record
from bench.peers.tables import as_markdown

SIZES: Final = [1_000, 10_000]
CLUSTER_SIZE: Final = 20_000
ROUNDS: Final = 3


def main(arguments: list[str] | None = None) -> None:
    """Print what was measured. Exits with 1 where bytes differ that must not, or where a build of ours failed."""
    options = _parser().parse_args(arguments)
    faults = []
    if options.part == "cluster":
        if not cluster.measure(options.sizes or [CLUSTER_SIZE]):
            sys.exit("one process and a cluster do not give the same bytes")
        return
    options.sizes = options.sizes or SIZES
    if options.part != "peers" and not growth.measure(options.sizes):
        faults.append("one process and two do not give the same bytes")
    if options.part != "growth":
        record = _compare(options)
        print(as_markdown(record, BASE))
        for path in keep(record, is_recorded=options.record):
            print(f"wrote {path}")
        faults += _faults(record.comparisons)
    if faults:
        sys.exit("; ".join(faults))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.partition("\n")[0])
    keys = ",".join(peer.key for peer in PEERS)
    parser.add_argument("sizes", type=int, nargs="*", metavar="SIZE", help="articles of a corpus")
    parser.add_argument("--runs", type=int, default=ROUNDS, help=f"rounds of the comparison (default: {ROUNDS})")
    parser.add_argument("--peers", type=_peers, default=list(PEERS), metavar="NAMES", help=f"of {keys} (default: all)")
    parser.add_argument("--note", default="", help="what a reader must know of this run")
    parser.add_argument("--record", action="store_true", help="keep the results in the repository")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--no-peers", action="store_const", dest="part", const="growth", help="our own builds only")
    only.add_argument("--only-peers", action="store_const", dest="part", const="peers", help="the comparison only")
    only.add_argument(
        "--cluster", action="store_const", dest="part", const="cluster", help="two workers of Dask, one of them killed"
    )
    return parser


def _peers(names: str) -> list[Generator]:
    try:
        return chosen(names.split(","))
    except KeyError as error:
        raise argparse.ArgumentTypeError(f"no program is called {error}") from error


def _compare(options: argparse.Namespace) -> Record:
    environment = prepare([peer.requirement for peer in options.peers], _say)
    installed = environment.versions([peer.requirement for peer in options.peers])
    for peer in options.peers:
        if peer.requirement not in installed:
            _say(f"{peer.name} is left out: it could not be installed.")
    taking_part = [*(peer for peer in options.peers if peer.requirement in installed), *OURS]
    comparisons = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            comparisons.append(compare(taking_part, environment, Path(folder), size, options.runs, _say))
    return record_of(tuple(comparisons), options.note)


def _say(text: str) -> None:
    """Progress, which is no result."""
    print(text, file=sys.stderr, flush=True)


def _faults(comparisons: tuple[Comparison, ...]) -> list[str]:
    missing = {own.name for own in OURS for one in comparisons if own.key not in {r.key for r in one.results}}
    differing = {r.name for one in comparisons for r in one.results if r.same_bytes is False}
    return [
        *(f"{name}: a build failed" for name in sorted(missing)),
        *(f"{name}: an incremental build does not give the bytes of a clean one" for name in sorted(differing)),
    ]


if __name__ == "__main__":
    main()
