"""Where a reader begins with a topic, by the rules of `where_to_begin`."""

from collections.abc import Mapping
from typing import Any

import pytest

from site_builder.pages.documents.topic import TopicView
from tests.helpers.site import MakeSite, article, load, topic

Own = Mapping[str, Mapping[str, Any]]


def view(make_site: MakeSite, introduction: str, own: Own, count: int = 8) -> TopicView:
    """Of a topic with articles a0, a1 …, newest last; `own` adds to the front matter of some or to their text."""
    files = {}
    for n in range(count):
        fields = dict(own.get(f"a{n}", {}))
        body = fields.pop("body", "Text.\n")
        files[f"content/articles/a{n}.md"] = article(f"A{n}", body, date=f"2026-01-{n + 1:02}", topics=["t"], **fields)
    site = load(make_site({**files, "content/topics/t.md": topic("T", introduction)}))
    found = site.view("/topics/t/")
    assert isinstance(found, TopicView)
    return found


def begin(make_site: MakeSite, introduction: str, own: Own, count: int = 8) -> list[str]:
    return [card.title for card in view(make_site, introduction, own, count).begin]


def test_the_introduction_leads_in_its_own_order(make_site: MakeSite):
    assert begin(make_site, "First [[a3]], then [[a1]].", {}) == ["A3", "A1"]


def test_of_many_those_that_others_link_to_most_stay_in_the_order_of_the_introduction(make_site: MakeSite):
    links = {"a6": {"body": "See [[a5]]."}, "a7": {"body": "See [[a5]]."}}
    introduction = "[[a0]] [[a1]] [[a2]] [[a3]] [[a4]] [[a5]]"
    assert begin(make_site, introduction, links) == ["A0", "A1", "A2", "A3", "A5"]


def test_background_counts_more_than_a_link(make_site: MakeSite):
    own: Own = {
        "a1": {"similar": [{"to": "a4", "kind": "background"}]},
        "a2": {"body": "See [[a5]]."},
        "a3": {"body": "See [[a5]]."},
    }
    assert begin(make_site, "", own) == ["A4", "A5"]


@pytest.mark.parametrize(
    ("own", "count"),
    [
        pytest.param({"a1": {"body": "See [[a2]]."}}, 8, id="one link may be chance"),
        pytest.param({"a1": {"body": "See [[a2]]."}, "a3": {"body": "See [[a2]]."}}, 5, id="a small topic"),
        pytest.param(
            {"a1": {"body": "See [[a2]]."}, "a3": {"body": "See [[a2]]."}, "a2": {"status": "stub"}}, 8, id="a stub"
        ),
        pytest.param(
            {"a1": {"body": "See [[a2]]."}, "a3": {"body": "See [[a2]]."}, "a2": {"unlisted": True}}, 8, id="unlisted"
        ),
    ],
)
def test_nothing_is_better_than_a_guess(make_site: MakeSite, own: Own, count: int):
    assert begin(make_site, "", own, count) == []


def test_what_is_new_follows_the_day_on_which_it_was_added(make_site: MakeSite):
    own: Own = {"a0": {"added": "2026-06-01"}, "a7": {"status": "stub"}}
    assert [card.title for card in view(make_site, "", own).new] == ["A0", "A6", "A5", "A4"]


def test_later_parts_of_the_list_have_neither(make_site: MakeSite):
    files = {
        f"content/articles/a{n}.md": article(f"A{n}", date=f"2026-01-{n % 28 + 1:02}", topics=["t"]) for n in range(60)
    }
    site = load(make_site({**files, "content/topics/t.md": topic("T", "See [[a1]].")}))
    part = site.view("/topics/t/page/2/")
    assert isinstance(part, TopicView)
    assert (part.begin, part.new, part.narrower) == ((), (), ())
