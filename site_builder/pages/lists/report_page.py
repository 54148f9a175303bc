"""`/report/`: what the site needs next, for its editors. It is in no list, menu or sitemap, nor in search engines."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from site_builder.links.target import Outcome, Target
from site_builder.pages.context import PageContext
from site_builder.pages.parts import MAX_NAME_BYTES, MAX_TITLE_BYTES, shorten
from site_builder.pages.readings import TEXTS
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.json_ld import plain_page
from site_builder.render.site_view import Head, Label
from site_builder.render.templating.template import Template
from site_builder.reports.editor_report import SECTIONS, EditorReportSection, ReportItem, build_report
from site_builder.routes import Section

MAX_ITEMS: Final = 50
"""Shown of a section: about as much as an editor does in a day."""
_TERMINAL_ONLY: Final = ("near-duplicate", "mention", "one-way")
"""Sections that are too slow for a page: 0.4, 3 and 0.5 s for 10,000 articles, where all others take 0.2 s together.
The interface text `report_command` names them."""
CODES: Final = tuple(code for code in SECTIONS if code not in _TERMINAL_ONLY)


class ReportSection(msgspec.Struct, frozen=True):
    """A section of the editor's report."""

    code: str
    title: str
    why: str
    total: int
    items: tuple[tuple[Label, str], ...]
    """The first of them: a page, and what was found."""


class ReportView(msgspec.Struct, frozen=True):
    """`/report/`"""

    head: Head
    title: str
    total: int
    sections: tuple[ReportSection, ...]
    """Those that found something."""


TEMPLATE: Final[Template[ReportView]] = Template("report.html", plain_page)


def plan_report(context: PageContext) -> Iterator[AnyRoute]:
    """The page."""
    yield Route(Section.REPORT.url, TEMPLATE, partial(_report_view, context))


def _report_view(context: PageContext) -> ReportView:
    """The first items of each section, with their number."""
    words, config = context.translations, context.config
    context.readings.note(TEXTS)  # it tells the lines of links
    report = build_report(
        context.corpus,
        context.taxonomy,
        context.graph,
        context.today,
        only=CODES,
        words=words,
        severities=config.severities,
    )
    return ReportView(
        head=context.head(words("report"), words("report_deck"), is_indexed=False),
        title=words("report"),
        total=sum(len(section.items) for section in report.sections),
        sections=tuple(_section(context, section) for section in report.sections if section.items),
    )


def _section(context: PageContext, section: EditorReportSection) -> ReportSection:
    items = tuple(_item(context, item) for item in section.items[:MAX_ITEMS])
    words, key = context.translations, f"report_{section.code}"
    return ReportSection(section.code, words(key), words(f"{key}_why"), len(section.items), items)


def _item(context: PageContext, item: ReportItem) -> tuple[Label, str]:
    is_wanted = item.url.startswith(Section.WANTED.url)
    url = context.url(Target(Outcome.WANTED, item.url)) if is_wanted else item.url
    return Label(shorten(item.title, MAX_NAME_BYTES), url), shorten(item.text, MAX_TITLE_BYTES)
