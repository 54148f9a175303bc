"""What the HTML of a body may contain: `nh3` removes everything else."""

import re
from typing import Final

import nh3

from site_builder.markdown.syntax.embeds import EMBED
from site_builder.markdown.syntax.wiki_links import WIKI, WIKI_AUTO
from site_builder.urls import LINK_SCHEMES, scheme

TAGS: Final = frozenset(
    """a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary
    sup table tbody td tfoot th thead time tr u ul var wbr""".split()
)
_ATTRIBUTES: Final = {
    "*": {"id", "class", "title", "lang", "dir"},
    "a": {"href", "hreflang", "name"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"datetime"},
    "ins": {"datetime"},
    "time": {"datetime"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "input": {"type", "checked", "disabled"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "col": {"span"},
    "colgroup": {"span"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
}
_ALL_ATTRIBUTES: Final = frozenset[str]().union(*_ATTRIBUTES.values())
SCHEMES: Final = frozenset({*LINK_SCHEMES, EMBED, WIKI, WIKI_AUTO})
_CLEANER: Final = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    clean_content_tags={"script", "style"},
    url_schemes=set(SCHEMES),
    filter_style_properties={"text-align"},
    link_rel=None,
)


def clean(html: str) -> str:
    """The HTML without scripts, styles, forms, and addresses of unknown schemes."""
    return _CLEANER.clean(html)


_ALIGNED: Final = re.compile(r"\s*text-align:\s*\w+\s*;?\s*", re.IGNORECASE)
_PASSED_OVER: Final = re.compile(r"^[\x00-\x20]+|[\t\n\r]+")
"""Characters of an address that browsers ignore (URL Standard §4.4)."""


def is_kept(tag: str, attribute: str, value: str) -> bool:
    """Whether `clean` keeps an attribute; of a tag "", whether it keeps it of any tag."""
    names = _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set()) if tag else _ALL_ATTRIBUTES
    if attribute not in names:
        return False
    if attribute == "style":
        return _ALIGNED.fullmatch(value) is not None
    return attribute not in {"href", "src", "cite"} or address_scheme(value) in {"", *SCHEMES}


def address_scheme(url: str) -> str:
    """The scheme that browsers find in an address; "" if it has none."""
    return scheme(_PASSED_OVER.sub("", url))
