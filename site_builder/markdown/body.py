"""The body of a document: Markdown to context-free HTML, and all that other stages must know of it.

Context-free: nothing in it depends on another file. Links to other documents, files and headings stand as numbered
references (`␂r3␃` for an address attribute, `␂t3␃` for the text of a `[[slug]]`), filled in when the page is composed.
␂ and ␃ cannot come from a source: Python-Markdown drops them.
"""

import html as html_entities
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Final
from unicodedata import normalize
from urllib.parse import unquote

from site_builder.config import MarkdownOptions
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.markdown.convert import WIKI, WIKI_AUTO, Converted, convert
from site_builder.markdown.html_tree import VOID, HtmlElement, is_blank, start_tag
from site_builder.markdown.source_positions import AFTER_URL, BEFORE_URL, Locator
from site_builder.markdown.stray_markup import ELEMENTS, beginning
from site_builder.urls import SourcePath, outside_url, scheme

SENTENCE_CHARACTERS: Final = 220
"""The most that is kept of a sentence on either side of a link."""
EXCERPT_CHARACTERS: Final = 300
OUTSIDE_NAME_CHARACTERS: Final = 60


class RefKind(StrEnum):
    """How a reference was written."""

    PATH = "path"
    """`[text](../topics/privacy.md)`, `[file](report.pdf)`, `[text](#part)`"""
    WIKI = "wiki"
    """`[[slug|text]]`"""
    WIKI_AUTO = "wiki-auto"
    """`[[slug]]`: shown with the target's title."""
    IMAGE = "image"
    """`![alt](file.png)`"""


@dataclass(frozen=True, slots=True)
class Ref:
    """A link or image that leads to something of ours; its number is its place in `Body.refs`."""

    kind: RefKind
    written: str
    """The target as written, without `[[ ]]`."""
    line: int
    """In the file, from 1."""
    column: int
    before: str = ""
    """The sentence around the link: what stands before it,"""
    text: str = ""
    """its own words,"""
    after: str = ""
    """and what stands after it. All plain text."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body that has an id."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """What is known of a body without holding its HTML."""

    digest: str
    """Of the Markdown and the options: the key of its HTML."""
    refs: tuple[Ref, ...] = ()
    headings: tuple[Heading, ...] = ()
    anchors: frozenset[str] = frozenset()
    """Every id in it."""
    words: int = 0
    excerpt: str = ""
    """Start of its first paragraph, plain text."""


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """A body with its HTML, on the way to the cache."""

    body: Body
    html: str


def body_digest(text: str, options: MarkdownOptions) -> str:
    """Key of a body's HTML."""
    return blake2b(options.key() + b"\0" + text.encode(), digest_size=16).hexdigest()


def render_body(
    text: str, options: MarkdownOptions, path: SourcePath, first_line: int
) -> tuple[RenderedBody, list[Diagnostic]]:
    """Convert a body.

    May report url-scheme, html-removed, markup-unknown, image-alt, image-remote and markdown-failed.
    """
    locate = Locator(text, first_line)
    try:
        converted = convert(text, options)
    except Exception as error:  # noqa: BLE001 (extensions are other people's code: their fault is a finding, no crash)
        is_deep = isinstance(error, RecursionError)
        problem = "the nesting is too deep" if is_deep else f"{type(error).__name__}: {error}"
        text_ = f"the text could not be read as Markdown: {problem}"
        hint = "put fewer lists and quotes inside one another" if is_deep else ""
        finding = diagnostic("markdown-failed", Location(path, first_line), text_, hint)
        return RenderedBody(Body(body_digest(text, options)), ""), [finding]
    found = _sanitizer_diagnostics(converted, locate, path)
    scanner = _Scanner(locate, path)
    markup = scanner.scan(converted.tree)
    body = Body(
        digest=body_digest(text, options),
        refs=tuple(scanner.refs),
        headings=tuple(scanner.headings),
        anchors=frozenset(scanner.anchors),
        words=scanner.words,
        excerpt=scanner.excerpt,
    )
    return RenderedBody(body, markup), found + scanner.found


_AFTER_TAG: Final = " \t\n/>]"


