import datetime as dt
import re
from dataclasses import replace
from typing import Any, Final

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from site_builder.config import MarkdownOptions
from site_builder.content.document import Document, load_document
from site_builder.content.front_matter import NO_DATE, parse
from site_builder.content.listing.discover import SourceFile
from site_builder.content.schema import Article, Tool
from site_builder.content.source_parts import split
from site_builder.content.vocabulary import EXCERPT_MARK, NO_SUMMARY, Kind, Pricing, Status
from site_builder.diagnostics import Severity
from site_builder.importers.draft import (
    EXCERPT_CHARACTERS,
    EXCERPT_WORDS,
    DraftOptions,
    NewFile,
    host_name,
    make_draft,
    make_stub,
    make_tool,
    said,
    scalar,
    slug_of,
)
from site_builder.importers.editor_suggestions import Suggestion, Suggestions
from site_builder.importers.imported_article import ImportedArticle, LeadPicture, Origin, SimilarCard, ToolCard
from site_builder.importers.read.text.read_text import read_text
from site_builder.importers.source_pages import digest
from site_builder.urls import SourcePath, is_slug, slugify

SHA: Final = "0123456789" * 6 + "1234"
DAY: Final = dt.date(2026, 6, 3)
RETRIEVED: Final = DraftOptions(dt.date(2026, 7, 1))
ARTICLE: Final = ImportedArticle(
    "Mill Road: closed to cars",
    DAY,
    "The council decided so on Monday.",
    " ".join(f"word{i}" for i in range(100)),
    Origin("The Gazette", "https://example.org/mill"),
    LeadPicture("Ebba Lind", "https://example.org/mill.jpg", "The mill"),
    "Jane Doe",
    "en",
)
FUZZ: Final = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
ANY: Final = st.text(max_size=40) | st.text(st.characters(codec=None), max_size=12) | st.sampled_from(
    ["yes", "null", "~", "1.5", "0x1f", "2026-06-03", "- a", "a: b", "a #b", "'", '"', "\\", "---", "...",
     "{a}", "[a]", "&a",
     "*a", "!a", "%a", "@a", "`a", "a\n---\nb", "\u2028a", "\x85", "\ud800", "\ufffe", "\0", " ", "x" * 200_000]
)  # fmt: skip


def load(file: NewFile) -> Document:
    """The document of a draft, in which there must be no error."""
    source = SourceFile(SourcePath(f"content/{file.kind}s/{file.slug}.md"), file.kind, file.slug)
    loaded = load_document(source, file.text.encode(), MarkdownOptions())
    assert loaded.document is not None, "\n".join(map(str, loaded.diagnostics))
    assert [d for d in loaded.diagnostics if d.severity is Severity.ERROR] == []
    return loaded.document


def meta(file: NewFile) -> Article:
    found = load(file).meta
    assert isinstance(found, Article)
    return found


def draft(
    article: ImportedArticle, similar: tuple[str, ...] = (), hints: Suggestions | None = None, **options: Any
) -> NewFile:
    return make_draft(article, "mill", SHA, similar, hints or Suggestions(), replace(RETRIEVED, **options))


def test_a_draft_holds_what_the_page_states():
    found = meta(draft(ARTICLE, ("ferry", "2026")))
    assert (found.title, found.date, found.summary) == (ARTICLE.title, ARTICLE.date, ARTICLE.summary)
    assert found.source is not None
    assert found.provenance is not None
    assert (found.source.name, found.source.url) == ("The Gazette", "https://example.org/mill")
    assert (found.source.author, found.source.language) == ("Jane Doe", "en")
    assert (found.provenance.sha256, found.provenance.retrieved) == (SHA, dt.date(2026, 7, 1))
    assert [s.to for s in found.similar] == ["ferry", "2026"]
    assert (found.status, found.topics, found.entities, found.image) == (Status.DRAFT, (), (), None)


