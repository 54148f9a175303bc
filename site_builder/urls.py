"""Addresses: slugs, permalinks, output paths and the relative URLs between them.

Everything here takes and gives strings; no file is read. Everything the site publishes has one permalink, an address
from the site's root that starts with `/`. Those of pages end with `/`, those of files do not.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final, NewType
from urllib.parse import quote, unquote

Slug = NewType("Slug", str)
"""Last part of an address, as written in the file name: `eu-ai-act`."""

Permalink = NewType("Permalink", str)
"""Address from the site's root, not percent-encoded: `/articles/eu-ai-act/`."""

OutputPath = NewType("OutputPath", str)
"""File below the site folder, with `/`: `articles/eu-ai-act/index.html`."""

SourcePath = NewType("SourcePath", str)
"""File below the folder of `mkdocs.yml`, with `/`: `content/articles/eu-ai-act.md`."""

HOME = Permalink("/")

MAX_SEGMENT_BYTES: Final = 200
"""Of one part of an address. File systems allow names of 255 bytes, and a file name also has an extension."""
LINK_SCHEMES: Final = frozenset({"http", "https", "irc", "ircs", "mailto", "tel", "xmpp"})
"""Schemes that a link may have; everything else (`javascript:`, `data:`, `file:`) is refused."""
SHORT_URL_CHARACTERS: Final = 60
"""Of an address in a message, at most: one with its data in it may be a megabyte long."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def slugify(text: str) -> Slug:
    """Make a slug from any text: lower case, words joined by `-`; Latin letters lose their accents, others stay.

    Gives "" if nothing in the text can be used in an address. Slugifying twice gives the same as once.
    """
    kept = (c if c.isalnum() or unicodedata.category(c).startswith("M") else "-" for c in fold_latin(text))
    return Slug(re.sub(r"-{2,}", "-", "".join(kept)).strip("-"))


def fold_latin(text: str) -> str:
    """Text in lower case, whose Latin letters have no accents: `Él` -> `el`; `Новый` and `όλα` keep their marks.

    Signs lose their marks too (the stroke of a `≠`).
    """
    # Compatible forms first (a double-struck S is an S), then lower case, whose result may come apart again.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    if decomposed.isascii():
        return decomposed
    kept: list[str] = []
    keeps_marks = False
    for character in decomposed:
        if "\u0300" <= character <= "\u036f":
            if keeps_marks:
                kept.append(character)
            continue
        if not unicodedata.combining(character):
            keeps_marks = character.isalpha() and not unicodedata.name(character, "").startswith("LATIN ")
        kept.append(character)
    return unicodedata.normalize("NFKC", "".join(kept))


def is_slug(text: str) -> bool:
    """Whether text can be used in an address unchanged: letters of any script, digits and `- _ . ~`, no leading dot.

    At most MAX_SEGMENT_BYTES long. Vowel signs and accents (Unicode's marks) are parts of letters.
    """
    if not text or text.startswith(".") or len(text.encode("utf-8", "replace")) > MAX_SEGMENT_BYTES:
        return False
    if _PLAIN.fullmatch(text):  # nearly all are
        return True
    return all(c.isalnum() or c in "-_.~" or unicodedata.category(c).startswith("M") for c in text)


_PLAIN: Final = re.compile(r"[A-Za-z0-9._~-]+")


def fold(text: str) -> str:
    """A form that is equal for addresses that a file system may treat as one: without case, accents composed."""
    return unicodedata.normalize("NFC", text).casefold()


class FilesByName:
    """Files found by path, whichever of the two ways (composed or decomposed) accents are written in."""

    def __init__(self, paths: AbstractSet[SourcePath]) -> None:
        self.paths = paths
        self._composed = {unicodedata.normalize("NFC", path): path for path in paths if not path.isascii()}
        self._by_name: dict[str, list[SourcePath]] | None = None

    def find(self, path: str) -> SourcePath | None:
        """The path as it is on the disk; the exact spelling comes first."""
        if path in self.paths:
            return SourcePath(path)
        return None if path.isascii() else self._composed.get(unicodedata.normalize("NFC", path))

    def called(self, name: str) -> tuple[SourcePath, ...]:
        """The files with a name (`cat.png`, or the end of a path: `pets/cat.png`), in whatever folder they are."""
        if self._by_name is None:
            self._by_name = {}
            for path in sorted(self.paths):
                self._by_name.setdefault(fold(path.rpartition("/")[2]), []).append(path)
        wanted = fold(f"/{name.strip().lstrip('/')}")
        return tuple(p for p in self._by_name.get(wanted.rpartition("/")[2], ()) if fold(f"/{p}").endswith(wanted))


def output_path(url: Permalink) -> OutputPath:
    """The file that a web server sends for an address."""
    path = url.removeprefix("/")
    return OutputPath(f"{path}index.html" if path == "" or path.endswith("/") else path)


def encode(url: str) -> str:
    """Percent-encode an address for use in HTML, XML and JSON (RFC 3986)."""
    return url if _ENCODED.fullmatch(url) else quote(url, safe="/#?&=:@!$'()*+,;~-._%")


_ENCODED: Final = re.compile(r"[A-Za-z0-9/#?&=:@!$'()*+,;~\-._%]*")
"""What `encode` leaves as it is: most addresses, as is told in a third of the time of quoting them."""


def relative_url(source: Permalink, target: str) -> str:
    """The shortest relative URL that leads from one page to an address (which may carry `#fragment`), encoded.

    Resolving it against the source gives the target again, wherever the site is mounted.
    """
    path, hash_, fragment = target.partition("#")
    suffix = hash_ + quote(fragment, safe="!$&'()*+,;=:@/?-._~%") if hash_ else ""
    if path == source:
        return suffix or _last_step(path)
    here, there = source.split("/")[1:-1], path.split("/")[1:]
    shared = 0
    while shared < len(here) and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    steps = [".."] * (len(here) - shared) + there[shared:]
    relative = "/".join(steps) or "./"
    if relative.startswith("/") or ":" in relative.split("/", 1)[0]:
        relative = "./" + relative.lstrip("/")
    if not _ENCODED_PATH.fullmatch(relative):
        relative = quote(relative, safe="/!$&'()*+,=:@-._~%")  # a ";" would be lost on who joins as RFC 1808 did
    return relative + suffix


def link_to_file(source: Permalink, target: str) -> str:
    """The same link, to the file of a page: `../b/index.html` for `../b/`. A disk has no default file of a folder."""
    link = relative_url(source, target)
    path, hash_, fragment = link.partition("#")
    return f"{path}index.html{hash_}{fragment}" if path.endswith("/") else link


_ENCODED_PATH: Final = re.compile(r"[A-Za-z0-9/!$&'()*+,=:@\-._%~]*")


def _last_step(path: str) -> str:
    return "./" if path.endswith("/") else quote(path.rsplit("/", 1)[1])


def folders_above(path: str) -> Iterator[str]:
    """`a/b/index.html` -> `a/b`, `a`"""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def folders_of(paths: Iterable[str]) -> set[str]:
    """All folders above some files, with "" for the root."""
    found = {path.rpartition("/")[0] for path in paths}
    for folder in list(found):
        above = folder.rpartition("/")[0]
        while above not in found:
            found.add(above)
            above = above.rpartition("/")[0]
    return found


def top_of(folder: str) -> str:
    """The way from the root of a site in a folder to that of the whole site: `/..` for `kb`."""
    return "/.." * (folder.count("/") + 1)


def absolute_url(site_url: str, target: str) -> str:
    """The absolute URL of an address; `site_url` ends with `/`, or is empty if it is not known.

    An address that starts with `/..` is above the site's root.
    """
    base = site_url.rstrip("/")
    while target.startswith("/../"):
        base, target = base.rpartition("/")[0], target.removeprefix("/..")
    return base + encode(target)


_OUTSIDE: Final = re.compile(r"(https?):[/\\]*([^/?#\\]*)([^?#]*)(\?[^#]*)?(#.*)?", re.IGNORECASE | re.DOTALL)
_BAD_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def outside_url(url: str) -> str:
    """Normalize an address on another site as the URL Standard requires; "" for one without a host.

    Characters that must be percent-encoded are, and user names and passwords are removed. In addresses with other
    schemes, and in our own, only spaces are removed.
    """
    url = url.strip()
    match = _OUTSIDE.fullmatch(url)
    if match is None:
        return quote(url, safe="/#?&=:@!$'()*+,;~-._%") if scheme(url) in LINK_SCHEMES else url
    kind, host, path, query, fragment = (part or "" for part in match.groups())
    host = host.rpartition("@")[2]
    if not host or re.search(r"\s|\.\.", host):
        return ""
    parts = [quote(path.replace("\\", "/"), safe="/:@!$&'()*+,;=~-._%")]
    parts += [query[:1] + quote(query[1:], safe="/?:@!$&'()*+,;=~-._%") if query else ""]
    parts += [fragment[:1] + quote(fragment[1:], safe="/?:@!$&'()*+,;=~-._%") if fragment else ""]
    return f"{kind.lower()}://{host}" + _BAD_PERCENT.sub("%25", "".join(parts))


def own_address(url: str, home: str) -> str | None:
    """A full address of a page of the site as one from its root, as written: `/articles/x/?q#f`; None for any other.

    `home` is the address of the home page, which ends with `/`; "" has no pages. Scheme and port do not matter, and
    what browsers read as `//` does not either.
    """
    url, own = url.strip(), _FULL.match(home)
    match = _FULL.match(url) if own else None
    if not own or not match or match[1].casefold() != own[1].casefold():
        return None
    rest, mount = url[match.end() :].lstrip("."), home[own.end() :].rstrip("/")
    for way in {mount, unquote(mount)}:
        after = rest[len(way) :]
        if rest[: len(way)].replace("\\", "/") == way and (not after or after[0] in "/\\?#"):
            return after if after[:1] in {"/", "\\"} else f"/{after}"
    return None


def host_of(url: str) -> str:
    """The host of a full address, in lower case; "" for any other."""
    match = _FULL.match(url)
    return match[1].casefold() if match else ""


_FULL: Final = re.compile(
    r"(?:https?:[/\\]*|[/\\]{2})(?:[^/?#@\\]*@)?([^/?#:\\]*[^/?#:\\.])(?::[0-9]*)?", re.IGNORECASE
)
"""An address up to its path, with its host."""


def web_address(written: str) -> str:
    """The address of a link to the web, as it is published, without its fragment; "" for any other."""
    url = outside_url(f"https:{written.strip()}" if written.strip().startswith("//") else written)
    return url.partition("#")[0] if url.startswith(("https://", "http://")) else ""


def shorten_url(url: str) -> str:
    """The address for a message, with `…` in the middle if it is long: the ends of addresses tell them apart."""
    if len(url) <= SHORT_URL_CHARACTERS:
        return url
    tail = SHORT_URL_CHARACTERS // 3
    return f"{url[: SHORT_URL_CHARACTERS - tail - 1]}…{url[-tail:]}"


def scheme(url: str) -> str:
    """The URL's scheme in lower case, "" for a relative URL."""
    match = _SCHEME.match(url.strip())
    return match.group(1).lower() if match else ""