def _sanitizer_diagnostics(converted: Converted, locate: Locator, path: SourcePath) -> list[Diagnostic]:
    """What became of addresses and tags on the way to clean HTML."""
    found = []
    for url in converted.refused_urls:
        text = f'the address "{url[:60]}" has a scheme that is not published'
        hint = "use http://, https://, mailto: or tel:"
        found.append(diagnostic("url-scheme", Location(path, *locate(url, BEFORE_URL, AFTER_URL)), text, hint))
    for tag in converted.removed_tags:
        place = Location(path, *locate(beginning(tag), (), _AFTER_TAG))
        text = f"the HTML tag {beginning(tag)}> is not allowed in a body and was left out"
        found.append(diagnostic("html-removed", place, text, "write the text in Markdown"))
    for written in converted.shown:
        place = Location(path, *locate(beginning(written), (), _AFTER_TAG))
        what = "a directive of another wiki" if written.startswith("[[") else "no HTML"
        hint = "write it as code, between backticks, if readers shall see it; else take it out"
        if beginning(written).strip("</").lower() in ELEMENTS:
            what, hint = "no whole HTML element", "end what it begins, or write it as code, between backticks"
        text = f'"{shorten(" ".join(written.split()), 60)}" is {what} and is shown as text'
        found.append(diagnostic("markup-unknown", place, text, hint))
    return found


_MARK = re.compile("\x02([rst])([0-9]+)\x03")
_TAGS: Final = re.compile(r"<[^>]*>|\x02[a-z][0-9]+\x03")


def fill(html: str, attribute: Callable[[int, bool], str], title: Callable[[int], str]) -> str:
    """Put an attribute (`href="…"`, `src="…"`) and a title in the place of every reference; both escaped for HTML.

    `attribute` gets a reference's number, and whether the writer has given an image's size.
    """
    return _MARK.sub(lambda m: title(int(m[2])) if m[1] == "t" else attribute(int(m[2]), m[1] == "s"), html)


def plain_text(markup: str) -> str:
    """The words of a body's HTML, without what links to be filled in will say."""
    return " ".join(html_entities.unescape(_TAGS.sub(" ", markup)).split())


def fill_text(text: str, titles: Sequence[str]) -> str:
    """Put titles into plain text (a sentence, a heading, an excerpt)."""
    return _MARK.sub(lambda m: titles[int(m[2])], text) if "\x02" in text else text


_INLINE = frozenset(
    """a abbr b bdi bdo cite code del dfn em i img input ins kbd mark q s samp small span strong sub sup time u var
    wbr""".split()
)
_MARKS: Final = frozenset({"headerlink", "footnote-ref", "footnote-backref"})
"""Classes of links that the extensions toc and footnotes add."""
_HEADING = frozenset(f"h{n}" for n in range(1, 7))
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[\x02]?[^\W_a-z])")
_TEXT_ALIGN = re.compile(r"text-align:\s*(left|right|center);?")


@dataclass(slots=True)
class _Link:
    """The link, or only a place to link to, that has begun."""

    start: int
    """Where its words begin in the block."""
    is_named: bool
    """Has it words, or a picture described in words?"""
    number: int = -1
    """Of its reference; -1 if it leads elsewhere."""
    name: str = ""
    """What to call it where the writer did not: the title of its target, or the other site's host; "" leads nowhere."""
    holds_image: bool = False
    image: int = -1
    """Where its first picture stands among the pieces of HTML; -1 if it has none that is shown."""


