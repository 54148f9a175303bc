"""What a reader suggests in an issue, as the source of a draft: the address of a page, or its text.

    source = read_issue("-", today)        # the text of an issue, or GitHub's JSON about it

The form is `.github/ISSUE_TEMPLATE/suggest-article.yml`; GitHub writes each answer below a heading with its label. All
of it is written by people nobody knows: an address must be one on the web, a name of a file is none, and nothing else
in an issue has any effect.
"""

import datetime as dt
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from site_builder.importers.read.decode import clean_text, decode
from site_builder.importers.source import ImportSource, SourceError, SourceForm, read_source, recognise_form
from site_builder.links.canonical_urls import canonical_url

ADDRESS: Final = "Address of the source"
"""Label of the field for the address of the page."""
TEXT: Final = "Text of the page"
"""Label of the field for its text. It is the last one, so that headings in the text begin no other field."""
LABELS: Final = (ADDRESS, "Why it belongs here", "Topics", "Similar articles", TEXT)
"""Labels of the form, in its order."""
MAX_BYTES: Final = 2_000_000
"""Of an issue with all that GitHub says about it; a text has 65,536 characters at most."""

_NOTHING: Final = "_No response_"
_FENCE: Final = re.compile(r"\A(`{3,})[^\n`]*\n(.*?)\n?\1\s*\Z", re.DOTALL)
_ADDRESS: Final = re.compile(r"<?(https?://[^\s<>\"]+)>?", re.IGNORECASE)
_HINT: Final = "the form asks for the address of the page, or for its text where that cannot be fetched"


def read_issue(name: str, today: dt.date, *, allow_private: bool = False) -> tuple[ImportSource, SourceForm]:
    """The source that an issue in a file, or on standard input ("-"), names or holds, and which reader it is for.

    Raises SourceError where it has neither an address nor a text, and FetchError.
    """
    answers = parse_answers(_body(_bytes(name)))
    url = _address(answers.get(ADDRESS, ""))
    if text := answers.get(TEXT, ""):
        return ImportSource(name, text.encode("utf-8", "replace"), url, today), SourceForm.TEXT
    if url is None:
        raise SourceError("the issue has neither the address of a page nor its text", _HINT)
    source = replace(read_source(url, today, allow_private=allow_private), name=url)
    form = recognise_form(source)
    if form is SourceForm.FEED:
        raise SourceError(f'"{url}" is a feed, not a page', "import it yourself, or ask for the address of one article")
    return source, form


def parse_answers(body: str) -> Mapping[str, str]:
    """Label -> answer. Of two with one label, the first counts; the text goes on to the end of the issue."""
    known = {label.casefold(): label for label in LABELS}
    answers: dict[str, list[str]] = {}
    current = ""
    for line in clean_text(body).split("\n"):
        heading = known.get(line.removeprefix("### ").strip().casefold()) if line.startswith("### ") else None
        if heading and heading not in answers and current != TEXT:
            current = heading
            answers[current] = []
        elif current:
            answers[current].append(line)
    return {label: said for label, lines in answers.items() if (said := _said("\n".join(lines)))}


def _said(answer: str) -> str:
    """An answer without the fence that GitHub puts around a text; "" for none."""
    answer = answer.strip()
    fenced = _FENCE.match(answer)
    answer = fenced[2].strip() if fenced else answer
    return "" if answer == _NOTHING else answer


def _address(answer: str) -> str | None:
    """The address in an answer, if that is all there is and it may be asked for a page."""
    found = _ADDRESS.fullmatch(answer)
    return found[1] if found and canonical_url(found[1]) is not None else None


def _bytes(name: str) -> bytes:
    if name == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        try:
            with Path(name).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except (OSError, ValueError) as error:  # ValueError: a name that no disk takes
            why = f"the issue cannot be read: {getattr(error, 'strerror', None) or error}"
            raise SourceError(why, 'give a file with the text of an issue, or "-" for standard input') from None
    if len(data) > MAX_BYTES:
        raise SourceError(f"the issue is larger than {MAX_BYTES // 1_000_000} MB", "give the text of one issue")
    return data


def _body(data: bytes) -> str:
    """The text of the issue: the data themselves, or `body` in GitHub's JSON about the issue or the event."""
    text = decode(data)
    if not text.lstrip().startswith("{"):
        return text
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return text
    issue = told.get("issue", told)
    body = issue.get("body") if isinstance(issue, dict) else None
    if not isinstance(body, str):
        raise SourceError("the JSON is not about an issue", 'give what "gh issue view NUMBER --json body" prints')
    return body
