"""Templates of a site's own that show every documented field of their view: what a site may write, written at once.

def test_fields(make_site: MakeSite) -> None:
    root = make_site({"content/articles/a.md": article(), **own_templates()})
"""

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from itertools import count
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import msgspec

from site_builder.pages.data.markdown_alternate import TwinView
from site_builder.pages.documents.article import ArticleView
from site_builder.pages.documents.entity import EntityView
from site_builder.pages.documents.free_page import FreePageView
from site_builder.pages.documents.topic import TopicView
from site_builder.render.citations import CitedWork, CiteView
from site_builder.render.format import BodyView
from site_builder.render.markdown_twin import TextView
from site_builder.render.site_view import SiteView
from tools.reference import template_views

PAGES_AS_MARKDOWN: Final[Mapping[str, type]] = {
    "article": ArticleView,
    "topic": TopicView,
    "entity": EntityView,
    "page": FreePageView,
}
"""Kind of a TwinView -> its page."""
SHOWN_BY: Final[Mapping[type, str]] = {
    BodyView: "html({})",
    TextView: "markdown({})",
    CiteView: "{} | bibtex",
    CitedWork: "{} | cited",
}
"""Views that a function or filter shows, besides their fields."""


def own_templates() -> dict[str, str]:
    """Path below the root -> a template that shows every field of `page` and of `site`."""
    return {f"templates/{name}": template_of(view) for name, view in template_views().items()}


def template_of(view: type) -> str:
    """A template that shows every field of a view, each on a line that names it."""
    numbers = count()
    lines = [*_lines("page", view, numbers), *_lines("site", SiteView, numbers)]
    return "\n".join(["{{ structured() }}", *lines, ""])


def _lines(name: str, kind: Any, numbers: "count[int]") -> Iterator[str]:
    """Jinja2 that shows an expression of a type: field by field, item by item, and nothing for None."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        yield f"{{% if {name} is not none %}}"
        for part in arguments:
            if part is not type(None):
                yield from _lines(name, part, numbers)
        yield "{% endif %}"
    elif origin is tuple and arguments[-1] is Ellipsis:
        item = f"item{next(numbers)}"
        yield f"{{% for {item} in {name} %}}"
        yield from _lines(item, arguments[0], numbers)
        yield "{% endfor %}"
    elif origin is tuple:
        for index, part in enumerate(arguments):
            yield from _lines(f"{name}[{index}]", part, numbers)
    elif kind is TwinView:
        yield from _twin(name, numbers)
    elif isinstance(kind, type) and (issubclass(kind, msgspec.Struct) or is_dataclass(kind)):
        if kind in SHOWN_BY:
            yield f"{name}: {{{{ {SHOWN_BY[kind].format(name)} }}}}"
        for field, part in get_type_hints(kind).items():
            yield from _lines(f'{name}["{field}"]', part, numbers)  # not by a dot: a field may be called `items`
    else:
        yield f"{name}: {{{{ {name} }}}}"


def _twin(name: str, numbers: "count[int]") -> Iterator[str]:
    yield f"{name}.kind: {{{{ {name}.kind }}}}"
    yield from _lines(f"{name}.text", TextView, numbers)
    for kind, view in PAGES_AS_MARKDOWN.items():
        yield f'{{% if {name}.kind == "{kind}" %}}'
        yield from _lines(f"{name}.page", view, numbers)
        yield "{% endif %}"
