"""Titles of callouts and admonitions that have none of their own: in the language of the site, so filled in later."""

from typing import Final

from site_builder.markdown.clean_html.html_tree import HtmlElement

CALLOUT_WORDS: Final = (
    "callout_abstract",
    "callout_attention",
    "callout_bug",
    "callout_caution",
    "callout_check",
    "callout_cite",
    "callout_danger",
    "callout_done",
    "callout_error",
    "callout_example",
    "callout_fail",
    "callout_failure",
    "callout_faq",
    "callout_help",
    "callout_hint",
    "callout_important",
    "callout_info",
    "callout_missing",
    "callout_note",
    "callout_question",
    "callout_quote",
    "callout_success",
    "callout_summary",
    "callout_tip",
    "callout_tldr",
    "callout_todo",
    "callout_warning",
)
"""The texts of the interface for titles; a mark in the HTML has the index of its text."""
TITLE: Final = "admonition-title"
_NUMBERS: Final = {key.removeprefix("callout_"): number for number, key in enumerate(CALLOUT_WORDS)}


def mark_titles(parent: HtmlElement) -> None:
    """Replace each title that is only the name of the kind of callout."""
    for child in parent.elements():
        title = next(child.elements(), None) if child.tag in {"details", "div"} else None
        if title and (title.tag == "summary" or title.attributes.get("class") == TITLE):
            kind = "".join(part for part in title.children if isinstance(part, str)).strip().lower()
            if kind in _NUMBERS and kind in child.attributes.get("class", "").split():
                title.children = [f"\x02k{_NUMBERS[kind]}\x03"]
        if child.children:
            mark_titles(child)
