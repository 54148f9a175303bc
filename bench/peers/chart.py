"""A comparison as an SVG bar chart: one group of bars per scenario, in ratios, light and dark, with a description.

Drawn with plain elements and no script, so that it works as a picture in a page of any site.
"""

from collections.abc import Iterator
from html import escape
from typing import Final

from bench.peers.results import SCENARIOS, Comparison, Result, Scenario, ratio

WIDTH: Final = 720
_NAME_WIDTH: Final = 150
_VALUE_WIDTH: Final = 150
"""Room to the right of the longest bar for its figures."""
_ROW: Final = 22
_BAR: Final = 14
_HEAD: Final = 34
"""Height of the heading of a group."""
_HEADINGS: Final[dict[Scenario, str]] = {
    "cold": "Cold build",
    "unchanged": "Nothing changed",
    "edit": "One article edited",
    "ci": "CI: the cache is there, the site is not",
}
_STYLE: Final = """\
text { font: 13px system-ui, sans-serif; fill: #1c2320; }
.head { font-weight: 600; }
.value { fill: #4a544f; }
.other { fill: #8b9791; }
.base { fill: #5c6862; }
.ours { fill: #1b6e53; }
.paper { fill: #fff; }
@media (prefers-color-scheme: dark) {
text { fill: #e6ebe8; }
.value { fill: #b4beb9; }
.other { fill: #6f7b75; }
.base { fill: #9aa6a0; }
.ours { fill: #4fbf95; }
.paper { fill: #141715; }
}"""


def draw(comparison: Comparison, base: Result, own_keys: frozenset[str]) -> str:
    """The chart of one comparison. Bars of a group share a scale, so that each group can be read by itself."""
    groups = [(scenario, list(_bars(comparison, base, scenario))) for scenario in SCENARIOS]
    height = 20 + sum(_HEAD + _ROW * len(bars) for _, bars in groups)
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc">',
        f'<title id="title">Build times for {comparison.articles:,} articles, relative to {escape(base.name)}</title>',
        f'<desc id="desc">{escape(describe(comparison, base))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{height}"/>',
    ]
    top = 10
    for scenario, bars in groups:
        top += _HEAD
        parts.append(f'<text class="head" x="10" y="{top - 10}">{escape(_heading(scenario, base))}</text>')
        longest = max((times for _, _, times in bars), default=1.0)
        for result, seconds, times in bars:
            kind = "ours" if result.key in own_keys else "base" if result is base else "other"
            parts.append(_bar(result.name, seconds, times, times / longest, kind, top))
            top += _ROW
    return "\n".join([*parts, "</svg>"]) + "\n"


def describe(comparison: Comparison, base: Result) -> str:
    """The figures in words, for those who do not see the bars."""
    sentences = (
        f"{_heading(scenario, base)}: "
        + ", ".join(f"{result.name} {times:.2f} ({seconds:.2f} s)" for result, seconds, times in bars)
        + "."
        for scenario in SCENARIOS
        if (bars := list(_bars(comparison, base, scenario)))
    )
    return " ".join(sentences)


def _heading(scenario: Scenario, base: Result) -> str:
    """What the ratios of a group are to."""
    kept = "" if base.wall(scenario) is not None else "'s cold build"
    return f"{_HEADINGS[scenario]}, relative to {base.name}{kept}"


def _bars(comparison: Comparison, base: Result, scenario: Scenario) -> Iterator[tuple[Result, float, float]]:
    for result in comparison.results:
        seconds, times = result.wall(scenario), ratio(result, base, scenario)
        if seconds is not None and times is not None:
            yield result, seconds, times


def _bar(name: str, seconds: float, times: float, part: float, kind: str, top: int) -> str:
    length = max(1.0, part * (WIDTH - _NAME_WIDTH - _VALUE_WIDTH - 20))
    baseline = top + _BAR - 3
    return (
        f'<text x="{_NAME_WIDTH}" y="{baseline}" text-anchor="end">{escape(name)}</text>'
        f'<rect class="{kind}" x="{_NAME_WIDTH + 10}" y="{top}" width="{length:.1f}" height="{_BAR}"/>'
        f'<text class="value" x="{_NAME_WIDTH + 16 + length:.1f}" y="{baseline}">{times:.2f} × ({seconds:.2f} s)</text>'
    )
