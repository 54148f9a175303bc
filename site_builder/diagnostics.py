"""Findings for the person who writes: what is wrong, where, and what to do.

A `Diagnostic` is data; text, JSON, GitHub annotations and SARIF are renderings of it. `CODES` is the full list of what
can be found, with the usual severity of each; the settings may change a severity, nothing else can.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from rapidfuzz import fuzz, process

from site_builder.urls import SourcePath


class Severity(StrEnum):
    """How much a finding matters: an error stops the build, a warning stops a strict one, info stops nothing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


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
    """What is wrong, quoting what was written."""
    hint: str = ""
    """What to do about it; may be empty."""
    severity: Severity = Severity.ERROR

    def sort_key(self) -> tuple[Location, str, str]:
        """By place, then by code."""
        return (self.location, self.code, self.text)

    def __str__(self) -> str:
        line = f"{self.location}: {self.severity}: {self.text} [{self.code}]"
        return f"{line}\n  hint: {self.hint}" if self.hint else line


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for, as the reference page and SARIF tell it."""

    severity: Severity
    meaning: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES: Final[Mapping[str, Code]] = {
    # settings
    "settings": Code(_E, "A setting in `mkdocs.yml` is missing, unknown or has a wrong value."),
    "settings-ignored": Code(_W, "A setting is understood but has no effect here."),
    "site-url-missing": Code(_W, "`site_url` is not set, so feeds, the sitemap and canonical links cannot be made."),
    # files
    "file-ignored": Code(_W, "A file of the content folder belongs to no kind of document, so it is not read."),
    "file-empty": Code(_E, "The file has no text at all."),
    "file-unreadable": Code(_E, "The file could not be read."),
    "not-utf8": Code(_E, "The file is not UTF-8 text."),
    "bom": Code(_W, "The file starts with a byte order mark."),
    "crlf": Code(_W, "The file has Windows line ends."),
    "control-character": Code(_E, "The text has a control character that no web page or feed may carry."),
    "line-too-long": Code(_E, "A line is far longer than anybody writes."),
    "symlink-outside": Code(_E, "A symbolic link leads out of the content folder."),
    "slug-invalid": Code(_E, "A file name cannot stand in an address."),
    "slug-reserved": Code(_E, "A file name would take an address that the site itself uses."),
    # front matter
    "front-matter-missing": Code(_E, "The file does not start with front matter."),
    "front-matter-unclosed": Code(_E, "The front matter has no closing `---`."),
    "front-matter-yaml": Code(_E, "The front matter is not YAML."),
    "front-matter-shape": Code(_E, "The front matter is YAML, but not `key: value` lines."),
    "yaml-bomb": Code(_E, "YAML aliases in the front matter multiply beyond reason."),
    "key-unknown": Code(_E, "The front matter has a key that this kind of document does not know."),
    "key-duplicate": Code(_E, "The same key is given twice; YAML would silently keep the last."),
    "field-missing": Code(_E, "A field that this kind of document needs is not given."),
    "type-wrong": Code(_E, "A field's value has the wrong type."),
    "value-invalid": Code(_E, "A field's value is not one of those allowed."),
    "date-invalid": Code(_E, "A date is not a day of the calendar, written YYYY-MM-DD."),
    "date-order": Code(_W, "Two dates of a document contradict each other."),
    "url-scheme": Code(_E, "A URL has a scheme that the site does not publish."),
    # the collection
    "slug-duplicate": Code(_E, "Two documents of one kind have the same slug."),
    "address-clash": Code(_E, "Two sources would be published at one address."),
    "address-case": Code(_E, "Two addresses differ only in upper and lower case: many disks cannot hold both."),
    "alias-invalid": Code(_E, "An alias is not an address on this site."),
    "alias-clash": Code(_E, "An alias is the address of another page, or of another alias."),
    "broader-cycle": Code(_E, "A topic is, through its parents, its own parent."),
    "redirect-cycle": Code(_E, "`duplicate_of` or `replaced_by` leads in a circle."),
    # links
    "link-missing": Code(_E, "A link names a file or an address that does not exist."),
    "anchor-missing": Code(_E, "A link names a heading that its target does not have."),
    "image-missing": Code(_E, "An image file does not exist."),
    "image-remote": Code(_W, "An image lies on another site; pages here load nothing from elsewhere."),
    "image-alt": Code(_W, "An image has no text alternative."),
    "link-self": Code(_W, "A document links to itself."),
    "target-wanted": Code(_W, "Something is named that nobody has written yet."),
    "target-unpublished": Code(_I, "Something is named that is a draft or under embargo; readers will not see it."),
    "target-repeated": Code(_W, "The same target is listed twice."),
    "address-unknown": Code(_W, "A link names an address, from the root of the site, that no page has."),
    "asset-unused": Code(_I, "A file of the content folder is used by no document, so it is not published."),
    "markdown-failed": Code(_E, "The body could not be converted; an extension failed, or it is nested too deeply."),
    "html-removed": Code(_W, "HTML that is not allowed in a body was left out."),
    "markup-unknown": Code(_W, "What looks like markup, but is none that a body knows, is shown as text."),
    "excerpt-left": Code(_W, "A published article still holds the excerpt of its source that import put there."),
    # pages
    "template-error": Code(_E, "A template could not be rendered."),
    "words-invalid": Code(_E, "A text of the interface, in `templates/words/`, cannot be used."),
    "words-unknown": Code(_W, "A key in `templates/words/` is that of no text."),
    "words-missing": Code(_I, "There are no words for the site's language, so its interface speaks English."),
    "images-missing": Code(_W, "No picture can be drawn for links to the site: Pillow is not installed."),
    "site-large": Code(_W, "The site comes near the 1 GB that GitHub Pages takes."),
    "output-blocked": Code(_E, "A file or folder that is not ours stands where a page must be written."),
    "output-foreign": Code(_W, "The site folder holds files that this program did not write."),
    "url-lost": Code(_E, "An address that was published would be neither a page nor a redirect now."),
}


def diagnostic(code: str, location: Location, text: str, hint: str = "") -> Diagnostic:
    """A finding with the usual severity of its code."""
    return Diagnostic(location, code, text, hint, CODES[code].severity)


def apply_severities(
    diagnostics: Iterable[Diagnostic], changed: Mapping[str, Severity | None]
) -> tuple[Diagnostic, ...]:
    """Sort the findings, give each the severity that the settings ask for, and drop those set to be ignored (None).

    The same finding twice is one finding.
    """
    kept = {
        replace(d, severity=severity) for d in diagnostics if (severity := changed.get(d.code, d.severity)) is not None
    }
    return tuple(sorted(kept, key=Diagnostic.sort_key))


def has_errors(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Do the findings forbid a build? A strict one is stopped by warnings too."""
    stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(d.severity in stopping for d in diagnostics)


