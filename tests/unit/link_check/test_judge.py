"""When an address counts as dead, and what is written down of it."""

import datetime as dt
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.config.link_states import LinkState, LinkStates, dead_links, format_link_states
from site_builder.link_check.answers import LinkAnswer, Verdict
from site_builder.link_check.judge import states_after

URL = "https://x.example/a"
START = dt.date(2026, 6, 1)

ALIVE = LinkAnswer(Verdict.ALIVE, was_reached=True)
GONE = LinkAnswer(Verdict.GONE, "404 Not Found", was_reached=True)
DOWN = LinkAnswer(Verdict.DOWN, "it took longer than 20 s")
REFUSED = LinkAnswer(Verdict.REFUSED, "403 Forbidden", was_reached=True)
LATER = LinkAnswer(Verdict.UNKNOWN, "429 Too Many Requests", was_reached=True)


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def after(answers: Iterable[tuple[int, LinkAnswer]], before: LinkStates | None = None) -> LinkStates:
    """What is known of URL after answers on numbered days, each of a complete check."""
    states = before or LinkStates()
    for number, answer in answers:
        states = states_after(states, [URL], {URL: answer}, day(number), is_complete=True)
    return states


def weekly(*answers: LinkAnswer) -> list[tuple[int, LinkAnswer]]:
    return [(7 * week, answer) for week, answer in enumerate(answers)]


@pytest.mark.parametrize(
    ("answers", "dead_from"),
    [
        (weekly(ALIVE, GONE, GONE), None),
        (weekly(ALIVE, GONE, GONE, GONE), 21),
        (weekly(GONE, GONE, GONE), 14),
        ([(0, GONE), (0, GONE), (0, GONE), (0, GONE)], None),  # all on one day
        ([(0, GONE), (1, GONE), (2, GONE), (3, GONE)], None),  # within a few days
        ([(0, GONE), (30, GONE)], None),  # on two days only
        ([(0, GONE), (30, GONE), (31, GONE)], 31),
        (weekly(DOWN, DOWN, DOWN, DOWN), None),
        (weekly(DOWN, DOWN, DOWN, DOWN, DOWN), 28),
        (weekly(GONE, GONE, ALIVE, GONE, GONE), None),  # a day of life begins anew
        (weekly(GONE, LATER, GONE, LATER, GONE), 28),  # nothing is learned in between
        (weekly(GONE, GONE, REFUSED, GONE, GONE), None),  # it may be there, for readers
        (weekly(*[REFUSED] * 30), None),
        (weekly(*[LATER] * 30), None),
        (weekly(GONE, GONE, GONE, ALIVE), None),  # back to life
        (weekly(GONE, GONE, GONE, REFUSED), None),
        (weekly(GONE, GONE, GONE, LATER), 14),
        (weekly(GONE, GONE, GONE, DOWN, GONE), 14),
    ],
)
def test_one_bad_day_is_no_death(answers: list[tuple[int, LinkAnswer]], dead_from: int | None):
    state = after(answers).links.get(URL)
    assert (state.dead if state else None) == (None if dead_from is None else day(dead_from))


def test_what_is_known_of_a_dead_address():
    states = after(weekly(ALIVE, GONE, GONE, GONE, GONE))
    assert states.links[URL] == LinkState(alive=day(0), failing=day(7), days=3, why="404 Not Found", dead=day(21))
    assert [(link.url, link.since) for link in dead_links(states)] == [(URL, day(7))]


def test_the_line_of_a_living_address_never_changes():
    first, later = after(weekly(ALIVE)), after(weekly(ALIVE, ALIVE, ALIVE))
    assert first.links == later.links == {URL: LinkState()}
    assert later.last_alive(URL) == day(14)


def test_the_line_of_a_dead_address_never_changes():
    dead = weekly(ALIVE, GONE, GONE, GONE)
    assert after(dead).links == after([*dead, (28, GONE), (35, GONE)]).links


def test_a_new_address_of_which_nothing_is_known_has_no_line():
    assert after(weekly(LATER)).links == {}


def test_an_incomplete_check_claims_nothing_about_the_others():
    other = "https://y.example/"
    before = states_after(LinkStates(), [URL, other], {URL: ALIVE, other: ALIVE}, day(0), is_complete=True)
    half = states_after(before, [URL, other], {URL: ALIVE}, day(7), is_complete=False)
    assert half.checked == day(0)
    assert half.links == {URL: LinkState(alive=day(7)), other: LinkState()}
    assert (half.last_alive(URL), half.last_alive(other)) == (day(7), day(0))
    whole = states_after(half, [URL, other], {other: LATER}, day(7), is_complete=True)
    assert whole.links == {URL: LinkState(), other: LinkState(alive=day(0))}


def test_an_address_that_is_linked_no_more_is_forgotten():
    assert states_after(after(weekly(GONE)), [], {}, day(7), is_complete=True).links == {}


def test_a_moved_address_keeps_its_new_one():
    moved = LinkAnswer(Verdict.ALIVE, moved="https://new.example/")
    assert after(weekly(moved, moved)).links == {URL: LinkState(moved="https://new.example/")}
    assert after(weekly(moved, ALIVE)).links == {URL: LinkState()}


def test_a_check_with_an_earlier_date_does_no_harm():
    states = after([(30, GONE), (0, GONE), (0, GONE)])
    assert states.links[URL].dead is None
    format_link_states(states)


@given(st.lists(st.tuples(st.integers(0, 90), st.sampled_from([ALIVE, GONE, DOWN, REFUSED, LATER])), max_size=30))
def test_an_address_is_dead_only_after_days_of_failures(answers: list[tuple[int, LinkAnswer]]):
    answers.sort(key=lambda pair: pair[0])
    state = after(answers).links.get(URL)
    if state and state.dead:
        last_good = max((n for n, a in answers if a in {ALIVE, REFUSED}), default=-1)
        failed = {n for n, a in answers if a in {GONE, DOWN} and n >= last_good}
        assert len(failed) >= 3
        assert max(failed) - min(failed) >= 14
    if state and not state.failing and not state.refused:
        assert state.dead is None
