"""Where on a page an element stands: at its article, in the head of the site, among other articles.

The whole tree and an element in, an answer out. What surrounds an article names authors and dates too, which are not
the article's.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice, takewhile
from typing import Final

from site_builder.importers.read.html.page_tree import MAX_ATTRIBUTE_CHARACTERS, Element, names_of, text_of
from site_builder.importers.read.phrases import phrases

_FRAME: Final = frozenset({"nav", "aside", "footer", "figure"})
_COMMENTS: Final = frozenset("comment comments commenter commentlist reviews".split())
_COMMENTS_AND_RELATED: Final = _COMMENTS | {"related"}
_OTHERS: Final = _COMMENTS | frozenset(
    (
        "related teaser card cards recirc recommended trending popular"
        " sidebar promo newsletter rail mostread latest nav navigation menu infobox"
    ).split()
)
"""Words in the names of what is about other articles or things, of menus, or of comments."""
_HEADINGS: Final = ("h1", "h2", "h3", "h4")
_TRAIL_LEVELS: Final = 3
"""Elements around a heading that may be a trail of breadcrumbs."""
_MAX_HEADINGS: Final = 60
"""Headings of a page that are looked at for its title."""
_MAX_AUTHOR_HEADINGS: Final = 5
"""Headings of a box that are looked at for what it is about."""
_MAX_NAMES: Final = 200
"""Characters of a list of authors; a list of articles has more."""
_MAX_AROUND_LIST: Final = 3
"""Elements around a list with the date, of which one must hold the title."""
_MAX_LIST: Final = 200
"""Characters of a list that says when, by whom and where; lists of articles have more."""
_MAX_TEASER: Final = 1_000
"""Characters of an article that is announced on the page of another one,"""
_MAX_QUOTE: Final = 2_000
"""and of a post that is quoted; on old pages, the whole text is indented as a quotation."""

_OWN_PARTS: Final = frozenset({"article", "main"})
"""Tags of what a page is about; its frame is outside of them."""
_OWN_WORDS: Final = frozenset({"article", "entry", "post", "story"})
"""Words in the name of an article's own head."""
_HEAD_WORDS: Final = frozenset({"banner", "masthead", "topbar"})


def is_in_site_head(element: Element, root: Element) -> bool:
    """Is it in the head of the whole site, where a time is a clock or the day's edition?

    The head of an article is inside the article, is named after it, or has its headline. A logo may be a heading too,
    so a head with a heading is the site's if the page has an `<h1>` outside of it.
    """
    around = [element, *element.iterancestors()]
    if any(one.tag in _OWN_PARTS or _is_named_own(one) for one in around):
        return False
    for one in around:
        names = set(names_of(one))
        if one.tag == "header" or one.get("role") == "banner" or names & _HEAD_WORDS or names >= {"site", "header"}:
            inside = set(one.iter())
            has_heading = any(part.tag in {"h1", "h2"} for part in inside)
            others = root.iter("h1") if has_heading else root.iter("h1", *_OWN_PARTS)
            return any(other not in inside for other in others)
    return _precedes_article(around, root)


def list_at_title(element: Element, title: Element | None) -> Element:
    """The short list in the head of the article that an element is in; without one, the element itself.

    Little else stands between it and the title.
    """
    whole = next(element.iterancestors("ul", "ol", "dl"), None)
    if whole is None or title is None or is_longer(whole, _MAX_LIST):
        return element
    line = {title, *title.iterancestors()}
    left = _MAX_LIST
    for around in islice((whole, *whole.iterancestors()), _MAX_AROUND_LIST):
        for sibling in around.itersiblings(preceding=True):
            if sibling in line:
                return whole
            if is_longer(sibling, left):
                return element
            left -= len("".join(sibling.itertext()).strip())
        if around.getparent() in line:
            return whole
    return element


def is_in_own_part(element: Element, title: Element | None) -> bool:
    """Is it in the innermost element around the title that is the article's, going by its tag or its name?"""
    if title is None:
        return False
    own = next((e for e in title.iterancestors() if e.tag in _OWN_PARTS or _is_named_own(e)), None)
    return own is not None and any(around is own for around in element.iterancestors())


def is_in_named_part(element: Element) -> bool:
    """Is it, or something around it, the article's by its tag or its name?"""
    return any(one.tag in _OWN_PARTS or _is_named_own(one) for one in (element, *element.iterancestors()))


def _is_named_own(element: Element) -> bool:
    """Is it named after the article? The whole page often is, too."""
    return element.tag not in {"body", "html"} and not _OWN_WORDS.isdisjoint(names_of(element))


def _precedes_article(around: Sequence[Element], root: Element) -> bool:
    """Does it come before the part of the page that has the main heading in it?"""
    part = next((p for p in root.iter(*_OWN_PARTS) if next(p.iter("h1"), None) is not None), None)
    if part is None:
        return False
    line = {part, *part.iterancestors()}
    below = next((one for one in reversed(around) if one not in line), None)
    return below is not None and any(sibling in line for sibling in below.itersiblings())