class _Scanner:
    """One walk over a body's tree that numbers the references, writes the HTML and collects what `Body` holds."""

    def __init__(self, locate: Locator, path: SourcePath) -> None:
        self._locate = locate
        self._path = path
        self.refs: list[Ref] = []
        self.headings: list[Heading] = []
        self.anchors: set[str] = set()
        self.found: list[Diagnostic] = []
        self.words = 0
        self.excerpt = ""
        self._block: list[str] = []
        self._spans: list[tuple[int, int, int]] = []  # reference, start and end piece of the block
        self._heading_id = ""
        self._out: list[str] = []
        self._link: _Link | None = None  # around what stands here
        self._is_mark = False  # inside a heading's own link or a footnote's number: no words of the writer's

    def scan(self, tree: HtmlElement) -> str:
        """The HTML with its references numbered."""
        self._children(tree)
        self._end_block("")
        return "".join(self._out)

    def _children(self, parent: HtmlElement) -> None:
        text = ""
        for child in parent.children:
            if isinstance(child, str):
                text += child
                continue
            if text:
                self._out.append(self._text(text))
                text = ""
            self._element(child)
        if text:
            self._out.append(self._text(text))

    def _element(self, element: HtmlElement) -> None:
        tag = element.tag
        is_block = tag not in _INLINE
        if is_block:
            self._end_block("")
            self._heading_id = ""
        self._out.append(self._start(element))
        if tag in VOID:
            return
        self._children(element)
        if is_block:
            self._end_block(tag)
            self._heading_id = ""
        elif tag == "a":
            self._end_link()
        self._out.append(f"</{tag}>")

    def _text(self, text: str) -> str:
        """Text between two tags; in a `[[slug]]`, the mark for its target's title."""
        link = self._link
        if text and link and link.number >= 0 and self.refs[link.number].kind is RefKind.WIKI_AUTO:
            text = "" if link.name in self._block[link.start :] else link.name  # an extension may have cut it in pieces
        if not text.isascii():
            text = normalize("NFC", text)  # as readers type it who search, and as the W3C wants it
        if text and link and not is_blank(text):
            link.is_named = True
        if text and not self._is_mark:
            self._block.append(text)
        return text

    def _start(self, element: HtmlElement) -> str:
        """The start tag as it is published."""
        tag, attributes = element.tag, element.attributes
        if identity := attributes.get("id"):
            self.anchors.add(html_entities.unescape(identity))
            if tag in _HEADING:
                self._heading_id = html_entities.unescape(identity)
        if tag == "img":
            return self._image(attributes)
        if tag == "a":
            self._is_mark = bool(_MARKS & set(attributes.get("class", "").split()))
            return self._start_link(attributes)
        if aligned := _TEXT_ALIGN.fullmatch(attributes.get("style", "")):
            attributes = _with_class(attributes, f"align-{aligned[1]}")
        return start_tag(tag, attributes)

    def _start_link(self, attributes: dict[str, str]) -> str:
        self._link = link = _Link(len(self._block), is_named=not is_blank(attributes.get("title", "")))
        if "href" not in attributes:
            return start_tag("a", attributes)
        href = html_entities.unescape(attributes["href"])
        link.number = self._reference(href)
        if link.number >= 0:
            link.name = f"\x02t{link.number}\x03"
            return _tag_with("a", attributes, "href", f" \x02r{link.number}\x03")
        link.name = html_entities.escape(_outside_name(href))
        return _tag_with("a", attributes, "href", _outside(href))

    def _end_link(self) -> None:
        if not (link := self._link):
            return
        if not link.is_named and link.name and link.image >= 0:
            self._out[link.image] = re.sub(r' alt="[^"]*"', lambda _: f' alt="{link.name}"', self._out[link.image])
        elif not link.is_named and link.name and link.holds_image:
            self._out.append(self._text(link.name))
        if link.number >= 0:
            self._spans.append((link.number, link.start, len(self._block)))
        self._link, self._is_mark = None, False

    def _reference(self, href: str) -> int:
        """Number of the reference, -1 for an outside link."""
        kind = scheme(href)
        if kind in {WIKI, WIKI_AUTO}:
            written = href.partition(":")[2]
            line, column = self._locate(written, ("[[", "[[ "), " ]|\\")
            self.refs.append(Ref(RefKind(kind), written, line, column))
        elif kind or href.startswith(("//", "#fn:", "#fnref")):
            return -1
        else:
            line, column = self._locate(href, BEFORE_URL, AFTER_URL)
            self.refs.append(Ref(RefKind.PATH, href, line, column))
        return len(self.refs) - 1

    def _image(self, attributes: dict[str, str]) -> str:
        src = html_entities.unescape(attributes.get("src", ""))
        line, column = self._locate(src, BEFORE_URL, AFTER_URL)
        place = Location(self._path, line, column)
        is_described = not is_blank(attributes.get("alt", ""))
        if not is_described:
            hint = "describe it for those who do not see it: ![a nurse at a screen](nurse.jpg)"
            self.found.append(diagnostic("image-alt", place, f'the image "{src}" has no text alternative', hint))
            attributes = {"alt": "", **attributes} if "alt" not in attributes else attributes
        if link := self._link:
            link.is_named |= is_described
            link.holds_image = True
        if scheme(src) or src.startswith("//"):
            hint = "save a copy beside the document, if its licence allows"
            text = f'the image "{src[:60]}" lies on another site; it is shown as a link'
            self.found.append(diagnostic("image-remote", place, text, hint))
            label = attributes["alt"] if is_described else "" if link and link.name else html_entities.escape(src)
            return label if link else f"<a{_outside(src)}>{label}</a>"
        if link and link.image < 0:
            link.image = len(self._out)
        self.refs.append(Ref(RefKind.IMAGE, src, line, column))
        mark = f"\x02{'s' if attributes.keys() & {'width', 'height'} else 'r'}{len(self.refs) - 1}\x03"
        return _tag_with("img", attributes, "src", f' {mark} loading="lazy"')

    def _end_block(self, closed: str) -> None:
        if not self._block:
            return
        pieces = [html_entities.unescape(p) if "&" in p else p for p in self._block]
        for number, start, end in self._spans:
            before, text, after = ("".join(pieces[a:b]) for a, b in ((0, start), (start, end), (end, None)))
            before, after = _sentence_start(before), _sentence_rest(after)
            ref = self.refs[number]
            self.refs[number] = Ref(ref.kind, ref.written, ref.line, ref.column, before, " ".join(text.split()), after)
        text = " ".join("".join(pieces).split())
        if text:
            self.words += len(_WORD.findall(text))
            if closed in _HEADING and self._heading_id:
                self.headings.append(Heading(int(closed[1]), self._heading_id, text))
            if closed == "p" and not self.excerpt:
                self.excerpt = shorten(text, EXCERPT_CHARACTERS)
        self._block.clear()
        self._spans.clear()


