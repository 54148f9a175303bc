import copy
import datetime as dt
import random
from typing import Any, Final

import pytest

from site_builder.content.document import Document
from site_builder.content.schema import Article, Source
from site_builder.content.vocabulary import Kind
from site_builder.importers.duplicates import Duplicate, Sameness, find_duplicates, title_key
from site_builder.importers.existing_content import NO_CONTENT, ExistingContent
from site_builder.importers.imported_article import ImportedArticle, Origin
from site_builder.markdown.body import Body
from site_builder.text.simhash import BITS, sketch
from site_builder.urls import Permalink, Slug, SourcePath
from tests.helpers.growth import assert_linear

MANY: Final = 20_000
DAY: Final = dt.date(2026, 6, 3)
RANDOM: Final = random.Random(11)
WORDS: Final = [
    "".join(RANDOM.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(RANDOM.randint(4, 9))) for _ in range(4000)
]
NO_BODY: Final = Body("", (), (), frozenset(), 0, "")


def words(number: int) -> str:
    return " ".join(RANDOM.choice(WORDS) for _ in range(number))


def article(
    slug: str, title: str, summary: str = "Nothing in particular.", date: dt.date = DAY, url: str | None = None
) -> Document[Article]:
    meta = Article(title=title, date=date, summary=summary, source=Source(name="A paper", url=url))
    path = SourcePath(f"content/articles/{slug}.md")
    return Document(path, Kind.ARTICLE, Slug(slug), Permalink(f"/articles/{slug}/"), meta, NO_BODY, {}, 1)


def changed(number: int, **fields: Any) -> Document[Article]:
    """An article made without validation, which would take longer than what is measured."""
    meta, slug = copy.copy(_MODEL.meta), f"a{number}"
    source = copy.copy(_SOURCE)
    object.__setattr__(source, "url", f"https://example.org/{number}")
    for name, value in {**fields, "source": source}.items():
        object.__setattr__(meta, name, value)
    path = SourcePath(f"content/articles/{slug}.md")
    return Document(path, Kind.ARTICLE, Slug(slug), Permalink(f"/articles/{slug}/"), meta, NO_BODY, {}, 1)


_SOURCE: Final = Source(name="A paper")
_MODEL: Final = article("model", "A")


def library(*articles: Document[Article], texts: dict[str, str] | None = None) -> ExistingContent:
    sketches = {f"content/articles/{slug}.md": sketch(text) for slug, text in (texts or {}).items()}
    return ExistingContent(articles, (), (), {}, frozenset(a.slug for a in articles), sketches=sketches)


def kinds(
    article: ImportedArticle, *articles: Document[Article], texts: dict[str, str] | None = None
) -> list[tuple[str, str]]:
    return [(d.document.slug, d.kind.value) for d in find_duplicates(article, library(*articles, texts=texts))]


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://example.org/news/mill", True),
        ("https://example.org/news/mill?utm_source=mail", True),
        ("HTTPS://Example.org:443/news/mill#top", True),
        ("https://example.org/news/mill?page=2", False),
        ("https://example.org/news/Mill", False),
        ("https://example.com/news/mill", False),
        (None, False),
    ],
)
def test_the_same_address(url, found):
    page = ImportedArticle(title="One", source=Origin(url="https://example.org/news/mill"))
    assert kinds(page, article("a", "Two", url=url)) == ([("a", "address")] if found else [])


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Mill Road: Closed to Cars", True),
        ("MILL ROAD CLOSED TO CARS", True),
        ("“Mill Road” – closed, to cars!", True),
        ("Mill Road Closed to Carts", False),
    ],
)
def test_the_same_title_after_folding(title, found):
    page = ImportedArticle(title="Mill Road closed to cars")
    assert kinds(page, article("a", title)) == ([("a", "title")] if found else [])


def test_accents_are_folded_and_a_missing_title_is_no_title():
    assert title_key("Élan d’été") == title_key("elan d'ete")
    assert title_key("東京の橋") == "東京の橋"
    assert kinds(ImportedArticle(title="—"), article("a", "…")) == []


