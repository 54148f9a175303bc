"""What a draft says about the values that it had to choose."""

import pytest

from site_builder.importers.read.html.read_html import read_html

TITLE = "A harbour wall is closed"
OTHER = "How the tide took the sand away"
TEXT = (
    "<p>The harbour wall was closed on Monday because the tide had washed the sand from under it.</p>"
    "<p>Engineers of the town will look at the stones next week, when the divers have come back.</p>"
    "<p>Until then, the boats of the fishing fleet land their catch at the pier on the other side.</p>"
)


def doubts(head: str, body: str) -> list[str]:
    page = f'<html lang="en"><head>{head}</head><body>{body}{TEXT}</body></html>'
    return [f.text for f in read_html(page).findings if f.code == "title-ambiguous"]


@pytest.mark.parametrize(
    ("head", "body", "other"),
    [
        (f'<title>{TITLE}</title><meta property="og:title" content="{TITLE}">', f"<article><h1>{OTHER}</h1>", OTHER),
        (f"<title>{OTHER} - Post</title>", f"<article><h1>{TITLE}</h1><p>By Ann Bo</p>", f"{OTHER} - Post"),
    ],
    ids=["heading", "window"],
)
def test_a_guess_between_two_titles_is_said(head: str, body: str, other: str) -> None:
    found = doubts(head, body)
    assert len(found) == 1
    assert TITLE in found[0] or other in found[0]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (
            f'<title>{TITLE}</title><meta property="og:title" content="{TITLE}">',
            f"<h1>News of the harbour</h1><h2>{TITLE}</h2>",
        ),
        (f"<title>{TITLE} - Post</title>", f"<article><h1>{TITLE}</h1>"),
        ("<title>Post</title>", f"<article><h1>{TITLE}</h1>"),
        ('<title>Post: all of the news</title><meta property="og:site_name" content="Post">', f"<h1>{TITLE}</h1>"),
    ],
    ids=["section", "same", "site", "motto"],
)
def test_names_of_sites_and_sections_are_no_second_title(head: str, body: str) -> None:
    assert doubts(head, body) == []


@pytest.mark.parametrize(("day", "is_said"), [("2019-06-17", True), ("2026-06-10", False), ("2026-06-03", False)])
def test_an_address_with_another_day_is_said(day: str, is_said: bool) -> None:
    page = f'<html lang="en"><body><h1>{TITLE}</h1><time datetime="{day}">Monday</time>{TEXT}</body></html>'
    found = read_html(page, url="https://news.example/2026/6/3/wall")
    assert found.date is not None
    assert found.date.isoformat() == day
    assert [f.text for f in found.findings if f.code == "date-ambiguous"] == (
        [f"the page says {day}, but its address 2026-06-03"] if is_said else []
    )
