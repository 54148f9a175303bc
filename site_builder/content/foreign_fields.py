"""Fields and values as other site generators write them, each with the line to write here instead.

A writer who comes from Jekyll, Hugo, Obsidian, MkDocs or another program brings its front matter along. What it says
usually has a place here under another name, so a finding gives that name, and the value if it can be kept.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

import yaml

from site_builder.content.schema import with_article
from site_builder.content.source_forms import is_web, plain, scalar, source_line
from site_builder.content.vocabulary import Kind
from site_builder.language_tags import proposed_language_tag
from site_builder.text.written_days import as_day, days_in
from site_builder.urls import slugify

_SAME_MEANING: Final[Mapping[tuple[str, ...], str]] = {
    # our fields, the most fitting first -> what others call them, in lower case without "-" and "_"
    ("topics", "tags"): "tag tags category categories label labels subject subjects keyword keywords taxonomy "
    "taxonomies",
    ("summary",): "description desc abstract excerpt subtitle teaser lead lede dek tldr snippet intro metadescription "
    "seodescription ogdescription",
    ("title", "name"): "title name headline heading linktitle sidebarlabel navtitle pagetitle shorttitle "
    "seotitle label",
    ("date",): "date created createdat datecreated creationdate pubdate published publishedat publisheddate "
    "datepublished posted posteddate issued firstpublished day",
    ("updated",): "lastmod lastmodified lastmodifiedat lastupdate lastupdated modified modifiedat datemodified "
    "modifieddate moddate updatedat dateupdated updateddate changed revised revision edited",
    ("publish",): "publishdate publishat publishon publishfrom scheduled embargo goeslive",
    ("review",): "reviewby reviewon reviewafter reviewcycle reviewinterval reviewevery nextreview nextreviewdate "
    "recheck",
    ("reviewed",): "reviewedon reviewedat reviewdate revieweddate lastreview lastreviewed lastreviewedon lastverified "
    "verified lastchecked",
    ("owner",): "owners maintainer maintainers maintainedby responsible contentowner pageowner ownedby",
    ("curator",): "author authors byline creator writer contributor contributors editor postedby",
    ("similar",): "related relatedposts relatedarticles relatedpages seealso readnext",
    ("aliases",): "alias redirectfrom redirectsfrom oldurl oldurls redirects",
    ("duplicate_of", "replaced_by"): "redirectto redirect movedto supersededby",
    ("language",): "lang locale languagecode",
    ("order",): "weight navorder sidebarposition position menuorder sortorder index",
    ("broader",): "parent parents partof",
    ("synonyms",): "aka alsoknownas alternatename alternatenames othernames synonym",
    ("same_as",): "sameas wikidata wikipedia",
    ("status",): "status state stage publicationstatus",
    ("image",): "cover coverimage thumbnail featuredimage featureimage heroimage hero banner headerimage ogimage "
    "images picture image",
    ("source", "url", "same_as"): "sources sourceurl link externalurl originalurl canonical canonicalurl origin "
    "reference via website homepage source",
    ("kind",): "type entitytype entitykind kind",
    ("pricing",): "price prices cost costs plan pricing",
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
    "params menu expirydate cascade sitemap robots weight order id search hide extra haschildren paginationnext "
    "paginationprev readtime iscjklanguage insearchindex rating citekey citationkey itemtype year".split()
)

_LISTS: Final = frozenset({"topics", "tags", "similar", "aliases", "broader", "synonyms", "same_as"})
_SLUGS: Final = frozenset({"topics", "similar", "broader"})
_DAYS: Final = frozenset({"date", "updated", "publish", "reviewed"})
_ENTITY_KINDS: Final[Mapping[str, str]] = {
    theirs: ours
    for ours, names in {
        "organisation": "organisation organization org company corporation institution institute agency authority "
        "university ngo government publisher group",
        "person": "person people human author individual",
        "law": "law act regulation directive treaty bill statute legislation",
        "product": "product software app application service device model dataset tool brand",
        "paper": "paper article study report publication book preprint",
    }.items()
    for theirs in names.split()
}
"""What others call the kinds of entities -> ours."""
_IN_IMAGE: Final[Mapping[str, str]] = {
    "src": "src", "image": "src", "path": "src", "url": "src", "file": "src", "feature": "src",
    "alt": "alt", "alttext": "alt", "description": "alt", "caption": "credit", "credit": "credit",
}  # fmt: skip
"""What others call the fields of a picture -> our field."""
_SOURCE_NAMES: Final = frozenset({"publisher", "journal", "publication", "publicationtitle", "containertitle", "doi"})
"""Fields of reference managers that say where a source was published."""


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
    if name in {"search", "sitemap", "robots"} and _is_hidden(value):
        return _flag_remedy("unlisted", known, is_true=True)
    if name in _ADDRESS and not (name == "url" and is_web(written)):
        return _address_remedy(written, kind, file, known)
    if name in _SOURCE_NAMES and "source" in known and written:
        return f"it belongs to the source: `{source_line(written)}`"
    name = "link" if name == "url" else name
    target = next((ours for ours in _OURS.get(name, ()) if ours in known), "")
    if target:
        return _renaming_remedy(target, value, kind, known, given)
    return f"remove it; {with_article(kind)} needs no such field" if name in _WITHOUT_EFFECT or name in _OURS else ""


def _renaming_remedy(target: str, value: yaml.Node, kind: Kind, known: Collection[str], given: Collection[str]) -> str:
    """What to write for a field that has another name here."""
    if _is_empty(value):
        return f'remove it; it is empty, and would be called "{target}" here'
    if target == "aliases" and (names := [item for item in _items(value, target) if "/" not in item]):
        return other_names_remedy(names, known)
    if target == "curator":
        line = _line(target, value)
        return f"write `{line}` for who wrote this summary; who wrote the source goes into `source: {{author: …}}`"
    if target in given:
        return f'"{target}" is the field for this, and it is there already: remove this one, or merge the two'
    if target in {"duplicate_of", "replaced_by"} and any(is_web(item) for item in _items(value, target)):
        return f"remove it; {with_article(kind)} redirects only to another {kind} of this site"
    return f"write `{_line(target, value)}` instead"


def other_names_remedy(names: Sequence[str], known: Collection[str]) -> str:
    """What to do with names among the old addresses of a document: Obsidian calls other names aliases."""
    if "synonyms" in known:
        return f"for other names, write `synonyms: [{', '.join(scalar(name) for name in names)}]`"
    return "remove other names; aliases here are old addresses, such as /2026/06/mayo/"


def _is_empty(value: yaml.Node) -> bool:
    return not value.value or (isinstance(value, yaml.ScalarNode) and value.tag.endswith(":null"))


def _is_hidden(value: yaml.Node) -> bool:
    """`{exclude: true}` or `noindex`."""
    if isinstance(value, yaml.ScalarNode):
        return "noindex" in value.value.casefold()
    pairs = value.value if isinstance(value, yaml.MappingNode) else []
    return any(k.value in {"exclude", "disable", "noindex"} and v.value == "true" for k, v in pairs)


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
    items = _items(value, target)
    if target == "image":
        return _image(items, value)
    if not items:
        return f"{target}: …"
    if target == "source":
        return source_line(items[0])
    if target == "same_as":
        items = [_identifying(item) for item in items]
    if target == "kind":
        return f"kind: {kind_of_entity(items[0]) or '…'}"
    if target in _DAYS:
        return f"{target}: {as_day(items[0]) or '…'}"
    if target in _SLUGS | {"duplicate_of", "replaced_by"}:
        items = [_slug(item) for item in items]
    if target in _LISTS:
        return f"{target}: [{', '.join(scalar(item) for item in items)}]"
    if target == "language":
        items = [proposed_language_tag(item) or item for item in items]
    return f"{target}: {plain(', '.join(items), in_list=False)}"


def _slug(name: str) -> str:
    """What to call a document: the last part of its address, a slug, or the name itself if a slug would lose signs."""
    if name.startswith("/"):
        name = name.strip("/").rpartition("/")[2]
    name = name.removesuffix(".html").removesuffix(".md")
    return name if re.search(r"[^\w\s.'’-]", name) else slugify(name) or name


def _identifying(written: str) -> str:
    """The address of an entry of Wikidata, of which only the number is given; any other text as it is."""
    return f"https://www.wikidata.org/wiki/{written}" if re.fullmatch(r"Q\d+", written) else written


def kind_of_entity(written: str) -> str:
    """Our word for the kind of an entity; "" if none is known."""
    return _ENTITY_KINDS.get(written.strip().casefold(), "")


def _image(items: list[str], value: yaml.Node) -> str:
    """`image: …` for a path, or for a group of fields that have other names."""
    said = {"src": items[0]} if items else {}
    if isinstance(value, yaml.MappingNode):
        for key, item in value.value:
            ours = _IN_IMAGE.get(key.value.casefold(), "")
            if ours and isinstance(item, yaml.ScalarNode) and item.value:
                said.setdefault(ours, item.value)
    if not said:
        return "image: …"
    source = said.get("src", "…")
    if is_web(source):  # pictures are files of the site
        source = urlsplit(source).path.rpartition("/")[2] or "…"
    fields = {"src": source, "alt": said.get("alt", "…"), "credit": said.get("credit", "")}
    shown = [f"{name}: {text if text == '…' else scalar(text)}" for name, text in fields.items() if text]
    return f"image: {{{', '.join(shown)}}}"


def _items(value: yaml.Node, target: str) -> list[str]:
    """The texts of a value: one, or those of a list (for a list also those in a line: `a, b` and `#a #b`).

    They are without the brackets of a wiki link, in quotes or not, and without the sign of a tag.
    """
    if isinstance(value, yaml.ScalarNode):
        if value.tag.endswith(":null"):
            return []
        text = value.value.strip()
        if not text or "\n" in text:
            return []
        if target not in _LISTS | {"entities", "unrelated"}:
            return [_unlinked(text)]
        parts = re.split(r"\s+(?=#)" if re.fullmatch(r"(?:#\S+\s*)+", text) else r"[,;]\s*", text)
        return [item for part in parts if (item := _name(part.strip(), target))]
    if not isinstance(value, yaml.SequenceNode):
        return [name] if target == "curator" and (name := _named(value)) else []
    nodes = value.value
    if len(nodes) == 1 and isinstance(nodes[0], yaml.SequenceNode):  # [[name]] is a list in a list
        return _items(nodes[0], target)
    if all(isinstance(node, yaml.ScalarNode) for node in nodes):
        return [item for node in nodes if (item := _name(node.value.strip(), target))]
    return [name for node in nodes if (name := _named(node))] if all(map(_named, nodes)) else []


def _named(node: yaml.Node) -> str:
    """The name in a group of fields (`{name: Ida, email: …}`), or a text."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value).strip()
    if isinstance(node, yaml.MappingNode):
        return next((str(v.value) for k, v in node.value if k.value == "name" and isinstance(v, yaml.ScalarNode)), "")
    return ""


