"""One topic as a disc: its name in lines, and below it its articles in rows, in the smallest circle that holds both."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from unicodedata import east_asian_width

from site_builder.render.svg.text_metrics import text_width, wrap
from site_builder.render.svg.topic_map.circles import Circle

LINE: Final = 1.2
"""Height of a line, for the height of its letters."""
PADDING: Final = 7.0
SPACING: Final = 24.0
"""Between the centres of two points: as far as fingers and WCAG 2.2 (target size) need."""
MAX_LINES: Final = 3
STRETCH: Final = 2.2
"""How much wider than others a line may be for the sake of one word, before the word is cut."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a name is set."""

    font: int
    ems: float
    """Width of a line at most."""


@dataclass(frozen=True, slots=True)
class Disc:
    """A name with points, around (0, 0)."""

    radius: float
    lines: tuple[str, ...]
    base_lines: tuple[float, ...]
    """Of each line."""
    points: tuple[tuple[float, float], ...]
    width: float
    """Of the name and the points together,"""
    top: float
    """and where they begin,"""
    bottom: float
    """and end."""

    def centred(self) -> "Disc":
        """The same with the middle of name and points at (0, 0), where the radius is no matter."""
        up = (self.top + self.bottom) / 2
        lines = tuple(y - up for y in self.base_lines)
        points = tuple((x, y - up) for x, y in self.points)
        return replace(self, base_lines=lines, points=points, top=self.top - up, bottom=self.bottom - up)

    def cover(self) -> tuple[Circle, ...]:
        """A row of circles that holds name and points, smaller than the disc itself where these are wide."""
        height = self.bottom - self.top
        count = max(1, round(self.width / height))
        step = self.width / count
        radius = math.sqrt(step * step + height * height) / 2 + PADDING / 2
        middle = (self.top + self.bottom) / 2
        return tuple(Circle(step * (n - (count - 1) / 2), middle, radius) for n in range(count))


def disc(title: str, count: str, points: int, lettering: Lettering, least: float = 0.0) -> Disc:
    """The smallest disc for a name, its number and so many points; with a radius of `least` at least."""
    best = _with_rows(title, count, lettering, points, 1)
    for columns in range(2, points + 1):
        found = _with_rows(title, count, lettering, points, columns)
        if found.radius < best.radius:
            best = found
        elif columns * SPACING > 2 * best.radius:
            break
    return best if best.radius >= least else replace(best, radius=least)


def block(title: str, count: str, points: int, lettering: Lettering, width: float) -> Disc:
    """The same with rows as wide as there is room."""
    return _with_rows(title, count, lettering, points, int(width // SPACING))


def _with_rows(title: str, count: str, lettering: Lettering, points: int, columns: int) -> Disc:
    lines, line = wrap(title, _room(title, lettering.ems), MAX_LINES), lettering.font * LINE
    tail = text_width(lines[-1]) + (text_width(f" {count}") if count else 0.0)
    widths = [*(text_width(one) for one in lines[:-1]), tail]
    rows = _rows(points, columns)
    text, whole = len(lines) * line, len(lines) * line + len(rows) * SPACING
    boxes = [(width * lettering.font, n * line, (n + 1) * line) for n, width in enumerate(widths)]
    boxes += [(count * SPACING, text + n * SPACING, text + (n + 1) * SPACING) for n, count in enumerate(rows)]
    top, radius = _centred(boxes, whole)
    base_lines = tuple(top + (n + 0.8) * line for n in range(len(lines)))
    places = tuple(
        (SPACING * (n - (count - 1) / 2), top + text + SPACING * (row + 0.5))
        for row, count in enumerate(rows)
        for n in range(count)
    )
    width = max(box[0] for box in boxes)
    return Disc(radius + PADDING, tuple(lines), base_lines, places, width, top, top + whole)


def _room(title: str, ems: float) -> float:
    """Width of a line: wider where a word needs it, up to STRETCH; Chinese and Japanese lines may end at any sign."""
    whole = (word for word in title.split() if not any(east_asian_width(letter) in {"W", "F"} for letter in word))
    longest = max((text_width(word) for word in whole), default=0.0)
    return min(max(ems, longest + 0.01), ems * STRETCH)


def _rows(points: int, columns: int) -> list[int]:
    """Full rows, and the rest in the last one."""
    full, rest = divmod(points, columns)
    return [columns] * full + ([rest] if rest else [])


def _centred(boxes: Sequence[tuple[float, float, float]], whole: float) -> tuple[float, float]:
    """Where the top of these boxes (width, upper and lower edge) must be for the smallest circle around (0, 0)."""
    best = (0.0, math.inf)
    for step in range(21):
        top = -whole * (0.25 + step / 40)
        radius = 0.0
        for width, upper, lower in boxes:
            edge = max(abs(top + upper), abs(top + lower))
            radius = max(radius, math.sqrt(width * width / 4 + edge * edge))
        if radius < best[1] - 1e-6:
            best = (top, radius)
    return best
