"""What is not published is in no output: a marker stands in every field of every document that readers may not see.

The fields are those of the schema, so a new field is covered at once. Outputs are all files of the site with their
names, hidden ones too, packed ones unpacked; the pages that `serve` gives; and those that the plugin makes.
"""

import gzip
import html
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote

import pytest

from site_builder.content.schema import FOLDERS, MODELS, folder_of
from site_builder.content.vocabulary import Kind
from tests.helpers.every_field import filled
from tests.helpers.mkdocs_commands import run_here
from tests.helpers.output import build
from tests.helpers.site import MKDOCS_YML, MakeSite, article, document, entity, load, page, tool, topic
from tests.helpers.sites import png

WORD: Final = "zqhid"
LATER: Final = "2999-01-01"
BODY: Final = f"""{WORD} text [[pond]] [[{WORD}-nothing]] ![{WORD}]({WORD}.png) [{WORD}]({WORD}.pdf) `{WORD} code`

## {WORD} heading

<span title="{WORD}">x</span> %%{WORD}%% <!-- {WORD} -->

[^{WORD}]: {WORD}
"""
HIDING: Final[dict[str, dict[str, Any]]] = {
    "draft": {"status": "draft"},
    "review": {"status": "review"},
    "embargoed": {"publish": LATER},
    "embargoed-stub": {"status": "stub", "publish": LATER},
    "unlisted-draft": {"status": "draft", "unlisted": True},
}
NOT_SHOWN: Final = {
    Kind.ARTICLE: {"unrelated", "provenance", "publish"},
    Kind.TOPIC: {"keywords"},
    Kind.ENTITY: set[str](),
    Kind.TOOL: set[str](),
    Kind.PAGE: {"publish"},
}
"""Fields of published documents that are for editors and the program only."""
SETTINGS: Final = MKDOCS_YML.replace("- site_builder", "- site_builder: {social_images: true, link_mentions: true}")
PUBLIC: Final[dict[str, str | bytes]] = {
    "mkdocs.yml": SETTINGS,
    "content/articles/pond.md": article("Pond", "Deep water.\n", topics=["fields"], entities=["trust"]),
    "content/articles/meadow.md": article("Meadow", "[[pond]]\n", topics=["fields"], similar=["pond"]),
    "content/topics/fields.md": topic("Fields"),
    "content/entities/trust.md": entity("Trust"),
    "content/tools/leaf.md": tool("Leaf"),
    "content/pages/about.md": page("About", "Us.\n"),
}


def hidden_documents() -> Iterator[tuple[str, str]]:
    """Every kind of document that can be held back, in every way."""
    for folder, kind in FOLDERS.items():
        fields = filled(kind, WORD)
        possible = {"status", "publish", "unlisted"} & {*_names(kind)}
        fields.pop("duplicate_of", None)
        for way, how in HIDING.items():
            wanted = how.get("status")
            if not {*how} <= possible or (kind in {Kind.TOOL, Kind.PAGE} and wanted not in {None, "draft"}):
                continue
            own = fields if "aliases" not in fields else {**fields, "aliases": [f"/{WORD}-{kind}-{way}-old/"]}
            own = own if "feed_id" not in own else {**own, "feed_id": f"{WORD}-{way}"}
            yield f"content/{folder}/{WORD}-{way}.md", document(BODY, **{**own, **how})


def _names(kind: Kind) -> list[str]:
    return list(MODELS[kind].__dataclass_fields__)


def told(data: bytes) -> bool:
    """Whether the marker is in a file, however it is written there."""
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    text = data.decode("utf-8", "replace").casefold()
    return any(WORD in form for form in (text, html.unescape(text), unquote(text), re.sub(r"\W", "", text)))


def leaks(written: dict[str, bytes]) -> list[str]:
    """The files that tell of it."""
    return [name for name, data in sorted(written.items()) if WORD in unquote(name).casefold() or told(data)]


def every_file(root: Any) -> dict[str, bytes]:
    """Hidden files and the list of files too: all that would be published."""
    folder = root / "site"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


ASSETS: Final[dict[str, str | bytes]] = {
    f"content/{folder}/{WORD}.{ending}": png(8, 8) if ending == "png" else f"{WORD}".encode()
    for folder in FOLDERS
    for ending in ("png", "pdf")
}


def test_every_way_of_hiding_is_tried():
    files = dict(hidden_documents())
    assert len(files) >= 8
    assert {path.split("/")[1] for path in files} == {"articles", "tools", "pages"}


