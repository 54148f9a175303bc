import datetime as dt
import io
import os
import sys
from pathlib import Path
from typing import Final

import pytest

from site_builder.importers.imported_article import ImportedArticle
from site_builder.importers.no_article import is_message
from site_builder.importers.source import MAX_BYTES, ImportSource, SourceError, SourceForm, read_source, recognise_form
from site_builder.importers.source_pages import pages_of

TODAY: Final = dt.date(2026, 7, 1)
RSS: Final = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>N</title><item><title>A</title></item></channel></rss>'
)
ATOM: Final = '<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><title>A</title></entry></feed>'
JSON: Final = '{"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": [{"id": "1", "title": "A"}]}'


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("A title\n\nSome text, and no more.", SourceForm.TEXT),
        ("if a < b and b > c then <b>bold</b>", SourceForm.TEXT),
        ("How to use <div> and <span> in a page: a long text on them. " + "More words follow. " * 40, SourceForm.TEXT),
        ("{ not json", SourceForm.TEXT),
        ("<!doctype html><title>A</title>", SourceForm.HTML),
        ("<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\n<HTML><body><p>A</p></body></HTML></TEXT></DOCUMENT>", SourceForm.HTML),
        ("\n\n <!-- saved --> <html lang=en>", SourceForm.HTML),
        ('<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">', SourceForm.HTML),
        ("\ufeff<HTML><BODY>A", SourceForm.HTML),
        ("<div><p>A</p><p>B</p></div>", SourceForm.HTML),
        (RSS, SourceForm.FEED),
        (ATOM, SourceForm.FEED),
        (JSON, SourceForm.FEED),
    ],
    ids=["text", "angles", "about tags", "brace", "html", "filing", "comment", "xhtml", "upper case", "snippet",
         "rss", "atom", "json feed"],
)  # fmt: skip
def test_the_form_is_told_by_content(text, form):
    assert recognise_form(ImportSource("misleading.html", text.encode())) is form


def test_a_page_in_utf_16_is_html_too():
    assert recognise_form(ImportSource("page", "\ufeff<html><p>A".encode("utf-16"))) is SourceForm.HTML


def test_a_file_is_dated_by_its_disk(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("A page", encoding="utf-8")
    os.utime(path, (1_780_000_000, 1_780_000_000))
    assert read_source(str(path), TODAY) == ImportSource(str(path), b"A page", None, dt.date(2026, 5, 28))


@pytest.mark.parametrize(
    ("head", "url", "day"),
    [
        ("<!-- saved from url=(0031)https://example.org/news/a?b=1 -->", "https://example.org/news/a?b=1", None),
        ("<!-- saved from url=(0014)about:internet -->", None, None),
        ("<!--\n SingleFile \n url: https://example.org/a \n saved date: Wed Jun 03 2026 10:00:00 GMT+0200\n-->",
         "https://example.org/a", dt.date(2026, 6, 3)),
        ("<!--\n url: https://example.org/a \n saved date: Wed Feb 31 2026\n-->", "https://example.org/a", None),
        ("<!--\n url: https://example.org/a \n saved date: Wed Xyz 03 2026\n-->", "https://example.org/a", None),
    ],
    ids=["browser", "no address", "extension", "no such day", "no such month"],
)  # fmt: skip
def test_a_saved_page_tells_where_it_is_from(tmp_path, head, url, day):
    path = tmp_path / "page.html"
    path.write_text(f"<!DOCTYPE html>\n{head}\n<html><p>A</p>", encoding="utf-8")
    found = read_source(str(path), TODAY)
    assert (found.url, day or found.retrieved) == (url, found.retrieved)
    assert read_source(str(path), TODAY, url="https://example.org/own").url == "https://example.org/own"


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"A page")))
    assert read_source("-", TODAY) == ImportSource("-", b"A page", None, TODAY)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"%PDF-1.7 ...", "the source is a PDF; open it"),
        (b"PK\x03\x04rest", "a ZIP or Office file"),
        (b"\xd0\xcf\x11\xe0rest", "an Office file"),
        (b"{\\rtf1\\ansi A}", "word processor's document"),
        (b"\x89PNG\r\n", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"a" * (MAX_BYTES + 1), "larger than 20 MB; remove what is not"),
    ],
    ids=["empty", "blank", "pdf", "zip", "office", "rtf", "png", "jpeg", "gzip", "huge"],
)
def test_what_is_no_page_is_told_with_a_remedy(tmp_path, data, told):
    path = tmp_path / "page"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=told):
        read_source(str(path), TODAY)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nowhere.txt", 'No such file or directory; give a file, "-" for standard input, or an address'),
        ("example.org/news", "for an address, write https://example.org/news"),
        (".", "Is a directory"),
        ("a\0b", "null byte"),
        ("x" * 5000, "File name too long"),
    ],
    ids=["missing", "address", "folder", "null", "long"],
)
def test_a_file_that_cannot_be_read(name: str, told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match=told):
        read_source(name, TODAY)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("<?xml version='1.0'?><opml version='2.0'><body/></opml>", "a list of feeds"),
        ("<!-- x --><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "a sitemap"),
        ("<?xml version='1.0'?><sitemapindex/>", "a list of sitemaps"),
        ("<?xml version='1.0'?>\n<Error><Code>AccessDenied</Code></Error>", "an error message"),
        ("<?xml version='1.0'?><note><to>Ann</to></note>", "XML with the root element <note>"),
        ('{"status": "ok", "articles": [{"title": "A"}]}', "JSON, but not a JSON Feed"),
        ("[1, 2]", "JSON, but not a JSON Feed"),
        ('{"title": "A"}\n{"title": "B"}\n', "a list of JSON objects"),
        ("<catalog><book id='1'><title>Gates</title></book></catalog>", "XML with the root element <catalog>"),
        ("<!DOCTYPE plist PUBLIC 'x' 'y'><plist version='1.0'><dict/></plist>\n", "XML with the root element <plist>"),
        ("https://a.example/1\nhttps://a.example/2\n", "a list of addresses"),
        ('title,url\n"Gates, old",https://a.example/1\nTides,https://a.example/2\n', "a table"),
        ("Name\tDay\nAnn Bo\t3 June\nCy Do\t4 June\n", "a table"),
        ("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "a calendar"),
        ("[InternetShortcut]\r\nURL=https://a.example/1\r\n", "a shortcut"),
        ("@article{bo26,\n title = {Gates}\n}\n", "a list of references"),
    ],
)
def test_data_for_other_programs_are_named(data: str, told: str):
    with pytest.raises(SourceError, match=told):
        recognise_form(ImportSource("x", data.encode()))


