"""How a page and its source are cited: as a sentence, as BibTeX, as CSL-JSON.

A summary is cited as what it is, a page of this site; its source is a work of its own, of which we know who published
it and when, and only sometimes who wrote it. Its title we do not know: the headline is the curator's. It stands in
brackets, as titles do that the citing person supplies.
"""

import json
import re
from typing import Final

from jinja2 import pass_context
from jinja2.runtime import Context

from site_builder.i18n import Translations
from site_builder.pages.parts import CiteView, Reference
from site_builder.urls import encode


@pass_context
def cited(context: Context, reference: Reference) -> str:
    """A reference as a sentence, in the site's words: author, title, publisher, day, address."""
    words: Translations = context["t"]
    title = "" if reference.is_title_supplied else words("quoted", text=reference.title)
    author = reference.author if reference.author != reference.publisher else ""
    parts = (author, title, reference.publisher, words.day(reference.date), reference.url)
    return words("list_comma").join(part for part in parts if part)


def references(view: CiteView) -> tuple[Reference, ...]:
    """The summary and, where there is one, its source."""
    return (view.summary, view.source) if view.source else (view.summary,)


def bibtex(view: CiteView) -> str:
    """Both as BibTeX, in UTF-8. Types and fields are those that BibTeX's own styles, biblatex and Zotero know."""
    return "\n".join(_entry(reference) for reference in references(view))


MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def _entry(reference: Reference) -> str:
    """Names and titles stand in two pairs of braces: they are not taken apart, and keep their capitals."""
    title = f"[{reference.title}]" if reference.is_title_supplied else reference.title
    fields = {
        "author": reference.author and f"{{{bibtex_text(reference.author)}}}",
        "title": f"{{{bibtex_text(title)}}}",
        "howpublished": bibtex_text(reference.publisher),
        "year": f"{reference.date.year:04}",
        "month": MONTHS[reference.date.month - 1],
        "date": reference.date.isoformat(),
        "url": bibtex_address(reference.url),
        "language": bibtex_text(reference.language),
    }
    lines = (f"  {k} = {v if k == 'month' else f'{{{v}}}'}" for k, v in fields.items() if v)
    return f"@misc{{{bibtex_key(reference.key)},\n" + ",\n".join(lines) + "\n}\n"


_TEX: Final = str.maketrans(
    {
        **{c: f"\\{c}" for c in "&%$#_"},
        # BibTeX counts braces, escaped ones too, so they need names.
        "{": "\\textbraceleft{}",
        "}": "\\textbraceright{}",
        "\\": "\\textbackslash{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)


def bibtex_text(text: str) -> str:
    """A text for a field in braces: what TeX reads as a command is escaped, other letters stay as they are."""
    return " ".join(text.split()).translate(_TEX)


def bibtex_address(url: str) -> str:
    """An address for a field in braces: TeX takes it as it is written, so only what would end the field is encoded."""
    return re.sub(r"[\\{}\s]", lambda match: f"%{ord(match.group()):02X}", encode(url))


def bibtex_key(key: str) -> str:
    """A citation key of letters, digits and `-._:`; other letters by their number in Unicode."""
    return re.sub(r"[^A-Za-z0-9:._-]", lambda match: f"{ord(match.group()):x}", key)


def csl_json(view: CiteView) -> str:
    """Both as CSL-JSON, for Zotero, pandoc and citeproc (schema 1.0.2)."""
    return "[\n" + ",\n".join(_item(reference) for reference in references(view)) + "\n]\n"


def _item(reference: Reference) -> str:
    """We do not know whether a name is a person's, so it stays in one piece (`literal`)."""
    item = {
        "id": reference.key,
        "type": "webpage",
        "title": f"[{reference.title}]" if reference.is_title_supplied else reference.title,
        "author": [{"literal": reference.author}] if reference.author else None,
        "container-title": reference.publisher,
        "abstract": reference.abstract,
        "issued": {"date-parts": [[reference.date.year, reference.date.month, reference.date.day]]},
        "URL": encode(reference.url),
        "language": reference.language,
    }
    lines = (f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in item.items() if v)
    return " {\n" + ",\n".join(lines) + "\n }"
