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


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("Shift_JIS", "cp932", "髙橋 ① 40㎏ ～"),
        ("gb2312", "gb18030", "镕炉 and 堃"),
        ("x-gbk", "gb18030", "镕炉"),
        ("euc-kr", "cp949", "똠방각하"),
        ("big5", "cp950", "恒裏碁銹"),
        ("big5", "big5hkscs", "啲嘢"),
        ("iso-8859-9", "cp1254", "“ığş”"),
        ("tis-620", "cp874", "ประตู…"),
        ("x-sjis", "cp932", "水門"),
        ("koi8-r", "koi8-r", "ворота"),
        ("iso-8859-8-i", "iso8859-8", "שער"),
        ("x-user-defined", "cp1252", "Zoë"),
        ("iso-2022-jp", "iso2022-jp", "水門を開く"),
    ],
)
def test_labels_mean_what_they_mean_in_browsers(declared, encoding, text):
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    assert decode(head.encode() + text.encode(encoding)) == head + text


def test_bytes_that_pythons_codecs_lack():
    assert decode(b"<meta charset=gbk>\xd6\xd0\x80") == "<meta charset=gbk>中€"
    assert decode(b"<meta charset=euc-jp>\xad\xa1\xa1\xc1") == "<meta charset=euc-jp>①\uff5e"


@pytest.mark.parametrize(
    "head",
    [
        '<script charset="utf-8" src="a.js"></script><meta charset="windows-1251">',
        '<!-- <meta charset="utf-8"> --><meta charset="windows-1251">',
        f'<style>{"p {} " * 900}</style><meta charset="windows-1251">',
        '<?xml version="1.0" encoding="windows-1251"?>',
        '<meta charset="utf-8">',
        '<meta charset="iso-8859-1">',
        '<html lang="ru">',
        "",
    ],
    ids=["a script's", "in a comment", "late", "xml", "wrong", "a program's default", "language", "none"],
)
def test_a_declaration_that_is_another_s_late_wrong_or_missing(head):
    text = "Порт открыл приливные ворота для инженеров со стороны."
    assert decode(head.encode() + text.encode("cp1251")) == head + text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp932", "港湾局は月曜日、潮門の運用を外部の技術者に公開した。"),
        ("euc-jp", "港湾局は月曜日、潮門の運用を外部の技術者に公開した。"),
        ("gb18030", "港务局周一向外部工程师开放了潮闸，闸门关闭得比计划晚。"),
        ("big5", "港務局週一向外部工程師開放了潮閘，閘門關閉得比計劃晚。"),
        ("cp949", "항만청은 월요일 조류 수문을 외부 기술자들에게 공개했다."),
        ("koi8-r", "Порт открыл приливные ворота для инженеров со стороны."),
        ("cp1253", "Η λιμενική αρχή άνοιξε τη Δευτέρα την πύλη σε μηχανικούς."),
        ("cp1255", "רשות הנמל פתחה ביום שני את שער הגאות למהנדסים מבחוץ."),
        ("cp1256", "فتحت هيئة الميناء يوم الاثنين بوابة المد أمام مهندسين من الخارج."),
        ("cp874", "การท่าเรือเปิดประตูน้ำให้วิศวกรภายนอกเมื่อวันจันทร์"),
        ("cp1250", "Přístavní úřad v pondělí otevřel přílivová vrata vnějším inženýrům."),
        ("cp1254", "Liman idaresi gelgit kapısını mühendislere açtı. İşçiler şaşırdı."),
        ("cp1252", "L’autorité portuaire a ouvert la porte à des ingénieurs – après l’été."),
    ],
)
def test_a_text_without_declaration_is_known_by_its_looks(encoding, text):
    assert decode(text.encode(encoding)) == text


def test_a_text_cut_within_a_letter_is_utf8():
    assert decode("水門".encode()[:-1]) == "水\ufffd"


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


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_japanese_page_in_utf_16_without_a_mark(encoding):
    page = f"<html><title>図書館</title><p>{'図書館は新しい方法を三か所で試すことを決めた。' * 20}</p></html>"
    assert decode(page.encode(encoding)) == page


def test_a_page_that_calls_itself_utf8_is_that_though_a_part_of_it_is_not():
    head = b'<html lang="de"><meta charset="UTF-8"><meta name="author" content="naturgr\xfcn, Z\xfcrich">'
    text = "<p>Über uns: Gärten für Zürich, Bäume und Sträucher mit Qualität.</p>"
    assert text in decode(head + text.encode())
