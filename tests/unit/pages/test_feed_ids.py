"""Ids in feeds: the same in all formats, whatever becomes of slugs and of the site's address."""

import json
from typing import Any

import pytest

from tests.helpers.site import MKDOCS_YML, Files, MakeSite, article, codes, load, topic

FEED_BASE = MKDOCS_YML + "      feed_base_url: https://first.example/kb\n"
FEED_BASE = FEED_BASE.replace("  - site_builder\n", "  - site_builder:\n")


def ids(make_site: MakeSite, files: Files, url: str = "/feed.json", **given: Any) -> dict[str, str]:
    """Title of an entry -> its id; the same in the three formats."""
    with_site = load(make_site(files), **given)
    items = json.loads(with_site.render(url))["items"]
    for other in ("feed.xml", "atom.xml"):
        text = with_site.render(url.replace("feed.json", other)).decode()
        assert all(f">{item['id']}<" in text for item in items)
    return {item["title"]: item["id"] for item in items}


A = {"content/articles/a.md": article("A", topics=["t"]), "content/topics/t.md": topic("T", feed=True)}


def test_an_id_depends_on_no_host_and_no_date_and_is_the_same_in_every_feed(make_site: MakeSite):
    here = ids(make_site, A)
    changed = {**A, "content/articles/a.md": article("A", topics=["t"], date="2026-06-05", summary="Changed.")}
    assert ids(make_site, changed, site_url="https://other.example/") == here
    assert ids(make_site, A, "/topics/t/feed.json") == here
    assert set(ids(make_site, A, "/digest/feed.json").values()).isdisjoint(here.values())


@pytest.mark.parametrize(
    "renamed",
    [
        pytest.param({"aliases": ["/articles/a/"]}, id="alias"),
        pytest.param({"aliases": ["/2019/a.html", "/articles/a", "/articles/later/"]}, id="first alias"),
        pytest.param({"feed_id": "a"}, id="kept"),
        pytest.param({"feed_id": "a", "aliases": ["/articles/z/"]}, id="kept before alias"),
    ],
)
def test_a_renamed_article_is_the_same_entry(make_site: MakeSite, renamed: dict[str, Any]):
    assert ids(make_site, {"content/articles/b.md": article("A", **renamed)}) == ids(make_site, A)


@pytest.mark.parametrize("alias", ["/old/a/", "/2026/06/a.html", "/topics/a/", "/articles/a/b/", "/A/"])
def test_another_old_address_changes_nothing(make_site: MakeSite, alias: str):
    assert ids(make_site, {"content/articles/a.md": article("A", aliases=[alias])}) == ids(make_site, A)


def test_a_new_article_at_an_old_slug_is_another_entry(make_site: MakeSite):
    first = ids(make_site, A)["A"]
    moved, new = article("A", feed_id="a"), article("New", date="2026-06-20")
    both = ids(make_site, {"content/articles/b.md": moved, "content/articles/a.md": new})
    assert both["A"] == first
    assert both["New"] != first


def test_every_article_has_an_id_of_its_own_whatever_others_keep(make_site: MakeSite):
    kept = ("b", "b~2026-06-03", "b~2026-06-03~2", "b~2026-06-03~4")
    files = {f"content/articles/a{n}.md": article(f"A{n}", feed_id=key) for n, key in enumerate(kept)}
    found = ids(make_site, {**files, "content/articles/b.md": article("B")})
    assert len(set(found.values())) == len(found) == 5


def test_the_id_of_another_program_is_kept_as_it_is(make_site: MakeSite):
    for id_ in (
        "https://old.example/?p=12",
        "tag:old.example,2019:12",
        "urn:uuid:00000000-0000-4000-8000-000000000000",
    ):
        assert ids(make_site, {"content/articles/a.md": article("A", feed_id=id_)}) == {"A": id_}


def test_ids_that_readers_know_may_be_kept(make_site: MakeSite):
    files = {**A, "mkdocs.yml": FEED_BASE, "content/articles/b.md": article("B", aliases=["/articles/was/"])}
    found = ids(make_site, files, site_url="https://second.example/")
    assert found == {"A": "https://first.example/kb/articles/a/", "B": "https://first.example/kb/articles/was/"}
    assert list(ids(make_site, files, "/digest/feed.json").values()) == ["https://first.example/kb/digest/2026-W23/"]


def test_the_id_of_a_feed_stays_too(make_site: MakeSite):
    before = load(make_site(A)).view("/topics/t/atom.xml").id
    renamed = {
        "content/articles/a.md": article("A", topics=["u"]),
        "content/topics/u.md": topic("T", feed=True, aliases=["/topics/t/"]),
    }
    after = load(make_site(renamed), site_url="https://other.example/")
    assert after.view("/topics/u/atom.xml").id == before
    assert after.view("/atom.xml").id != before


def test_a_copied_id_is_reported_where_it_was_copied_to(make_site: MakeSite):
    files = {
        "content/articles/a.md": article("A", feed_id="x", added="2026-06-03"),
        "content/articles/copy.md": article("Copy", feed_id="x", added="2026-06-04"),
        "content/articles/hidden.md": article("Hidden", feed_id="x", status="draft"),
        "content/articles/unlisted.md": article("Unlisted", feed_id="x", unlisted=True),
    }
    root = make_site(files)
    assert codes(root) == ["feed-id-repeated"]
    assert load(root).diagnostics[0].location.path == "content/articles/copy.md"
    assert len(set(ids(make_site, files).values())) == 2


@pytest.mark.parametrize("written", ["two words", "a/b", "<a>", "http://x y"])
def test_an_id_must_be_a_slug_or_a_uri(make_site: MakeSite, written: str):
    assert codes(make_site({"content/articles/a.md": article("A", feed_id=written)})) == ["type-wrong"]
