"""The site for programs: JSON in parts, and `/llms.txt`."""

import json
from pathlib import Path
from typing import Any

import pytest

from site_builder.pages.data import api
from site_builder.urls import Permalink
from tests.helpers.site import MakeSite, article, document, entity, load, topic

SETTINGS = """\
site_name: S
site_url: https://example.org/
site_description: About [it]
docs_dir: content
theme: site_builder
plugins: [site_builder]
"""


def data(root: Path, url: str) -> Any:
    return json.loads(load(root).render(url))


def test_an_article_says_what_its_page_says(make_site: MakeSite):
    root = make_site(
        {
            "content/articles/a.md": article(
                "A",
                topics=["t"],
                entities=["e"],
                similar=[{"to": "b", "why": "Because.", "kind": "update"}, "nobody"],
                source={"name": "Paper", "url": "https://example.net/p"},
                added="2026-06-05",
                language="de",
            ),
            "content/articles/b.md": article("B", status="stub", source=None, added="2026-06-04"),
            "content/articles/hidden.md": article("H", unlisted=True),
            "content/topics/t.md": topic("T", summary="On T.", synonyms=["Tee"]),
            "content/entities/e.md": entity("E"),
        }
    )
    part = data(root, "/api/articles/1.json")
    assert {key: part[key] for key in ("part", "parts", "total", "previous", "next")} == {
        "part": 1,
        "parts": 1,
        "total": 2,
        "previous": None,
        "next": None,
    }
    assert [item["id"] for item in part["items"]] == ["b", "a"]
    item = part["items"][1]
    assert item["url"] == "/articles/a/"
    assert item["markdown"] == "/articles/a/index.md"
    assert item["source"] == {"name": "Paper", "url": "https://example.net/p", "author": None, "language": None}
    assert (item["topics"], item["entities"], item["language"], item["status"]) == (["t"], ["e"], "de", "published")
    assert item["similar"] == [
        {"id": "b", "why": "Because.", "kind": "update"},
        {"id": "nobody", "why": None, "kind": None},
    ]
    [told] = data(root, "/api/topics/1.json")["items"]
    assert (told["title"], told["summary"], told["synonyms"], told["articles"]) == ("T", "On T.", ["Tee"], 1)
    assert data(root, "/api/entities/1.json")["items"][0]["name"] == "E"


def test_a_new_article_changes_the_last_part_only(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(api, "ITEMS_PER_PART", 2)
    files = {f"content/articles/a{n}.md": article(f"A{n}", added=f"2026-06-0{n}") for n in range(1, 5)}
    before = load(make_site(files))
    index = json.loads(before.render("/api/index.json"))
    assert index["articles"] == {"total": 4, "parts": 2, "first": "/api/articles/1.json"}
    first = json.loads(before.render("/api/articles/1.json"))
    assert first["next"] == "/api/articles/2.json"
    after = load(make_site({**files, "content/articles/a9.md": article("A9", date="2020-01-01", added="2026-06-09")}))
    assert Permalink("/api/articles/3.json") in after.routes
    assert [i["id"] for i in json.loads(after.render("/api/articles/1.json"))["items"]] == ["a1", "a2"]


def test_llms_txt_has_the_form_of_its_specification(make_site: MakeSite):
    """llmstxt.org: a title, a quote, then sections of lists of links."""
    root = make_site(
        {
            "mkdocs.yml": SETTINGS,
            "content/articles/a.md": article("A"),
            "content/articles/hidden.md": article("H", unlisted=True),
            "content/topics/t.md": topic("T", summary="On T."),
            "content/pages/p.md": document("Text.\n", title="P"),
        }
    )
    site = load(root)
    lines = site.render("/llms.txt").decode().splitlines()
    assert lines[:3] == ["# S", "", "> About \\[it\\]"]
    assert [line for line in lines if line.startswith("## ")] == [
        "## Topics",
        "## Latest",
        "## About this site",
        "## Optional",
    ]
    assert "- [T](https://example.org/topics/t/index.md): On T." in lines
    assert "- [A](https://example.org/articles/a/index.md): About A." in lines
    assert "- [P](https://example.org/p/index.md)" in lines
    assert "hidden" not in "".join(lines)
