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