def main_title(root: Element) -> Element | None:
    """The heading that names the page's article.

    It is the longest heading of the first two levels that stands in a title of the page's head; without one the first
    `<h1>` outside of the site's head, else any.
    """
    given = [e.get("content") or "" for e in root.iter("meta") if e.get("property", e.get("name")) == "og:title"]
    given += [text_of(e) for e in islice(root.iter("title"), 1)]
    titles = [t for g in given if (t := _letters(g))]
    headings = [(e, _letters(text_of(e))) for e in islice(root.iter("h1", "h2"), _MAX_HEADINGS)]
    stated = [(e, own) for e, own in headings if own and any(own in t or t in own for t in titles)]
    if stated:
        return max(stated, key=lambda one: len(one[1]))[0]
    shown = [e for e, own in headings if own]
    main = [e for e in shown if e.tag == "h1"]
    return next((e for e in main if not is_in_site_head(e, root)), next(iter((*main, *shown)), None))


def is_in_trail(heading: Element) -> bool:
    """Is it part of a trail of breadcrumbs, by its own names or those of the list around it?"""
    near = (heading, *islice(heading.iterancestors(), _TRAIL_LEVELS))
    return any(
        "breadcrumb" in f"{name} {value[:MAX_ATTRIBUTE_CHARACTERS]}".lower()
        for e in near
        if e.tag not in {"body", "main", "article", "header", "section"}
        for name, value in e.attrib.items()
    )


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def is_elsewhere(element: Element, title: Element | None = None, own: Callable[[Element], bool] | None = None) -> bool:
    """Is it part of a list of other articles, of comments, or of the page's frame?

    What holds the `title` too is the page itself, whatever it is called; `own` says of an element that it belongs to
    the article for sure, such as a list of its authors.
    """
    around_title = set() if title is None else {title, *title.iterancestors()}
    is_marked = own is not None and own(element)
    in_article = any(a.tag in _OWN_PARTS for a in element.iterancestors())
    if own is not None and not is_marked and not _OTHERS.isdisjoint(names_of(element)):
        return True
    for around in element.iterancestors():
        if around in around_title:
            return False
        if around_title and (own is not None or _follows(around, around_title)) and _is_about_another(around, element):
            return True
        if own is not None and around.tag not in _FRAME and own(around):
            is_marked = True
            continue
        if around.tag == "footer" and in_article:
            continue  # of the article
        if around.tag == "aside" and in_article and is_marked:
            continue
        if around.tag == "li" and own is not None and _is_short(around.getparent()):
            continue
        if around.tag in _FRAME or around.tag == "li" or not _OTHERS.isdisjoint(names_of(around)):
            return True
        if around.tag == "article" and around_title and _is_teaser(around):
            return True
        if _is_quotation(around):
            return True
    return False


def is_of_another(element: Element, title: Element | None) -> bool:
    """Is it part of a comment, or of a box about another article, wherever on the page?"""
    around_title = set() if title is None else {title, *title.iterancestors()}
    for around in element.iterancestors():
        if around in around_title:
            return False
        if not _COMMENTS.isdisjoint(names_of(around)) or _is_about_another(around, element):
            return True
    return False


def is_said_by_others(element: Element, title: Element | None) -> bool:
    """Is it in a comment, in a post that is quoted, or among related articles?"""
    line = set() if title is None else {title, *title.iterancestors()}
    return any(
        _is_quotation(around) or not _COMMENTS_AND_RELATED.isdisjoint(names_of(around))
        for around in takewhile(lambda one: one not in line, element.iterancestors())
    )


def _is_quotation(element: Element) -> bool:
    return element.tag == "blockquote" and not is_longer(element, _MAX_QUOTE)


def _follows(around: Element, line: AbstractSet[Element]) -> bool:
    """Does it come after what these elements lead down to?"""
    for one in (around, *around.iterancestors()):
        if one.getparent() in line:
            return any(sibling in line for sibling in one.itersiblings(preceding=True))
    return False


def _is_about_another(around: Element, element: Element) -> bool:
    """Has it a heading that is neither the author's name nor says that it is about the author?"""
    inside = {element, *element.iterancestors(*_HEADINGS)}
    return not is_longer(around, _MAX_TEASER) and any(
        h not in inside
        and (text := text_of(h))
        and not phrases().author_box.fullmatch(text)
        and _letters(text) not in _letters(text_of(element))
        for h in islice(around.iter(*_HEADINGS[1:]), _MAX_AUTHOR_HEADINGS)
        if element not in h.iterancestors()
    )


def is_longer(element: Element, characters: int) -> bool:
    """Has an element more text than that? Looks at no more of it than needed."""
    count = 0
    for text in element.itertext():
        count += 0 if text.isspace() else len(text)
        if count > characters:
            return True
    return False


def _is_short(around: Element | None) -> bool:
    """Is it a list of names, not of articles?"""
    return around is not None and not is_longer(around, _MAX_NAMES) and next(around.iter(*_HEADINGS), None) is None


def _is_teaser(article: Element) -> bool:
    """Is it another article, with a heading of its own and little text?"""
    return next(article.iter(*_HEADINGS), None) is not None and not is_longer(article, _MAX_TEASER)
