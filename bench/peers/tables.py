"""A comparison as Markdown tables, for the terminal and for `docs/performance.md`."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bench.peers.results import SCENARIOS, TITLES, Comparison, Record, Result, base_of, ratio

NONE: Final = "–"
_NUMBER: Final = re.compile(r"[\d,.]+%?|" + NONE)
MAX_ARTICLE_GZIP_BYTES: Final = 7_500
"""What the HTML of an article's page of ours may weigh, on average."""


def as_markdown(record: Record, base_keys: Sequence[str]) -> str:
    """Every comparison, smallest corpus first, and what the programs show."""
    parts = [f"{record.note}\n" if record.note else "", f"Measured on {record.day} on {record.machine}.\n"]
    for comparison in record.comparisons:
        base = base_of(comparison.results, base_keys)
        if base is None:
            continue
        rounds = f"Medians of {comparison.rounds} rounds" if comparison.rounds > 1 else "One round"
        parts += [
            f"**{comparison.articles:,} articles.** {rounds}; × is relative to {base.name}.\n",
            table(_times(comparison, base)),
            table(_cpu(comparison, base)),
            table(_sizes(comparison, base)),
            "".join(f"- {note}\n" for note in _notes(comparison)),
        ]
    shown = {result.key: result for comparison in record.comparisons for result in comparison.results}
    parts.append(table([["", "version", "pages show"], *([r.name, r.version, r.shows] for r in shown.values())]))
    return "\n".join(part for part in parts if part)


def _times(comparison: Comparison, base: Result) -> Iterator[list[str]]:
    """Wall time of every scenario, with its ratio."""
    yield ["", *(cell for scenario in SCENARIOS for cell in (f"{TITLES[scenario]} s", "×"))]
    for result in comparison.results:
        numbers = ((result.wall(s), ratio(result, base, s)) for s in SCENARIOS)
        yield [result.name, *(cell for seconds, times in numbers for cell in (_seconds(seconds), _times_of(times)))]


def _cpu(comparison: Comparison, base: Result) -> Iterator[list[str]]:
    """CPU time of every scenario: what other work on the machine changes least."""
    yield ["", *(cell for scenario in SCENARIOS for cell in (f"{TITLES[scenario]} CPU s", "×"))]
    for result in comparison.results:
        numbers = ((result.cpu(s), base.cpu(s) or base.cpu("cold")) for s in SCENARIOS)
        cells = (
            (_seconds(own), _times_of(own / other if own is not None and other else None)) for own, other in numbers
        )
        yield [result.name, *(cell for pair in cells for cell in pair)]


def _sizes(comparison: Comparison, base: Result) -> Iterator[list[str]]:
    """Memory of the cold build, and what was built."""
    yield ["", "memory MB", "×", "files", "MB", "files per article", "page kB gzip"]
    for result in comparison.results:
        peak, other = result.peak("cold") or 0.0, base.peak("cold")
        yield [
            *(result.name, f"{peak:,.0f}", _times_of(peak / other if other else None)),
            *(f"{result.files:,}", f"{result.megabytes:,.0f}", f"{result.files_for_article}"),
            f"{result.article_gzip_bytes / 1000:.1f}",
        ]


def _notes(comparison: Comparison) -> Iterator[str]:
    for result in comparison.results:
        if result.same_bytes is not None:
            verdict = "the bytes of" if result.same_bytes else "OTHER BYTES THAN"
            yield f"{result.name}: the build in CI gave {verdict} the others of the same content"
            over = "within" if result.article_gzip_bytes <= MAX_ARTICLE_GZIP_BYTES else "OVER"
            per_article = result.files / comparison.articles
            yield (
                f"{result.name}: {per_article:.2f} files per article over the whole site; an article's page is {over} "
                f"{MAX_ARTICLE_GZIP_BYTES / 1000:.1f} kB"
            )
    if comparison.links:
        yield comparison.links


def _seconds(value: float | None) -> str:
    return NONE if value is None else f"{value:.2f}" if value < 10 else f"{value:,.1f}"


def _times_of(value: float | None) -> str:
    return NONE if value is None else f"{value:.2f}"


def table(rows: Iterator[list[str]] | list[list[str]]) -> str:
    """Aligned, so that it can be read as it is; all columns but the first and those of words to the right."""
    cells = list(rows)
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    is_number = [all(_NUMBER.fullmatch(row[column]) for row in cells[1:]) for column in range(len(widths))]
    rule = ["-" * (width - 1) + (":" if number else "-") for width, number in zip(widths, is_number, strict=True)]
    return "".join(
        "| "
        + " | ".join(_pad(cell, width, number) for cell, width, number in zip(row, widths, is_number, strict=True))
        + " |\n"
        for row in [cells[0], rule, *cells[1:]]
    )


def _pad(cell: str, width: int, is_number: bool) -> str:
    return f"{cell:>{width}}" if is_number else f"{cell:<{width}}"
