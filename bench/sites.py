"""What a built site consists of, whichever program built it: its files, its bytes, a digest, what its pages weigh."""

import gzip
import hashlib
import re
import statistics
from pathlib import Path
from typing import Final

MAX_PAGES_WEIGHED: Final = 200
"""Pages of one kind are alike; packing 10,000 would take longer than some builds."""


def files_of(site: Path) -> list[Path]:
    """Every file of a site, sorted."""
    return sorted(file for file in site.rglob("*") if file.is_file())


def digest(site: Path) -> str:
    """A digest of the names and bytes of all files."""
    total = hashlib.sha256()
    for path in files_of(site):
        total.update(f"{path.relative_to(site)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def gzip_bytes(pages: list[Path]) -> int:
    """What a page weighs as servers send it, on average. Of many, an even sample counts; 0 without any."""
    step = max(1, len(pages) // MAX_PAGES_WEIGHED)
    return round(statistics.fmean(len(gzip.compress(page.read_bytes())) for page in pages[::step])) if pages else 0


def files_for_article(site: Path, slug: str) -> int:
    """How many files have the name of an article in their address, as a whole part of it: what this article costs."""
    part = re.compile(rf"(?:^|[/.]){re.escape(slug)}(?:[/.]|$)")
    return sum(1 for path in files_of(site) if part.search(path.relative_to(site).as_posix()))