def test_proposals_and_the_picture_are_comments():
    one = (Suggestion("traffic", "Traffic", 0.5, "the text says\n\0cars"),)
    text = draft(ARTICLE, hints=Suggestions(one, one, (Suggestion("A B", "A B", 0.0, "once"),), one)).text
    assert "topics: []\n#   traffic: the text says cars\nentities: []\n" in text
    assert "# Names without a page: A B (once)\n" in text
    assert "# similar? traffic: the text says cars\n" in text
    assert '# image on the page: credit Ebba Lind, https://example.org/mill.jpg, "The mill"\n' in text
    assert yaml.safe_load(text.split("---\n")[1])["topics"] == []


def test_what_is_missing_is_told_and_the_draft_is_valid():
    file = draft(ImportedArticle())
    found = meta(file)
    assert (found.title, found.summary, found.source) == ("mill", NO_SUMMARY, None)
    assert found.date == dt.date(2026, 7, 1)
    assert re.findall(r"^# (\w+):", file.text, re.MULTILINE) == ["date", "summary", "source"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org", "http://[", "", "https://"])
def test_an_address_that_is_none_is_left_out(url):
    source = meta(draft(ImportedArticle("A", source=Origin("The Gazette", url)))).source
    assert source is not None
    assert source.url is None


def test_the_host_stands_for_a_missing_name():
    assert "  name: example.org\n" in draft(ImportedArticle("A", source=Origin(None, "https://www.example.org/a"))).text
    assert host_name("https://www.example.org/a") == "example.org"


def test_an_author_without_a_source_is_a_comment():
    file = draft(ImportedArticle("A", author="Jane Doe"))
    assert "# source: {name: …, url: …, author: Jane Doe}   the page does not name its publisher\n" in file.text
    assert meta(file).source is None


def test_an_excerpt_is_short_and_the_whole_text_is_asked_for():
    assert f"{EXCERPT_MARK} replace it with your own summary (100 words in the original) -->" in draft(ARTICLE).text
    kept = draft(ARTICLE).text.split("\n> ")[1]
    assert len(kept.split()) == EXCERPT_WORDS + 1
    assert kept.endswith("word59 …\n")
    assert draft(ARTICLE, full_text=True).text.endswith(f"\n---\n\n{ARTICLE.body}\n")


def test_an_excerpt_of_a_language_without_spaces_is_short_too():
    kept = draft(ImportedArticle("橋", body="三日に橋が開きました。" * 200)).text.split("\n> ")[1]
    assert len(kept) <= EXCERPT_CHARACTERS + 10


def test_an_excerpt_has_no_marks_that_a_cut_would_halve():
    body = (
        "A [link to it](nothing.md), ![a picture](x.png) **bold** `code`, \\*star\\* &lt;b&gt; snake_case and [[wiki]]."
    )
    file = draft(ImportedArticle("A", body=body))
    assert "A link to it, bold code, \\*star\\* &lt;b> snake_case and \\[\\[wiki\\]\\]." in file.text
    assert load(file).body.refs == ()


def test_a_short_text_is_not_called_longer():
    assert draft(ImportedArticle("A", body="Few words.")).text.endswith("> Few words.\n")
    assert EXCERPT_MARK not in draft(ImportedArticle("A", body="# Heading\n\n- item")).text


def test_a_duplicate_names_its_original():
    assert meta(draft(ARTICLE, duplicate_of="other")).duplicate_of == "other"


@pytest.mark.parametrize(
    ("card", "status"),
    [
        (SimilarCard("Ferry stays", DAY, "It is old."), Status.STUB),
        (SimilarCard("Ferry stays", DAY), Status.DRAFT),
        (SimilarCard("Ferry stays", None, "It is old."), Status.DRAFT),
        (SimilarCard("Ferry stays", url="https://example.org/ferry"), Status.DRAFT),
        (SimilarCard("", None, "\0", "javascript:x"), Status.DRAFT),
    ],
    ids=["all", "no summary", "no date", "address", "odd"],
)
def test_a_stub_holds_its_card(card, status):
    found = meta(make_stub(card, "ferry", SHA, RETRIEVED))
    assert (found.title, found.status) == (card.title or "ferry", status)
    assert found.date == card.date or (card.date is None and found.date == dt.date(2026, 7, 1))
    assert (found.source.url if found.source else None) == (card.url if card.url and "http" in card.url else None)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Mill Road: closed to cars!", "mill-road-closed-to-cars"),
        ("one two three four five six seven eight nine ten eleven", "one-two-three-four-five-six-seven-eight-nine-ten"),
        ("Élan d’été", "elan-d-ete"),
        ("Index", "index-article"),
        ("PAGE", "page-article"),
        ("…", ""),
        ("", ""),
    ],
)
def test_a_slug_from_the_title(title, slug):
    assert slug_of(title) == slug


