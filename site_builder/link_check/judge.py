"""What is known of addresses after they were asked once more: when one counts as dead, and when it no longer does.

One bad day is no death. An address that its server does not know (404, 410), or whose host does not exist, is dead once
that was so on three days, two weeks apart; a server that does not answer, answers with an error of its own or has no
valid certificate may be mended, and has four weeks. Where a server refuses programs nobody knows, so the address does
not count as dead; and where it asks to come back later, nothing is learned.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from site_builder.config.link_states import LinkState, LinkStates
from site_builder.link_check.answers import LinkAnswer, Verdict


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a fault must last."""

    days: int
    """Number of days on which the address was asked and failed."""
    span_days: int
    """Days from the first of these to the last."""


PATIENCE: Final[Mapping[Verdict, Patience]] = {Verdict.GONE: Patience(3, 14), Verdict.DOWN: Patience(4, 28)}


def judge(state: LinkState | None, last_alive: dt.date | None, answer: LinkAnswer, today: dt.date) -> LinkState | None:
    """What is known of an address after an answer; None while nothing is."""
    if answer.verdict is Verdict.UNKNOWN:
        return msgspec.structs.replace(state, alive=last_alive) if state else None
    if answer.verdict is Verdict.ALIVE:
        return LinkState(alive=today, moved=answer.moved)
    if answer.verdict is Verdict.REFUSED:
        return LinkState(alive=last_alive, refused=answer.why, archive=state.archive if state else "")
    before = state or LinkState()
    if before.dead:
        return msgspec.structs.replace(before, alive=last_alive, why=answer.why)
    failing = min(before.failing or today, today)
    days = before.days + (before.last != today)
    patience = PATIENCE[answer.verdict]
    is_dead = days >= patience.days and (today - failing).days >= patience.span_days
    return LinkState(
        alive=last_alive,
        failing=failing,
        days=days,
        last=None if is_dead else today,
        why=answer.why,
        dead=today if is_dead else None,
        archive=before.archive,
    )


def states_after(
    before: LinkStates, urls: Collection[str], answers: Mapping[str, LinkAnswer], today: dt.date, *, is_complete: bool
) -> LinkStates:
    """What is known of all addresses of a site; those that it no longer links to are forgotten.

    `is_complete` if each of them was asked, or seen alive on this day before.
    """
    checked = today if is_complete else before.checked
    links: dict[str, LinkState] = {}
    for url in urls:
        state, last_alive = before.links.get(url), before.last_alive(url)
        if url in answers:
            state = judge(state, last_alive, answers[url], today)
        elif state is not None:
            state = msgspec.structs.replace(state, alive=last_alive)
        if state is not None:
            links[url] = _in_short(state, checked)
    return LinkStates(checked, links)


def _in_short(state: LinkState, checked: dt.date | None) -> LinkState:
    """Without the day that is that of the last complete check anyway."""
    is_plain = state.alive == checked and not state.failing and not state.refused
    return msgspec.structs.replace(state, alive=None) if is_plain else state
