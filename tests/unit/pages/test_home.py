"""The home page: what is new with what it says, and what the site keeps coming back to."""

import re

from tests.helpers.site import MakeSite, article, load


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
