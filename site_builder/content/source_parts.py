"""A source file to its two parts, front matter and body, as far as it says where one ends and the other begins."""

import re
from dataclasses import dataclass
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath

FENCE: Final = "---"


@dataclass(frozen=True, slots=True)
class SourceParts:
    """The two parts of a source file."""

    yaml: str
    body: str
    body_line: int
    """Line of the file on which the body starts, from 1."""


_OTHER_FENCES: Final = {"+++": "TOML", ";;;": "JSON", "{": "JSON"}
"""First line of front matter in another language -> its name."""
_ASSIGNMENT: Final = re.compile(r"""\s*"?([\w-]+)"?\s*[=:]\s*(\S.*?),?\s*""")


_DASHES: Final = re.compile(r"[-–—_*=~]+")
_INVISIBLE: Final = " \t\r\u00a0\u200b\u2060\ufeff"
_YAML_FIELD: Final = re.compile(r"[A-Za-z][\w-]*:(?:\s|$)")
_NEAR_START: Final = 12
"""Lines among which front matter that starts too late is looked for."""


def _as_yaml(lines: list[str]) -> str:
    """How to write the first field of TOML or JSON as YAML."""
    match = next((m for line in lines[1:] if (m := _ASSIGNMENT.fullmatch(line))), None)
    example = f", and `{match[1]}: {match[2]}` in place of `{match[0].strip()}`" if match else ""
    return f'write a line "{FENCE}" above and below it{example}'


def _what_is_missing(lines: list[str]) -> tuple[str, str]:
    """What is wrong with the start of a file, and what to write."""
    first = lines[0].strip(_INVISIBLE)
    if _DASHES.fullmatch(first) and len(lines) > 1 and _YAML_FIELD.match(lines[1]):
        text = "the first line is not exactly three hyphens"
        return text, f'write "{FENCE}" there, without anything else, and below the last field'
    fence = next((n for n, line in enumerate(lines[:_NEAR_START]) if line.strip(_INVISIBLE) == FENCE), None)
    if fence and _YAML_FIELD.match(lines[fence + 1] if fence + 1 < len(lines) else ""):
        if not "".join(lines[:fence]).strip(_INVISIBLE):
            return (
                "the front matter does not start in the first line",
                f'delete everything above the first line "{FENCE}"',
            )
        if not any(line.startswith(("```", "~~~")) for line in lines[:fence]):
            hint = f'move what stands above the first line "{FENCE}" into the text'
            return "the front matter does not start in the first line", hint
    if len(lines) > 1 and _YAML_FIELD.match(lines[0]) and _YAML_FIELD.match(lines[1]):
        return (
            f'the front matter does not stand between two lines "{FENCE}"',
            f'write a line "{FENCE}" above and below it',
        )
    hint = 'start the file with a line "---", then "title: …", then another line "---"'
    return "the file does not start with front matter", hint


def split(text: str, path: SourcePath) -> tuple[SourceParts | None, list[Diagnostic]]:
    """Split a source at its `---` lines. May report front-matter-missing and front-matter-unclosed."""
    lines = text.split("\n")
    start = Location(path)
    if lines[0].rstrip() != FENCE:
        if lines[0].rstrip() in _OTHER_FENCES:
            language = _OTHER_FENCES[lines[0].rstrip()]
            text_ = f"the front matter is {language}; here it is YAML"
            return None, [diagnostic("front-matter-missing", start, text_, _as_yaml(lines))]
        return None, [diagnostic("front-matter-missing", start, *_what_is_missing(lines))]
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == FENCE:
            body = "\n".join(lines[number + 1 :])
            return SourceParts("\n".join(lines[1:number]), body, number + 2), []
    hint = 'put a line with only "---" between the last field and the text'
    return None, [diagnostic("front-matter-unclosed", start, "the front matter is never closed", hint)]


_ENDS: Final = {"---": ("---", "..."), "+++": ("+++",), ";;;": (";;;",), "{": ("}",)}
"""First line of front matter -> the lines that may end it."""
_FIELD: Final = re.compile(r"""["'\w][^:=]*[:=](?:\s|$)|\s+\S|-\s|#""")
"""A line that may belong to front matter: a field, an entry of a list, a comment, or the next line of a value."""


def guess_parts(text: str) -> SourceParts:
    """What is most likely the body of a source that `split` refuses, so that its links can be checked.

    Front matter that is YAML is given too. Empty lines stand for what is above it, so that its positions are right.
    """
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    fence = lines[first].rstrip()
    if fence not in _ENDS:
        return SourceParts("", text, 1)
    rest = range(first + 1, len(lines))
    end = next((number for number in rest if lines[number].rstrip() in _ENDS[fence]), None)
    start = None if end is None else end + 1
    if end is None:
        end = next((number for number in rest if not _FIELD.match(lines[number])), len(lines))
        start = end
    yaml = "\n" * first + "\n".join(lines[first + 1 : end]) if fence == FENCE else ""
    return SourceParts(yaml, "\n".join(lines[start:]), (start or 0) + 1)
