# ruff: noqa: RUF001 (the Turkish dotless i)

import datetime as dt

import pytest

from site_builder.importers.read.dates import day_order, find_dates, find_relative, fold_month, is_update

DAY = dt.date(2026, 6, 3)


@pytest.mark.parametrize(
    "text",
    [
        "June 3, 2026",
        "JUNE 3 2026",
        "Jun. 3rd, 2026",
        "3 June 2026",
        "3rd of June 2026",
        "Wed, 03 Jun 2026 10:00:00 GMT",
        "2026-06-03",
        "2026-06-03T23:59:00+02:00",
        "2026/06/03",
        "3. Juni 2026",
        "3 juin 2026",
        "3 de junio de 2026",
        "3 giugno 2026",
        "3 de junho de 2026",
        "3 juni 2026",
        "3. juni 2026",
        "3 czerwca 2026",
        "3 Haziran 2026",
        "03.06.2026",
        "3 Jun ’26",
        "2026年6月3日",
    ],
)
def test_every_form_of_a_date(text):
    assert [(d.date, d.ambiguous) for d in find_dates(f"Published {text} by us")] == [(DAY, False)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1er août 2026", dt.date(2026, 8, 1)),
        ("7 février 2026", dt.date(2026, 2, 7)),
        ("7. März 2026", dt.date(2026, 3, 7)),
        ("7. Jänner 2026", dt.date(2026, 1, 7)),
        ("7 diciembre 2026", dt.date(2026, 12, 7)),
        ("7 września 2026", dt.date(2026, 9, 7)),
        ("7 Ağustos 2026", dt.date(2026, 8, 7)),
        ("7 Kasım 2026", dt.date(2026, 11, 7)),
        ("7 maart 2026", dt.date(2026, 3, 7)),
        ("29 February 2024", dt.date(2024, 2, 29)),
    ],
)
def test_months_of_other_languages(text, date):
    assert [d.date for d in find_dates(text)] == [date]


@pytest.mark.parametrize(
    "text",
    [
        "3 июня 2026 г.", "3 червня 2026", "3 юни 2026 г.", "3 Ιουνίου 2026", "3 ΙΟΥΝΙΟΥ 2026",
        "3 ביוני 2026", "3 يونيو 2026", "٣ يونيو ٢٠٢٦", "3 حزيران 2026", "3 جوان 2026", "۱۳ خرداد ۱۴۰۵",
        "۱۴۰۵/۰۳/۱۳", "3 जून 2026", "३ जून २०२६", "৩ জুন ২০২৬", "3 มิถุนายน 2569", "๓ มิ.ย. ๒๕๖๙",
        "3 มิถุนายน พ.ศ. 2569", "3 tháng 6, 2026", "3 tháng 6 năm 2026", "3. kesäkuuta 2026",
        "2026. június 3.", "2026. gada 3. jūnijs", "2026 m. birželio 3 d.", "3. června 2026",
        "3. 6. 2026", "3 iunie 2026", "3 Juni 2026", "ika-3 ng Hunyo 2026", "Hunyo 3, 2026",
        "3 de juny de 2026", "3 ஜூன் 2026", "２０２６年６月３日", "令和8年6月3日",
        "民國115年6月3日", "二〇二六年六月三日",
        "2026년 6월 3일",
        "2026. 6. 3.", "3 lipnja 2026.", "3 حزيران/يونيو 2026", "3 มิ.ย. 69", "3 มิถุนายน 69",
        "3. јуна 2026.", "2026 жылғы 3 маусым",
    ],
)  # fmt: skip
def test_dates_of_the_world(text):
    language = "hr" if "lipnja" in text else None
    assert [d.date for d in find_dates(f"A {text} B", language)] == [DAY]


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("28. listopada 2025", "hr", dt.date(2025, 10, 28)),
        ("28 listopada 2025", "pl", dt.date(2025, 11, 28)),
        ("03/06/2569", "th", DAY),
        ("1405/3/13", "fa", DAY),
        ("令和元年5月1日", None, dt.date(2019, 5, 1)),
        ("昭和64年1月7日", None, dt.date(1989, 1, 7)),
        ("30 اسفند 1403", None, dt.date(2025, 3, 20)),
    ],
)
def test_dates_that_need_their_language_or_calendar(text, language, date):
    assert [d.date for d in find_dates(text, language)] == [date]


