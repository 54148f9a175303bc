import datetime as dt

import pytest

from site_builder.importers.mime_message import MimePage, page_of_message
from site_builder.importers.source import SourceError, read_source
from site_builder.importers.source_pages import pages_of

TODAY = dt.date(2026, 7, 1)
DAY = dt.date(2026, 3, 3)
TEXT = "The council of Ebbmouth will test the new method at three of its libraries this autumn, it said on Tuesday."
SAVED = f"""From: <Saved by a browser>
Snapshot-Content-Location: https://example.org/news/a
Subject: A library
Date: Tue, 3 Mar 2026 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html"; boundary="--x--"

----x--
Content-Type: image/png
Content-Transfer-Encoding: base64

AAAA
----x--
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/news/a

<html><head><title>A library te=
sts=E2=80=A6</title></head><body><p>{TEXT}</p></body></html>
----x----
"""
LETTER = f"""Received: from mail.example.org
\tby mx.example.org; Wed, 4 Mar 2026 08:00:02 +0100
From: "Ebb Weekly" <weekly@example.org>
Subject: =?utf-8?q?Three_libraries_=E2=80=93_one_machine?=
Date: Tue, 3 Mar 2026 23:30:00 -0800
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Short.
--b
Content-Type: text/html; charset=iso-8859-2
Content-Transfer-Encoding: 8bit

<p>Łódź. {TEXT}</p>
--b--
"""


def read(tmp_path, data: bytes):
    path = tmp_path / "page"
    path.write_bytes(data)
    source = read_source(str(path), TODAY)
    (page,) = pages_of(source, None)
    return source, page.article


def test_a_page_saved_as_one_file(tmp_path):
    source, article = read(tmp_path, SAVED.encode())
    assert (source.url, source.retrieved) == ("https://example.org/news/a", DAY)
    assert (article.title, article.date, article.body) == ("A library tests…", None, TEXT)


def test_a_letter_is_read_from_its_html(tmp_path):
    _, article = read(tmp_path, LETTER.encode("iso-8859-2", "ignore"))
    assert (article.title, article.date) == ("Three libraries – one machine", DAY)
    assert (article.source.name, article.body) == ("Ebb Weekly", f"Łódź. {TEXT}")


def test_a_letter_of_text_alone(tmp_path):
    head = "Subject: =?utf-8?q?One_machine?=\nFrom: a@example.org\nDate: Tue, 3 Mar 2026 08:00:00 +0900\n"
    head += "MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n"
    data = f"{head}Le caf=C3=A9. {TEXT[:60]}=\n{TEXT[60:]}\n\n{TEXT}\n"
    _, article = read(tmp_path, data.encode())
    assert (article.title, article.date, article.body) == ("One machine", DAY, f"Le café. {TEXT}\n\n{TEXT}")


def test_the_header_of_a_server_is_no_text(tmp_path):
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\nDate: Tue, 03 Mar 2026 10:00:00 GMT\r\n\r\n"
    page = "<html><title>Библиотека</title><body><p>Библиотека проверит новый метод: так решил совет.</p></body></html>"
    source, article = read(tmp_path, head.encode() + page.encode("koi8-r"))
    assert (source.data.decode(), source.retrieved) == (page, DAY)
    assert (article.title, article.date) == ("Библиотека", None)


@pytest.mark.parametrize(
    "text",
    ["Subject: A\nFrom: b@example.org\n\nA text.", "MIME-Version: 1.0", "Note: MIME-Version:\n\nA text.", "",
     "A: b\n" * 9],
    ids=["copied", "no end", "mentioned", "empty", "fields alone"],
)  # fmt: skip
def test_what_is_no_message(text):
    assert page_of_message(text.encode()) is None


def test_a_message_without_a_text_is_refused(tmp_path):
    data = b"MIME-Version: 1.0\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n"
    assert page_of_message(data) == MimePage(b"")
    with pytest.raises(SourceError, match="a message without a text"):
        read(tmp_path, data)


def test_fields_that_are_broken_cost_no_text():
    head = b"MIME-Version: 1.0\nDate: someday\nFrom: <<<\nSubject: =?x?q?\xff?=\n"
    page = page_of_message(head + b"Content-Type: text/html; charset=none\n\n<p>\xff")
    assert page is not None
    assert page.data.endswith(b"<p>\xff")
