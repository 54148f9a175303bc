"""An imported article to the files that an editor continues with: a draft, stubs for similar articles, and tools.

The front matter holds what the page states, word for word, and suggestions as comments. A value that the page does not
give is left out, and a comment says what belongs there.
"""

import datetime as dt
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from site_builder.content.vocabulary import EXCERPT_MARK, Kind, Pricing
from site_builder.importers.editor_suggestions import Suggestion, Suggestions
from site_builder.importers.imported_article import ImportedArticle, SimilarCard, ToolCard
from site_builder.importers.read.markdown_escape import escape_line
from site_builder.importers.read.phrases import phrases
from site_builder.language_tags import is_language_tag
from site_builder.links.canonical_urls import canonical_url
from site_builder.routes import RESERVED_SLUGS
from site_builder.text.simhash import BITS, sketch
from site_builder.urls import MAX_SEGMENT_BYTES, slugify

EXCERPT_WORDS: Final = 60
"""What a draft keeps of the text by default: enough to recall it, and within what may be quoted."""
EXCERPT_CHARACTERS: Final = 500
"""The same for languages that put no spaces between words."""
_SLUG_WORDS: Final = 10
_MAX_SLUG_BYTES: Final = MAX_SEGMENT_BYTES // 2
"""Leaves room for a number behind it, and for the endings of file names."""
_MAX_CHARACTERS: Final = 5_000
"""Of one value; a longer one is a page that was taken for its title."""
_MAX_ROW_CHARACTERS: Final = 50_000
"""Of a paragraph; content files with lines of more than 100,000 are refused."""
_SKETCH_DIGITS: Final = BITS // 4
"""Hexadecimal digits of a sketch."""
_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(p | 0xFFFE)}{chr(p | 0xFFFF)}" for p in range(0, 0x110000, 0x10000)
)
_UNPRINTABLE: Final = re.compile(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff{_NONCHARACTERS}]")
"""What neither YAML 1.2 §5.1 nor XML 1.0 §2.2 takes."""
_IMAGE: Final = re.compile(r"!\[(?:\\.|[^\[\]\\])*\]\([^()\s]*\)")
_LINK: Final = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]\([^()\s]*\)")
_EMPHASIS: Final = re.compile(r"(?<!\\)(?:[*`]+|(?<![^\W_])_+|_+(?![^\W_]))")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_PLAIN: Final = re.compile(r"[^\W\d_][\w ./&’-]*[\w.]|\d{4}-\d\d-\d\d")
_YAML_WORDS: Final = frozenset("y n yes no on off true false null ~".split())


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """What the command line says about the drafts."""

    retrieved: dt.date | None = None
    full_text: bool = False
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be written."""

    slug: str
    text: str
    kind: Kind = Kind.ARTICLE
    source: str = ""
    """Canonical address of what it is about; "" if that is not known."""


def slug_of(title: str) -> str:
    """A slug of at most ten words from a title."""
    words = slugify(title).split("-")
    slug = "-".join(words[:_SLUG_WORDS])
    if slug in RESERVED_SLUGS:
        return f"{slug}-article"
    while len(slug.encode()) > _MAX_SLUG_BYTES:
        slug = slug.rpartition("-")[0] or slug[: len(slug) // 2]
    return slug


def make_draft(
    article: ImportedArticle,
    slug: str,
    sha256_hex: str,
    similar: Sequence[str],
    hints: Suggestions,
    options: DraftOptions,
) -> NewFile:
    """The draft of a page; `similar`: slugs of the articles that its cards name."""
    title = said(article.title) or slug
    summary = said(article.summary)
    rows = [field("title", title)]
    if article.date:
        rows.append(f"date: {article.date.isoformat()}")
    else:
        rows.append("# date: the page names none; give it as YYYY-MM-DD before you publish")
    if summary:
        rows += [field("summary", summary), "# The summary is the page's own: rewrite it in your own words."]
    else:
        rows.append("# summary: one or two sentences in your own words, before you publish")
    rows += _source(article)
    rows += _proposals("topics", hints.topics)
    rows += _proposals("entities", hints.entities)
    rows += _names(hints.names)
    if similar:
        rows += ["similar:", *(f"  - {scalar(s)}" for s in similar)]
    rows += [f"# similar? {s.id}: {_comment(s.reason)}" for s in hints.similar if s.id not in similar]
    rows += _image(article)
    if options.duplicate_of:
        rows.append(f"duplicate_of: {scalar(options.duplicate_of)}")
    rows.append("status: draft")
    rows += _provenance(sha256_hex, options.retrieved, sketch(article.body))
    body = _whole(article.body) if options.full_text else _excerpt(article.body)
    text = "\n".join(["---", *rows, "---", "", body]).rstrip() + "\n"
    return NewFile(slug, text, source=canonical_url(article.source.url) or "")


def make_stub(card: SimilarCard, slug: str, sha256_hex: str, options: DraftOptions) -> NewFile:
    """What is known about a similar article. Without date or summary it is a draft: a stub shows both."""
    url, summary = canonical_url(card.url), said(card.summary)
    rows = [field("title", said(card.title) or slug)]
    rows.append(f"date: {card.date.isoformat()}" if card.date else "# date: not on the card; give it as YYYY-MM-DD")
    rows.append(field("summary", summary) if summary else "# summary: not on the card; write one")
    if url and (name := host_name(url)):
        rows += ["source:", f"  name: {scalar(name)}", f"  url: {scalar(url)}"]
    rows.append("status: stub" if card.date and summary else "status: draft")
    rows += _provenance(sha256_hex, options.retrieved, None)
    return NewFile(slug, "\n".join(["---", *rows, "---"]) + "\n", source=url or "")


def make_tool(tool: ToolCard, slug: str, page: ImportedArticle) -> NewFile:
    """What is known about an advertised tool. It is a draft: whether it is worth a place on the site is for editors."""
    price = phrases().pricing.fullmatch(tool.pricing or "")
    pricing = Pricing(price.lastgroup) if price and price.lastgroup else Pricing.UNKNOWN
    rows = [field("name", said(tool.name) or slug), f"pricing: {pricing}"]
    if pricing is Pricing.UNKNOWN:
        given = f'the page says "{_comment(tool.pricing)}"' if tool.pricing else "the page does not say"
        rows[-1] += f"   # {given}: free, freemium or paid?"
    summary = said(tool.summary)
    rows.append(field("summary", summary) if summary else "# summary: not on the page; say what it does in one line")
    if tags := [scalar(tag) for tag in tool.tags if said(tag)]:
        rows += ["tags:", *(f"  - {tag}" for tag in tags)]
    where = canonical_url(page.source.url) or page.source.name or page.title or "the imported page"
    rows += ["status: draft", f"# Advertised on {_comment(where)}: try it before you recommend it."]
    return NewFile(slug, "\n".join(["---", *rows, "---"]) + "\n", Kind.TOOL)


def field(name: str, value: str) -> str:
    """`name: value` on one line, quoted where YAML needs it."""
    return f"{name}: {scalar(value)}"


def said(value: str | None) -> str:
    """A value on one line, without what no file may hold; "" where nothing is left."""
    text = " ".join(_UNPRINTABLE.sub("", value or "").split())
    return text if len(text) <= _MAX_CHARACTERS else text[: _MAX_CHARACTERS - 1] + "…"


def scalar(value: str) -> str:
    """A text as YAML, on one line."""
    value = said(value)
    if _PLAIN.fullmatch(value) and value.casefold() not in _YAML_WORDS and not re.match(r"[\d.+-]", value):
        return value
    if value and value.isprintable() and max(value) <= "\ufffd" and '"' not in value and "\\" not in value:
        return f'"{value}"'
    import yaml  # noqa: PLC0415 (few texts have signs that must be escaped)

    dumped: str = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10**9)
    return dumped.strip()


def _source(article: ImportedArticle) -> list[str]:
    url = canonical_url(article.source.url)
    name = said(article.source.name) or (host_name(url) if url else None)
    if name is None:
        author = f", author: {said(article.author)}" if said(article.author) else ""
        return [f"# source: {{name: …, url: …{author}}}   the page does not name its publisher"]
    rows = ["source:", f"  name: {scalar(name)}"]
    if url:
        rows.append(f"  url: {scalar(url)}")
    if author := said(article.author):
        rows.append(f"  author: {scalar(author)}")
    if (language := said(article.language)) and is_language_tag(language):
        rows.append(f"  language: {scalar(language)}")
    return rows


def _proposals(name: str, proposals: Iterable[Suggestion]) -> list[str]:
    return [f"{name}: []", *(f"#   {p.id}: {_comment(p.reason)}" for p in proposals)]


def _names(names: Sequence[Suggestion]) -> list[str]:
    if not names:
        return []
    return [f"# Names without a page: {_comment(', '.join(f'{n.title} ({n.reason})' for n in names))}"]


def _image(article: ImportedArticle) -> list[str]:
    """The picture's credit and address, for those who want to ask for permission: pictures are not fetched."""
    image = article.image
    parts = [f"credit {image.credit}" if image.credit else "", image.src or "", f'"{image.alt}"' if image.alt else ""]
    shown = ", ".join(filter(None, parts))
    return [f"# image on the page: {_comment(shown)}"] if shown else []


