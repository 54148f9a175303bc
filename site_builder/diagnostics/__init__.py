"""Findings for the people who write: what is wrong, where, and what to do about it.

A `Diagnostic` is data; text, JSON, GitHub annotations and SARIF are renderings of it. `CODES` lists everything that can
be found, with its usual severity; only the settings may change a severity.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from site_builder.characters import printable, printable_json, printable_lines
from site_builder.diagnostics.codes import CODES as CODES
from site_builder.diagnostics.codes import Code as Code
from site_builder.diagnostics.codes import Severity as Severity
from site_builder.urls import SourcePath


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file."""

    path: SourcePath
    """The file, relative to the folder of `mkdocs.yml`."""
    line: int = 1
    """From 1."""
    column: int = 1
    """From 1, in characters."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding."""

    location: Location
    code: str
    """A key of `CODES`."""
    text: str
    """What is wrong, quoting the text as written."""
    hint: str = ""
    """What to do about it; may be empty."""
    severity: Severity = Severity.ERROR

    def sort_key(self) -> tuple[Location, str, str]:
        """Order by place, then by code."""
        return (self.location, self.code, self.text)

    def __str__(self) -> str:
        line = printable(f"{self.location}: {self.severity}: {self.text} [{self.code}]")
        return f"{line}\n  hint: {printable(self.hint)}" if self.hint else line


SIMILAR_PERCENT: Final = 70
"""Similarity from which a known word is suggested for a misspelled one: two slips in a word of seven letters."""


def diagnostic(code: str, location: Location, text: str, hint: str = "") -> Diagnostic:
    """A finding with the usual severity of its code."""
    return Diagnostic(location, code, text, hint, CODES[code].severity)


def apply_severities(
    diagnostics: Iterable[Diagnostic], changed: Mapping[str, Severity | None]
) -> tuple[Diagnostic, ...]:
    """Sort the findings by place, set the severities that the settings ask for, and drop those to be ignored (None).

    Identical findings are reported once.
    """
    kept = {
        replace(d, severity=severity) for d in diagnostics if (severity := changed.get(d.code, d.severity)) is not None
    }
    return tuple(sorted(kept, key=Diagnostic.sort_key))


def has_errors(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Do the findings stop a build? Warnings stop a strict one too."""
    stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(d.severity in stopping for d in diagnostics)


def nearest(word: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The known words closest to a misspelled one, best first, ties in alphabetical order."""
    return KnownWords(known).nearest(word, limit)


class KnownWords:
    """Words among which the nearest ones to many misspelled ones are looked for."""

    def __init__(self, known: Iterable[str]) -> None:
        self._words = sorted(known)
        self._folded = [word.casefold() for word in self._words]
        self._found: dict[tuple[str, int], tuple[str, ...]] = {}

    def nearest(self, word: str, limit: int = 3) -> tuple[str, ...]:
        """The known words closest to a misspelled one, best first, ties in alphabetical order."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 (a run without a misspelled name does without)

        folded = word.casefold()
        if (folded, limit) not in self._found:
            found = process.extract(
                folded, self._folded, scorer=fuzz.ratio, processor=None, score_cutoff=SIMILAR_PERCENT, limit=limit
            )
            self._found[folded, limit] = tuple(self._words[index] for _word, _score, index in found)
        return self._found[folded, limit]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean "x"?`, or "" if no known word is close."""
    return ask_whether(nearest(word, known))


def ask_whether(near: Sequence[str]) -> str:
    """`did you mean "x" or "y"?`; "" for no words."""
    if not near:
        return ""
    quoted = [f'"{n}"' for n in near]
    return f"did you mean {' or '.join([', '.join(quoted[:-1]), quoted[-1]] if quoted[:-1] else quoted)}?"


def count_line(diagnostics: Iterable[Diagnostic], files: int) -> str:
    """The closing line: `2 errors, 1 warning in 2 of 1204 files`."""
    found = tuple(diagnostics)
    if not found:
        return f"nothing to report in {_number(files, 'file')}"
    parts = [
        _number(n, name)
        for severity, name in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))
        if (n := sum(d.severity is severity for d in found))
    ]
    named = len({d.location.path for d in found})
    return f"{', '.join(parts)} in {named} of {_number(max(files, named), 'file')}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


