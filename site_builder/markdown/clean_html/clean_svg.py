"""An SVG as a picture and no more: what can run, load something or lead elsewhere is left out.

Browsers run no script of an SVG that an `<img>` shows, but they do if somebody opens the same file at its own address.
So the file is written anew from a list of elements and attributes that draw (SVG 2, appendices F and G), and addresses
may only lead into the file itself or hold a picture or font as `data:`. An ordinary picture looks as before; XML
comments, the document type, and what drawing programs note for themselves are gone.
"""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
EMPTY: Final = f'<svg xmlns="{SVG}"/>\n'.encode()
"""Published in place of a file that cannot be read as SVG."""
_MAX_GROWTH: Final = 10
"""How much longer than its file a picture may become: entities can repeat a text without limit."""
_ROOM_BYTES: Final = 1_000_000
"""What any picture may have, however short its file is."""
_GZIP: Final = b"\x1f\x8b"
_MAX_UNPACKED_BYTES: Final = 16_000_000
"""A picture of more would be too heavy for a page."""
_MAX_DEPTH: Final = 200
"""Drawing programs nest groups a few dozen deep; browsers give up at some thousands."""

_ELEMENTS: Final = frozenset(
    """a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
    fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter g image line linearGradient marker mask mpath
    path pattern polygon polyline radialGradient rect set stop style svg switch symbol text textPath title tspan use
    view""".split()
)
_ANIMATIONS: Final = frozenset({"animate", "animateMotion", "animateTransform", "set"})
_ATTRIBUTES: Final = frozenset(
    """accumulate additive alignment-baseline amplitude attributeName attributeType azimuth baseFrequency baseline-shift
    begin bias by calcMode class clip clip-path clip-rule clipPathUnits color color-interpolation
    color-interpolation-filters color-rendering cursor cx cy d diffuseConstant direction display divisor
    dominant-baseline dur dx dy edgeMode elevation enable-background end exponent fill fill-opacity fill-rule filter
    filterUnits flood-color flood-opacity font font-family font-feature-settings font-kerning font-size font-size-adjust
    font-stretch font-style font-variant font-weight fr from fx fy glyph-orientation-horizontal
    glyph-orientation-vertical gradientTransform gradientUnits height id image-rendering in in2 intercept isolation k1
    k2 k3 k4 kernelMatrix kernelUnitLength kerning keyPoints keySplines keyTimes lang lengthAdjust letter-spacing
    lighting-color limitingConeAngle line-height marker marker-end marker-mid marker-start markerHeight markerUnits
    markerWidth mask mask-type maskContentUnits maskUnits max method min mix-blend-mode mode numOctaves offset opacity
    operator order orient origin overflow paint-order path pathLength patternContentUnits patternTransform patternUnits
    pointer-events points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX
    refY repeatCount repeatDur requiredExtensions requiredFeatures restart result role rotate rx ry scale seed
    shape-rendering side slope solid-color solid-opacity spacing specularConstant specularExponent spreadMethod
    startOffset stdDeviation stitchTiles stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style surfaceScale systemLanguage
    tableValues targetX targetY text-align text-anchor text-decoration text-indent text-rendering textLength to
    transform transform-box transform-origin type unicode-bidi values vector-effect version viewBox visibility
    white-space width word-spacing writing-mode x x1 x2 xChannelSelector y y1 y2 yChannelSelector z
    zoomAndPan""".split()
)
_NOT_ANIMATED: Final = frozenset({"class", "href", "id", "style", "target"})