def _provenance(sha256_hex: str, retrieved: dt.date | None, text_sketch: int | None) -> list[str]:
    rows = ["provenance:", f"  sha256: {scalar_hex(sha256_hex)}"]
    if retrieved:
        rows.append(f"  retrieved: {retrieved.isoformat()}")
    if text_sketch is not None:
        rows.append(f"  sketch: {scalar_hex(f'{text_sketch:0{_SKETCH_DIGITS}x}')}")
    return rows


def scalar_hex(value: str) -> str:
    """Quoted: YAML reads digits alone, or with an e between them, as a number."""
    return f'"{value}"'


def _comment(text: str) -> str:
    return said(text)


def _whole(body: str) -> str:
    """The body, overlong paragraphs broken."""
    rows = _UNPRINTABLE.sub("", body).split("\n")
    return "\n".join(
        row[i : i + _MAX_ROW_CHARACTERS] for row in rows for i in range(0, max(1, len(row)), _MAX_ROW_CHARACTERS)
    )


def _excerpt(body: str) -> str:
    """The first words of the text as a quotation, with a note on what to do about it."""
    rows = [row for row in body.split("\n") if row and not row.startswith(("#", "-", "|", ">", "```"))]
    words = _words_of(" ".join(rows)).split()
    if not words:
        return ""
    text = " ".join(words)
    kept = " ".join(words[:EXCERPT_WORDS])[:EXCERPT_CHARACTERS]
    kept = escape_line(kept) + (" …" if len(kept) < len(text) else "")
    note = f"{EXCERPT_MARK} replace it with your own summary ({len(words):,} words in the original) -->"
    return f"{note}\n\n> {kept}"


def _words_of(markdown: str) -> str:
    """Markdown without its marks: a cut would leave half of them, and the page's links do not work here."""
    text = _LINK.sub(r"\1", _IMAGE.sub("", _UNPRINTABLE.sub("", markdown)))
    return html.unescape(_ESCAPED.sub(r"\1", _EMPHASIS.sub("", text)))


def host_name(url: str) -> str | None:
    """The host of an address, without "www."."""
    host = urlsplit(url).hostname
    return host.removeprefix("www.") if host else None