def _with_class(attributes: dict[str, str], name: str) -> dict[str, str]:
    """The attributes with one more class instead of a style."""
    names = f"{attributes['class']} {name}" if "class" in attributes else name
    shared = {"class", "style"}
    return {"class" if k in shared else k: names if k in shared else v for k, v in attributes.items()}


def _tag_with(tag: str, attributes: dict[str, str], name: str, written: str) -> str:
    """The start tag with one of its attributes written otherwise."""
    return "<" + tag + "".join([written if k == name else f' {k}="{v}"' for k, v in attributes.items()]) + ">"


def _outside(href: str) -> str:
    """The attribute of a link to another site; none where the address names no host."""
    url = outside_url(href)
    return f' href="{html_entities.escape(url)}"' if url else ""


def _outside_name(href: str) -> str:
    """Where a link leads, for who hears or sees no name of it: `example.org/about`, or a person's address."""
    url = re.sub(r"^(?:\w+:)?(?://)?(?:www\.)?", "", outside_url(href))
    return shorten(unquote(re.split(r"[?#]", url, maxsplit=1)[0].rstrip("/")), OUTSIDE_NAME_CHARACTERS)


def shorten(text: str, limit: int) -> str:
    """Cut text at a word, with `…`, so that it has at most `limit` characters."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(None, 1)[0].rstrip(" ,;:–-") + "…"


def _sentence_start(before: str) -> str:
    """The part of the text before a link that belongs to the link's own sentence."""
    text = re.sub(r"\s+", " ", before).lstrip()
    ends = list(_SENTENCE_END.finditer(text + "A"))
    text = text[ends[-1].end() :] if ends else text
    if len(text) > SENTENCE_CHARACTERS:
        text = "…" + text[-SENTENCE_CHARACTERS:].partition(" ")[2]
    return text


def _sentence_rest(after: str) -> str:
    """The part of the text after a link that belongs to the link's own sentence."""
    text = re.sub(r"\s+", " ", after).rstrip()
    end = _SENTENCE_END.search(text)
    text = text[: end.end()].rstrip() if end else text
    return shorten(text, SENTENCE_CHARACTERS)
