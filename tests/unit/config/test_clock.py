"""The day of a build."""

import datetime as dt

import pytest

from site_builder.config.clock import find_zone, today


def test_the_day_comes_from_source_date_epoch(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert today("UTC") == dt.date(1970, 1, 2)
    assert today("America/New_York") == dt.date(1970, 1, 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert today("UTC") > dt.date(2025, 1, 1)


def test_the_clock_of_the_machine_plays_no_part(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    days = (today("Etc/GMT+12"), today("Pacific/Kiritimati"))
    assert days[0] < days[1], "26 hours apart"


@pytest.mark.parametrize("name", ["", "Europe", "No/Such", "/etc/passwd", "../x", "a\0b"])
def test_what_is_no_zone(name: str):
    assert find_zone(name) is None
