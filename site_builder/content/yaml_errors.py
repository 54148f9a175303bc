"""What PyYAML says about invalid YAML, in words that tell a writer what to do."""

import re
from typing import Final

import yaml

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath

_YAML_PROBLEMS: Final = (
    # part of PyYAML's message, what it means, what to do about it
    ("mapping values are not allowed", 'a second ": " in one line', "quote"),
    ("found undefined alias", "", "quote"),
    ("could not determine a constructor", "", "quote"),
    ("block sequence entries are not allowed", "", "quote"),
    ("expected alphabetic or numeric", "", "quote"),
    ("cannot start any token", "", "quote"),
    ("could not find expected ':'", 'a line without ": "', 'every line is "key: value"'),
    ("unexpected end of stream", "a quote is opened and never closed", "close it, or remove it"),
    ("did not find expected ',' or", "a bracket is opened and never closed", "close it, or put the value in quotes"),
    ("unknown escape character", "a backslash in double quotes", "use single quotes, in which it is only a backslash"),
    ("expected <document start>", "a line that ends the front matter too early", 'remove the line "..."'),
    ("block end", "a line that is indented differently from those above", "indent all lines of a list alike"),
    ("find expected key", "a line that is indented differently from those above", "indent all lines of a list alike"),
)  # fmt: skip
_KEY_AND_VALUE = re.compile(r"(\s*(?:- +(?=(?:to|why|kind):))?[\w-]+:\s+|\s*- +|\s*)(.*)")


def yaml_error(error: yaml.YAMLError, source: str, path: SourcePath) -> Diagnostic:
    """What is wrong with YAML that cannot be read, at the line that causes it: a front-matter-yaml."""
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    words = ("expected ':'", "end of stream", "expected ',' or")
    if mark and context and context.line < mark.line and any(w in problem for w in words):
        mark = context  # where the problem starts, not where the reader noticed it
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = source.split("\n")
    line = min(line, len(lines))  # to YAML 1.1, U+2028 ends a line too
    whole = lines[line] if line < len(lines) else ""
    above = next((n for n in range(line - 1, -1, -1) if lines[n].strip() and not lines[n].startswith("#")), None)
    if "mapping values" in problem and above is not None and _is_key_without_space(lines[above], whole, column):
        return _no_colon(lines[above], Location(path, above + 2))
    before, value = _split_value(whole)
    plain, hint = next(((p, h) for words, p, h in _YAML_PROBLEMS if words in problem), (problem, ""))
    if "\t" in whole[: column + 1] and ("any token" in problem or "tab" in problem):
        plain, hint = "a tab", "indent with spaces; YAML does not allow tabs"
    elif plain == "":
        plain, column = f'a value cannot start with "{value[:1]}"', len(before)
    elif value[:1] in {"'", '"'} and "expected key" in problem:
        plain, hint = "text after a closing quote", "quote"
    elif re.match(r"\[[^\]]*\]\(", value):  # a Markdown link
        plain, column, hint = "text after a closing bracket", len(before) + value.index("]") + 1, "quote"
    goes_on = not before.strip() or ("mapping values" in problem and ":" not in whole[:column])
    if hint == "quote" and goes_on and whole.startswith(" "):
        hint = "put the whole value in quotes, from the line of its field on"
    elif hint == "quote":
        hint = f"put the value in quotes: {before.strip()} {quoted(value)}"
    text = f"the front matter is not valid YAML: {plain}" + (f', at "{short(whole.strip())}"' if whole.strip() else "")
    return diagnostic("front-matter-yaml", Location(path, line + 2, column + 1), text, hint)


_KEY_WITHOUT_SPACE: Final = re.compile(r"([A-Za-z][\w-]*)(?:[:\uff1a]\s*|\s+)(\S.*)")


def _is_key_without_space(above: str, whole: str, column: int) -> bool:
    """Whether a colon that YAML does not expect is that of a key, because the line above it has none."""
    is_of_key = re.fullmatch(r"[\w-]+", whole[:column]) is not None
    return is_of_key and ": " not in above and _KEY_WITHOUT_SPACE.fullmatch(above) is not None


def _no_colon(whole: str, place: Location) -> Diagnostic:
    match = _KEY_WITHOUT_SPACE.fullmatch(whole)
    hint = f"write a colon and a space behind the name: {match[1]}: {match[2]}" if match else ""
    text = f'the front matter is not valid YAML: a line without ": ", at "{short(whole.strip())}"'
    return diagnostic("front-matter-yaml", place, text, hint)


def _split_value(line: str) -> tuple[str, str]:
    """Split `  key: value` or `- value` where the value starts."""
    match = _KEY_AND_VALUE.match(line)
    return (match[1], match[2].rstrip()) if match else ("", line)


def quoted(value: str) -> str:
    """The text as a YAML string."""
    return f'"{value}"' if '"' not in value and "\\" not in value else "'" + value.replace("'", "''") + "'"


def short(text: object, limit: int = 60) -> str:
    """The text, or its beginning with an ellipsis."""
    shown = str(text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


_SPECIAL: Final = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
"""Spaces that look like an ordinary one, or like nothing, and are letters to YAML."""
_STRUCTURAL: Final = re.compile(
    rf"^[ {_SPECIAL}]*(?:-[ {_SPECIAL}]+)?(?:[\w-]+[ {_SPECIAL}]*:[ {_SPECIAL}]*)?"
    rf"|[{{,][ {_SPECIAL}]*[\w-]+[ {_SPECIAL}]*:[ {_SPECIAL}]*"
)
"""Places where YAML looks for spaces: before and after a dash, a key and its colon."""
_ONE_SPECIAL: Final = re.compile(f"[{_SPECIAL}]")


def with_plain_spaces(source: str, path: SourcePath) -> tuple[str, list[Diagnostic]]:
    """The YAML with ordinary spaces wherever YAML looks for one, and a front-matter-yaml for each line that has others.

    No character moves, so the places of other findings stay as they are.
    """
    found: list[Diagnostic] = []
    lines = source.split("\n")
    for number, line in enumerate(lines):
        plain = _STRUCTURAL.sub(lambda match: _ONE_SPECIAL.sub(" ", match[0]), line)
        if plain == line:
            continue
        column = next(at for at, (old, new) in enumerate(zip(line, plain, strict=True)) if old != new)
        text = f'a special space (U+{ord(line[column]):04X}) stands where YAML needs an ordinary one, at "{{}}"'
        hint = "replace it with an ordinary space; most editors can show invisible characters"
        place = Location(path, number + 2, column + 1)
        found.append(diagnostic("front-matter-yaml", place, text.format(short(plain.strip())), hint))
        lines[number] = plain
    return "\n".join(lines), found
