"""Every feed holds what its standard asks for, with addresses that exist."""

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, Final

import feedparser
import pytest

from tests.helpers.links import Tree

ATOM: Final = "{http://www.w3.org/2005/Atom}"
URN: Final = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
RFC3339: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z")


def feeds(tree: Tree, name: str) -> list[str]:
    found = sorted(path for path in tree.files if path.rpartition("/")[2] == name)
    assert len(found) > 2
    return found


def assert_moment(text: str) -> None:
    """RFC 3339, and a day of the calendar: `fromisoformat` raises on any other."""
    assert RFC3339.fullmatch(text), text
    dt.datetime.fromisoformat(text)


def text_of(element: ET.Element, name: str) -> str:
    found = element.findall(name)
    assert len(found) == 1, name
    text = (found[0].text or "").strip()
    assert text, name
    return text


@pytest.mark.parametrize(("name", "version"), [("feed.xml", "rss20"), ("atom.xml", "atom10")])
def test_feedparser_reads_them(tree: Tree, name: str, version: str):
    for path in feeds(tree, name):
        parsed = feedparser.parse(tree.read(path).encode())
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
        assert parsed.version == version
        assert parsed.entries


def test_rss(tree: Tree):
    """RSS 2.0 (rssboard.org/rss-specification), with the self link that its best practices ask for."""
    for path in feeds(tree, "feed.xml"):
        root = ET.fromstring(tree.read(path))
        assert (root.tag, root.attrib["version"]) == ("rss", "2.0")
        (channel,) = root
        assert all(text_of(channel, name) for name in ("title", "link", "description", "language"))
        assert text_of(channel, "link") == tree.address(path.replace("feed.xml", "index.html"))
        (self_link,) = channel.findall(f"{ATOM}link")
        assert self_link.attrib == {"href": tree.address(path), "rel": "self", "type": "application/rss+xml"}
        items = channel.findall("item")
        assert_rss_day(text_of(channel, "lastBuildDate"))
        for item in items:
            assert text_of(item, "title")
            assert text_of(item, "description")
            assert_rss_day(text_of(item, "pubDate"))
            assert tree.find(text_of(item, "link")) in tree.pages
            assert URN.fullmatch(text_of(item, "guid"))
            assert [guid.attrib for guid in item.findall("guid")] == [{"isPermaLink": "false"}]
        assert len({text_of(item, "guid") for item in items}) == len(items)


def assert_rss_day(text: str) -> None:
    """RFC 822: `format_datetime` gives the right name of the day, so a wrong one differs."""
    assert format_datetime(parsedate_to_datetime(text)) == text


def test_atom(tree: Tree):
    """RFC 4287 §4.1: id, title and updated in the feed and every entry, an author, links, unique ids."""
    for path in feeds(tree, "atom.xml"):
        root = ET.fromstring(tree.read(path))
        assert root.tag == f"{ATOM}feed"
        assert URN.fullmatch(text_of(root, f"{ATOM}id"))
        assert text_of(root, f"{ATOM}title")
        author = root.find(f"{ATOM}author")
        assert text_of(root if author is None else author, f"{ATOM}name")
        assert links_of(root) == {
            "self": tree.address(path),
            "alternate": tree.address(path.replace("atom.xml", "index.html")),
        }
        entries = root.findall(f"{ATOM}entry")
        for entry in entries:
            assert text_of(entry, f"{ATOM}title")
            assert text_of(entry, f"{ATOM}summary")
            assert_moment(text_of(entry, f"{ATOM}published"))
            assert_moment(text_of(entry, f"{ATOM}updated"))
            assert text_of(entry, f"{ATOM}published") <= text_of(entry, f"{ATOM}updated")
            assert tree.find(links_of(entry)["alternate"]) in tree.pages
            assert all(author.find(f"{ATOM}name") is not None for author in entry.findall(f"{ATOM}author"))
        assert text_of(root, f"{ATOM}updated") == max(text_of(entry, f"{ATOM}updated") for entry in entries)
        ids = [text_of(entry, f"{ATOM}id") for entry in entries]
        assert len(set(ids)) == len(ids)
        assert all(URN.fullmatch(id_) for id_ in ids)


def links_of(element: ET.Element) -> dict[str, str]:
    """Relation -> address; one each (RFC 4287 §4.1.1 allows one alternate of a type)."""
    links = element.findall(f"{ATOM}link")
    found = {link.get("rel", "alternate"): link.attrib["href"] for link in links}
    assert len(found) == len(links)
    return found


def test_json_feed(tree: Tree):
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    for path in feeds(tree, "feed.json"):
        feed: dict[str, Any] = json.loads(tree.read(path))
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"]
        assert feed["feed_url"] == tree.address(path)
        assert tree.find(feed["home_page_url"]) in tree.pages
        assert all(author["name"] for author in feed["authors"])
        for item in feed["items"]:
            assert item["content_text"] or item["content_html"]
            assert_moment(item["date_published"])
            assert_moment(item["date_modified"])
            assert tree.find(item["url"]) in tree.pages
            assert item.get("external_url", "https://").startswith(("https://", "http://"))
        ids = [item["id"] for item in feed["items"]]
        assert len(set(ids)) == len(ids)


