"""What is served in the place of an article: data for other programs, and the messages of servers.

A source in, what it is and what to do out. None of these becomes a draft.
"""

import csv
import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from site_builder.importers.imported_article import ImportedArticle
from site_builder.importers.read.decode import decode

MAX_WORDS: Final = 120
"""Of a message of a server; what is longer is an article about one."""
_SAMPLE_BYTES: Final = 65_536
_SAMPLE_LINES: Final = 50
_END_BYTES: Final = 400
_MIN_LINES: Final = 2
_ADDRESS: Final = re.compile(r"\s*https?://\S+\s*", re.IGNORECASE)
_NAME: Final = re.compile(r"\w[\w .:/()#-]{0,40}")
"""Of a column."""
_HTML: Final = frozenset(
    "html head body title meta link style script base article section main header footer nav aside div span p h1 h2 h3"
    " h4 h5 h6 hgroup ul ol li dl dt dd table thead tbody tfoot tr td th caption colgroup col figure figcaption img"
    " picture a abbr b i em strong small cite q blockquote pre code kbd samp var sub sup mark s u del ins br hr wbr"
    " center font address details summary dialog form fieldset label input button select textarea iframe object embed"
    " video audio canvas noscript template time data menu search big tt strike frameset frame ruby bdi bdo dir xmp"
    " listing".split()
)
_GIVE_PAGE: Final = "give the address of the page or of the feed itself"
_ONE_BY_ONE: Final = "import the pages that it names, one by one"
_BIBTEX: Final = ("article", "book", "misc", "inproceedings", "comment")
_STARTS: Final = (
    ("begin:vcalendar", "a calendar (iCalendar)", _GIVE_PAGE),
    ("begin:vcard", "a contact (vCard)", _GIVE_PAGE),
    ("[internetshortcut]", "a shortcut to a page", "import the address that it names"),
    ("warc/1.", "an archive of pages (WARC)", "unpack it first"),
    ("%!ps", "a PostScript file", "copy the text from a program that shows it"),
    ("ty  - ", "a list of references (RIS)", _ONE_BY_ONE),
    *((f"@{kind}{{", "a list of references (BibTeX)", _ONE_BY_ONE) for kind in _BIBTEX),
)
"""Of files for programs, in lower case."""
_XML_ROOT: Final = re.compile(
    r"(?P<declaration><\?xml[^>]*>\s*)?(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[<>]*>)*+<(?:[\w.-]{1,40}:)?(?P<name>[\w.-]{1,80})(?=[\s/>])",
    re.DOTALL | re.IGNORECASE,
)
_PAGE_INSIDE: Final = re.compile(r"<html\b", re.IGNORECASE)
"""What a document of a filing holds below its own tags: `<DOCUMENT><TYPE>EX-99.1<TEXT><HTML>`."""
_NO_PAGES: Final = {
    "opml": ("the source is a list of feeds (OPML)", "import the feeds that it names, one by one"),
    "urlset": ("the source is a sitemap", "import the pages that it names"),
    "sitemapindex": ("the source is a list of sitemaps", "import the pages that these name"),
    "svg": ("the source is a picture (SVG)", "import the page that shows it"),
    "opensearchdescription": ("the source describes a search engine", _GIVE_PAGE),
    "error": ("the source is an error message of a server", "fetch the page again, or copy its text from a browser"),
}
"""Root elements, in lower case."""
_STATUS: Final = (
    r"not found|forbidden|unauthori[sz]ed|bad (?:gateway|request)|gone|(?:temporarily )?unavailable|service unavailable"
    r"|internal server error|gateway time-?out|too many requests|access denied|payment required"
)


def no_page(head: str, data: bytes) -> tuple[str, str] | None:
    """What a source is that is no page, no feed and no text, and what to do; None if it may be one."""
    root = _XML_ROOT.match(head)
    name = root["name"].casefold() if root else ""
    if root and name in _NO_PAGES and (root["declaration"] or name != "error"):
        return _NO_PAGES[name]
    if root and root["declaration"] and name not in {"html", "body", "head"}:
        return f"the source is XML with the root element <{root['name']}>, neither a page nor a feed", _GIVE_PAGE
    if root and name not in _HTML and _PAGE_INSIDE.search(head) is None and _is_whole_xml(name, data):
        return f"the source is XML with the root element <{root['name']}>, neither a page nor a feed", _GIVE_PAGE
    if head[:1] in {"{", "["} and _is_json(data):
        return "the source is JSON, but not a JSON Feed", _GIVE_PAGE
    return _no_prose(data)