MAX_EQUAL: Final = 3
"""Equal findings that a text shows one by one; of more, it shows the first and counts the others."""


MAX_OF_CODE: Final = 200
"""Findings of one code that a text shows; the others are counted below all. JSON and SARIF have each of them."""
MAX_SHOWN: Final = 400
"""Findings of all codes together that a text shows; each of the codes has an equal share,"""
MIN_OF_CODE: Final = 10
"""and at least so many. GitHub shows ten annotations of a step."""


def as_text(diagnostics: Iterable[Diagnostic]) -> str:
    """One finding after the other, each followed by its hint; many of the same text or code are counted."""
    found = tuple(diagnostics)
    equal = Counter(map(_meaning, found))
    shown: list[str] = []
    of_code: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    limit = _limit(found)
    counted: set[tuple[str, str, str]] = set()
    for d in found:
        meaning = _meaning(d)
        is_counted = equal[meaning] > MAX_EQUAL
        if is_counted and meaning in counted:
            continue
        counted.add(meaning)
        if of_code[d.code] == limit:
            left_out[d.code] += equal[meaning] if is_counted else 1
            continue
        of_code[d.code] += 1
        shown.append(f"{d}\n  … and {equal[meaning] - 1} more like this" if is_counted else str(d))
    shown += [f"… and {_rest(code, count)}" for code, count in left_out.items()]
    return "\n".join(shown)


def _limit(found: Sequence[Diagnostic]) -> int:
    """How many findings of one code a text shows."""
    if len(found) <= MAX_SHOWN:
        return MAX_OF_CODE
    return max(MIN_OF_CODE, min(MAX_OF_CODE, MAX_SHOWN // len({d.code for d in found})))


def _rest(code: str, count: int) -> str:
    return f"{count:,} more [{code}]; site-builder check --format json lists each"


def _meaning(d: Diagnostic) -> tuple[str, str, str]:
    """What a finding says, wherever it is."""
    return d.severity, d.code, d.text


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON array of `{path, line, column, severity, code, text, hint}`."""
    return printable_json(json.dumps([_plain(d) for d in diagnostics], ensure_ascii=False, indent=1))


def _plain(d: Diagnostic) -> dict[str, str | int]:
    return {
        "path": d.location.path,
        "line": d.location.line,
        "column": d.location.column,
        "severity": str(d.severity),
        "code": d.code,
        "text": d.text,
        "hint": d.hint,
    }


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Workflow commands, which GitHub shows on the lines of a pull request; those of a code that are very many are
    counted, without a place.
    """
    found = tuple(diagnostics)
    limit, of_code = _limit(found), Counter[str]()
    shown: list[str] = []
    for d in found:
        of_code[d.code] += 1
        if of_code[d.code] <= limit:
            shown.append(_github_line(d))
    shown += [f"::notice::{_rest(code, count - limit)}" for code, count in of_code.items() if count > limit]
    return "\n".join(shown)


def _github_line(d: Diagnostic) -> str:
    level = "notice" if d.severity is Severity.INFO else str(d.severity)
    message = _github_escape(f"{d.text}\n{d.hint}" if d.hint else d.text)
    place = f"file={_github_property(d.location.path)},line={d.location.line},col={d.location.column}"
    return f"::{level} {place},title={_github_property(d.code)}::{message}"


def _github_escape(text: str) -> str:
    return printable_lines(text).replace("%", "%25").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_escape(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(diagnostics: Iterable[Diagnostic]) -> str:
    """SARIF 2.1.0 for code-scanning services (OASIS, sarif-schema-2.1.0)."""
    found = tuple(diagnostics)
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    run = {
        "tool": {
            "driver": {
                "name": "site-builder",
                "rules": [
                    {"id": code, "shortDescription": {"text": CODES[code].meaning}}
                    for code in sorted({d.code for d in found})
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            {
                "ruleId": d.code,
                "level": levels[d.severity],
                "message": {"text": f"{d.text}\n{d.hint}" if d.hint else d.text},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": quote(d.location.path, errors="backslashreplace")},
                            "region": {"startLine": d.location.line, "startColumn": d.location.column},
                        }
                    }
                ],
            }
            for d in found
        ],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return printable_json(json.dumps(log, ensure_ascii=False, indent=1))


FORMATS: Final = {"text": as_text, "json": as_json, "github": as_github, "sarif": as_sarif}