def test_three_formats_say_the_same(tree: Tree):
    for path in feeds(tree, "feed.json"):
        items = json.loads(tree.read(path))["items"]
        told = [(item["title"], item["url"], item["id"]) for item in items]
        for name in ("feed.xml", "atom.xml"):
            parsed = feedparser.parse(tree.read(path.replace("feed.json", name)).encode())
            assert [(entry.title, entry.link, entry.id) for entry in parsed.entries] == told


def test_newest_come_first(tree: Tree):
    for path in feeds(tree, "feed.json"):
        days = [item["date_published"] for item in json.loads(tree.read(path))["items"]]
        assert days == sorted(days, reverse=True)


def test_every_feed_is_told_by_its_page(tree: Tree):
    """Feed readers look for `<link rel="alternate">` in the page that somebody follows."""
    for name in ("feed.xml", "atom.xml", "feed.json"):
        for path in feeds(tree, name):
            home = path.replace(name, "index.html")
            named = {tree.resolve(home, link.url) for link in tree.pages[home].links if link.relation == "alternate"}
            assert path in named


RELATIVE: Final = re.compile(r"""\b(?:href|src)=["'](?!https?://|mailto:)""")
PUBLISHED_RELATIONS: Final = {"self", "alternate", "via", "related", "enclosure"}


def elements(tree: Tree, name: str) -> list[tuple[str, ET.Element]]:
    return [(path, element) for path in feeds(tree, name) for element in ET.fromstring(tree.read(path)).iter()]


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_nothing_is_blank_doubled_or_relative(tree: Tree, name: str):
    """What the W3C's validator calls NotBlank, DuplicateElement, ContainsRelRef, UnexpectedWhitespace."""
    often = {"item", "entry", "category", "link", "author", "name", f"{ATOM}link"}
    for path, element in elements(tree, name):
        tag, children = element.tag.rpartition("}")[2], [child.tag for child in element]
        text = element.text or ""
        if not children and not element.attrib:
            assert text, (path, tag)
            assert text == text.strip() or tag in {"encoded", "content"}, (path, tag)
        assert all(element.attrib.values()), (path, tag)
        once = [child for child in children if child.rpartition("}")[2] not in often]
        assert len(set(once)) == len(once), (path, tag)
        assert not RELATIVE.search(text), (path, tag)


def test_titles_hold_no_markup(tree: Tree):
    """ContainsHTML: a title is plain text."""
    for name in ("feed.xml", "atom.xml"):
        for path, element in elements(tree, name):
            if element.tag.rpartition("}")[2] == "title":
                assert not re.search(r"</?[a-z]+[^>]*>|&(#\d+|[a-z]+);", element.text or ""), path


def test_metadata_comes_before_the_entries(tree: Tree):
    """MisplacedMetadata."""
    for name, entry in (("feed.xml", "item"), ("atom.xml", f"{ATOM}entry")):
        for path in feeds(tree, name):
            root = ET.fromstring(tree.read(path))
            tags = [child.tag for child in (root if name == "atom.xml" else root[0])]
            first = tags.index(entry)
            assert set(tags[first:]) == {entry}, path


def test_atom_entries_changed_at_different_moments(tree: Tree):
    """DuplicateUpdated; the moment of an entry is the same in every feed, on the day that is known."""
    moments: dict[str, set[str]] = {}
    for path in feeds(tree, "atom.xml"):
        root = ET.fromstring(tree.read(path))
        updated = [text_of(entry, f"{ATOM}updated") for entry in root.findall(f"{ATOM}entry")]
        assert len(set(updated)) == len(updated), path
        for entry in root.findall(f"{ATOM}entry"):
            moments.setdefault(text_of(entry, f"{ATOM}id"), set()).add(text_of(entry, f"{ATOM}updated"))
    assert {id_: found for id_, found in moments.items() if len(found) > 1} == {}


def test_atom_uses_registered_relations_and_types(tree: Tree):
    for _, element in elements(tree, "atom.xml"):
        if element.tag == f"{ATOM}link":
            assert element.attrib.get("rel") in PUBLISHED_RELATIONS
        if element.tag == f"{ATOM}content":
            assert element.attrib == {"type": "html"}


def test_rss_repeats_nothing_in_another_vocabulary(tree: Tree):
    """DuplicateItemSemantics: not both `author` and `dc:creator`, `pubDate` and `dc:date`."""
    for path, element in elements(tree, "feed.xml"):
        tags = {child.tag for child in element}
        for core, other in (("author", "creator"), ("pubDate", "date"), ("title", "title"), ("language", "language")):
            assert not {core, f"{{http://purl.org/dc/elements/1.1/}}{other}"} <= tags, path
