"""A site of hostile texts: those of `tests/browser/hostile/` as bodies, and hostile values in every field of text.

`make_hostile_site` writes it; what a browser makes of it is for the tests to see.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from site_builder.content.fields.field_types import WebUrl
from site_builder.content.schema import FOLDERS
from site_builder.content.vocabulary import Kind
from tests.helpers.every_field import NOTHING, SKETCH, fill
from tests.helpers.site import Files, article, document, entity, topic, write_site

FOLDER: Final = Path(__file__).parents[1] / "browser" / "hostile"
HOST: Final = "evil.example"
CALL: Final = "pwn(1)"
URL: Final = "https://example.org/x/y/"
_NAME: Final = re.compile(r"^=== ([a-z][a-z0-9-]*)$", re.MULTILINE)
_CHARACTER: Final = re.compile(r"«U\+([0-9A-F]+)»")

VALUES: Final = {
    "script": f"</title><script>{CALL}</script>",
    "attribute": f"\"'><img src=x onerror={CALL}>",
    "handler": f"x\" onmouseover=\"{CALL}\" autofocus onfocus='{CALL}' y='",
    "comment": f"--> <!-- ]]> <![CDATA[ <b onclick={CALL}>",
    "json": f'</script><script>{CALL}</script>"}}]}} \\u003cscript>\\',
    "lines": f"a\u2028b\u2029c\u202ed<svg onload={CALL}>",
    "template": f"{{{{ 7*7 }}}} {{% include 'base.html' %}} ${{{CALL}}} {{# x #}}",
    "address": f"javascript:{CALL}",
    "foreign": f'<img src="https://{HOST}/x.png"><link rel=stylesheet href=//{HOST}/x.css>',
    "formula": f"=cmd|' /C calc'!A1 @SUM(1) +{CALL} -1 $\\href{{javascript:{CALL}}}{{x}}$",
    "markdown": f"[a](javascript:{CALL}) ![b](//{HOST}/x.png) `<c>` [[d]] <script>{CALL}</script>",
    "entities": f"&lt;script&gt;{CALL}&lt;/script&gt; &#x6A;avascript: &amp;lt;b&amp;gt;",
    "citation": f"}}, url = {{javascript:{CALL}}} @article{{x, \\input{{/etc/passwd}} % ~ # $ ^ _",
    "style": f"</style><style>@import '//{HOST}/x.css'</style> x{{background:url(//{HOST}/x)}}",
}
"""What stands in each field, by what it tries to break out of."""

_XHTML: Final = 'xmlns="http://www.w3.org/1999/xhtml"'
PICTURES: Final = {
    "script": f"<script>{CALL}</script>",
    "handler": f'<g onload="{CALL}"/><animate onbegin="{CALL}" attributeName="x" dur="1s"/>',
    "link": f'<a href="javascript:{CALL}"><text y="9">a</text></a>',
    "foreign": f'<foreignObject><iframe {_XHTML} srcdoc="&lt;script>parent.{CALL}&lt;/script>"/></foreignObject>',
    "html": f'<body {_XHTML} onload="{CALL}"><script>{CALL}</script></body>',
    "image": f'<image href="https://{HOST}/x.png" width="9" height="9"/><feImage href="//{HOST}/y"/>',
    "use": f'<use href="https://{HOST}/x.svg#a"/>',
    "style": f'<style>@import "https://{HOST}/x.css"; * {{ fill: url(//{HOST}/y#z) }}</style>',
    "cursor": f'<g style="cursor:url(//{HOST}/c)" fill="u\\72l(//{HOST}/d)"><path d="M0 0h9v9"/></g>',
    "animated-link": f'<a><animate attributeName="href" to="javascript:{CALL}"/><text y="9">a</text></a>',
    "other-prefix": f'<s:script xmlns:s="http://www.w3.org/2000/svg">{CALL}</s:script>',
    "html-script": f"<script {_XHTML}>{CALL}</script>",
}
"""Insides of an SVG that a page shows; the browser also opens the published file by itself."""

SETTINGS: Final = """\
site_name: {text}
site_description: {text}
site_author: {text}
copyright: {text}
site_url: https://example.org/x/y/
repo_url: https://github.com/example/kb
docs_dir: content
theme: site_builder
markdown_extensions: [toc, tables, fenced_code, attr_list, md_in_html, footnotes, abbr, def_list, admonition,
  pymdownx.details, pymdownx.superfences, pymdownx.tabbed, pymdownx.tasklist, pymdownx.keys, pymdownx.mark,
  pymdownx.critic, pymdownx.magiclink, pymdownx.blocks.caption]