@pytest.mark.parametrize("hexadecimal", ["1" * 64, "1e" + "0" * 62, "0" * 64, digest(b"a")])
def test_a_digest_is_text_to_yaml(hexadecimal):
    found = meta(make_draft(ARTICLE, "mill", hexadecimal, (), Suggestions(), RETRIEVED)).provenance
    assert found is not None
    assert found.sha256 == hexadecimal


@FUZZ
@given(st.text(max_size=200))
@example("x" * 5000)
@example("ß" * 500 + " ᾳ")
@example("東" * 300)
def test_every_slug_can_be_a_file(title):
    slug = slug_of(title)
    assert not slug or (is_slug(slug) and slugify(slug) == slug and slug not in {"index", "page"})


@FUZZ
@given(ANY)
def test_any_text_comes_back_from_yaml_as_it_was_said(value):
    written = f"title: {scalar(value)}"
    assert "\n" not in written
    assert yaml.safe_load(written) == {"title": said(value)}


@FUZZ
@given(ANY.filter(said))
def test_any_title_comes_back_from_front_matter(title):
    parts, _ = split(draft(replace(ARTICLE, title=title)).text, SourcePath("a.md"))
    assert parts is not None
    front, found = parse(parts.yaml, Kind.ARTICLE, SourcePath("a.md"))
    assert front is not None
    assert found == []
    assert front.meta == replace(meta(draft(ARTICLE)), title=said(title).strip())


def tool_of(card: ToolCard, article: ImportedArticle = ARTICLE) -> Tool:
    found = load(make_tool(card, slug_of(card.name) or "untitled", article)).meta
    assert isinstance(found, Tool)
    assert found.status is Status.DRAFT
    return found


@pytest.mark.parametrize(
    ("written", "pricing"),
    [
        ("Free", Pricing.FREE),
        ("Open source", Pricing.FREE),
        ("Freemium", Pricing.FREEMIUM),
        ("Free plan", Pricing.FREEMIUM),
        ("Paid", Pricing.PAID),
        ("Kostenpflichtig", Pricing.PAID),
        ("gratuit", Pricing.FREE),
        ("de pago", Pricing.PAID),
        ("Enterprise", Pricing.UNKNOWN),
        ("9 pounds", Pricing.UNKNOWN),
        (None, Pricing.UNKNOWN),
    ],
)
def test_a_tool_costs_what_the_page_says(written: str | None, pricing: Pricing):
    found = tool_of(ToolCard("Quill: a pen", written, "Writes your letters.", ("letters", "pens: all")))
    assert found == Tool(
        name="Quill: a pen", pricing=pricing, summary="Writes your letters.", tags=("letters", "pens: all"),
        status=Status.DRAFT,
    )  # fmt: skip


def test_a_tool_says_where_it_was_advertised_and_invents_nothing():
    text = make_tool(ToolCard("Quill", "Trial"), "quill", ARTICLE).text
    assert "# Advertised on https://example.org/mill: try it before you recommend it.\n" in text
    assert 'pricing: unknown   # the page says "Trial": free, freemium or paid?\n' in text
    assert tool_of(ToolCard("Quill")).summary == NO_SUMMARY
    nameless = make_tool(ToolCard("Quill"), "quill", ImportedArticle("A page"))
    assert "# Advertised on A page:" in nameless.text


