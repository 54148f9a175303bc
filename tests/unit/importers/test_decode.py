# ruff: noqa: RUF001 (letters that look like ours)

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.importers.read.decode import clean_text, decode

TEXT = "Café “Zoë” — 3 €"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16 mark", "utf-16 be mark", "utf-32 mark", "utf-16", "utf-16 be", "windows-1252"],
)
def test_every_usual_encoding_gives_the_same_text(data):
    assert decode(data) == TEXT


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("iso-8859-1", "cp1252", "“Zoë”"),  # as browsers read it
        ("ISO-8859-2", "iso-8859-2", "Łódź"),
        ("shift_jis", "shift_jis", "三日"),
        ("no-such-thing", "cp1252", "Zoë"),
        ("utf-8", "cp1252", "Zoë"),
        ("utf-16", "cp1252", "Zoë"),
        ("unicode_escape", "cp1252", r"Zoë \ud800"),
        ("rot13", "cp1252", "Zoë"),
    ],
)
def test_a_declaration_counts_where_the_bytes_are_no_utf8(declared, encoding, text):
    head = f'<meta charset="{declared}">'
    assert decode(head.encode() + text.encode(encoding)) == head + text


def test_a_true_utf8_text_is_not_led_astray_by_its_declaration():
    assert decode('<meta charset="iso-8859-1">Zoë'.encode()).endswith("Zoë")


def test_damaged_utf8_stays_utf8():
    text = "Zoë und Chloë über Straßen. " * 20
    assert decode(text.encode() + b"\xc3(") == text + "\ufffd("


def test_the_holes_of_windows_1252_vanish():
    assert clean_text(decode(b"caf\xe9\x81\x8d\x8f\x90\x9d au lait")) == "café au lait"


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("a\r\nb\rc\u2028d\u2029e\x0cf", "a\nb\nc\nd\ne\nf"),
        ("a\u00a0b\u202fc\td\u3000e", "a b c d e"),
        ("re\u00adad \u200bmore\ufeff\x00\x07", "read more"),
        ("می\u200cخواهم 👩\u200d🔬", "می\u200cخواهم 👩\u200d🔬"),
    ],
    ids=["line ends", "spaces", "invisible", "joiners stay"],
)
def test_clean_text(given_text, expected):
    assert clean_text(given_text) == expected


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300) | st.sampled_from([b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"]).flatmap(
    lambda mark: st.binary(max_size=40).map(lambda rest: mark + rest)))  # fmt: skip
def test_any_bytes_give_text_that_can_be_written(data):
    clean_text(decode(data)).encode()