@pytest.mark.parametrize(
    "data",
    [
        "<my-page><h1>A title</h1><p>A text of some words.</p></my-page>",
        "<p>A text.</p><p>Another one.</p>",
        "<b>Bold</b> is the gate, and old.",
        "Ann, Bo and Cy came\nAnn, Bo and Di left\nAnn, Cy and Di stayed\n",
        "See\nhttps://a.example/1\n",
        "Gates and tides\n\nA text; another, and so on.\n",
        "{Gates} are old.\n{Tides} are older.\n",
    ],
)
def test_a_text_that_only_looks_like_data_is_one(data: str):
    assert recognise_form(ImportSource("page", data.encode())) in {SourceForm.TEXT, SourceForm.HTML}


@pytest.mark.parametrize(
    "data",
    [
        "{not json at all}",
        "[Photo] The bridge",
        "<?xml version='1.0'?><html><body>A</body></html>",
        "<error> is a word",
        "<DOCUMENT><TYPE>EX-1<TEXT><HTML><BODY><P>A text.</P></BODY></HTML></TEXT></DOCUMENT>",
    ],
)
def test_what_only_begins_like_data_is_a_page(data: str):
    recognise_form(ImportSource("x", data.encode()))


@pytest.mark.parametrize(
    ("title", "words", "is_one"),
    [
        ("404 Not Found", 5, True),
        ("Error 404 (Not Found)!!1", 5, True),
        ("403", 5, True),
        ("Sorry, page not found", 5, True),
        ("Page not found | The News", 5, True),
        ("Just a moment...", 5, True),
        ("404 Not Found", 500, False),
        ("404 days at sea", 5, False),
        ("The page that was not found", 5, False),
    ],
)
def test_messages_of_servers(title: str, words: int, is_one: bool):
    assert is_message(ImportedArticle(title=title, body="word " * words)) is is_one


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfb\x90" + bytes(range(256)) * 9, b"\n%PDF-1.4 \x00\x01\x02\xff" + bytes(range(256)), b"\0" * 300],
    ids=["sound", "a PDF below an empty line", "zeros"],
)
def test_bytes_that_are_no_text_become_no_draft(tmp_path, data):
    (tmp_path / "page").write_bytes(data)
    with pytest.raises(SourceError, match="is not text"):
        read_source(str(tmp_path / "page"), TODAY)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b" \n\xc2\xa0\n", b"\xff\xfe \0"], ids=["mark", "spaces", "wide"])
def test_a_source_of_spaces_is_empty(tmp_path, data):
    (tmp_path / "page").write_bytes(data)
    with pytest.raises(SourceError, match="is empty"):
        read_source(str(tmp_path / "page"), TODAY)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251", "iso2022_jp", "utf-8"])
def test_text_of_any_encoding_is_text(tmp_path, encoding):
    text = {"iso2022_jp": "図書館は新しい方法を試す。", "cp1251": "Библиотека проверит."}.get(
        encoding, "Łąka, Это текст."
    )
    data = text.encode(encoding)
    (tmp_path / "page").write_bytes(data)
    assert read_source(str(tmp_path / "page"), TODAY).data == data


@pytest.mark.parametrize("title", ["Seite nicht gefunden", "Page introuvable", "ページが見つかりません", "页面不存在"])
def test_messages_of_servers_in_other_languages(title):
    assert is_message(ImportedArticle(title=title, body="Text."))
    assert not is_message(ImportedArticle(title=f"{title} und andere Sorgen", body="Text."))


TEXT: Final = (
    "The council of Ebbmouth has voted to test the new sorting method at three of its libraries this autumn.\n"
)


def test_a_page_of_plain_text_is_read_as_text():
    head = "Three libraries test a machine\n\nby Ada Reed, 3 March 1998\n\n"
    page = f"<html><body><pre>\n{head}{(TEXT + chr(10)) * 4}</pre>"
    (found,) = pages_of(ImportSource("page", page.encode()), None)
    article = found.article
    assert (article.title, article.date) == ("Three libraries test a machine", dt.date(1998, 3, 3))
    assert article.body.startswith("The council")


def test_a_page_of_code_stays_code():
    code = "for (i = 0; i < 9; i++) { print(i, seen[i], and_so_on(i)); }\n" * 12
    (found,) = pages_of(ImportSource("page", f"<html><body><pre>{code.replace('<', '&lt;')}</pre>".encode()), None)
    assert found.article.body.startswith("```")


def test_a_source_that_says_nothing_becomes_no_draft():
    with pytest.raises(SourceError, match=r"neither a title nor a text|message of a server"):
        pages_of(ImportSource("page.txt", b"404 Not Found"), None)
