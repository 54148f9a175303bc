"""Addresses: slugs, relative URLs, output paths."""

from urllib.parse import quote, unquote, urljoin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder import urls
from site_builder.urls import (
    Permalink,
    absolute_url,
    encode,
    fold,
    is_slug,
    link_to_file,
    output_path,
    relative_url,
    scheme,
    shorten_url,
    slugify,
)

letters = st.characters(codec="utf-8", categories=["L", "N", "P", "S", "M", "Zs"], exclude_characters="/\\?#")
names = st.text(letters, min_size=1, max_size=8).filter(lambda s: s not in {".", ".."})
addresses = st.tuples(st.lists(names, max_size=4), st.booleans()).map(
    lambda p: Permalink("/" + "/".join(p[0]) + ("/" if p[1] and p[0] else ""))
)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("EU AI Act (2024)", "eu-ai-act-2024"),
        ("Größe & Maß", "grosse-mass"),
        ("café", "cafe"),
        ("  --a__b--  ", "a-b"),
        ("日本語 の本", "日本語-の本"),
        ("İstanbul", "istanbul"),
        ("ﬁn½", "fin1-2"),
        ("Тихий мой", "тихий-мой"),
        ("Καλή μέρα", "καλή-μέρα"),
        ("Vịnh Hạ", "vinh-ha"),
        ("a\u0338=\u0338b", "a-b"),
        ("!!!", ""),
        ("", ""),
    ],
)
def test_slugify(text: str, slug: str):
    assert slugify(text) == slug


@given(st.text())
@example("ß̈İﬀ")
@example("\u0345")
@example("\u037a")
@example("\U0001d54a")
def test_slugify_twice_is_slugify_once(text: str):
    slug = slugify(text)
    assert slugify(slug) == slug
    assert slug == "" or is_slug(slug)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("a", True), ("A_b.c~d-e", True), ("é", True), ("日本", True),
     (".a", False), ("", False), ("a b", False), ("a/b", False),
     ("a%", False), ("a?b", False), ("a#b", False), ("a\n", False)],
)  # fmt: skip
def test_is_slug(text: str, is_one: bool):
    assert is_slug(text) is is_one


@pytest.mark.parametrize(
    ("source", "target", "relative"),
    [
        ("/", "/", "./"),
        ("/", "/articles/a/", "articles/a/"),
        ("/articles/a/", "/articles/b/", "../b/"),
        ("/articles/a/", "/articles/a/#part", "#part"),
        ("/articles/a/", "/", "../../"),
        ("/articles/a/", "/articles/", "../"),
        ("/articles/", "/articles/a/", "a/"),
        ("/feed.xml", "/articles/a/", "articles/a/"),
        ("/a/feed.xml", "/a/feed.xml", "feed.xml"),
        ("/topics/x/", "/topics/é/#ü", "../%C3%A9/#%C3%BC"),
        ("/", "/a:b/", "./a:b/"),
    ],
)
def test_relative_url(source: str, target: str, relative: str):
    assert relative_url(Permalink(source), target) == relative


@given(addresses, addresses, st.sampled_from(["", "#part", "#é x"]))
def test_relative_url_resolves_back(source: Permalink, target: Permalink, fragment: str):
    for base in ("https://example.org", "https://example.org/x/y"):
        page = base + encode(source).replace(";", "%3B")  # urljoin takes what follows one for RFC 1808's parameters
        got = urljoin(page, relative_url(source, target + fragment))
        assert unquote(got) == unquote(base + encode(target)) + fragment


@given(addresses)
def test_every_address_has_a_file(url: Permalink):
    path = output_path(url)
    assert path
    assert not path.startswith("/")
    assert path.endswith("/index.html") or path == "index.html" or not url.endswith("/")


def test_absolute_url():
    assert absolute_url("https://example.org/x/", "/é/") == "https://example.org/x/%C3%A9/"
    assert absolute_url("", "/a/") == "/a/"


@pytest.mark.parametrize(
    ("url", "name"),
    [("HTTPS://x", "https"), ("a/b:c", ""), ("mailto:x", "mailto"), ("", ""), (" javascript:x", "javascript")],
)
def test_scheme(url: str, name: str):
    assert scheme(url) == name


def test_fold_joins_what_one_disk_joins():
    assert fold("/Cafe\u0301/") == fold("/caf\u00e9/")


@pytest.mark.parametrize("length", [0, 59, 60, 61, 5000])
def test_a_short_address_keeps_both_ends(length):
    url = "".join(str(n % 10) for n in range(length))
    short = shorten_url(url)
    assert len(short) == min(length, 60)
    assert short in {url, f"{url[:39]}…{url[-20:]}"}


def test_what_needs_no_quoting_is_told_without_it():
    for sign in map(chr, range(0x250)):
        for is_encoded, safe in ((urls._ENCODED, "/#?&=:@!$'()*+,;~-._%"), (urls._ENCODED_PATH, "/!$&'()*+,=:@-._%")):
            assert bool(is_encoded.fullmatch(sign)) is (quote(sign, safe=safe) == sign)


@pytest.mark.parametrize(
    ("source", "target", "link"),
    [
        ("/articles/a/", "/articles/b/", "../b/index.html"),
        ("/articles/a/", "/articles/b/#part", "../b/index.html#part"),
        ("/articles/a/", "/articles/a/#part", "#part"),
        ("/articles/a/", "/articles/a/", "./index.html"),
        ("/articles/a/", "/", "../../index.html"),
        ("/articles/a/", "/assets/style.css", "../../assets/style.css"),
        ("/", "/articles/é/", "articles/%C3%A9/index.html"),
    ],
)
def test_links_of_a_site_on_a_disk_name_files(source: str, target: str, link: str):
    assert link_to_file(Permalink(source), target) == link