CARDS: Final = st.builds(SimilarCard, ANY, st.none() | st.dates(dt.date(1900, 1, 1)), st.none() | ANY, st.none() | ANY)
ARTICLES: Final = st.builds(
    ImportedArticle,
    title=st.none() | ANY,
    date=st.none() | st.dates(dt.date(1900, 1, 1)),
    summary=st.none() | ANY,
    body=ANY
    | st.lists(ANY, max_size=4).map("\n\n".join)
    | st.just("[x](nothing.md) ![](a.png) [[b]]\n\n# c\n\n> d\n\n```"),
    source=st.builds(Origin, st.none() | ANY, st.none() | ANY | ANY.map(lambda t: f"https://example.org/{t}")),
    image=st.builds(LeadPicture, st.none() | ANY, st.none() | ANY, st.none() | ANY),
    author=st.none() | ANY,
    language=st.none() | ANY,
)


@FUZZ
@given(ARTICLES, CARDS, st.sampled_from([RETRIEVED, DraftOptions()]))
def test_any_article_gives_files_without_errors(article, card, options):
    for slug in filter(None, [slug_of(article.title or ""), "untitled"]):
        found = load(make_draft(article, slug, SHA, ("a", "b"), Suggestions(), options))
        assert found.body.refs == ()
    load(make_stub(card, slug_of(card.title) or "untitled", SHA, options))


@FUZZ
@given(st.builds(ToolCard, ANY, st.none() | ANY, st.none() | ANY, st.lists(ANY, max_size=3).map(tuple)), ARTICLES)
def test_any_tool_gives_a_file_without_errors(card, article):
    tool_of(card, article)


@FUZZ
@given(st.lists(ANY, max_size=8).map("\n\n".join))
def test_the_whole_text_of_any_page_has_no_errors_and_no_links(text):
    found = load(draft(read_text(text), full_text=True))
    assert found.body.refs == ()


@pytest.mark.parametrize(
    ("fields", "date", "summary"),
    [
        ("status: draft", NO_DATE, NO_SUMMARY),
        ("status: review", NO_DATE, NO_SUMMARY),
        ("status: draft\ndate:\nsummary:", NO_DATE, NO_SUMMARY),
        ("status: draft\nadded: 2026-05-01", "2026-05-01", NO_SUMMARY),
        ("status: draft\nprovenance: {retrieved: 2026-04-01}", "2026-04-01", NO_SUMMARY),
        ("status: draft\ndate: 2026-06-03\nsummary: So", "2026-06-03", "So"),
    ],
)
def test_a_draft_may_lack_date_summary_and_source(fields, date, summary):
    front, found = parse(f"title: A\n{fields}", Kind.ARTICLE, SourcePath("a.md"))
    assert found == []
    assert front is not None
    assert isinstance(front.meta, Article)
    assert (front.meta.date.isoformat(), front.meta.summary) == (date, summary)


@pytest.mark.parametrize(
    "fields",
    ["status: published", "status: stub", "", "status: [draft]", "status: {draft: 1}", "status: draft\nadded: [1]",
     "status: draft\nsummary: ''", "status: draft\ndate: soon"],
)  # fmt: skip
def test_others_may_not_and_nonsense_is_told(fields):
    front, found = parse(f"title: A\n{fields}", Kind.ARTICLE, SourcePath("a.md"))
    assert front is None
    assert found


def test_noncharacters_are_left_out_of_a_draft():
    article = ImportedArticle("A", author="B\ufdd0\U0001ffff", body="C\ufdd0.")
    text = make_draft(article, "a", SHA, (), Suggestions(), DraftOptions()).text
    assert ("author: B" in text, "\ufdd0" in text, "\U0001ffff" in text) == (True, False, False)


@given(st.text(st.characters(codec="utf-8")))
@example("Ann Bo: \u00fcber \u6771\u4eac, 'so' # said")
def test_a_text_is_written_as_pyyaml_writes_it(text):
    written = scalar(text)
    if written.startswith('"'):
        assert written == yaml.safe_dump(said(text), default_style='"', allow_unicode=True, width=10**9).strip()