@pytest.mark.parametrize(
    "text", ["30 اسفند 1404", "13/12/1404", "version 1.4.2026.1", "In 2569 people", "3 Brummaire 2026"]
)
def test_what_is_no_date_in_any_calendar(text):
    assert find_dates(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "June 2026",
        "31.02.2026",
        "29 February 2026",
        "99/99/9999",
        "June 3",
        "Version 2.10.2026.1",
        "3 Foobar 2026",
        "10:30",
        "in 2026",
        "1234-56-78",
    ],
)
def test_what_is_no_date(text):
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "language", "day_first", "expected"),
    [
        ("06/08/2026", "en", None, (dt.date(2026, 6, 8), True)),
        ("06/08/2026", "en-GB", None, (dt.date(2026, 8, 6), True)),
        ("06/08/2026", None, None, (dt.date(2026, 6, 8), True)),
        ("06/08/2026", "fr", None, (dt.date(2026, 8, 6), False)),
        ("06/08/2026", "en", True, (dt.date(2026, 8, 6), False)),
        ("06/08/2026", "en", False, (dt.date(2026, 6, 8), False)),
        ("06.08.2026", "en", None, (dt.date(2026, 8, 6), False)),
        ("23/08/2026", "en", None, (dt.date(2026, 8, 23), False)),
        ("08/23/26", "de", None, (dt.date(2026, 8, 23), False)),
        ("06/06/2026", "en", None, (dt.date(2026, 6, 6), False)),
    ],
)
def test_numbers_alone_may_be_ambiguous(text, language, day_first, expected):
    (found,) = find_dates(text, language, day_first)
    assert (found.date, found.ambiguous) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23/08/2026 and 06/08/2026", True),
        ("08/23/2026", False),
        ("23/08/2026 and 08/23/2026", None),
        ("06/08/2026", None),
    ],
)
def test_one_date_tells_the_order_of_all(text, expected):
    assert day_order(text) is expected


@pytest.mark.parametrize(
    ("text", "updated"),
    [
        ("Updated: June 3, 2026", [True]),
        ("Last modified 3 June 2026", [True]),
        ("Aktualisiert am 3. Juni 2026", [True]),
        ("Mis à jour le 3 juin 2026", [True]),
        ("Published June 1, 2026 | Updated June 3, 2026", [False, True]),
        ("Updated June 3, 2026, published June 1, 2026", [True, False]),
    ],
)
def test_a_date_of_change_is_told_from_one_of_publication(text, updated):
    assert [d.updated for d in find_dates(text)] == updated


@pytest.mark.parametrize(
    "text",
    ["3 hours ago", "2d ago", "Yesterday", "vor 3 Stunden", "il y a 2 jours", "hace 5 minutos", "3 ore fa", "just now"],
)
def test_relative_dates_give_none(text):
    assert find_relative(text)
    assert find_dates(text) == []


@pytest.mark.parametrize("text", ["3 hours", "agony", "Todayland", "the day after"])
def test_what_is_not_relative(text):
    assert find_relative(text) is None


def test_places_and_wording_are_kept():
    text = "Berlin, 3. Juni 2026 – Am 5. Juni 2026 folgt mehr."
    assert [text[d.start : d.end] for d in find_dates(text)] == ["3. Juni 2026", "5. Juni 2026"]
    assert [d.text for d in find_dates(text)] == ["3. Juni 2026", "5. Juni 2026"]


def test_folding_and_labels():
    assert fold_month("Kasım") == fold_month("KASIM") == "kasim"
    assert is_update("Last updated")
    assert not is_update("Date")


def test_years_of_two_digits_are_of_either_century():
    assert [d.date for d in find_dates("13/3/98, 13/3/26")] == [dt.date(1998, 3, 13), dt.date(2026, 3, 13)]