def test_no_field_of_what_is_held_back_is_in_any_output(make_site: MakeSite):
    hidden = dict(hidden_documents())
    root = make_site({**PUBLIC, **ASSETS, **hidden, "content/.env": WORD, f"content/{WORD}/README.md": WORD})
    build(root)
    assert leaks(every_file(root)) == []
    build(root, drafts=True)
    assert len(leaks(every_file(root))) > 30
    build(root)
    assert leaks(every_file(root)) == [], "what was published once is gone"
    site = load(root)
    assert leaks({url: site.render(url) for url in site.routes.all()}) == []
    site.close()


def test_the_plugin_publishes_none_of_it_either(make_site: MakeSite):
    root = make_site({**PUBLIC, **ASSETS, **dict(hidden_documents())})
    done = run_here(root, "build", "-q")
    assert done.exit_code == 0, done.output
    assert leaks(every_file(root)) == []


SITE: Final = "https://example.org/x/y/"
FULL: Final = f"{SITE}articles/{WORD}/"
NAMING: Final = {
    "wiki link": {"body": f"See [[{WORD}]]."},
    "wiki link with text": {"body": f"See [[{WORD}|this]]."},
    "wiki link in a table": {"body": f"| a | b |\n|---|---|\n| [[{WORD}]] | x |\n"},
    "wiki link by its title": {"body": f"See [[{WORD} title]] and [[articles/{WORD}]]."},
    "wiki link in the sentence of another": {"body": f"See [[{WORD}]] and [[pond]]."},
    "embed": {"body": f"![[{WORD}]]"},
    "link to the file": {"body": f"See [this]({WORD}.md)."},
    "link to a heading": {"body": f"See [this]({WORD}.md#{WORD}) and [[{WORD}#{WORD}]]."},
    "link to the address": {"body": f"See [this](/articles/{WORD}/)."},
    "address in HTML": {"body": f'<a href="{WORD}.md">this</a> <a href="/articles/{WORD}/">this</a>'},
    "reference": {"body": f"See [this][1].\n\n[1]: {WORD}.md\n"},
    "full address": {"body": f"See [this]({FULL})."},
    "full address in HTML": {"body": f'<a href="{FULL}">this</a>'},
    "full address in HTML without quotes": {"body": f"<a href={FULL}>this</a>"},
    "full address by another scheme": {"body": f"See [this]({FULL.replace('https', 'HTTP')})."},
    "full address without a scheme": {"body": f"See [this]({FULL.removeprefix('https:')})."},
    "full address with a port, a query and a heading": {"body": f"See [this]({FULL.replace('org', 'org:443')}?a=b#c)."},
    "full address with steps": {"body": f"See [this]({SITE}articles/./pond/..//{WORD}/index.html)."},
    "full address with backslashes": {"body": f'<a href="https:\\\\example.org\\x\\y\\articles\\{WORD}">this</a>'},
    "full address between signs": {"body": f"See <{FULL}>, and again <{FULL}>."},
    "full address between signs in a heading": {"body": f"[TOC]\n\n## About <{FULL}>\n\nText.\n\n## More\n\nText.\n"},
    "full address between signs in a table": {"body": f"| a | b |\n|---|---|\n| <{FULL}> | [x]({FULL}) |\n"},
    "full address of its Markdown": {"body": f"See [this]({FULL}index.md)."},
    "full address of its embedded form": {"body": f"See [this]({SITE}embed/{WORD}/)."},
    "full address as a reference": {"body": f"See [this][1] and [1].\n\n[1]: <{FULL}>\n"},
    "full address as a picture": {"body": f"![]({FULL})\n\n![a sea]({FULL})\n\n[![]({FULL})]({FULL})\n"},
    "full address of a quotation": {
        "body": f'<blockquote cite="{FULL}"><p>So.</p></blockquote>\n\n<q cite={FULL}>x</q>\n'
    },
    "full address in the text": {"body": f"See {FULL}, ({FULL}), _{FULL}_ and {FULL.replace('/', '&#47;')}."},
    "full address in HTML that is not Markdown": {"body": f"<div>[x]({FULL}) <{FULL}> {FULL}</div>\n"},
    "full address as its own text": {"body": f"[{FULL}]({FULL}) [{FULL}](https://example.com/)"},
    "full address in a title": {"body": f'[x](https://example.com/ "{FULL}") <abbr title="{FULL}">y</abbr>'},
    "full address that the page leaves out": {"body": f"<a href='{FULL}'></a>\n\n[none]: {FULL}\n"},
    "full address as the source": {"source": {"name": "We", "url": FULL, "archive": FULL}},
    "similar": {"similar": [{"to": WORD, "why": "so"}]},
    "unrelated": {"unrelated": [WORD]},
}


