"""One source file to one Document.

This is all of stage 1 for a file, as a pure function, so that the result can be cached and made in any process.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Generic

from typing_extensions import TypeIs, TypeVar

from site_builder.characters import forbidden_in, name_of_character
from site_builder.config import MarkdownOptions
from site_builder.content.front_matter import FrontMatter, parse, parse_partly
from site_builder.content.listing.discover import SourceFile
from site_builder.content.merge_conflicts import find_conflicts
from site_builder.content.schema import Article, Meta
from site_builder.content.source_parts import SourceParts, guess_parts, split
from site_builder.content.vocabulary import EXCERPT_MARK, Kind, Status
from site_builder.content.yaml_nodes import Position
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.markdown.body import Body, RenderedBody, render_body
from site_builder.markdown.extension_inputs import ExtensionInput
from site_builder.routes import Section
from site_builder.urls import Permalink, Slug, SourcePath

MAX_LINE_CHARACTERS: Final = 100_000
"""A chapter of a book on one line has 10,000; beyond this, regular expressions in Markdown take minutes."""

_BASE: Final[Mapping[Kind, str]] = {
    Kind.ARTICLE: Section.ARTICLES.url,
    Kind.TOPIC: Section.TOPICS.url,
    Kind.ENTITY: Section.ENTITIES.url,
    Kind.TOOL: Section.TOOLS.url,
    Kind.PAGE: "/",
}


M_co = TypeVar("M_co", bound=Meta, covariant=True, default=Meta)
M = TypeVar("M", bound=Meta)


class Document(Generic[M_co]):
    """One loaded source file: `Document[Article]` is an article, plain `Document` may be of any kind.

    Compared by identity, because a run loads each file once, and frozen. No dataclass: msgspec would encode it as a
    whole wherever a value holds one (see `pages/readings.py`).
    """

    __slots__ = ("body", "body_line", "kind", "meta", "path", "permalink", "positions", "slug")

    path: SourcePath
    kind: Kind
    slug: Slug
    permalink: Permalink
    """Its address. A tool is a card on `/tools/`; `pages/index.md` is the text of the home page."""
    meta: M_co
    """The front matter."""
    body: Body
    positions: Mapping[str, Position]
    """Positions of references in the front matter: `similar.0` -> (line, column)."""
    body_line: int
    """Line on which the body starts."""

    def __init__(  # noqa: PLR0913, PLR0917 (one for each field)
        self,
        path: SourcePath,
        kind: Kind,
        slug: Slug,
        permalink: Permalink,
        meta: M_co,
        body: Body,
        positions: Mapping[str, Position],
        body_line: int,
    ) -> None:
        set_ = object.__setattr__
        set_(self, "path", path)
        set_(self, "kind", kind)
        set_(self, "slug", slug)
        set_(self, "permalink", permalink)
        set_(self, "meta", meta)
        set_(self, "body", body)
        set_(self, "positions", positions)
        set_(self, "body_line", body_line)

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(f"a document is frozen: {name!r} cannot be set")

    def __reduce__(self) -> tuple[type["Document[M_co]"], tuple[object, ...]]:
        fields = (self.path, self.kind, self.slug, self.permalink, self.meta, self.body, self.positions, self.body_line)
        return (type(self), fields)

    @property
    def title(self) -> str:
        """The headline of an article, topic or page; the name of an entity or tool."""
        return getattr(self.meta, "title", None) or str(getattr(self.meta, "name", self.slug))

    def location(self, field: str = "") -> Location:
        """The position of a field, or the start of the file."""
        return Location(self.path, *self.positions.get(field, (1, 1)))


def take_body(document: Document, body: Body) -> None:
    """Give a document that differs from its file in nothing but the body the body of now, in place.

    For `serve` alone: everything that refers to the document, such as 10,000 planned pages, refers to it still.
    """
    object.__setattr__(document, "body", body)


def is_a(document: Document, model: type[M]) -> TypeIs[Document[M]]:
    """Whether a document's front matter is of that model: `is_a(document, Article)`."""
    return isinstance(document.meta, model)


