"""Text in the wrong encoding: mended, or said to be wrong."""

import datetime as dt
from pathlib import Path

import pytest

from site_builder.importers.read.decode import decode
from site_builder.importers.read.encoding.mojibake import garbled_part, undo_double_encoding
from site_builder.importers.source import read_source
from site_builder.importers.source_pages import pages_of
from tests.helpers.growth import assert_linear

TEXTS = (
    "Zoë’s café on the quay — naïve, as “everybody” said, and cheap: 3 €",
    "Управление порта открыло ворота для инженеров",
    "港湾局は月曜日、潮門の運用を外部の技術者に公開した。",
    "Der Hafen öffnet, übermorgen schließt er",
)


def read_twice(text: str) -> str:
    """As a program writes it that takes UTF-8 for windows-1252."""
    free = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
    return "".join(free.get(byte) or bytes([byte]).decode("cp1252") for byte in text.encode())


@pytest.mark.parametrize("text", TEXTS)
def test_utf8_that_was_encoded_twice_is_decoded_twice(text: str):
    assert decode(read_twice(text).encode()) == text


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS,
        "LE CAFÉ» ET LA MARÉE», DIT-ELLE",
        "A page about “Ã©”: so looks an é that was read as windows-1252 — naïve.",
    ],
)
def test_other_text_stays(text: str):
    assert undo_double_encoding(text) == text


def test_a_page_of_which_a_part_is_garbled_is_told():
    text = f"{TEXTS[1]} {TEXTS[1]} {read_twice('Zoë, café, naïve')}"
    assert undo_double_encoding(text) == text
    assert garbled_part(text) == "инженеров ZoÃ«, cafÃ©, naÃ¯ve"
    assert garbled_part(TEXTS[0]) is None


def test_lost_characters_are_told(tmp_path: Path):
    page = tmp_path / "page.html"
    page.write_text(
        "<article><h1>The gate of Thorne</h1><p>Zo\ufffd opened it on Monday, said the clerk of the town.</p>",
        encoding="utf-8",
    )
    (found,) = pages_of(read_source(str(page), dt.date(2026, 6, 3)), None)
    assert [f.text for f in found.article.findings if f.code == "text-garbled"] == [
        'some characters were lost or are not those that were meant: "Zo\ufffd opened it on"'
    ]


def test_damaged_utf8_is_utf8():
    data = "Zoë, Jürgen, René, Łukasz, “Ines” — schön, François".encode()
    assert decode(data + b" \xff \xa0") == "Zoë, Jürgen, René, Łukasz, “Ines” — schön, François \ufffd \ufffd"


@pytest.mark.parametrize(
    ("language", "encoding", "text"),
    [
        ("cs", "iso8859-2", "Přístav otevřel příliš pozdě, řekla správa věže"),
        ("hu", "cp1250", "A kikötő későn nyílt, közölte a hatóság, őszig"),
        ("ru", "mac-cyrillic", "Порт открыл приливные ворота для инженеров"),
        ("ar", "iso8859-6", "فتحت سلطة الميناء بوابة المد أمام مهندسين"),
    ],
)
@pytest.mark.parametrize("declared", ["", "<meta charset='iso-8859-1'>"])
def test_the_encodings_of_a_language_go_before_a_wrong_declaration(
    language: str, encoding: str, text: str, declared: str
):
    head = f"<html lang={language}>{declared}"
    assert decode(head.encode() + text.encode(encoding)) == head + text


def test_utf7_is_read_where_it_is_declared():
    head = "<meta charset=utf-7>"
    assert decode((head + TEXTS[1]).encode("utf-7")) == head + TEXTS[1]
    assert decode(b"1 +AOk- 2") == "1 +AOk- 2"


def test_undoing_is_linear():
    assert_linear(lambda n: undo_double_encoding("Ã©Ã " * n), 4_000)
    assert_linear(lambda n: garbled_part("é ê " * n), 4_000)
