"""Tags of other programs in addresses: `{{ site.url }}`, `{% link x.md %}`, `{{< ref "x.md" >}}`, `<%= url %>`."""

import re
from typing import Final

_TAG: Final = re.compile(r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|<%.*?(?:%>|$)", re.DOTALL)
_NAME: Final = re.compile(r"""(?:\{%-?\s*(?:link|post_url)\s+|['"])(?P<path>[^\s'"|{}%<>]+)""")
_DATE: Final = re.compile(r"\d{4}-\d\d?-\d\d?-")
_EXTENSION: Final = re.compile(r"\.(?:md|markdown|html)$")


def find_template_tag(written: str) -> str:
    """The first tag in an address, in one line; "" if there is none."""
    match = _TAG.search(written)
    return " ".join(match[0].split()) if match else ""


def slugs_in_tags(written: str) -> tuple[str, ...]:
    """The slugs that the tags of an address may name by a path: the file's name, and without the date of Jekyll's."""
    match = _NAME.search(written)
    path = match["path"].partition("#")[0].rstrip("/") if match else ""
    name = _EXTENSION.sub("", path.rpartition("/")[2])
    return tuple(dict.fromkeys(slug for slug in (name, _DATE.sub("", name, count=1)) if slug))
