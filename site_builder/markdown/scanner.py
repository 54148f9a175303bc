"""The walk over a body's tree that numbers its references, writes its HTML, and collects what is known about it."""

import html as html_entities
import re
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final
from unicodedata import normalize
from urllib.parse import unquote

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.markdown.clean_html.html_tree import VOID, HtmlElement, ids_in, is_blank, start_tag, write_tree
from site_builder.markdown.own_addresses import OwnAddresses
from site_builder.markdown.references import Ref, RefKind, shorten
from site_builder.markdown.source_positions import AFTER_URL, BEFORE_URL, Locator
from site_builder.markdown.syntax.callouts import TITLE
from site_builder.markdown.syntax.embeds import EMBED, QUOTED, SUMMARY
from site_builder.markdown.syntax.tabs import TAB_TITLE
from site_builder.markdown.syntax.wiki_links import WIKI, WIKI_AUTO
from site_builder.urls import LINK_SCHEMES, SourcePath, outside_url, scheme, shorten_url, web_address

SENTENCE_CHARACTERS: Final = 220
"""Kept of a sentence on either side of a link, at most."""
_NEAR: Final = 8 * SENTENCE_CHARACTERS
"""How much text on each side of a link is searched for its sentence, white space of the source included."""
EXCERPT_CHARACTERS: Final = 300
OUTSIDE_NAME_CHARACTERS: Final = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with an id."""

    level: int
    id: str
    text: str


_INLINE = frozenset(
    """a abbr b bdi bdo cite code del dfn em i img input ins kbd mark q s samp small span strong sub sup time u var
    wbr""".split()
)
_MARKS: Final = frozenset({"headerlink", "footnote-ref", "footnote-backref"})
"""Classes of the links that the extensions toc and footnotes add."""
_TITLES: Final = frozenset({TITLE, TAB_TITLE})
"""Classes of paragraphs that begin no excerpt."""
_CODE: Final = frozenset({"code", "pre", "kbd", "samp"})
_HEADING = frozenset(f"h{n}" for n in range(1, 7))
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_ENDS: Final = ".!?…"
_SENTENCE_END = re.compile(rf"[{_ENDS}][\"'”’)\]]*\s+(?=[\"'“‘(\[\x02]?[^\W_a-z])")
_TEXT_ALIGN = re.compile(r"text-align:\s*(left|right|center);?")


@dataclass(slots=True)
class _Link:
    """The link (or the link's target, without an address) that is being read."""

    start: int
    """Index in the block at which its text begins."""
    is_named: bool
    """Whether it has text, or a picture with a text alternative."""
    number: int = -1
    """Number of its reference; -1 for a link to another site."""
    name: str = ""
    """The text to use if it has none: the title of its target, or the host of the other site; "" without an address."""
    holds_image: bool = False
    image: int = -1
    """Index of its first picture among the pieces of HTML; -1 if it has none that is shown."""


class Scanner:
    """One walk over a body's tree that numbers the references, writes the HTML and collects what `Body` holds."""

    def __init__(self, locate: Locator, path: SourcePath, home: str = "") -> None:
        """`home`: the address of the site, as in `MarkdownOptions`."""
        self._locate = locate
        self._path = path
        self._own = OwnAddresses(home)
        self.refs: list[Ref] = []  # their places are not looked for here
        self.undescribed: list[int] = []  # those that are images without a text alternative
        self.headings: list[Heading] = []
        self.anchors: set[str] = set()
        self.found: list[Diagnostic] = []
        self.words = 0
        self.excerpt = ""
        self.outside: list[str] = []
        self._block: list[str] = []
        self._spans: list[tuple[int, int, int]] = []  # reference, and its first and last index in the block
        self._heading_id = ""
        self._out: list[str] = []
        self._link: _Link | None = None  # the link around the present place
        self._is_code = False
        self._is_mark = False  # inside a permalink or a footnote's number, which is not the writer's text

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
        if tag == "math":
            self._formula(element)
            return
        if self.refs and element.attributes.get("class") == SUMMARY:
            self._out.append(f"\x02q{len(self.refs) - 1}\x03")
            return
        is_block = tag not in _INLINE
        if is_block:
            self._end_block("")
            self._heading_id = ""
        was_code, self._is_code = self._is_code, self._is_code or tag in _CODE
        self._out.append(self._start(element))
        if tag in VOID:
            return
        self._children(element)
        self._is_code = was_code
        if is_block:
            is_title = not _TITLES.isdisjoint(element.attributes.get("class", "").split())
            self._end_block("" if is_title else tag)
            self._heading_id = ""
        elif tag == "a":
            self._end_link()
        self._out.append(f"</{tag}>")

    def _formula(self, math: HtmlElement) -> None:
        """A formula is read as one piece of text."""
        self.anchors.update(map(html_entities.unescape, ids_in(math)))
        self._text(math.attributes["alttext"])
        self._out.append(f"{start_tag('math', math.attributes)}{write_tree(math)}</math>")

    def _text(self, text: str) -> str:
        """Text between two tags; for a `[[slug]]`, the reference to its target's title."""
        link = self._link
        if text and link and link.number >= 0 and self.refs[link.number].kind is RefKind.WIKI_AUTO:
            text = "" if link.name in self._block[link.start :] else link.name  # an extension may have split it
        elif text and not self._is_code:
            text = self._with_marks(text)
        if not text.isascii():
            text = normalize("NFC", text)  # as readers type it in a search, and as the W3C recommends
        if text and link and not is_blank(text):
            link.is_named = True
        if text and not self._is_mark:
            self._block.append(text)
        return text

    def _with_marks(self, text: str) -> str:
        """Escaped text with a reference in place of each address of the site that is not shown as code."""
        return self._own.replace(text, self._mark_of)

    def _mark_of(self, address: str) -> str:
        self.refs.append(Ref(RefKind.CITE, address))
        return f"\x02t{len(self.refs) - 1}\x03"

    def _start(self, element: HtmlElement) -> str:
        """The start tag as it is published."""
        tag, attributes = element.tag, element.attributes
        if "title" in attributes or "alt" in attributes:
            attributes = {k: self._with_marks(v) if k in {"title", "alt"} else v for k, v in attributes.items()}
        if identity := attributes.get("id"):
            self.anchors.add(html_entities.unescape(identity))
            if tag in _HEADING:
                self._heading_id = html_entities.unescape(identity)
        if tag == "img":
            return self._image(attributes)
        if tag == "a":
            self._is_mark = bool(_MARKS & set(attributes.get("class", "").split()))
            return self._start_link(attributes)
        cited = html_entities.unescape(attributes.get("cite", ""))
        if cited and self._own.has(cited):
            self.refs.append(Ref(RefKind.CITE, cited))
            return _tag_with(tag, attributes, "cite", f"\x02c{len(self.refs) - 1}\x03")
        if aligned := _TEXT_ALIGN.fullmatch(attributes.get("style", "")):
            attributes = _with_class(attributes, f"align-{aligned[1]}")
        return start_tag(tag, attributes)

    def _start_link(self, attributes: dict[str, str]) -> str:
        self._link = link = _Link(len(self._block), is_named=not is_blank(attributes.get("title", "")))
        if "href" not in attributes:
            return start_tag("a", attributes)
        href = html_entities.unescape(attributes["href"])
        link.number = self._reference(href, is_quoted=attributes.get("class") == QUOTED)
        if link.number >= 0:
            link.name = f"\x02t{link.number}\x03"
            return _tag_with("a", attributes, "href", f" \x02r{link.number}\x03")
        if scheme(href) == EMBED:  # our own mark, which only a picture can have
            self.found.append(refused_address(href, Location(self._path, *self._locate(href, BEFORE_URL, AFTER_URL))))
        link.name = html_entities.escape(_outside_name(href))
        self._note_outside(href)
        return _tag_with("a", attributes, "href", _outside(href))

    def _note_outside(self, href: str) -> None:
        if web_address(href):
            self.outside.append(href)

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

    def _reference(self, href: str, *, is_quoted: bool) -> int:
        """Number of the reference, -1 for an outside link."""
        kind = scheme(href)
        if kind in {WIKI, WIKI_AUTO}:
            self.refs.append(Ref(RefKind(kind), href.partition(":")[2], is_quoted=is_quoted))
        elif self._own.has(href):
            self.refs.append(Ref(RefKind.FULL, href))
        elif kind or href.startswith(("//", "#fn:", "#fnref", "#math:")):
            return -1
        else:
            self.refs.append(Ref(RefKind.PATH, href))
        return len(self.refs) - 1

    def _image(self, attributes: dict[str, str]) -> str:
        src = html_entities.unescape(attributes.get("src", ""))
        kind = RefKind.EMBED if scheme(src) == EMBED else RefKind.IMAGE
        src = src.partition(":")[2] if kind is RefKind.EMBED else src
        is_described = not is_blank(attributes.get("alt", ""))
        if "alt" not in attributes:
            attributes = {"alt": "", **attributes}
        if link := self._link:
            link.is_named |= is_described
            link.holds_image = True
        if kind is RefKind.IMAGE and (scheme(src) or src.startswith("//")):
            place = Location(self._path, *self._locate(src, BEFORE_URL, AFTER_URL))
            if not is_described:
                self.found.append(image_alt(place, src))
            hint = "save a copy beside the document, if its licence allows"
            text = f'the image "{shorten_url(src)}" is on another site; it is shown as a link'
            self.found.append(diagnostic("image-remote", place, text, hint))
            return self._picture_elsewhere(src, attributes["alt"] if is_described else "", link)
        if link and link.image < 0:
            link.image = len(self._out)
        if not is_described:
            self.undescribed.append(len(self.refs))
        self.refs.append(Ref(kind, src))
        mark = f"\x02{'s' if attributes.keys() & {'width', 'height'} else 'r'}{len(self.refs) - 1}\x03"
        return _tag_with("img", attributes, "src", f' {mark} loading="lazy"')

    def _picture_elsewhere(self, src: str, label: str, link: _Link | None) -> str:
        """The link that stands for a picture of another site; in a link, its text alone."""
        number = self._reference(src, is_quoted=False) if self._own.has(src) else -1
        address = _outside(src) if number < 0 else f" \x02r{number}\x03"
        if number < 0 and not link:
            self._note_outside(src)
        if not label and not (link and link.name):
            label = html_entities.escape(src) if number < 0 else f"\x02t{number}\x03"
        return label if link else f"<a{address}>{label}</a>"

    def _end_block(self, closed: str) -> None:
        if not self._block:
            return
        pieces = [html_entities.unescape(p) if "&" in p else p for p in self._block]
        starts = list(accumulate(map(len, pieces), initial=0))
        whole = "".join(pieces)
        for number, start, end in self._spans:
            first, last = starts[start], starts[end]
            before, after = whole[max(0, first - _NEAR) : first], whole[last : last + _NEAR]
            text = whole[first:last]
            before, after = _sentence_start(before), _sentence_rest(after)
            ref = self.refs[number]
            self.refs[number] = replace(ref, before=before, text=" ".join(text.split()), after=after)
        text = " ".join("".join(pieces).split())
        if text:
            self.words += len(_WORD.findall(text))
            if closed in _HEADING and self._heading_id:
                self.headings.append(Heading(int(closed[1]), self._heading_id, text))
            if closed == "p" and not self.excerpt:
                self.excerpt = shorten(text, EXCERPT_CHARACTERS)
        self._block.clear()
        self._spans.clear()


def image_alt(place: Location, src: str, kind: RefKind = RefKind.IMAGE) -> Diagnostic:
    """The finding about an image without a text alternative."""
    example = "![[nurse.jpg|a nurse at a screen]]" if kind is RefKind.EMBED else "![a nurse at a screen](nurse.jpg)"
    hint = f"describe it for readers who cannot see it: {example}"
    return diagnostic("image-alt", place, f'the image "{src}" has no text alternative', hint)


def _with_class(attributes: dict[str, str], name: str) -> dict[str, str]:
    """The attributes with one more class instead of a style."""
    names = f"{attributes['class']} {name}" if "class" in attributes else name
    shared = {"class", "style"}
    return {"class" if k in shared else k: names if k in shared else v for k, v in attributes.items()}


def _tag_with(tag: str, attributes: dict[str, str], name: str, written: str) -> str:
    """The start tag with one of its attributes replaced."""
    return "<" + tag + "".join([written if k == name else f' {k}="{v}"' for k, v in attributes.items()]) + ">"


def refused_address(url: str, place: Location) -> Diagnostic:
    """The finding for a link or an image whose scheme is not allowed."""
    text = f'the address "{shorten_url(url)}" has a scheme that is not allowed'
    return diagnostic("url-scheme", place, text, "use http://, https://, mailto: or tel:")


def _outside(href: str) -> str:
    """The href attribute of a link to another site; none if the address has no host, or a scheme of our own marks."""
    url = outside_url(href)
    kind = scheme(url)
    return f' href="{html_entities.escape(url)}"' if url and (not kind or kind in LINK_SCHEMES) else ""


def _outside_name(href: str) -> str:
    """A text for a link that has none, for screen-reader users: `example.org/about`, or a mail address."""
    url = re.sub(r"^(?:\w+:)?(?://)?(?:www\.)?", "", outside_url(href))
    return shorten(unquote(re.split(r"[?#]", url, maxsplit=1)[0].rstrip("/")), OUTSIDE_NAME_CHARACTERS)


def _sentence_start(before: str) -> str:
    """The part of the text before a link that belongs to the link's own sentence."""
    text = (" ".join(before.split()) + (" " if before[-1:].isspace() else "")).lstrip()
    text = text[_last_sentence(text) :]
    if len(text) > SENTENCE_CHARACTERS:
        text = "…" + text[-SENTENCE_CHARACTERS:].partition(" ")[2]
    return text


def _last_sentence(text: str) -> int:
    """Where the last sentence of a text begins, which goes on behind it. Its beginning is near, so the end is first."""
    whole, at = f"{text}A", len(text)
    while (at := max(whole.rfind(sign, 0, at) for sign in _ENDS)) >= 0:
        if match := _SENTENCE_END.match(whole, at):
            return match.end()
    return 0


def _sentence_rest(after: str) -> str:
    """The part of the text after a link that belongs to the link's own sentence."""
    text = ((" " if after[:1].isspace() else "") + " ".join(after.split())).rstrip()
    end = _SENTENCE_END.search(text)
    text = text[: end.end()].rstrip() if end else text
    return shorten(text, SENTENCE_CHARACTERS)
