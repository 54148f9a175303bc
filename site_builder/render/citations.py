"""How a page and its source are cited: as a sentence, as BibTeX and as CSL-JSON.

The summary is cited as a page of this site, and its source as a separate work. Of the source we know who published it
and when, and sometimes who wrote it, but not its title: the headline is the curator's. Therefore the title is put in
brackets, as is usual for titles that the citing person supplies.
"""

import datetime as dt
import json
import re
from typing import Final

import msgspec
from jinja2 import pass_context
from jinja2.runtime import Context

from site_builder.i18n import Translations
from site_builder.urls import encode


class CitedWork(msgspec.Struct, frozen=True):
    """What a citation names; "" for what is not known."""

    key: str
    """Never changes: the slug, and `<slug>:source`."""
    title: str
    is_title_supplied: bool
    """The headline is the curator's, not that of the work."""
    author: str
    publisher: str
    """The site, or the name of the source."""
    date: dt.date
    url: str
    language: str
    abstract: str = ""


class CiteView(msgspec.Struct, frozen=True):
    """How an article and its source are cited; the filters `cited`, `bibtex` and `csl_json` write it out."""

    summary: CitedWork
    source: CitedWork | None


@pass_context
def cited(context: Context, reference: CitedWork) -> str:
    """A reference as a sentence, in the site's words: author, title, publisher, day, address."""
    words: Translations = context["t"]
    title = "" if reference.is_title_supplied else words("quoted", text=reference.title)
    author = reference.author if reference.author != reference.publisher else ""
    parts = (author, title, reference.publisher, words.day(reference.date), reference.url)
    return words("list_comma").join(part for part in parts if part)


def cited_works(view: CiteView) -> tuple[CitedWork, ...]:
    """The summary and, where there is one, its source."""
    return (view.summary, view.source) if view.source else (view.summary,)


def bibtex(view: CiteView) -> str:
    """An article and its source as BibTeX, with types and fields known to BibTeX's styles, biblatex and Zotero."""
    return "\n".join(_entry(work) for work in cited_works(view))


MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def _entry(work: CitedWork) -> str:
    """Names and titles are in two pairs of braces, so that they are not split and keep their capitals."""
    title = f"[{work.title}]" if work.is_title_supplied else work.title
    fields = {
        "author": work.author and f"{{{bibtex_text(work.author)}}}",
        "title": f"{{{bibtex_text(title)}}}",
        "howpublished": bibtex_text(work.publisher),
        "year": f"{work.date.year:04}",
        "month": MONTHS[work.date.month - 1],
        "date": work.date.isoformat(),
        "url": bibtex_address(work.url),
        "language": bibtex_text(work.language),
    }
    lines = (f"  {k} = {v if k == 'month' else f'{{{v}}}'}" for k, v in fields.items() if v)
    return f"@misc{{{bibtex_key(work.key)},\n" + ",\n".join(lines) + "\n}\n"


_TEX: Final = str.maketrans(
    {
        **{c: f"\\{c}" for c in "&%$#_"},
        # BibTeX counts even escaped braces, so they are written by name.
        "{": "\\textbraceleft{}",
        "}": "\\textbraceright{}",
        "\\": "\\textbackslash{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)


def bibtex_text(text: str) -> str:
    """A text for a field in braces, with everything escaped that TeX reads as a command."""
    return " ".join(text.split()).translate(_TEX)


def bibtex_address(url: str) -> str:
    """An address for a field in braces, in which only what would end the field is encoded: TeX reads it verbatim."""
    return re.sub(r"[\\{}\s]", lambda match: f"%{ord(match.group()):02X}", encode(url))


def bibtex_key(key: str) -> str:
    """A citation key of letters, digits and `-._:`; other letters become their number in Unicode."""
    return re.sub(r"[^A-Za-z0-9:._-]", lambda match: f"{ord(match.group()):x}", key)


def csl_json(view: CiteView) -> str:
    """An article and its source as CSL-JSON, for Zotero, pandoc and citeproc (schema 1.0.2)."""
    return "[\n" + ",\n".join(_item(work) for work in cited_works(view)) + "\n]\n"


def _item(work: CitedWork) -> str:
    """Whether a name is that of a person is not known, so it is kept whole (`literal`)."""
    item = {
        "id": work.key,
        "type": "webpage",
        "title": f"[{work.title}]" if work.is_title_supplied else work.title,
        "author": [{"literal": work.author}] if work.author else None,
        "container-title": work.publisher,
        "abstract": work.abstract,
        "issued": {"date-parts": [[work.date.year, work.date.month, work.date.day]]},
        "URL": encode(work.url),
        "language": work.language,
    }
    lines = (f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in item.items() if v)
    return " {\n" + ",\n".join(lines) + "\n }"