_INSIDE: Final = re.compile(r"\s*#[^\s\"'()\\<>]*\s*")
_PICTURE: Final = re.compile(
    r"\s*data:image/(?:png|jpe?g|gif|webp|avif|bmp)(?:;[\w=.-]+)*;base64,[\w+/=\s%]*", re.IGNORECASE
)
_FONT: Final = re.compile(
    r"\s*data:(?:font/[\w.-]+|application/(?:x-|vnd\.ms-)?font[\w-]*|application/octet-stream)"
    r"(?:;[\w=.-]+)*;base64,[\w+/=\s%]*",
    re.IGNORECASE,
)
_URL: Final = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')]*))\s*\)""", re.IGNORECASE)
_IMPORT: Final = re.compile(r"@import\b[^;{}]*;?", re.IGNORECASE)
_CSS_ESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_CSS_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_LOADING: Final = re.compile(
    r"@(?:import|namespace|charset)|\burl\s*\(|\bsrc\s*\(|image-set\s*\(|\bimage\s*\(|expression\s*\("
    r"|-moz-binding|behaviou?r\s*:",
    re.IGNORECASE,
)
_SCHEME: Final = re.compile(r"(?:java|vb|live)script:|data:(?:text/|application/xhtml|image/svg)", re.IGNORECASE)
_HOLDS_TEXT: Final = frozenset({"class", "font-family", "id", "lang", "role"})
"""Attributes that name something, and where no address means anything."""
_RUNS: Final = frozenset(
    {"audio", "embed", "foreignObject", "handler", "iframe", "listener", "object", "script", "video"}
)
"""Elements of SVG that run or load something or hold HTML. Others that are left out draw nothing."""


class SvgError(Exception):
    """A file that is no SVG which could be shown, with the place where that shows."""

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(reason)
        self.line, self.column = line, column


@dataclass(frozen=True, slots=True)
class RemovedPart:
    """Something that was left out of a picture because it can run or load something."""

    what: str
    """`<script>` or `onload`"""
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class CleanSvg:
    """A picture, and what was left out."""

    data: bytes
    removed: tuple[RemovedPart, ...]
    """In their order; nothing that merely draws nothing."""


def clean_svg(data: bytes) -> CleanSvg:
    """The SVG as a picture, in UTF-8. Raises SvgError for what is no SVG, or far longer than its file."""
    is_packed = data.startswith(_GZIP)
    if is_packed:
        data = _unpacked(data)
    cleaned = _Cleaning(len(data) * _MAX_GROWTH + _ROOM_BYTES).of(data)
    return replace(cleaned, data=gzip.compress(cleaned.data, mtime=0)) if is_packed else cleaned