@pytest.mark.parametrize("naming", NAMING.values(), ids=NAMING.keys())
def test_who_names_it_does_not_tell(naming: dict[str, Any], make_site: MakeSite):
    hidden = article(f"{WORD} title", "x\n", status="draft", summary=WORD)
    root = make_site(
        {**PUBLIC, f"content/articles/{WORD}.md": hidden, "content/articles/names.md": article("N", **naming)}
    )
    build(root)
    assert leaks(every_file(root)) == []


def test_a_heading_that_names_it_does_not_tell(make_site: MakeSite):
    """Neither as an id, nor in the tables of contents of the text and of the page, nor in the search."""
    body = f"[TOC]\n\n## [[{WORD}]]\n\nText.\n\n## On [[{WORD}]] and [[pond]]\n\nText.\n\n## More\n\nText.\n"
    root = make_site(
        {
            **PUBLIC,
            "content/articles/a.md": article("A", body),
            f"content/articles/{WORD}.md": article("Hidden", status="draft"),
        }
    )
    build(root)
    assert [path for path in (root / "site").rglob("*") if path.is_file() and WORD.encode() in path.read_bytes()] == []
    page = (root / "site/articles/a/index.html").read_text(encoding="utf-8")
    ids = re.findall(r'<h2 id="(unpublished-\d)">', page)
    assert ids == ["unpublished-1", "unpublished-2"]
    assert [page.count(f'href="#{one}"') for one in ids] == [2, 2]
    assert '<div class="toc">' in page
    assert ">On an unpublished page and Pond</a>" in page


def test_what_is_unlisted_is_at_its_own_addresses_only(make_site: MakeSite):
    files = dict(PUBLIC)
    for kind in (Kind.ARTICLE, Kind.PAGE):
        fields = {**filled(kind, WORD), "unlisted": True}
        fields.pop("duplicate_of", None)
        fields |= {"aliases": [f"/{WORD}-{kind}-old/"]}
        files[f"content/{folder_of(kind)}/{WORD}-{kind}.md"] = document(f"{WORD}\n", **fields)
    root = make_site({**files, **ASSETS})
    build(root)
    own = re.compile(rf"(?:articles/|embed/)?{WORD}[\w.-]*(?:/.*)?|articles/{WORD}\.png|\.site-builder")
    assert [path for path in leaks(every_file(root)) if not own.fullmatch(path)] == []


def test_fields_for_editors_are_not_published(make_site: MakeSite):
    files = dict(PUBLIC)
    for folder, kind in FOLDERS.items():
        fields = {name: value for name, value in filled(kind, WORD).items() if name in NOT_SHOWN[kind]}
        shown = {name: "x" for name in ("title", "summary", "name") if name in _names(kind)}
        needed: dict[str, Any] = {Kind.ENTITY: {"kind": "law"}, Kind.TOOL: {"pricing": "free"}}.get(kind, {})
        needed |= {"date": "2026-06-03", "source": {"name": "N"}} if kind is Kind.ARTICLE else {}
        files[f"content/{folder}/kept-{kind}.md"] = document(
            f"Text %%{WORD}%% <!-- {WORD} -->\n", **shown, **needed, **fields
        )
    root = make_site(files)
    build(root)
    assert leaks(every_file(root)) == []


@pytest.mark.parametrize("kind", [Kind.ARTICLE, Kind.TOPIC, Kind.ENTITY])
def test_of_what_was_replaced_only_its_addresses_are_left(kind: Kind, make_site: MakeSite):
    """Names and addresses of an entity count for the one that it was merged into."""
    target = {Kind.ARTICLE: "pond", Kind.TOPIC: "fields", Kind.ENTITY: "trust"}[kind]
    fields = filled(kind, WORD)
    fields["duplicate_of" if kind is Kind.ARTICLE else "replaced_by"] = target
    fields |= {"aliases": ["/old/"], **({"name": "N", "synonyms": ["M"], "same_as": []} if kind is Kind.ENTITY else {})}
    root = make_site({**PUBLIC, **ASSETS, f"content/{folder_of(kind)}/replaced.md": document(BODY, **fields)})
    build(root)
    assert leaks(every_file(root)) == []
