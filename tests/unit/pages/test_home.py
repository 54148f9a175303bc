"""The home page: what is new with what it says, and what the site keeps coming back to."""

import re

import pytest

from site_builder.pages.lists.home import HomeView
from tests.helpers.site import MakeSite, article, load, topic


def test_three_stories_with_their_summaries_then_titles(make_site: MakeSite):
    files = {f"content/articles/a{n}.md": article(f"Item {n}", date=f"2026-05-0{n}") for n in range(1, 6)}
    html = load(make_site(files)).render("/").decode()
    places = [html.index(f">Item {n}</a>") for n in (5, 4, 3, 2, 1)]
    assert places == sorted(places)
    assert [f"About Item {n}." in html for n in (5, 4, 3, 2, 1)] == [True, True, True, False, False]


def test_what_most_pages_lead_to_is_told_with_how_many(make_site: MakeSite):
    files = {
        f"content/articles/a{n}.md": article(f"Item {n}", similar=["a0"] if n else [], date=f"2026-05-{n + 1:02}")
        for n in range(5)
    }
    html = load(make_site(files)).render("/").decode()
    section = html.partition("<h2>Most linked</h2>")[2].partition("</section>")[0]
    assert '<a href="articles/a0/">Item 0</a><p>Linked from 4 pages</p>' in section
    assert section.count("<li>") == 1


def test_without_links_there_is_no_such_list(make_site: MakeSite):
    html = load(make_site({"content/articles/a.md": article("A")})).render("/").decode()
    assert "Most linked" not in html
    assert "/tools/" not in load(make_site({"content/articles/a.md": article("A")})).routes


def test_the_latest_show_the_day_by_which_they_are_the_latest(make_site: MakeSite):
    files = {
        "content/articles/old.md": article("Old source", date="2024-01-03", added="2026-05-20"),
        "content/articles/new.md": article("New source", date="2026-05-09"),
        "content/articles/same.md": article("Same day", date="2026-05-08", added="2026-05-08"),
        "content/articles/late.md": article("Late", date="2025-02-02", added="2026-05-07"),
    }
    html = load(make_site(files)).render("/").decode()
    days = re.findall(r"(Added )?<time[^>]*>([^<]*)</time>", html)
    assert days == [("Added ", "20 May 2026"), ("", "9 May 2026"), ("", "8 May 2026"), ("Added ", "7 May 2026")]


def home(make_site: MakeSite, topics: dict[str, str], sizes: dict[str, int], month: int = 1) -> HomeView:
    """Of a site whose topics have so many articles each, one a day from a month of 2026 on, `similar` to the first."""
    files = {
        f"content/articles/{slug}{n}.md": article(
            f"{slug}{n}", date=f"2026-{month + n // 28:02}-{n % 28 + 1:02}", topics=[slug], similar=[f"{slug}0"]
        )
        for slug, size in sizes.items()
        for n in range(size)
    }
    view = load(make_site({**topics, **files})).view("/")
    assert isinstance(view, HomeView)
    return view


def test_the_three_largest_subjects_have_a_column_each(make_site: MakeSite):
    topics = {f"content/topics/{slug}.md": topic(slug.upper()) for slug in "abcde"}
    view = home(make_site, topics, {"a": 7, "b": 9, "c": 6, "d": 5, "e": 8})
    assert [subject.label.title for subject in view.subjects] == ["B", "E", "A"]
    assert [label.title for label in view.topics] == ["C", "D"]
    assert [card.title for card in view.subjects[0].begin] == ["b0"]


def test_no_article_is_shown_twice(make_site: MakeSite):
    topics = {f"content/topics/{slug}.md": topic(slug.upper()) for slug in "ab"}
    view = home(make_site, topics, {"a": 30, "b": 9})
    lists = (view.second, view.latest, *(s.begin + s.new for s in view.subjects))
    shown = [view.lead, *(card for cards in lists for card in cards)]
    assert len(shown) == len(set(shown))


def test_below_a_single_broad_topic_its_narrower_ones_are_the_subjects(make_site: MakeSite):
    topics = {"content/topics/top.md": topic("Top")}
    topics |= {f"content/topics/{slug}.md": topic(slug.upper(), broader=["top"]) for slug in "ab"}
    view = home(make_site, topics, {"a": 7, "b": 9})
    assert [subject.label.title for subject in view.subjects] == ["B", "A"]


def test_small_topics_are_links_alone(make_site: MakeSite):
    view = home(make_site, {"content/topics/a.md": topic("A")}, {"a": 5})
    assert view.subjects == ()
    assert [label.title for label in view.topics] == ["A"]


@pytest.mark.parametrize(("size", "unit"), [(80, "month"), (0, None)])
def test_bars_show_the_last_year(make_site: MakeSite, size: int, unit: str | None):
    view = home(make_site, {"content/topics/a.md": topic("A")}, {"a": size})
    assert (view.chart.unit if view.chart else None) == unit