def test_near_same_text():
    text = words(400)
    other = f"{words(8)} {text} {words(6)}"
    page = ImportedArticle(title="One", body=other)
    (found,) = find_duplicates(
        page, library(article("a", "Two"), article("b", "Three"), texts={"a": text, "b": words(400)})
    )
    assert (found.document.slug, found.kind) == ("a", Sameness.TEXT)
    assert 0.6 < found.score <= 1
    assert f"of {BITS} bits differ" in found.reason


@pytest.mark.parametrize(
    ("days", "found", "when"),
    [(0, True, "the same day"), (1, True, "1 day apart"), (-14, True, "14 days apart"), (15, False, "")],
)
def test_the_same_event_within_two_weeks(days, found, when):
    page = ImportedArticle(
        "Avalanche buries Alpine railway at Brenden", DAY, "Rescuers search for travellers of the morning train."
    )
    there = article(
        "a", "Railway at Brenden buried by avalanche", "Rescuers search for a morning train.", DAY + dt.timedelta(days)
    )
    others = [article(f"o{i}", words(6).title(), words(15)) for i in range(30)]
    result = find_duplicates(page, library(there, *others))
    assert [d.document.slug for d in result] == (["a"] if found else [])
    for duplicate in result:
        assert duplicate.kind is Sameness.EVENT
        assert 0 < duplicate.score <= 1
        assert duplicate.reason.startswith(when)
        assert "brenden" in duplicate.reason


def test_another_event_of_the_same_days_is_none():
    page = ImportedArticle("Avalanche buries Alpine railway at Brenden", DAY, "Rescuers search for travellers.")
    assert kinds(page, article("a", "Council of Thorne opens its library on Sundays", "A trust pays for it.")) == []


def test_a_page_without_a_date_has_no_event():
    page = ImportedArticle("Avalanche buries Alpine railway at Brenden", None)
    assert kinds(page, article("a", "Railway at Brenden buried by avalanche")) == []


def test_the_surest_come_first_and_each_once():
    text, url = words(300), "https://example.org/a"
    page = ImportedArticle("Avalanche buries Alpine railway at Brenden", DAY, body=text, source=Origin(url=url))
    there = [
        article("event", "Railway at Brenden: Alpine avalanche buries it all"),
        article("text", "Four", date=dt.date(2020, 1, 1)),
        article("title", page.title or ""),
        article("address", page.title or "", url=url),
    ]
    found = kinds(page, *there, texts={"text": text, "address": text})
    assert found == [("address", "address"), ("title", "title"), ("text", "text"), ("event", "event")]


def test_at_most_five_and_none_of_nothing():
    assert len(kinds(ImportedArticle("One"), *(article(f"a{i}", "One") for i in range(9)))) == 5
    assert find_duplicates(ImportedArticle("One"), NO_CONTENT) == ()
    assert find_duplicates(ImportedArticle(), library(article("a", "One"))) == ()


def test_it_tells_where_why_and_how_sure():
    (found,) = find_duplicates(ImportedArticle("One"), library(article("a", "One")))
    finding = found.finding(SourcePath("page.txt"))
    assert (finding.code, str(finding.location)) == ("duplicate-title", "page.txt:1:1")
    assert finding.text == 'this may be the same as content/articles/a.md: "One" (1.00): it has the same title'


def test_the_time_grows_with_the_articles():
    """And no faster: 0.1 to 0.3 s for one page against 50,000 articles, when it was written."""
    dates = [DAY - dt.timedelta(days=RANDOM.randrange(3650)) for _ in range(MANY)]
    summaries = [words(20) for _ in range(500)]
    there = [changed(i, title=words(8), date=day, summary=summaries[i % 500]) for i, day in enumerate(dates)]
    sketches: dict[str, int | None] = {d.path: RANDOM.getrandbits(BITS) for d in there}
    page = ImportedArticle(there[7].title.upper(), DAY, words(20), words(600), Origin(url="https://example.org/9"))

    def find(count: int) -> tuple[Duplicate, ...]:
        some = there[:count]
        paths = {d.path for d in some}
        kept = {path: sketch for path, sketch in sketches.items() if path in paths}
        return find_duplicates(page, ExistingContent(tuple(some), (), (), {}, frozenset(), sketches=kept))

    found = find(MANY)
    assert [(d.document.slug, d.kind.value) for d in found[:2]] == [("a9", "address"), ("a7", "title")]
    assert_linear(find, MANY // 4)
