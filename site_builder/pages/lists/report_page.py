"""`/report/`: what the site needs next, for its editors; in no list, menu or sitemap, and not for search engines."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from site_builder.links.resolve import Outcome, Target
from site_builder.pages.context import PageContext
from site_builder.pages.parts import Label, ReportSection, ReportView
from site_builder.pages.route import Page, template_page
from site_builder.reports.editor_report import SECTIONS, EditorReportSection, ReportItem, build_report

REPORT_ITEMS: Final = 50
"""Shown of a section: as much as an editor does in a day."""
_TERMINAL_ONLY: Final = ("near-duplicate", "mention", "one-way")
"""What planning has no time for: 0.4, 3 and 0.5 s for 10,000 articles, where all the others take 0.2 s together.
`report_command` among the words of the interface names them."""
CODES: Final = tuple(code for code in SECTIONS if code not in _TERMINAL_ONLY)


def plan_report(knowledge: PageContext) -> Iterator[Page]:
    """`/report/`: the first of each section, with how many there are."""
    config = knowledge.config
    report = build_report(
        knowledge.corpus,
        knowledge.membership,
        knowledge.graph,
        config.date,
        only=CODES,
        words=knowledge.words,
        severities=config.severities,
    )
    title = knowledge.words("report")
    view = ReportView(
        head=replace(knowledge.head(title, knowledge.words("report_deck")), is_indexed=False),
        title=title,
        total=sum(len(section.items) for section in report.sections),
        sections=tuple(_section(knowledge, section) for section in report.sections if section.items),
    )
    yield template_page("/report/", "report.html", view, is_in_sitemap=False)


def _section(knowledge: PageContext, section: EditorReportSection) -> ReportSection:
    items = tuple(_item(knowledge, item) for item in section.items[:REPORT_ITEMS])
    words, key = knowledge.words, f"report_{section.code}"
    return ReportSection(section.code, words(key), words(f"{key}_why"), len(section.items), items)


def _item(knowledge: PageContext, item: ReportItem) -> tuple[Label, str]:
    is_wanted = item.url.startswith("/wanted/")
    url = knowledge.url(Target(Outcome.WANTED, item.url)) if is_wanted else item.url
    return Label(item.title, url), item.text