def _unpacked(data: bytes) -> bytes:
    """What an `.svgz` holds."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacking.decompress(data, _MAX_UNPACKED_BYTES)
    except zlib.error as error:
        raise SvgError(str(error)) from None
    if unpacking.unconsumed_tail:
        raise SvgError("it is too large once unpacked")
    return unpacked


class _Cleaning:
    """One pass over a file."""

    def __init__(self, room: int) -> None:
        self._out: list[str] = []
        self._room = room
        self._removed: dict[str, RemovedPart] = {}
        self._open: list[str] = []
        self._skipped = 0
        """How deep we are inside an element that is left out."""
        self._style: list[str] = []
        self._tag_is_open = False
        self._parser = expat.ParserCreate(namespace_separator=" ")

    def of(self, data: bytes) -> CleanSvg:
        parser = self._parser
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.ProcessingInstructionHandler = self._instruction
        parser.ExternalEntityRefHandler = lambda *_: 1
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise SvgError(expat.ErrorString(error.code), error.lineno, error.offset + 1) from None
        except (UnicodeError, ValueError, LookupError) as error:  # an encoding that Python does not know
            raise SvgError(str(error)) from None
        return CleanSvg(("".join(self._out) + "\n").encode(), tuple(self._removed.values()))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if not self._open and (namespace, tag) != (SVG, "svg"):
            raise SvgError("it is no SVG" if tag != "svg" else f'<svg> lacks xmlns="{SVG}"', *self._place)
        if len(self._open) + self._skipped > _MAX_DEPTH:
            raise SvgError("its elements are nested too deeply", *self._place)
        animated = attributes.get("attributeName", "").rpartition(":")[2].strip()
        leads = tag in _ANIMATIONS and (animated in _NOT_ANIMATED or animated.lower().startswith("on"))
        if self._skipped or namespace != SVG or tag not in _ELEMENTS or leads:
            if not self._skipped and (leads or tag in _RUNS or namespace == _XHTML):
                self._remove(f"<{tag}>")
            self._skipped += 1
            return
        self._open.append(tag)
        kept = "".join(f" {key}={quoteattr(value)}" for key, value in self._attributes(tag, attributes))
        declared = f' xmlns="{SVG}" xmlns:xlink="{_XLINK}"' if len(self._open) == 1 else ""
        self._write(f"<{tag}{declared}{kept}")
        self._tag_is_open = True

    def _end(self, _name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        tag = self._open.pop()
        if tag == "style":
            css = "".join(self._style)
            self._style.clear()
            self._write_text(escape(self._clean_css(css, "<style>")))
        if self._tag_is_open:
            self._tag_is_open = False
            self._out.append("/>")
        else:
            self._write(f"</{tag}>")

    def _text(self, text: str) -> None:
        if self._skipped or not self._open:
            return
        if self._open[-1] == "style":
            self._style.append(text)
        else:
            self._write_text(escape(text, {"\r": "&#13;"}))

    def _instruction(self, target: str, _data: str) -> None:
        if not self._skipped:
            self._remove(f"<?{target}?>")

    def _attributes(self, tag: str, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
        for key, value in attributes.items():
            namespace, _, name = key.rpartition(" ")
            if name == "href" and namespace in {"", _XLINK}:
                is_picture = tag in {"image", "feImage"} and _PICTURE.fullmatch(value)
                if tag != "a" and (is_picture or _INSIDE.fullmatch(value)):
                    yield ("xlink:href" if namespace else "href"), value
                elif tag != "a" or _has_active_scheme(value):
                    self._remove(f"{name} of <{tag}>")
            elif namespace == _XML and name in {"lang", "space"}:
                yield f"xml:{name}", value
            elif name.lower().startswith("on") or _has_active_scheme(value):
                self._remove(name)
            elif namespace == "" and (name in _HOLDS_TEXT or name.startswith("aria-")):
                yield name, value
            elif namespace == "" and name in _ATTRIBUTES:
                yield name, self._clean_css(value, name)

    def _clean_css(self, css: str, where: str) -> str:
        """The CSS without what loads something; "" where that cannot be told apart."""
        if not _LOADING.search(_plain_css(css)):
            return css
        bare = _CSS_COMMENT.sub("", css)
        cleaned = _URL.sub(lambda m: m[0] if _stays_inside(m) else "none", _IMPORT.sub("", bare))
        if cleaned != bare:
            self._remove(where)
        if _LOADING.search(_plain_css(_URL.sub("", cleaned))):
            self._remove(where)
            return ""
        return cleaned

    @property
    def _place(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _remove(self, what: str) -> None:
        self._removed.setdefault(what, RemovedPart(what, *self._place))

    def _write_text(self, text: str) -> None:
        if text:
            self._write(text)

    def _write(self, text: str) -> None:
        if self._tag_is_open:
            self._out.append(">")
            self._tag_is_open = False
        self._room -= len(text)
        if self._room < 0:
            raise SvgError("its entities make it far longer than the file", *self._place)
        self._out.append(text)


def _has_active_scheme(value: str) -> bool:
    """Whether an address in it would run, or show a page; browsers pass over white space in addresses."""
    return ":" in value and _SCHEME.search(re.sub(r"[\x00-\x20]+", "", value)) is not None


def _stays_inside(url: re.Match[str]) -> bool:
    """Whether `url(…)` leads to a part of the file, or holds a picture or font."""
    address = next(group for group in url.groups() if group is not None)
    return any(form.fullmatch(address) for form in (_INSIDE, _PICTURE, _FONT))


def _plain_css(css: str) -> str:
    """CSS as browsers understand it: without comments and escapes."""
    if "\\" not in css and "/*" not in css:
        return css
    return _CSS_ESCAPE.sub(lambda m: _character(m[1]) if m[1] else m[2], _CSS_COMMENT.sub("", css))


def _character(hexadecimal: str) -> str:
    point = int(hexadecimal, 16)
    return chr(point) if point <= 0x10FFFF else "\ufffd"
