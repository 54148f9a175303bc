"""Indexes of topics and entities: complete over all their parts, and never one endless page."""

import re

import pytest

from site_builder.pages.documents.topic import TopicView
from site_builder.pages.documents.topic_filters import TopicPartView
from site_builder.pages.lists import term_indexes
from site_builder.pages.lists.term_indexes import TermsView
from tests.helpers.site import MKDOCS_YML, MakeSite, article, entity, load, topic


def test_the_index_of_entities_goes_by_parts(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(term_indexes, "TERMS_PER_PART", 2)
    kinds = {"a": "person", "b": "organisation", "c": "organisation", "d": "organisation", "e": "law"}
    site = load(make_site({f"content/entities/{s}.md": entity(s.upper(), kind=k) for s, k in kinds.items()}))
    parts = [site.view(url) for url in ("/entities/", "/entities/page/2/", "/entities/page/3/")]
    shown = []
    for part in parts:
        assert isinstance(part, TermsView)
        shown.append([(g.name, [t.label.title for t in g.terms]) for g in part.groups])
        assert [(k.title, k.url, k.count) for k in part.kinds] == [
            ("Organisations", "/entities/#sb-organisation", 3),
            ("People", "/entities/page/2/#sb-person", 1),
            ("Laws", "/entities/page/3/#sb-law", 1),
        ]
    assert shown == [[("Organisations", ["B", "C"])], [("Organisations", ["D"]), ("People", ["A"])], [("Laws", ["E"])]]
    assert b'id="sb-person"' in site.render("/entities/page/2/")


def test_a_topic_is_narrowed_by_year_entity_and_source(make_site: MakeSite):
    """A page each, from `list_articles` articles on; what leaves all in is no choice."""
    sources = [
        ("The Herald", "2026-05-02"),
        ("The herald", "2026-03-01"),
        ("The Herald", "2025-01-01"),
        ("X", "2025-02-01"),
    ]
    articles = {
        f"content/articles/a{n}.md": article(
            f"A{n}", date=day, topics=["t"], entities=["b", "a"] if n else ["a"], source={"name": name}
        )
        for n, (name, day) in enumerate(sources)
    }
    named = {f"content/entities/{s}.md": entity(s.upper()) for s in "ab"}
    settings = MKDOCS_YML.replace("- site_builder", "- site_builder: {list_articles: 2}")
    site = load(make_site({"mkdocs.yml": settings, **articles, **named, "content/topics/t.md": topic("T")}))
    view = site.view("/topics/t/")
    assert isinstance(view, TopicView)
    assert view.filters is not None
    assert [(g.title, [(w.title, w.url, w.count) for w in g.ways]) for g in view.filters.groups] == [
        ("Year", [("2026", "/topics/t/2026/", 2), ("2025", "/topics/t/2025/", 2)]),
        ("Mentioning", [("B", "/topics/t/entity/b/", 3)]),
        ("Source", [("The Herald", "/topics/t/source/the-herald/", 3)]),
    ]
    part = site.view("/topics/t/source/the-herald/")
    assert isinstance(part, TopicPartView)
    assert [card.title for card in part.cards] == ["A0", "A1", "A2"]
    html = site.render("/topics/t/source/the-herald/").decode()
    assert '<a href="./" aria-current="page">The Herald <span class="sb-count">3</span></a>' in html


def test_a_list_of_few_articles_has_no_page_of_its_own(make_site: MakeSite):
    articles = {
        f"content/articles/a{n}.md": article(f"A{n}", date=f"202{n % 2}-01-0{n + 1}", topics=["t"]) for n in range(9)
    }
    site = load(make_site({**articles, "content/topics/t.md": topic("T")}))
    assert [url for url in site.routes.all() if url.startswith("/topics/t/20")] == []
    articles["content/articles/a9.md"] = article("A9", date="2021-02-01", topics=["t"])
    site = load(make_site({**articles, "content/topics/t.md": topic("T")}))
    assert [url for url in site.routes.all() if url.startswith("/topics/t/20")] == [
        "/topics/t/2020/",
        "/topics/t/2021/",
    ]


def test_each_half_of_a_list_begins_with_its_year(make_site: MakeSite):
    """Halves stand side by side; where the second goes on with a year, that is said again, to the eye only."""

    def years(*dates: str) -> list[str]:
        articles = {f"content/articles/a{n}.md": article(date=d, topics=["t"]) for n, d in enumerate(dates)}
        html = load(make_site({**articles, "content/topics/t.md": topic("T")})).render("/topics/t/").decode()
        listed = html.partition('<div class="sb-years-of">')[2]
        return re.findall(r'<(?:h3|p class="sb-again" aria-hidden="true")>\d+</(?:h3|p)>|</div>\n<div>', listed)

    head, other, gap = "<h3>2026</h3>", "<h3>2025</h3>", "</div>\n<div>"
    assert years("2026-01-01", "2026-01-02", "2026-01-03") == [head]
    assert years("2026-02-02", "2026-02-01", "2025-02-02", "2025-02-01") == [head, gap, other]
    again = '<p class="sb-again" aria-hidden="true">2026</p>'
    assert years("2026-02-03", "2026-02-02", "2026-02-01", "2025-02-01") == [head, gap, again, other]