def _unlinked(text: str) -> str:
    """`name` of `[[name]]`, `[[name|text]]` and `![[picture.png]]`."""
    link = re.fullmatch(r"!?\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]", text)
    return link[1].strip() if link else text


def _name(text: str, target: str) -> str:
    text = _unlinked(text)
    return text.removeprefix("#") if target in {"topics", "tags"} and re.fullmatch(r"#[\w/-]+", text) else text


def foreign_value_remedy(field: str, written: str) -> str:
    """The line to write for a date in another form; "" if none is known.

    A date that can be read in two ways gives both. `publish: false` means a draft elsewhere.
    """
    if field == "publish" and written in {"True", "False"}:
        return (
            "write `status: draft` instead"
            if written == "False"
            else "remove it: a document is published unless its status says otherwise"
        )
    days = days_in(written)
    return f"write {' or '.join(f'`{field}: {day}`' for day in days)}" if days else ""


def wrong_type_remedy(field: str, node: yaml.Node, wanted: str) -> str:
    """The line to write in place of a value of another type, such as a text for a list; "" if none is known.

    `wanted` is the type that the field has: "list", "text", "group" or "other".
    """
    items = _items(node, field)
    if field == "image" and wanted == "group":
        return f"write `{_image(items, node)}`" if items or isinstance(node, yaml.MappingNode) else ""
    if field == "similar" and isinstance(node, yaml.MappingNode):
        reasons = [(k.value, v.value) for k, v in node.value if isinstance(v, yaml.ScalarNode)]
        entries = [f"{{to: {scalar(to)}, why: {scalar(why)}}}" for to, why in reasons if why]
        return f"write `similar: [{', '.join(entries)}]`" if len(entries) == len(node.value) else ""
    if wanted == "list" and isinstance(node, yaml.MappingNode):
        return f"write a list: [{', '.join(scalar(k.value) for k, _value in node.value)}]"
    if field == "same_as":
        items = [_identifying(item) for item in items]
    if wanted == "list" and items:
        return f"write a list: [{', '.join(scalar(item) for item in items)}]"
    if wanted == "list":
        return "write a list, or leave it out"
    if wanted == "text" and items and isinstance(node, yaml.SequenceNode):
        return f"write `{field}: {plain(', '.join(items), in_list=False)}`"
    return ""


def linked_name(node: yaml.Node) -> str:
    """The name in `[[name]]` without quotes, which YAML reads as a list in a list; "" for anything else."""
    names = _items(node, "")
    return names[0] if isinstance(node, yaml.SequenceNode) and len(names) == 1 else ""
