"""Fields and values as other site generators write them, each with the line to write here instead.

A writer who comes from Jekyll, Hugo, Obsidian, MkDocs or another program brings its front matter along. What it says
usually has a place here under another name, so a finding gives that name, and the value if it can be kept.
"""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import Final

import yaml

from site_builder.content.schema import Kind, with_article
from site_builder.content.source_forms import is_web, plain, source_line
from site_builder.diagnostics import did_you_mean
from site_builder.urls import slugify

_SAME_MEANING: Final[Mapping[tuple[str, ...], str]] = {
    # our fields, the most fitting first -> what others call them, in lower case without "-" and "_"
    ("topics", "tags"): "tag tags category categories label labels subject subjects keyword keywords taxonomy "
    "taxonomies",
    ("summary",): "description desc abstract excerpt subtitle teaser lead lede dek tldr snippet intro metadescription "
    "seodescription ogdescription",
    ("title", "name"): "title name headline heading linktitle sidebarlabel navtitle pagetitle shorttitle "
    "seotitle label",
    ("date",): "created createdat datecreated creationdate pubdate published publishedat publisheddate datepublished "
    "posted posteddate issued firstpublished day",
    ("updated",): "lastmod lastmodified lastmodifiedat lastupdate lastupdated modified modifiedat datemodified "
    "modifieddate moddate updatedat dateupdated updateddate changed revised revision edited",
    ("publish",): "publishdate publishat publishon publishfrom scheduled embargo goeslive",
    ("curator",): "author authors byline creator writer contributor contributors editor postedby",
    ("similar",): "related relatedposts relatedarticles relatedpages seealso readnext",
    ("aliases",): "alias redirectfrom redirectsfrom oldurl oldurls redirects",
    ("duplicate_of", "replaced_by"): "redirectto redirect movedto supersededby",
    ("language",): "lang locale languagecode",
    ("order",): "weight navorder sidebarposition position menuorder sortorder index",
    ("broader",): "parent parents partof",
    ("synonyms",): "aka alsoknownas alternatename alternatenames othernames synonym",
    ("same_as",): "sameas wikidata wikipedia",
    ("status",): "state stage publicationstatus",
    ("image",): "cover coverimage thumbnail featuredimage featureimage heroimage hero banner headerimage ogimage "
    "images picture",
    ("source",): "sources sourceurl link externalurl originalurl canonical canonicalurl origin reference via",
}  # fmt: skip
_OURS: Final[Mapping[str, tuple[str, ...]]] = {
    theirs: ours for ours, names in _SAME_MEANING.items() for theirs in names.split()
}

_HIDING: Final = frozenset({"draft", "isdraft", "private", "wip"})
"""True where others keep a page unpublished."""
_SHOWING: Final = frozenset({"published", "publish", "public", "ready"})
"""False where others keep a page unpublished."""
_UNLISTING: Final = frozenset(
    {"hidden", "unlisted", "noindex", "hide", "excludefromsearch", "navexclude", "searchexclude"}
)
"""True where others publish a page and show it in no list."""
_ADDRESS: Final = frozenset({"slug", "permalink", "url", "path", "id", "route", "uri"})
_WITHOUT_EFFECT: Final = frozenset(
    "layout template type theme toc comments math mathjax katex mermaid sidebar pagination icon cssclass cssclasses "
    "share featured pin pinned sticky series readingtime wordcount license markup eleventynavigation outputs build "
    "params menu expirydate cascade sitemap robots weight order id".split()
)

_LISTS: Final = frozenset({"topics", "tags", "similar", "aliases", "broader", "synonyms", "same_as"})
_SLUGS: Final = frozenset({"topics", "similar", "broader"})
_DAYS: Final = frozenset({"date", "updated", "publish"})


def foreign_remedy(
    key: str, value: yaml.Node, kind: Kind, file: str, known: Collection[str], given: Collection[str]
) -> str:
    """What to write in place of another program's field; "" for a name that is not known from elsewhere.

    `file` is the file's own name, `known` are the fields of this kind of document, and `given` those that the file has.
    """
    name = re.sub(r"[-_ ]", "", key.strip()).casefold()
    written = value.value.strip() if isinstance(value, yaml.ScalarNode) else ""
    is_true, is_false = written.casefold() in {"true", "yes", "on"}, written.casefold() in {"false", "no", "off"}
    if is_true or is_false:
        return _flag_remedy(name, known, is_true=is_true)
    if name in _ADDRESS and not (name == "url" and is_web(written)):
        return _address_remedy(written, kind, file, known)
    if name == "url" and "source" in known:
        name = "link"
    target = next((ours for ours in _OURS.get(name, ()) if ours in known), "")
    if target == "curator":
        line = _line(target, value)
        return f"write `{line}` for who wrote this summary; who wrote the source goes into `source: {{author: …}}`"
    if target in given:
        return f'"{target}" is the field for this, and it is there already: remove this one, or merge the two'
    if target:
        return f"write `{_line(target, value)}` instead"
    if name in _WITHOUT_EFFECT or name in _OURS:
        return did_you_mean(key, known) or f"remove it; {with_article(kind)} needs no such field"
    return ""


