"""What cards on links say, in how many bytes."""

import json

from site_builder.pages.parts import shorten
from tests.helpers.site import MKDOCS_YML, MakeSite, article, entity, load, topic

LONG = '数据保护法规 "与" 人工智能 ' * 200


def test_an_article_tells_title_summary_topics_and_date(make_site: MakeSite):
    files = {
        "content/articles/a.md": article("A", topics=["s", "t"], status="stub", source=None, language="de"),
        "content/topics/t.md": topic("T"),
        "content/topics/s.md": topic("S"),
    }
    site = load(make_site(files))
    assert json.loads(site.render("/articles/a/card.json")) == {
        "title": "A",
        "summary": "About A.",
        "meta": "3 June 2026",
        "topics": "S · T",
        "mark": "Stub",
        "language": "de",
    }


def test_a_topic_and_an_entity_tell_how_many_articles_they_have(make_site: MakeSite):
    files = {
        "content/articles/a.md": article("A", topics=["t"], entities=["e"]),
        "content/articles/b.md": article("B", topics=["t"]),
        "content/topics/t.md": topic("T", summary="Of it."),
        "content/entities/e.md": entity("E"),
    }
    site = load(make_site(files))
    cards = [json.loads(site.render(f"/{url}/card.json")) for url in ("topics/t", "entities/e")]
    assert [(c["title"], c["summary"], c["meta"]) for c in cards] == [
        ("T", "Of it.", "2 articles"),
        ("E", "", "1 article"),
    ]


def test_a_card_is_a_kilobyte_at_most(make_site: MakeSite):
    files = {
        "content/articles/a.md": article(LONG, summary=LONG, topics=["t"], source=None, status="stub"),
        "content/topics/t.md": topic(LONG, summary=LONG),
    }
    site = load(make_site(files))
    for url in ("/articles/a/card.json", "/topics/t/card.json"):
        assert 500 < len(site.render(url)) <= 1000


def test_the_words_are_those_of_the_site(make_site: MakeSite):
    files = {
        "mkdocs.yml": MKDOCS_YML.replace("- site_builder", "- site_builder: {language: de}"),
        "templates/words/de.yml": 'stub: Entwurf\nday: "{day}. {month} {year}"\n',
        "content/articles/a.md": article("A", status="stub", source=None),
    }
    card = json.loads(load(make_site(files)).render("/articles/a/card.json"))
    assert (card["mark"], card["meta"]) == ("Entwurf", "3. Juni 2026")


def test_nothing_unpublished_has_a_card(make_site: MakeSite):
    site = load(
        make_site({"content/articles/a.md": article("A", status="draft"), "content/articles/b.md": article("B")})
    )
    assert [url for url in site.routes.all() if url.endswith("card.json")] == ["/articles/b/card.json"]


def test_texts_are_cut_between_words():
    assert shorten("one two three", 100) == "one two three"
    assert shorten("one two, three", 12) == "one two…"
    assert shorten("数据保护法规", 10) == "数据…"
    assert len(shorten("ä" * 100, 51).encode()) <= 51