def permalink_of(kind: Kind, slug: str) -> Permalink:
    """The address of a document, by its kind and slug."""
    if kind is Kind.TOOL:
        return Permalink(f"{Section.TOOLS.url}#{slug}")
    if kind is Kind.PAGE and slug == "index":
        return Permalink("/")
    return Permalink(f"{_BASE[kind]}{slug}/")


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The result of loading one file."""

    document: Document | None
    diagnostics: tuple[Diagnostic, ...]
    html: str | None = None
    """HTML of the body if it was just rendered; the cache keeps it apart from the rest."""
    partial: Document | None = None
    """What could be read of a document whose front matter has errors: its references are checked, and no more."""
    inputs: tuple[ExtensionInput, ...] = ()
    """What extensions read for its body, if it was just rendered."""
    input_sets: tuple[bytes, ...] = ()
    """Keys of all that extensions read for it, in the cache."""


def load_document(source: SourceFile, data: bytes, options: MarkdownOptions) -> LoadResult:
    """Load one file from its bytes. Reports all findings; gives no document if an error prevents it."""
    text, found = decode_text(data, source.path)
    if text is None:
        return LoadResult(None, tuple(found))
    parts, more = split(text, source.path)
    found += more
    body_line = parts.body_line if parts else text.count("\n") + 2
    found += find_conflicts(text, body_line, source.path)
    if parts is None:
        return _in_part(source, guess_parts(text), options, found)
    front, more = parse(parts.yaml, source.kind, source.path)
    found += more
    found += _excerpt_left(parts, front, source.path)
    if front is None:
        return _in_part(source, parts, options, found)
    rendered, more = render_body(parts.body, options, source.path, parts.body_line)
    found += more
    document = _document(source, front.meta, front.positions, rendered, parts.body_line)
    return LoadResult(document, tuple(found), rendered.html, inputs=rendered.inputs)


def _in_part(source: SourceFile, parts: SourceParts, options: MarkdownOptions, found: list[Diagnostic]) -> LoadResult:
    """The findings about a file whose front matter has errors, and what can be read of it."""
    rendered, more = render_body(parts.body, options, source.path, parts.body_line)
    readable = parse_partly(parts.yaml, source.kind, source.path)
    partial = _document(source, readable.meta, readable.positions, rendered, parts.body_line)
    return LoadResult(None, (*found, *more), partial=partial, inputs=rendered.inputs)


def _excerpt_left(parts: SourceParts, front: FrontMatter | None, path: SourcePath) -> list[Diagnostic]:
    """Report the text of a source that is about to be published as our own summary."""
    at = parts.body.find(EXCERPT_MARK)
    meta = front.meta if front else None
    if at < 0 or not isinstance(meta, Article) or meta.status is not Status.PUBLISHED:
        return []
    line = parts.body_line + parts.body.count("\n", 0, at)
    text = "the published article still contains the excerpt of its source that import added"
    hint = "replace it with your own summary, and delete this comment"
    return [diagnostic("excerpt-left", Location(path, line), text, hint)]


def _document(
    source: SourceFile, meta: Meta, positions: Mapping[str, Position], rendered: RenderedBody, body_line: int
) -> Document:
    permalink = permalink_of(source.kind, source.slug)
    return Document(source.path, source.kind, Slug(source.slug), permalink, meta, rendered.body, positions, body_line)


def read_body(data: bytes, path: SourcePath, options: MarkdownOptions) -> tuple[str, str]:
    """Digest and HTML of a file's body, rendered again: for a cache that has lost it."""
    text, _ = decode_text(data, path)
    parts, _ = split(text or "", path)
    rendered, _ = render_body(parts.body if parts else "", options, path, parts.body_line if parts else 1)
    return rendered.body.digest, rendered.html


def read_source(data: bytes, path: SourcePath) -> tuple[str, int]:
    """The Markdown of a file's body, and the line on which it begins."""
    text, _ = decode_text(data, path)
    parts, _ = split(text or "", path)
    return (parts.body, parts.body_line) if parts else ("", 1)


def decode_text(data: bytes, path: SourcePath) -> tuple[str | None, list[Diagnostic]]:
    """Decode a file to text with `\\n` line endings.

    May report file-empty, not-utf8, bom, crlf, control-character and line-too-long.
    """
    found: list[Diagnostic] = []
    start = Location(path)
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        if data.strip():
            hint = "save it as UTF-8 without BOM"
            found.append(diagnostic("bom", start, "the file starts with a byte order mark", hint))
    if not data.strip():
        return None, [*found, diagnostic("file-empty", start, "the file is empty", "write a document, or delete it")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        good = data[: error.start]
        row, column = good.count(b"\n") + 1, len(good.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        text_ = f"the byte 0x{data[error.start]:02x} is not UTF-8 text"
        looks_like = "UTF-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "Windows-1252 or Latin-1"
        hint = f"save the file as UTF-8 (it looks like {looks_like})"
        return None, [*found, diagnostic("not-utf8", Location(path, row, column), text_, hint)]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        hint = 'save it with LF line endings; the line "*.md text eol=lf" in .gitattributes does this for every file'
        found.append(diagnostic("crlf", start, "the file has Windows line endings", hint))
    more = list(_line_problems(text, path))
    return (None if more else text), [*found, *more]


def _line_problems(text: str, path: SourcePath) -> Iterator[Diagnostic]:
    """Every control character, up to the first line that is too long."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE_CHARACTERS:
            problem = f"the line has {len(line)} characters; the limit is {MAX_LINE_CHARACTERS}"
            yield diagnostic("line-too-long", Location(path, number), problem, "break it into shorter lines")
            return
        if bad := forbidden_in(line):
            problem = f"the character {name_of_character(bad[0])} is not allowed"
            hint = "delete it; most editors can show invisible characters"
            yield diagnostic("control-character", Location(path, number, bad.start() + 1), problem, hint)
