"""Links that are dead are marked wherever readers see them, and nothing else changes."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from site_builder.build import build_site
from site_builder.config.link_states import LINKS_FILE, LinkState, LinkStates, format_link_states
from tests.helpers.site import Files, MakeSite, article, check, entity, load, load_settings, page, tool, topic

DAY = dt.date(2026, 5, 4)
GONE, COPY = "https://gone.example/a", "https://web.archive.org/web/20260101000000/https://gone.example/a"
GERMAN = """\
site_name: Test
site_url: https://example.org/
docs_dir: content
theme: site_builder
plugins: [site_builder: {language: de}]
"""


def known(*urls: str, archive: str = "") -> bytes:
    state = LinkState(failing=DAY, days=3, dead=DAY, archive=archive)
    return format_link_states(LinkStates(DAY, dict.fromkeys(urls, state) | {"https://fine.example/": LinkState()}))


MARK = '<span class="sb-mark" title="not reached since 4 May 2026">(dead link)</span>'


def rendered(root: Path, url: str, **given: Any) -> str:
    return load(root, **given).render(url).decode()


BODIES = {
    "inline": f"A [link]({GONE}).\n",
    "with a fragment": f"A [link]({GONE}#part).\n",
    "with a title": f'A [link]({GONE} "Title").\n',
    "in angle brackets": f"A <{GONE}>.\n",
    "bare": f"See {GONE} there.\n",
    "by reference": f"A [link][1].\n\n[1]: {GONE}\n",
    "as HTML": f'A <a class="x" href="{GONE}">link</a>.\n',
    "in upper case": "A [link](HTTPS://gone.example/a).\n",
    "in a table": f"| a | b |\n|---|---|\n| [link]({GONE}) | c |\n",
    "in a heading": f"## On [that]({GONE})\n",
    "in a footnote": f"Text[^1].\n\n[^1]: A [link]({GONE}).\n",
    "around other tags": f"A [*very* `code`]({GONE}) link.\n",
    "a picture elsewhere": f"![What it shows]({GONE})\n",
    "without a scheme": "A [link](//gone.example/a).\n",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_mark_follows_the_link(make_site: MakeSite, body: str):
    root = make_site({"content/articles/a.md": article(body=body), LINKS_FILE: known(GONE, archive=COPY)})
    html = rendered(root, "/articles/a/")
    mark = rf'{re.escape(MARK)} \(<a href="{COPY}">archived'
    assert re.search(rf'<a [^>]*href="[^"]*gone\.example/a[^>]*>.*?</a> {mark}', html)
    assert html.count("sb-mark") == 1
    assert f"- <{GONE}> (dead link: not reached since 4 May 2026; [archived copy]({COPY}))" in rendered(
        root, "/articles/a/index.md"
    )


@pytest.mark.parametrize(
    "body",
    [
        f"`{GONE}`\n",
        f"[other]({GONE}b)\n",
        f"[fine](https://fine.example/)\n\n%% {GONE} %%\n",
        "[mail](mailto:a@gone.example)\n",
    ],
)  # fmt: skip
def test_nothing_else_is_marked(make_site: MakeSite, body: str):
    files = {"content/articles/a.md": article(body=body)}
    marked, plain = make_site({**files, LINKS_FILE: known(GONE)}), make_site(files)
    for url in ("/articles/a/", "/articles/a/index.md", "/"):
        assert rendered(marked, url) == rendered(plain, url)
    assert not [text for text in check(marked) if "link-dead" in text]


def test_an_address_with_signs_of_html(make_site: MakeSite):
    url = "https://gone.example/?a=1&b=(2)&copies=%22"
    root = make_site({"content/articles/a.md": article(body=f"[link](<{url}>)\n"), LINKS_FILE: known(url)})
    assert MARK in rendered(root, "/articles/a/")


def test_the_source_of_an_article(make_site: MakeSite):
    source = {"name": "Paper", "url": GONE}
    root = make_site({"content/articles/a.md": article(source=source), LINKS_FILE: known(GONE, archive=COPY)})
    html = rendered(root, "/articles/a/")
    assert html.count(f'<a href="{GONE}">Paper</a> {MARK} (<a href="{COPY}">archived copy</a>)') == 2
    assert "- Source: [Paper]" in (twin := rendered(root, "/articles/a/index.md")) or "[Paper]" in twin
    assert "(dead link: not reached since 4 May 2026;" in twin


def test_the_copy_that_the_curator_names_comes_first(make_site: MakeSite):
    own = "https://archive.example/own"
    source = {"name": "Paper", "url": GONE, "archive": own}
    root = make_site({"content/articles/a.md": article(source=source), LINKS_FILE: known(GONE, archive=COPY)})
    html = rendered(root, "/articles/a/")
    assert f'{MARK} (<a href="{own}">archived copy</a>)' in html
    assert COPY not in html


def test_addresses_of_entities_and_tools(make_site: MakeSite):
    files: Files = {
        "content/entities/e.md": entity(same_as=["https://fine.example/", f"{GONE}#me"]),
        "content/entities/old.md": entity("Old", same_as=["https://gone.example/old"], replaced_by="e"),
        "content/tools/l.md": tool("L", f"[site]({GONE})\n", url=GONE),
        "content/topics/t.md": topic("T", f"[site]({GONE})\n"),
        "content/pages/p.md": page("P", f"[site]({GONE})\n"),
        "content/articles/a.md": article(),
        LINKS_FILE: known(GONE, "https://gone.example/old"),
    }
    root = make_site(files)
    html = rendered(root, "/entities/e/")
    assert [row.count("sb-mark") for row in html.splitlines() if 'example">' in row or ".example</a>" in row] == [
        0,
        1,
        1,
    ]
    assert rendered(root, "/tools/").count(MARK) == 2
    assert rendered(root, "/topics/t/").count(MARK) == 1
    assert rendered(root, "/p/").count(MARK) == 1
    assert rendered(root, "/").count(MARK) == 1  # the featured tool
    assert rendered(root, "/articles/a/").count(MARK) == 1


def test_in_german_and_on_a_page_in_another_language(make_site: MakeSite):
    files: Files = {
        "mkdocs.yml": GERMAN,
        "content/articles/a.md": article(body=f"[Link]({GONE})\n"),
        "content/articles/b.md": article(body=f"[link]({GONE})\n", language="en"),
        LINKS_FILE: known(GONE, archive=COPY),
    }
    root = make_site(files)
    mark = 'class="sb-mark" title="seit 4. Mai 2026 nicht erreicht"'
    assert f'<span {mark}>(toter Link)</span> (<a href="{COPY}">archivierte Kopie</a>)' in rendered(
        root, "/articles/a/"
    )
    other = rendered(root, "/articles/b/")
    assert f'<span {mark} lang="de" dir="ltr">(toter Link)</span> (<a href="{COPY}" lang="de" dir="ltr">arch' in other


def test_check_names_the_place(make_site: MakeSite):
    files: Files = {
        "content/articles/a.md": article(
            source={"name": "Paper", "url": GONE}, body=f"%% {GONE} %%\n\nA [link]({GONE}) and <{GONE}#b>.\n"
        ),
        "content/articles/draft.md": article(status="draft", body=f"[link]({GONE})\n"),
        LINKS_FILE: known(GONE, archive=COPY),
    }
    root = make_site(files)
    found = [text for text in check(root) if "[link-dead]" in text]
    lines = (root / "content/articles/a.md").read_text(encoding="utf-8").splitlines()
    assert len(found) == 3
    for text in found:
        _, line, column, *_ = text.split(":", 3)
        assert lines[int(line) - 1][int(column) - 1 :].startswith(GONE)
    assert f"hint: link to the archived copy, {COPY}" in found[0]
    assert load(root, strict=True).is_sound


def test_one_address_that_is_the_beginning_of_another(make_site: MakeSite):
    body = f"A [first]({GONE}#x), then [other]({GONE}/more), a bare {GONE}, and <{GONE}>.\n\n- {GONE}\n"
    root = make_site({"content/articles/a.md": article(body=body), LINKS_FILE: known(GONE)})
    places = [tuple(text.split(":", 3)[1:3]) for text in check(root) if "[link-dead]" in text]
    lines = (root / "content/articles/a.md").read_text(encoding="utf-8").splitlines()
    assert len(set(places)) == len(places) == 4
    after = [lines[int(line) - 1][int(column) - 1 :].removeprefix(GONE)[:1] for line, column in places]
    assert after == ["#", ",", ">", ""]


def test_a_build_follows_the_file_and_makes_only_those_pages_again(make_site: MakeSite):
    files = {
        "content/articles/a.md": article("A", f"[link]({GONE})\n"),
        "content/articles/b.md": article("B"),
        "content/tools/l.md": tool("L", url="https://fine.example/"),
    }
    root = make_site(files)

    def build() -> int:
        config, found = load_settings(root)
        report = build_site(config, tuple(found))
        assert report.is_built
        return report.written

    def html(name: str) -> str:
        return (root / "site/articles/a" / name).read_text(encoding="utf-8")

    assert build() > 2
    (root / LINKS_FILE).write_bytes(known())
    assert build() == 0
    (root / LINKS_FILE).write_bytes(known(GONE))
    assert build() == 2  # the page and its Markdown
    assert "dead link" in html("index.html")
    assert "dead link" in html("index.md")
    clean = make_site({**files, LINKS_FILE: known(GONE)})
    assert load(clean).render("/articles/a/").decode() == html("index.html")
    (root / LINKS_FILE).write_bytes(known(GONE, archive=COPY))
    assert build() == 2
    (root / LINKS_FILE).unlink()
    assert build() == 2
    assert "dead link" not in html("index.html")
