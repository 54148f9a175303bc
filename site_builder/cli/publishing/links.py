"""The command `links`: the addresses elsewhere that the site links to, and whether they are alive."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import sys
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.options import (
    SiteOptions,
    format_option,
    opened_site,
    progress,
    refuse,
    say,
    strict_site_options,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_builder.config import SiteConfig
    from site_builder.config.link_states import LinkStates
    from site_builder.diagnostics import Diagnostic
    from site_builder.link_check.check_links import LinkCheck
    from site_builder.links.outside_links import OutsideLink


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """What the command line says about a check."""

    is_external: bool
    with_fragments: bool
    with_archive: bool
    again: bool
    delay: float
    allow_private: bool
    summary: Path | None
    dry_run: bool


@click.command()
@strict_site_options
@click.option("--external", "is_external", is_flag=True, help="Ask each address whether it is alive.")
@click.option("--fragments", "with_fragments", is_flag=True, help="Also look for the part of a page that a link names.")
@click.option("--archive", "with_archive", is_flag=True,
              help="Ask the Internet Archive for copies of dead pages.")  # fmt: skip
@click.option("--again", is_flag=True, help="Also ask addresses that were seen alive today.")
@click.option("--delay", type=click.FloatRange(0, 3600), default=1.0, show_default=True,
              help="Seconds between two requests to the same host.")  # fmt: skip
@click.option("--allow-private", is_flag=True, help="Also ask this machine and its local network.")
@click.option("--summary", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write what is dead as Markdown, for an issue; an empty file if nothing is.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Print what was found and write nothing.")
@format_option
def links(site: SiteOptions, format_: str, **given: "bool | float | Path | None") -> None:
    """List the links to other sites, or find those that are dead.

    \b
    Examples:
      site-builder links                      each address, with the files that link to it
      site-builder links --external           ask them all, and keep what is found
      site-builder links --external --archive --summary dead.md   as the weekly workflow does

    What is found is kept in external-links.json beside the settings: commit it. An address counts as dead after it
    failed on several days; pages then mark it. Interrupted, the command keeps what it has found so far.
    """
    options = LinkOptions(**given)  # type: ignore[arg-type]
    if not options.is_external:
        _refuse_without_external(options)
    config, findings = site.load(format_)
    with opened_site(config, findings) as loaded:
        from site_builder.links.outside_links import outside_links

        found = outside_links(config, loaded.corpus.documents())
    if options.is_external:
        _check(config, found, options, format_)
    else:
        for url, links_to in groupby(found, key=lambda link: link.url):
            say(f"{url} {', '.join(f'{link.location.path}:{link.location.line}' for link in links_to)}")


def _refuse_without_external(options: LinkOptions) -> None:
    """End the run where an option says how to ask, and nothing is to be asked."""
    names = ("with_fragments", "with_archive", "again", "allow_private", "summary", "dry_run")
    if any(getattr(options, name) for name in names):
        raise click.UsageError("without --external no address is asked: add it, or leave out the other options")


def _check(config: "SiteConfig", found: "Sequence[OutsideLink]", options: LinkOptions, format_: str) -> None:
    from site_builder.config.link_states import load_link_states
    from site_builder.diagnostics import FORMATS, apply_severities, has_errors
    from site_builder.link_check.check_links import NoNetworkError
    from site_builder.link_check.judge import states_after
    from site_builder.link_check.link_findings import link_findings, list_for_issue

    before, unread = load_link_states(config.root)
    if before is None:
        refuse(unread, format_, "Nothing was asked, because what is known of the addresses would be lost.", 2)
    urls = frozenset(link.url for link in found)
    fresh = frozenset() if options.again else frozenset(u for u in urls if before.last_alive(u) == config.date)
    check = _prepared(config, found, before, options)
    states = before
    is_complete = False
    try:
        with progress() as watch:
            check.run(urls - fresh, lambda done, of: watch("Asking", done, of))
        is_complete = True
    except NoNetworkError:
        raise click.ClickException("no server was reached: is there a network? Nothing was recorded") from None
    finally:
        if check.has_learned or is_complete:
            states = states_after(before, urls, dict(check.answers), config.date, is_complete=is_complete)
            _keep(config, states, options)
    if options.with_archive:
        states = _with_copies(states, options)
        _keep(config, states, options)
    if options.summary is not None:
        _write_summary(options.summary, list_for_issue(found, states, before))
    findings: tuple[Diagnostic, ...] = apply_severities(link_findings(found, states, check.answers), config.severities)
    if findings or format_ != "text":
        click.echo(FORMATS[format_](findings))
    say(_closing(states, urls, len(fresh), check), err=format_ != "text")
    if has_errors(findings, strict=config.strict):
        sys.exit(1)


def _prepared(
    config: "SiteConfig", found: "Sequence[OutsideLink]", before: "LinkStates", options: LinkOptions
) -> "LinkCheck":
    from site_builder.link_check.ask_address import Asker
    from site_builder.link_check.check_links import LinkCheck
    from site_builder.link_check.host_turns import HostTurns
    from site_builder.link_check.link_findings import named_part

    turns = HostTurns(options.delay)
    asker = Asker(turns, config.url, allow_private=options.allow_private)
    named = (
        frozenset(link.url for link in found if named_part(link.fragment)) if options.with_fragments else frozenset()
    )
    dead = frozenset(url for url, state in before.links.items() if state.dead)
    return LinkCheck(asker, turns, named, dead)


def _with_copies(states: "LinkStates", options: LinkOptions) -> "LinkStates":
    from site_builder.link_check.archived_copies import with_copies
    from site_builder.link_check.host_turns import HostTurns

    turns = HostTurns(0)
    return with_copies(states, lambda: turns.wait(max(1.0, options.delay)))


def _keep(config: "SiteConfig", states: "LinkStates", options: LinkOptions) -> None:
    """Write the file, whole or not at all."""
    from site_builder.config.link_states import LINKS_FILE, format_link_states
    from site_builder.disk.faults import write_through
    from site_builder.disk.temporary import beside, remove_quietly

    if options.dry_run:
        return
    target = config.root / LINKS_FILE
    temporary = beside(target, 0, "new")
    try:
        write_through(temporary, format_link_states(states))
        temporary.replace(target)
    finally:
        remove_quietly(temporary)


def _write_summary(file: Path, text: str) -> None:
    from site_builder.disk.faults import write_file

    write_file(file, text.encode())


def _closing(states: "LinkStates", urls: "frozenset[str]", fresh: int, check: "LinkCheck") -> str:
    from site_builder.link_check.link_findings import count_outcomes

    counted = count_outcomes(urls, states, check.answers)
    told = ", ".join(f"{count:,} {outcome}" for outcome, count in counted.items() if count) or "nothing to ask"
    today = f" ({fresh:,} seen alive today and not asked again)" if fresh else ""
    return f"{len(urls):,} {'address' if len(urls) == 1 else 'addresses'}: {told}{today}."
