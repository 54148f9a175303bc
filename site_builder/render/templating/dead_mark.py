"""The mark beside a link that is dead, with a link to an archived copy where one is known."""

import re
from collections.abc import Callable, Iterable
from html import escape, unescape

from site_builder.i18n import Translations, direction
from site_builder.render.format import DeadLinkView
from site_builder.urls import web_address

_LINK = re.compile(r'(<a\b[^>]*?\shref=")([^"#]*)((?:#[^"]*)?"[^>]*>.*?</a>)', re.DOTALL)


def dead_mark(link: DeadLinkView, words: Translations, language: str = "") -> str:
    """The mark as HTML; `language` is that of the interface, on a page in another one."""
    spoken = f' lang="{escape(language)}" dir="{direction(language)}"' if language else ""
    since = escape(words("dead_since", day=words.day(link.since)))
    mark = f' <span class="sb-mark" title="{since}"{spoken}>({escape(words("dead_link"))})</span>'
    if not link.archive:
        return mark
    copy = f'<a href="{escape(link.archive)}"{spoken}>{escape(words("archived_copy"))}</a>'
    return f"{mark} ({copy})"


def mark_dead(html: str, dead: Iterable[DeadLinkView], mark: Callable[[DeadLinkView], str]) -> str:
    """The HTML of a body with a mark after each link that is dead."""
    by_url = {link.url: link for link in dead}
    if not by_url:
        return html

    def marked(match: re.Match[str]) -> str:
        link = by_url.get(web_address(unescape(match[2])))
        return f"{match[0]}{mark(link)}" if link else match[0]

    return _LINK.sub(marked, html)
