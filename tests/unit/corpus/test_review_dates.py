"""Documents that are to be read again: from which day, for whom, and where that is told."""

import datetime as dt
import json

import pytest

from site_builder.reports.editor_report import build_report
from tests.helpers.site import Files, MakeSite, article, check, codes, entity, load, page, tool, topic


@pytest.mark.parametrize(
    ("fields", "first_day"),
    [
        ({"review": "2026-08-01"}, "2026-08-01"),
        ({"review": "1 month"}, "2026-07-03"),  # after its date
        ({"review": "1 month", "added": "2026-06-10"}, "2026-07-10"),
        ({"review": "1 month", "updated": "2026-06-20"}, "2026-07-20"),
        ({"review": "1 month", "reviewed": "2026-06-30"}, "2026-07-30"),
        ({"review": "1 month", "reviewed": "2026-06-01", "updated": "2026-06-20"}, "2026-07-20"),
    ],
)
def test_the_day_counts_from_the_last_reading(make_site: MakeSite, fields: dict[str, str], first_day: str):
    day = dt.date.fromisoformat(first_day)
    root = make_site({"content/articles/a.md": article(**fields)})
    assert "review-due" in codes(root, date=day)
    assert "review-due" not in codes(root, date=day - dt.timedelta(days=1))


OVERDUE: Files = {
    "content/articles/a.md": article("A", review="2026-06-01", owner="Ida"),
    "content/articles/later.md": article("Later", review="2027-06-01"),
    "content/articles/hidden.md": article("Hidden", review="2026-06-01", unlisted=True),
    "content/articles/draft.md": article("Draft", review="2026-06-01", status="draft", owner="Nobody"),
    "content/articles/moved.md": article("Moved", review="2026-06-01", duplicate_of="a"),
    "content/topics/t.md": topic("T", review="1 year", reviewed="2025-05-01"),
    "content/topics/undated.md": topic("Undated", review="1 year"),
    "content/entities/e.md": entity("E", review="1 week", updated="2026-06-01"),
    "content/tools/l.md": tool("L", review="90 days", reviewed="2026-01-01"),
    "content/pages/p.md": page("P", review="2026-06-30"),
}


def test_every_kind_of_document_is_to_be_read_again_and_only_published_ones(make_site: MakeSite):
    found = [text for text in check(make_site(OVERDUE)) if "[review-due]" in text]
    assert [text.partition(":")[0].removeprefix("content/") for text in found] == [
        "articles/a.md", "articles/hidden.md", "entities/e.md", "pages/p.md", "tools/l.md", "topics/t.md",
    ]  # fmt: skip
    assert "was to be read again by 2026-06-01, by Ida" in found[0]


def test_a_notice_stops_nothing(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article(review="2026-06-01")})
    assert load(root, strict=True).is_sound


def test_the_report_lists_the_longest_overdue_first(make_site: MakeSite):
    site = load(make_site(OVERDUE))
    (found,) = build_report(site.corpus, site.taxonomy, site.graph, site.config.date, only=["review-due"]).sections
    assert [(item.title, item.text) for item in found.items] == [
        ("L", "to be read again by 2026-04-01"),
        ("T", "to be read again by 2026-05-01"),
        ("A", "to be read again by 2026-06-01; Ida looks after it"),
        ("E", "to be read again by 2026-06-08"),
        ("P", "to be read again by 2026-06-30"),
    ]
    assert "Ida looks after it" in site.render("/report/").decode()


def test_an_article_with_a_day_of_its_own_or_read_of_late_is_not_stale(make_site: MakeSite):
    old = {"date": "2020-01-01"}
    files = {
        "content/articles/own.md": article("Own", **old, review="2027-01-01"),
        "content/articles/read.md": article("Read", **old, reviewed="2026-01-01"),
        "content/articles/stale.md": article("Stale", **old, reviewed="2021-01-01"),
    }
    site = load(make_site(files))
    (found,) = build_report(site.corpus, site.taxonomy, site.graph, site.config.date, only=["stale"]).sections
    assert [item.title for item in found.items] == ["Stale"]


def test_programs_get_the_days(make_site: MakeSite):
    site = load(make_site(OVERDUE))
    reviews = json.loads(site.render("/api/review.json"))
    assert json.loads(site.render("/api/index.json"))["review"] == "/api/review.json"
    assert (reviews["total"], [item["id"] for item in reviews["items"]]) == (
        7, ["l", "t", "a", "e", "p", "later", "undated"]
    )  # fmt: skip
    assert reviews["items"][2] == {
        "kind": "article", "id": "a", "url": "/articles/a/", "title": "A", "due": "2026-06-01", "review": "2026-06-01",
        "reviewed": None, "owner": "Ida",
    }  # fmt: skip
    assert reviews["items"][-1]["due"] is None
    another = load(make_site(OVERDUE), date=dt.date(2030, 1, 1))
    assert another.render("/api/review.json") == site.render("/api/review.json")


def test_a_site_without_reviews_has_no_list(make_site: MakeSite):
    site = load(make_site({"content/articles/a.md": article(owner="Ida")}))
    assert "/api/review.json" not in site.routes
    assert json.loads(site.render("/api/index.json"))["review"] is None


def test_a_reading_in_the_future_is_a_mistake(make_site: MakeSite):
    assert codes(make_site({"content/articles/a.md": article(reviewed="2027-06-01")})) == ["date-future"]