def nearest(word: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The known words that somebody who wrote `word` most likely meant, best first, ties by the alphabet."""
    candidates = sorted(known)
    found = process.extract(
        word.casefold(), candidates, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=70, limit=limit
    )
    return tuple(name for name, _score, _index in found)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean "x"?`, or "" where nothing known comes near."""
    near = nearest(word, known)
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
        for severity, name in ((_E, "error"), (_W, "warning"), (_I, "note"))
        if (n := sum(d.severity is severity for d in found))
    ]
    named = len({d.location.path for d in found})
    return f"{', '.join(parts)} in {named} of {_number(max(files, named), 'file')}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def as_text(diagnostics: Iterable[Diagnostic]) -> str:
    """One finding after the other, each with its hint below it."""
    return "\n".join(str(d) for d in diagnostics)


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON array of `{path, line, column, severity, code, text, hint}`."""
    return json.dumps([_plain(d) for d in diagnostics], ensure_ascii=False, indent=1)


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
    """Workflow commands that GitHub shows beside the lines of a pull request."""
    return "\n".join(_github_line(d) for d in diagnostics)


def _github_line(d: Diagnostic) -> str:
    level = "notice" if d.severity is _I else str(d.severity)
    message = _github_escape(f"{d.text}\n{d.hint}" if d.hint else d.text)
    place = f"file={_github_property(d.location.path)},line={d.location.line},col={d.location.column}"
    return f"::{level} {place},title={_github_property(d.code)}::{message}"


def _github_escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_escape(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(diagnostics: Iterable[Diagnostic]) -> str:
    """SARIF 2.1.0, as code-scanning services read it (OASIS, sarif-schema-2.1.0)."""
    found = tuple(diagnostics)
    levels = {_E: "error", _W: "warning", _I: "note"}
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
                            "artifactLocation": {"uri": quote(d.location.path)},
                            "region": {"startLine": d.location.line, "startColumn": d.location.column},
                        }
                    }
                ],
            }
            for d in found
        ],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1)


FORMATS: Final = {"text": as_text, "json": as_json, "github": as_github, "sarif": as_sarif}
