"""`python -m bench.loss FOLDER… [--worst N] [--json] [--bars] [--keep FOLDER]`: a row for each folder of Markdown."""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import yaml

from bench.loss.compare import Compared, compare
from bench.loss.raw_marks import KINDS, OTHER_KINDS
from bench.loss.try_site import Tried, try_folder

LOST_BAR: Final = 5.0
"""Lost words of 10,000 that a folder must stay below; the aim is 1."""
MARKS_BAR: Final = 5.0
"""Percent of files with raw marks that a folder must stay below."""
_HEAD: Final = (
    f"{'':22}{'files':>6}{'words':>9}{'lost':>6}{'/10,000':>9}{'moved':>7}{'told':>6}{'marks %':>9}"
    f"{'other %':>9}{'no page':>9}{'errors':>8}{'faults':>8}"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One folder."""

    folder: str
    tried: Tried
    documents: list[Compared]

    @property
    def words(self) -> int:
        """Words of all sources."""
        return sum(d.words for d in self.documents)

    @property
    def lost(self) -> int:
        """Words that no page has, and no finding reports."""
        return sum(len(d.lost) for d in self.documents)

    @property
    def lost_of_10000(self) -> float:
        """The figure that is judged."""
        return 10_000 * self.lost / max(1, self.words)

    def marked_percent(self, kinds: Sequence[str]) -> float:
        """Files with a mark of these kinds that no finding reports."""
        marked = sum(any(m.kind in kinds for m in d.marks) for d in self.documents)
        return 100 * marked / max(1, len(self.documents))

    @property
    def errors(self) -> list[str]:
        """Codes of the errors, as often as they are found."""
        return [f.code for found in self.tried.findings.values() for f in found if f.severity == "error"]

    @property
    def is_met(self) -> bool:
        """Are both figures below their bars, and every command ended well?"""
        is_below = self.lost_of_10000 < LOST_BAR and self.marked_percent(KINDS) < MARKS_BAR
        return is_below and not self.tried.tracebacks

    def row(self) -> str:
        """The figures in one line."""
        moved = sum(len(d.moved) for d in self.documents)
        told = sum(len(d.excused) for d in self.documents)
        missing = sum(not d.has_page for d in self.documents)
        return (
            f"{self.folder[-21:]:22}{len(self.documents):>6}{self.words:>9}{self.lost:>6}{self.lost_of_10000:>9.2f}"
            f"{moved:>7}{told:>6}{self.marked_percent(KINDS):>9.1f}{self.marked_percent(OTHER_KINDS):>9.1f}"
            f"{missing:>9}{len(self.errors):>8}{len(self.tried.tracebacks):>8}"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table; with `--bars`, exit with 1 where a bar is not met."""
    parser = argparse.ArgumentParser(prog="python -m bench.loss", description=str(__doc__))
    parser.add_argument("folders", nargs="+", type=Path, help="folders of Markdown, of any program")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show N places of each kind of loss")
    parser.add_argument("--json", action="store_true", help="everything that was found, as JSON")
    parser.add_argument("--bars", action="store_true", help="exit with 1 where a figure is not below its bar")
    parser.add_argument("--keep", type=Path, help="write the trial sites here, to look at them")
    parser.add_argument("--settings", type=Path, help="a mkdocs.yml with the markdown_extensions to use")
    given = parser.parse_args(arguments)
    extensions = yaml.safe_load(given.settings.read_text("utf-8"))["markdown_extensions"] if given.settings else None
    measured = []
    if not given.json:
        print(_HEAD)
    for folder in given.folders:
        measured.append(measure(folder, given.keep, extensions))
        if not given.json:
            print(measured[-1].row(), flush=True)
    if given.json:
        print(json.dumps([_plain(m) for m in measured], ensure_ascii=False, indent=1))
    elif given.worst:
        for site in measured:
            print("\n".join(_worst(site, given.worst)))
    sys.exit(given.bars and not all(site.is_met for site in measured))


def measure(folder: Path, keep: Path | None = None, extensions: object = None) -> Measured:
    """Try one folder in a temporary site, or in one that is kept."""
    source = folder.resolve()
    name = "/".join(source.parts[-2:])
    if keep is not None:
        work = keep / name.replace("/", "-")
        work.mkdir(parents=True, exist_ok=True)
        tried = try_folder(source, work, extensions)
    else:
        with tempfile.TemporaryDirectory() as temporary:
            tried = try_folder(source, Path(temporary), extensions)
    return Measured(name, tried, compare(tried))


def _worst(site: Measured, count: int) -> Iterator[str]:
    yield f"\n{site.folder}"
    yield from (f"  fault: {text}" for text in site.tried.tracebacks)
    yield from (f"  {n} × error {code}" for code, n in Counter(site.errors).most_common())
    for name in ("lost", "moved"):
        runs = [(d.path, run) for d in site.documents for run in _runs(getattr(d, name))]
        runs.sort(key=lambda item: -len(item[1]))
        for path, run in runs[:count]:
            yield f"  {name} {len(run)}: {path}:{run[0].line}: {' '.join(w.text for w in run)[:110]}"
    marks = [(d.path, mark) for d in site.documents for mark in d.marks]
    marks.sort(key=lambda item: item[1].kind)
    for kind, group in groupby(marks, key=lambda item: item[1].kind):
        found = list(group)
        yield f"  {len(found)} × {kind} in {len({path for path, _mark in found})} files"
        yield from (f"    {path}:{mark.line}: {mark.text[:110]}" for path, mark in found[:count])


def _runs(words: Sequence[Any]) -> Iterator[list[Any]]:
    """Words of one block together."""
    for _span, run in groupby(words, key=lambda w: (w.first, w.last)):
        yield list(run)


def _plain(site: Measured) -> dict[str, object]:
    return {
        "folder": site.folder,
        "files": len(site.documents),
        "words": site.words,
        "lost": site.lost,
        "lost_of_10000": round(site.lost_of_10000, 2),
        "files_with_marks_percent": round(site.marked_percent(KINDS), 1),
        "errors": Counter(site.errors),
        "tracebacks": site.tried.tracebacks,
        "documents": [asdict(d) for d in site.documents],
    }


if __name__ == "__main__":
    main()
