"""Addresses of pages, clean."""

import pytest

from site_builder.links.canonical_urls import absolute_url, archived_url, canonical_url


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("https://news.example/a?utm_source=x&id=3&fbclid=9", "https://news.example/a?id=3"),
        ("https://NEWS.example:443/A#part", "https://news.example/A"),
        ("http://news.example", "http://news.example/"),
        ("/a/b", "https://base.example/a/b"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("  https://news.example/a  ", "https://news.example/a"),
        ("https://news.example/a?q=a%20b", "https://news.example/a?q=a%20b"),
        ("https://news.example/a b", "https://news.example/a%20b"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:a@news.example", None),
        ("https://user:word@news.example/", None),
        ("http://[", None),
        ("https://news.example:99999/", None),
        ("", None),
        (None, None),
        ("https://news.example/" + "a" * 3000, None),
    ],
)
def test_canonical_url(given, clean):
    assert canonical_url(given, "https://base.example/dir/page") == clean


def test_cleaning_twice_changes_nothing():
    url = canonical_url("https://news.example/ä b?x=1&utm_medium=y&z=ü")
    assert canonical_url(url) == url


def test_without_a_base_a_relative_address_leads_nowhere():
    assert canonical_url("/a") is None


def test_absolute_url_keeps_the_fragment():
    assert absolute_url("/a#b", "https://base.example/") == "https://base.example/a#b"


@pytest.mark.parametrize(
    ("url", "original"),
    [
        ("https://web.archive.org/web/20260603101500/https://news.example/a?b=1", "https://news.example/a?b=1"),
        ("http://web.archive.org/web/2026id_/http://news.example/a", "http://news.example/a"),
        ("https://archive.example/wayback/20260603101500/http://news.example/", "http://news.example/"),
        ("https://news.example/web/2026/a", None),
        ("https://news.example/a", None),
    ],
)
def test_the_address_behind_an_archived_one(url, original):
    assert archived_url(url) == original
