"""A page as Markdown, beside it as `index.md`: for programs that read text, and for who wants to take it along.

It says what the page says: the writer's own Markdown with links that lead somewhere, and the lists around it as lists.
Comments in the source are notes to oneself and stay at home.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from site_builder.content.document import Document
from site_builder.markdown.body import RefKind
from site_builder.pages.context import PageContext
from site_builder.pages.parts import ArticleView, EntityView, FreePageView, TextLink, TextView, TopicView, TwinView
from site_builder.pages.route import Page, template_page
from site_builder.render.environment import markdown_text

KINDS: Final = {ArticleView: "article", TopicView: "topic", EntityView: "entity", FreePageView: "page"}


def plan_twins(knowledge: PageContext, pages: Iterable[Page]) -> Iterator[Page]:
    """The twin of every planned page that names one in its head."""
    for page in pages:
        view = page.view
        if not isinstance(view, ArticleView | TopicView | EntityView | FreePageView) or not view.head.twin:
            continue
        document = knowledge.corpus.by_permalink[page.url]
        twin = TwinView(KINDS[type(view)], view, _text(knowledge, document))
        yield template_page(view.head.twin, "twin.md", twin, sources=page.sources, is_in_sitemap=False)


def _text(knowledge: PageContext, document: Document) -> TextView:
    refs = knowledge.body(document).refs
    links = tuple(
        TextLink(ref.line, ref.column, ref.written, str(ref.kind), view.url, view.title)
        for ref, view in zip(document.body.refs, refs, strict=True)
    )
    return TextView(document.path, document.body.digest, links)


_COMMENT: Final = re.compile(
    r"(?P<code>^ {0,3}(?P<fence>```+|~~~+).*?(?:^ {0,3}(?P=fence)|\Z)|(?<!`)(?P<span>`+)(?!`).+?(?<!`)(?P=span)(?!`))"
    r"|<!--.*?-->",
    re.DOTALL | re.MULTILINE,
)


def compose_text(source: str, first_line: int, view: TextView, link: Callable[[str], str]) -> str:
    """The Markdown of a body, from line `first_line` of its file, with each reference led where it leads on the page.

    A reference that is not where it was is left as it is written.
    """
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    text, end = [], len(source)
    for ref in sorted(view.links, key=lambda ref: (ref.line, ref.column), reverse=True):
        row = ref.line - first_line
        start = starts[row] + ref.column - 1 if 0 <= row < len(starts) else end
        if start + len(ref.written) > end or not source.startswith(ref.written, start) or not ref.written:
            continue
        stop, led = start + len(ref.written), link(ref.url) if ref.url else ref.written
        if ref.kind in {RefKind.WIKI, RefKind.WIKI_AUTO}:
            start, stop, led = _wiki(source, start, stop, ref, led)
        if stop > end:
            continue
        text += [source[stop:end], led]
        end = start
    text.append(source[:end])
    return _COMMENT.sub(lambda match: match["code"] or "", "".join(reversed(text))).strip("\n")


def _wiki(source: str, start: int, stop: int, ref: TextLink, led: str) -> tuple[int, int, str]:
    """`[[slug|words]]` as `[words](address)`, and `[[slug]]` with the title of what it names."""
    begin, close = source.rfind("[[", 0, start), source.find("]]", stop)
    if begin < 0 or close < 0 or source[begin + 2 : start].strip():
        return start, stop, led
    words = source[stop:close].lstrip(" \\|").strip() or markdown_text(ref.title)
    return begin, close + 2, f"[{words}]({led})" if ref.url else words
