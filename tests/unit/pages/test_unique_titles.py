"""No two pages have one title or one description, however many articles are called the same."""

import re

import pytest

from tests.helpers.site import MakeSite, article, entity, load, topic

HEAD = re.compile(r'<title>(.*?) · Test site</title>\n<meta name="description" content="(.*?)">', re.DOTALL)


def head(html: bytes) -> tuple[str, str]:
    found = HEAD.search(html.decode())
    assert found is not None
    return found[1], found[2]


@pytest.mark.parametrize(
    ("one", "other", "titles"),
    [
        pytest.param({}, {"title": "Other"}, ("Same", "Other"), id="apart-as-they-are"),
        pytest.param({}, {"date": "2026-01-05"}, ("Same (3 June 2026)", "Same (5 January 2026)"), id="by-date"),
        pytest.param(
            {"language": "de"},
            {"language": "fr"},
            ("Same (3 June 2026, German)", "Same (3 June 2026, French)"),
            id="by-language",
        ),
        pytest.param({}, {}, ("Same (3 June 2026, a)", "Same (3 June 2026, b)"), id="by-slug"),
    ],
)
def test_titles_are_told_apart_by_as_little_as_does_it(
    make_site: MakeSite, one: dict[str, str], other: dict[str, str], titles: tuple[str, str]
):
    files = {
        "content/articles/a.md": article(**{"title": "Same", "summary": "First.", **one}),
        "content/articles/b.md": article(**{"title": "Same", "summary": "Second.", **other}),
    }
    site = load(make_site(files))
    assert tuple(head(site.render(f"/articles/{slug}/"))[0] for slug in "ab") == titles


def test_two_kinds_of_one_name_say_what_they_are(make_site: MakeSite):
    site = load(make_site({"content/topics/x.md": topic("Law"), "content/entities/x.md": entity("Law")}))
    assert head(site.render("/topics/x/"))[0] == "Law (Topic)"
    assert head(site.render("/entities/x/"))[0] == "Law (Organisation)"


def test_a_summary_that_two_articles_share_is_described_with_the_title(make_site: MakeSite):
    files = {f"content/articles/{slug}.md": article(f"On {slug}", summary="Both.") for slug in "ab"}
    site = load(make_site({**files, "content/articles/c.md": article("On c", summary="Its own.")}))
    told = [head(site.render(f"/articles/{slug}/"))[1] for slug in "abc"]
    assert told == ["On a: Both.", "On b: Both.", "Its own."]
