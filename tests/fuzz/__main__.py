"""`make fuzz`: the tests that are marked `fuzz`, with other examples in each round, for as long as you like.

    python -m tests.fuzz --minutes 60

Each round is a process of its own with its own seed, so that a crash ends one round only. What fails is kept in
`tests/fuzz/corpus/found/`: mend the fault, give the file a name that says what it is about, and move it one folder up.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
FOUND: Final = FOLDER / "corpus" / "found"
EXAMPLES: Final = "20"
"""Times the number of examples in the default suite, for one round: some minutes."""


def main() -> int:
    """Fuzz until the time is up; 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("SITE_BUILDER_FUZZ") or 10))
    parser.add_argument("--seed", type=int, default=int(time.time()) % 1_000_000, help="of the first round")
    parser.add_argument("-k", help="only tests whose names match, as in pytest")
    given = parser.parse_args()
    ends = time.monotonic() + given.minutes * 60
    seed, failed = given.seed, False
    before = set(FOUND.glob("*.json"))
    while time.monotonic() < ends:
        started = time.monotonic()
        result = _round(seed, given.k)
        summary = (result.stdout.strip().splitlines() or ["no output"])[-1]
        print(f"seed {seed}: {summary}, after {(time.monotonic() - started) / 60:.1f} minutes", flush=True)
        if result.returncode not in {0, 5}:
            failed = True
            print("\n".join(re.findall(r"^(?:FAILED|ERROR) .*", result.stdout, re.MULTILINE)) or result.stdout[-2000:])
            print(
                f"  again: SITE_BUILDER_FUZZ_EXAMPLES={EXAMPLES} pytest -n 0 -m fuzz --hypothesis-seed={seed} tests/fuzz"
            )
        seed += 1
    for path in sorted(set(FOUND.glob("*.json")) - before):
        print(f"found: {path}")
    return int(failed)


def _round(seed: int, only: str | None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-m", "fuzz", f"--hypothesis-seed={seed}", str(FOLDER)]
    command += ["-k", only] if only else []
    environment = {**os.environ, "SITE_BUILDER_FUZZ_EXAMPLES": EXAMPLES}
    return subprocess.run(command, env=environment, text=True, capture_output=True, check=False)


if __name__ == "__main__":
    sys.exit(main())
