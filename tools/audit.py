"""Known weaknesses of the locked packages, asked of a public database with pip-audit.

    python tools/audit.py PIP-AUDIT LOCK…   exit code 0: none known; 1: some; 3: the database could not be asked
    make audit                              the same; make names the code and ends with 2 for both

pip-audit ends with 0 if it could look up nothing at all, as behind a mirror that knows names and archives only. That
says nothing about the packages, so it is told apart here.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

WEAK: Final = 1
NOT_ASKED: Final = 3
_OPTIONS: Final = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json")

Ask = Callable[[Sequence[str]], tuple[str, str]]
"""Runs a command; its standard output and error."""


def _run(command: Sequence[str]) -> tuple[str, str]:
    try:
        done = subprocess.run(list(command), capture_output=True, text=True, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return "", str(error)
    return done.stdout, done.stderr


def audit(program: str, lock: str, ask: Ask = _run) -> tuple[int, list[str]]:
    """The exit code for a lock, and what to print."""
    output, errors = ask([program, *_OPTIONS, "-r", lock])
    try:
        packages: list[Mapping[str, Any]] = json.loads(output)["dependencies"]
        if not packages:
            raise ValueError  # noqa: TRY301 (an empty answer is none)
    except (ValueError, KeyError, TypeError):
        why = errors.strip().splitlines()[-1:] or ["it gave no answer"]
        return NOT_ASKED, [f"{lock}: the database could not be asked, so nothing is known: {why[0]}"]
    weak = [one for one in packages if one.get("vulns")]
    skipped = [str(one["name"]) for one in packages if "skip_reason" in one]
    lines = [
        f"{lock}: {one['name']} {one['version']}: {weakness['id']}, "
        f"fixed in {', '.join(weakness['fix_versions']) or 'no version'}"
        for one in weak
        for weakness in one["vulns"]
    ]
    if skipped:
        first = ", ".join(skipped[:5]) + (" …" if len(skipped) > 5 else "")
        lines.append(f"{lock}: the database knows nothing of {len(skipped)} of {len(packages)} packages: {first}")
    if not lines:
        lines.append(f"{lock}: {len(packages)} packages without known weaknesses")
    return (WEAK if weak else NOT_ASKED if skipped else 0), lines


def main(arguments: Sequence[str]) -> int:
    """Audit each lock; weaknesses count more than what could not be asked."""
    program, *locks = arguments
    codes = set()
    for lock in locks:
        code, lines = audit(program, lock)
        codes.add(code)
        print("\n".join(lines))
    return WEAK if WEAK in codes else max(codes, default=NOT_ASKED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