plugins:
  - site_builder:
      link_mentions: true
      newsletter_action: https://example.org/news
      newsletter_field: {text}
      severities: {{{severities}}}
"""
_NOT_ERRORS: Final = "anchor-missing control-character image-missing link-missing url-scheme conflict-unsolved".split()
"""Errors of bodies that would stop the build before a browser sees what became of the text."""


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile text."""

    group: str
    name: str
    text: str

    @property
    def slug(self) -> str:
        return f"{self.group}-{self.name}"


def body_cases() -> Iterator[Case]:
    """The texts of the folder, ready for a site."""
    for file in sorted(FOLDER.glob("*.txt")):
        parts = _NAME.split(file.read_text(encoding="utf-8"))
        for name, text in zip(parts[1::2], parts[2::2], strict=True):
            text = text.strip("\n").replace("PWN", CALL).replace("EVIL", HOST)  # noqa: PLW2901
            yield Case(file.stem, name, _CHARACTER.sub(lambda m: chr(int(m[1], 16)), text))


def field_documents(kind: Kind, name: str, text: str) -> tuple[dict[str, Any], int]:
    """Front matter with the text in every field that takes any, and how many fields these are."""
    count = 0

    def value(field: str, type_: object) -> object:
        nonlocal count
        if field in {"similar.to", "topics", "entities"}:
            return {"similar.to": "pond", "topics": "fields", "entities": "trust"}[field]
        if field in {"unrelated", "duplicate_of", "broader", "replaced_by"}:
            return NOTHING
        if field == "aliases":
            return f"/{name}-{kind}-old/"
        if field == "image.src":
            return "pic.png"
        if field == "provenance.sketch":
            return SKETCH
        if type_ is str:
            count += 1
            return text
        return f"https://example.org/?q='\"<script>{CALL}</script>".replace(" ", "") if type_ is WebUrl else NOTHING

    front = {**fill(kind, value), **({"date": "2026-06-03"} if kind is Kind.ARTICLE else {})}
    return front, count


def hostile_files(cases: Mapping[str, str], *, is_whole: bool) -> dict[str, str | bytes]:
    """A site with a page for each text; unless it is whole, kinds other than articles have a third of the values."""
    text = yaml.safe_dump(VALUES["script"], width=10_000).partition("\n")[0]
    severities = ", ".join(f"{code}: info" for code in _NOT_ERRORS)
    files: dict[str, str | bytes] = {
        "mkdocs.yml": SETTINGS.format(text=text, severities=severities),
        "content/articles/pond.md": article("Pond", "Deep. [[trust]]\n", topics=["fields"], entities=["trust"]),
        "content/articles/pic.png": b"\x89PNG\r\n\x1a\n",
        "content/articles/x-none.png": b"not a picture",
        "content/topics/fields.md": topic("Fields"),
        "content/entities/trust.md": entity("Trust"),
        "templates/words/en.yml": f"skip: {text}\nlists: {text}\nsource_files: {text}\n",
    }
    for slug, body in cases.items():
        files[f"content/articles/{slug}.md"] = article(slug, body, topics=["fields"], entities=["trust"])
    for name, inside in PICTURES.items():
        head = (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
        )
        files[f"content/articles/svg-{name}.svg"] = f"{head}{inside}</svg>"
    shown = "\n\n".join(f"![a](svg-{name}.svg)" for name in PICTURES)
    files["content/articles/pictures.md"] = article("Pictures", shown, image={"src": "svg-script.svg", "alt": "a"})
    for number, (folder, kind) in enumerate(FOLDERS.items()):
        is_every = is_whole or kind in {Kind.ARTICLE, Kind.TOOL}
        for name, value in list(VALUES.items())[0 if is_every else number % 3 :: 1 if is_every else 3]:
            front, _ = field_documents(kind, name, value)
            files[f"content/{folder}/field-{name}-{kind}.md"] = document(f"{value}\n\n## {value}\n", **front)
    return files


def make_hostile_site(root: Path, cases: Mapping[str, str], *, is_whole: bool = True) -> Path:
    """Write it; gives the root."""
    made: Files = hostile_files(cases, is_whole=is_whole)
    return write_site(root, made)
