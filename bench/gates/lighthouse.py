"""What Lighthouse says of a phone's view of home, topic, article and search: the median of several runs.

Lighthouse is a command of npm's; where it is not there, nothing is asked of it.
"""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any, Final

from bench.gates.gate import Gate, at_least, at_most

CATEGORIES: Final = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
FIGURES: Final = (
    ("largest-contentful-paint", 1200, " ms"),
    ("total-blocking-time", 100, " ms"),
    ("cumulative-layout-shift", 0.01, ""),
)
KINDS: Final = ("home", "topics/…", "articles/…", "search")
FLAGS: Final = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


def ask(command: str, chromium: str, base: str, sample: Mapping[str, Sequence[str]], rounds: int) -> Iterator[Gate]:
    """Gates of each of the four kinds of page that a site has."""
    for kind in KINDS:
        if kind not in sample:
            continue
        path = sample[kind][0].removesuffix("index.html")
        runs = [_run(command, chromium, base + path) for _ in range(rounds)]
        for name, bar in CATEGORIES.items():
            scores = [run["categories"][name]["score"] * 100 for run in runs]
            yield at_least(f"Lighthouse {kind} {name}", median(scores), bar, "", _failed(runs[0], name))
        for name, most, unit in FIGURES:
            values = [run["audits"][name]["numericValue"] for run in runs]
            yield at_most(f"Lighthouse {kind} {name}", median(values), most, unit)


def _run(command: str, chromium: str, url: str) -> dict[str, Any]:
    options = ["--quiet", "--output=json", f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]
    environment = {**os.environ, "CHROME_PATH": chromium}
    run = subprocess.run([command, url, *options], capture_output=True, check=True, env=environment)
    out: dict[str, Any] = json.loads(run.stdout)
    return out


def _failed(run: dict[str, Any], category: str) -> list[str]:
    """Audits of a category that are not passed, with what they found."""
    out = []
    for reference in run["categories"][category]["auditRefs"]:
        audit = run["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
            out.append(f"{audit['id']}: {audit.get('displayValue') or audit['title']}")
    return out