def _is_whole_xml(name: str, data: bytes) -> bool:
    """Does a text that begins with an element end with its end? Elements of pages with a hyphen are a script's."""
    end = decode(data[-_END_BYTES:]).rstrip().casefold()
    return "-" not in name and re.search(rf"</(?:[\w.-]{{1,40}}:)?{re.escape(name)}\s*>\Z", end) is not None


def _no_prose(data: bytes) -> tuple[str, str] | None:
    """What a file of lines for programs is; None where it may be a text."""
    text = decode(data[:_SAMPLE_BYTES]).lstrip("\ufeff \r\n")
    for start, what, hint in _STARTS:
        if text[: len(start)].casefold() == start:
            return f"the source is {what}", hint
    lines = [line for line in text.splitlines() if line.strip()][:_SAMPLE_LINES]
    if len(lines) < _MIN_LINES:
        return None
    if all(line[0] in "{[" and _is_json(line.encode("utf-8", "replace")) for line in lines[:-1]):
        return "the source is a list of JSON objects, one on each line", _GIVE_PAGE
    if all(_ADDRESS.fullmatch(line) for line in lines):
        return "the source is a list of addresses", _ONE_BY_ONE
    if any(_is_table(lines, sign) for sign in ",;\t"):
        return "the source is a table (CSV)", _ONE_BY_ONE
    return None


def _is_table(lines: Sequence[str], sign: str) -> bool:
    """Do all rows have as many cells as the first one, which are names? In a sentence, a space follows a comma."""
    if sign not in lines[0] or len(lines) <= _MIN_LINES:
        return False
    try:
        rows = list(csv.reader(lines, delimiter=sign))
    except csv.Error:
        return False
    cells = [cell for row in rows for cell in row]
    is_even = all(len(row) == len(rows[0]) for row in rows[:-1])
    return is_even and not any(cell.startswith(" ") for cell in cells) and all(map(_NAME.fullmatch, rows[0]))


def _is_json(data: bytes) -> bool:
    try:
        return isinstance(json.loads(decode(data), strict=False), dict | list)
    except (ValueError, RecursionError):
        return False


def is_message(article: ImportedArticle) -> bool:
    """Is this a server's message that there is no page, not a page?"""
    title = (article.title or "").partition(" | ")[0].strip()
    return len(article.body.split()) <= MAX_WORDS and _message().fullmatch(title) is not None


@cache
def _message() -> re.Pattern[str]:
    """A whole title: the status of a server (RFC 9110 §15), or the question of one whether somebody is there."""
    return re.compile(
        rf"(?:http|error|status|code|\W)*(?:[45]\d\d)(?:\W+(?:error|page|{_STATUS}).{{0,40}})?\W*"
        rf"|\W*(?:(?:the|this|page|file|error|server|sorry|oops)\W+)*(?:{_STATUS})\W*"
        r"|.{0,30}\b(?:page|file)\b.{0,20}\b(?:can(?:no|['’])t|could ?n[o'’]t|does ?n[o'’]t) (?:be found|exist)\W*"
        r"|seite nicht gefunden|page (?:non trouvée|introuvable)|página n(?:o|ão) encontrada|pagina non trovata"
        r"|pagina niet gevonden|sidan hittades inte|siden (?:blev|ble) ikke fundet|nie znaleziono strony"
        r"|страница не найдена|ページが見つかりません(?:でした)?。?"
        r"|页面(?:不存在|未找到)|找不到(?:页面|網頁|頁面)|페이지를 찾을 수 없습니다\.?"
        r"|just a moment\W*|attention required\W.{0,40}|are you a (?:robot|human)\W*|please wait\W*|client challenge"
        r"|(?:security|human|robot|bot) (?:check|verification)\W*|verif(?:y|ying) (?:that )?you are (?:a )?human\W*"
        r"|(?:site |website |scheduled |under |down for )*maintenance(?: mode)?\W*|pardon our interruption\W*"
        r"|checking your browser.{0,60}|request (?:rejected|blocked)\W*|access to this page has been denied\W*"
        r"|(?:sorry\W+)?you have been blocked\W*|(?:error establishing a )?database (?:connection|error)\W*",
        re.IGNORECASE,
    )
