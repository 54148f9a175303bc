"""What a check of addresses found, as findings at each link and as a list in Markdown for an issue."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from site_builder.config.link_states import LINKS_FILE, LinkState, LinkStates, dead_links
from site_builder.diagnostics import Diagnostic, diagnostic
from site_builder.link_check.answers import LinkAnswer, Verdict
from site_builder.links.outside_links import OutsideLink, dead_link
from site_builder.render.bodies import markdown_text
from site_builder.urls import shorten_url

MAX_LISTED: Final = 100
"""Addresses in a section of the list: an issue holds 65,536 characters."""
MAX_PLACES: Final = 3
"""Places that are named for each of them."""


def link_findings(
    links: Iterable[OutsideLink], states: LinkStates, answers: Mapping[str, LinkAnswer]
) -> Iterator[Diagnostic]:
    """A finding for each link that is not alive, or that could be written better.

    May report link-dead, link-failing, link-moved, link-refused, link-unchecked and fragment-missing.
    """
    dead = {link.url: link for link in dead_links(states)}
    for link in links:
        state, answer = states.links.get(link.url) or LinkState(), answers.get(link.url)
        shown = f'"{shorten_url(link.url)}"'
        if link.url in dead:
            yield dead_link(link, dead)
        elif state.failing:
            text = f"{shown} fails since {state.failing}, on {_days(state.days)}: {state.why}"
            yield diagnostic("link-failing", link.location, text, "look at it in a browser; it may pass")
        elif state.refused:
            text = f"{shown} was not seen, because its server refuses programs: {state.refused}"
            yield diagnostic("link-refused", link.location, text, "look at it in a browser from time to time")
        elif answer and answer.verdict is Verdict.UNKNOWN:
            yield diagnostic("link-unchecked", link.location, f"{shown} was not checked: {answer.why}")
        if state.moved:
            yield _moved(link, state.moved)
        if answer and answer.ids is not None and (name := named_part(link.fragment)) and name not in answer.ids:
            text = f'{shown} has no part "{link.fragment}"'
            hint = "look for the part in a browser; pages that are made by scripts may have it nevertheless"
            yield diagnostic("fragment-missing", link.location, text, hint)


def count_outcomes(urls: Iterable[str], states: LinkStates, answers: Mapping[str, LinkAnswer]) -> Mapping[str, int]:
    """How many addresses fare how, in words; each counts once."""
    counts = dict.fromkeys(("alive", "dead", "failing", "refused to programs", "not checked"), 0)
    for url in urls:
        state, answer = states.links.get(url) or LinkState(), answers.get(url)
        if state.dead or state.failing:
            counts["dead" if state.dead else "failing"] += 1
        elif state.refused:
            counts["refused to programs"] += 1
        else:
            is_unknown = url not in states.links or (answer is not None and answer.verdict is Verdict.UNKNOWN)
            counts["not checked" if is_unknown else "alive"] += 1
    return counts


def named_part(fragment: str) -> str:
    """The id that a fragment names; "" for one that means something else, such as a text or a page of a script."""
    name = fragment.partition(":~:")[0]
    return "" if name.startswith(("!", "/")) or name.casefold() in {"", "top"} else unquote(name)


def _moved(link: OutsideLink, moved: str) -> Diagnostic:
    old, new = urlsplit(link.url), urlsplit(moved)
    if old.path.strip("/") and not new.path.strip("/") and not new.query:
        text = f'"{shorten_url(link.url)}" now leads to a home page, {shorten_url(moved)}'
        hint = "the page itself may be gone: see what readers find there"
        return diagnostic("link-moved", link.location, text, hint)
    whole = f"{moved}#{link.fragment}" if link.fragment and not new.fragment else moved
    text = f'"{shorten_url(link.url)}" has moved for good to {shorten_url(moved)}'
    return diagnostic("link-moved", link.location, text, f"write {whole}")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def list_for_issue(links: Iterable[OutsideLink], states: LinkStates, before: LinkStates) -> str:
    """What died, and what may be about to, as Markdown; "" where nothing is dead."""
    places: dict[str, list[OutsideLink]] = {}
    for link in links:
        places.setdefault(link.url, []).append(link)
    known = [(url, state) for url, state in sorted(states.links.items()) if url in places]
    already = {link.url for link in dead_links(before)}
    new = [(url, state) for url, state in known if state.dead and url not in already]
    old = [(url, state) for url, state in known if state.dead and url in already]
    failing = [(url, state) for url, state in known if state.failing and not state.dead]
    if not new and not old:
        return ""
    intro = (
        "Links of this site to other sites that are dead. Pages mark them, and lead to an archived copy where one is "
        f"known. Correct or remove them; `{LINKS_FILE}` then forgets them with the next check."
    )
    parts = [
        intro,
        *_section("Died since the last check", new, places),
        *_section("Dead before", old, places),
        *_section("Failing, but not yet for so long that they count as dead", failing, places),
    ]
    return "\n\n".join(parts) + "\n"


def _section(
    title: str, known: Sequence[tuple[str, LinkState]], places: Mapping[str, Sequence[OutsideLink]]
) -> Iterator[str]:
    if not known:
        return
    yield f"## {title}"
    lines = [_line(url, state, places[url]) for url, state in known[:MAX_LISTED]]
    if len(known) > MAX_LISTED:
        lines.append(f"- and {len(known) - MAX_LISTED:,} more")
    yield "\n".join(lines)


def _line(url: str, state: LinkState, places: Sequence[OutsideLink]) -> str:
    named = [f"{markdown_text(link.location.path)} line {link.location.line}" for link in places[:MAX_PLACES]]
    more = f" and {len(places) - MAX_PLACES} more" if len(places) > MAX_PLACES else ""
    alive = f", last seen alive on {state.alive}" if state.alive else ""
    copy = f"; [archived copy](<{state.archive}>)" if state.archive else ""
    since = f"since {state.failing}" if state.failing else ""
    return f"- <{url}> {since} ({markdown_text(state.why)}{alive}): {', '.join(named)}{more}{copy}"
