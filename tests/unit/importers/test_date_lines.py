"""Lines that hold the day of publication, with a weekday or the time of day: they are no text."""

import datetime as dt

import pytest

from site_builder.importers.read.boilerplate import is_stamp
from site_builder.importers.read.html.read_html import read_html
from site_builder.importers.read.text.read_text import read_text

DAY = dt.date(2026, 6, 3)
LINES = (
    "June 3 2026 at 10:20 PM",
    "mercredi 3 juin 2026 à 10h20",
    "03.06.2026 kl. 10.20",
    "3.6.2026 klo 10.20",
    "среда, 3 июня 2026, 10:20",
    "środa, 3 czerwca 2026 r.",
    "miércoles, 3 de junio de 2026",
    "3. 6. 2026",
    "Publisert 3. juni 2026 kl. 10:20",
    "2026年6月3日 10時20分",
    "ngày 3 tháng 6 năm 2026",
)
PARAGRAPHS = (
    "The harbour office in Thorne opened its gate to engineers on Monday, after three winters in which it closed late.",
    "A programme written by two pilots now reads the gauges along the estuary and tells the crew to start the pumps.",
    "The first trial was wrong by nine centimetres at most, the office said, and the old table by thirty-one in all.",
)


@pytest.mark.parametrize("line", LINES)
def test_a_day_with_its_time_is_no_text(line: str):
    html = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    page = read_html(f"<article><h1>A Gate in Thorne</h1><div>{line}</div>{html}</article>")
    assert (page.date, page.body) == (DAY, "\n\n".join(PARAGRAPHS))
    pasted = read_text("\n\n".join(("A Gate in Thorne", line, *PARAGRAPHS)))
    assert (pasted.title, pasted.date, pasted.body) == ("A Gate in Thorne", DAY, "\n\n".join(PARAGRAPHS))


@pytest.mark.parametrize(
    "line",
    [
        "The gate closed on 3 June 2026 at 10:20 and again on the evening of the next day.",
        "Between 10:20 and 11:40 nobody read the gauges.",
        "Score: 3:2, 10:20, 11:40",
    ],
)
def test_a_sentence_with_a_time_is_text(line: str):
    assert not is_stamp(line, len(line.split()))


def test_a_list_of_days_is_a_list():
    items = "3. Close the gate in the evening\n4. Open the gate in the morning"
    body = read_text("\n\n".join(("A Gate in Thorne", "3 June 2026", *PARAGRAPHS[:2], items, PARAGRAPHS[2]))).body
    assert items in body