def renamed_to(key: str, known: Collection[str]) -> str:
    """The field of ours that another program's field stands for; "" if there is none."""
    name = re.sub(r"[-_ ]", "", key.strip()).casefold()
    return next((ours for ours in _OURS.get(name, ()) if ours in known), "")


def _flag_remedy(name: str, known: Collection[str], *, is_true: bool) -> str:
    if (name in _HIDING and is_true) or (name in _SHOWING and not is_true):
        return (
            "write `status: draft` instead" if "status" in known else "this kind has no drafts: keep the file elsewhere"
        )
    if name in _HIDING or name in _SHOWING:
        return (
            "remove it: a document is published unless its status says otherwise" if "status" in known else "remove it"
        )
    if name in _UNLISTING:
        return "write `unlisted: true` instead" if is_true and "unlisted" in known else "remove it"
    return "remove it; it has no effect here" if name in _WITHOUT_EFFECT else ""


def _address_remedy(written: str, kind: Kind, file: str, known: Collection[str]) -> str:
    path = written.strip("/")
    slug = slugify(path.rpartition("/")[2].removesuffix(".html"))
    remedy = f"remove it; the address of {with_article(kind)} is made from its file name"
    if slug and f"{slug}.md" != file:
        remedy += f': name the file "{slug}.md"'
    if "/" in written and path and ":" not in path and "aliases" in known:
        old = f"/{path}" if path.endswith(".html") else f"/{path}/"
        remedy += f", and write `aliases: [{old}]` to redirect from the old address"
    return remedy


def _line(target: str, value: yaml.Node) -> str:
    """The line to write in place of a field: with its value, if that is short and simple."""
    items = _items(value)
    if not items:
        return f"{target}: …"
    if target == "source":
        return source_line(items[0])
    if target == "image":
        return f"image: {{src: {plain(items[0])}, alt: …}}"
    if target in _DAYS:
        return f"{target}: {_as_day(items[0]) or '…'}"
    if target in _SLUGS:
        items = [slugify(item) or item for item in items]
    shown = [plain(item) for item in items]
    if target in _LISTS:
        return f"{target}: [{', '.join(shown)}]"
    return f"{target}: {plain(', '.join(items), in_list=False)}"


def _items(value: yaml.Node) -> list[str]:
    """The texts of a value: one, or those of a list (also of one in a line: `a, b`, which others split)."""
    if isinstance(value, yaml.ScalarNode):
        return [text] if (text := value.value.strip()) and "\n" not in text else []
    if isinstance(value, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in value.value):
        return [item.value.strip() for item in value.value]
    return []


_NUMBERS: Final = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?![\d])")
_NAMED: Final = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")


def foreign_value_remedy(field: str, written: str) -> str:
    """The line to write for a date in another form: with a time, with slashes, with the name of a month. "" if unknown.

    A date that can be read in two ways gives both.
    """
    days = _days(written.strip())
    return f"write {' or '.join(f'`{field}: {day}`' for day in days)}" if days else ""


def _as_day(written: str) -> str:
    days = _days(written)
    return days[0] if len(days) == 1 else ""


def _days(written: str) -> list[str]:
    if match := _NUMBERS.match(written):
        first, second, third = int(match[1]), int(match[3]), int(match[4])
        if len(match[1]) == 4:
            readings = [(first, second, third)]
        elif len(match[4]) != 4:
            return []
        else:
            readings = [(third, second, first)] + ([] if match[2] == "." else [(third, first, second)])
        return list(dict.fromkeys(day for reading in readings if (day := _day(*reading))))
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|[,.]", "", written)
    for form in _NAMED:
        try:
            return [dt.datetime.strptime(words, form).date().isoformat()]  # noqa: DTZ007 (a day without a time)
        except ValueError:
            continue
    return []


def _day(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""
