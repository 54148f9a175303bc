"""What is served in the place of an article: data for other programs, and the messages of servers.

A source in, what it is and what to do out. None of these becomes a draft.
"""

import json
import re
from functools import cache
from typing import Final

from site_builder.importers.imported_article import ImportedArticle
from site_builder.importers.read.decode import decode

MAX_WORDS: Final = 120
"""Of a message of a server; what is longer is an article about one."""
_GIVE_PAGE: Final = "give the address of the page or of the feed itself"
_XML_ROOT: Final = re.compile(
    r"(?P<declaration><\?xml[^>]*>\s*)?(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[<>]*>)*+<(?:[\w.-]{1,40}:)?(?P<name>[\w.-]{1,80})(?=[\s/>])",
    re.DOTALL | re.IGNORECASE,
)
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
    if head[:1] in {"{", "["} and _is_json(data):
        return "the source is JSON, but not a JSON Feed", _GIVE_PAGE
    return None


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
        r"|just a moment\W*|attention required\W.{0,40}|are you a (?:robot|human)\W*"
        r"|(?:security|human) (?:check|verification)\W*",
        re.IGNORECASE,
    )
