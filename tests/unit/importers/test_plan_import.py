import datetime as dt
import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from site_builder.content.vocabulary import Kind
from site_builder.importers.draft import DraftOptions
from site_builder.importers.existing_content import NO_CONTENT, load_existing
from site_builder.importers.imported_article import ImportedArticle, Origin, SimilarCard, ToolCard
from site_builder.importers.plan_import import (
    Destination,
    ImportOutcome,
    ImportPlan,
    page_as_json,
    plan_findings,
    plan_pages,
    read_pages,
    with_source,
    write_plans,
)
from site_builder.importers.read.feed.feed_error import FeedError
from site_builder.importers.source import ImportSource, SourceError, SourceForm
from site_builder.importers.source_pages import ImportedPage
from site_builder.pipeline import Site
from site_builder.urls import SourcePath
from tests.helpers.site import article, load_settings, tool, topic, write_site

OPTIONS: Final = DraftOptions(dt.date(2026, 7, 1))
TEXT: Final = " ".join(f"word{i} of the text" for i in range(60))
URL: Final = "https://example.org/mill"
HARBOUR: Final = SimilarCard("Harbour wall repaired", dt.date(2026, 5, 28), "Divers closed the gaps.")
MILL: Final = ImportedArticle(
    "Mill Road closes", dt.date(2026, 6, 3), "So they say.", TEXT, Origin("The Gazette", URL), similar=(HARBOUR,)
)


def page(article: ImportedArticle = MILL, sha: str = "a", **changes: Any) -> ImportedPage:
    return ImportedPage(SourcePath("page.txt"), replace(article, **changes), sha * 64)


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def bring(place: Destination, *pages: ImportedPage, anyway: bool = False, **options: Any) -> list[ImportPlan]:
    plans = plan_pages(pages, place, DraftOptions(OPTIONS.retrieved, **options), anyway=anyway)
    write_plans(plans)
    return plans


def site(root: Path, **articles: str) -> Destination:
    """A site's place; may be called again to see what was written."""
    write_site(root, {f"content/articles/{slug.replace('_', '-')}.md": text for slug, text in articles.items()})
    return Destination(root / "content/articles", load_existing(load_settings(root)[0]))


def test_a_draft_and_a_stub_for_each_card(tmp_path):
    (plan,) = bring(Destination(tmp_path / "new/drafts"), page())
    assert plan.outcome is ImportOutcome.NEW
    assert list(files(tmp_path / "new/drafts")) == ["harbour-wall-repaired.md", "mill-road-closes.md"]
    assert [path.name for path, _ in plan.files] == ["mill-road-closes.md", "harbour-wall-repaired.md"]
    assert "  - harbour-wall-repaired" in plan.files[0][1].text


def test_a_card_whose_article_is_there_gives_no_stub(tmp_path):
    place = site(
        tmp_path,
        walls=article("Harbour Wall Repaired!"),
        ferry=article("F", source={"name": "N", "url": f"{URL}/f?utm_source=x"}),
    )
    cards = (HARBOUR, SimilarCard("The ferry", url=f"{URL}/f"), SimilarCard("Mill Road closes"), SimilarCard("…"))
    (plan,) = bring(place, page(similar=cards))
    assert len(plan.files) == 1
    assert plan.known == ("walls", "ferry")
    assert "similar:\n  - walls\n  - ferry\n" in plan.files[0][1].text


def test_a_card_whose_article_had_that_slug_gives_no_stub(tmp_path):
    place = site(tmp_path, walls=article("The walls", aliases=["/2026/harbour-wall-repaired/"]))
    (plan,) = bring(place, page())
    assert plan.known == ("walls",)
    assert len(plan.files) == 1


def test_cards_of_one_address_become_one_stub_in_a_run(tmp_path):
    first = page(similar=(SimilarCard("The old ferry", url=f"{URL}/ferry"),))
    again = SimilarCard("A ferry", url=f"{URL}/ferry?utm_source=x")
    own = SimilarCard("On Mill Road", url=URL)
    second = page(sha="b", title="Another", body="Short.", source=Origin("The Post"), similar=(again, own))
    _, plan = bring(site(tmp_path), first, second)
    assert plan.known == ("the-old-ferry", "mill-road-closes")
    assert [path.name for path, _ in plan.files] == ["another.md"]


def test_a_page_whose_stub_is_there_is_left_to_the_editor(tmp_path):
    card = SimilarCard("Harbour wall repaired", dt.date(2026, 5, 28), "Divers did it.", f"{URL}/wall")
    bring(site(tmp_path), page(similar=(card,)))
    full = page(sha="c", title="Divers close the gaps of the wall", source=Origin("N", f"{URL}/wall"), similar=())
    (plan,) = bring(site(tmp_path), full)
    assert (plan.outcome, plan.files) == (ImportOutcome.CHANGED, ())
    (changed,) = [d for d in plan_findings(plan) if d.code == "import-changed"]
    assert changed.text == "harbour-wall-repaired.md is the stub of this page, and is left as it is"


QUILL: Final = ToolCard("Quill", "Free", "Writes letters.")


def test_advertised_tools_become_drafts_that_are_not_published(tmp_path):
    place = site(tmp_path)
    place = replace(place, tools=tmp_path / "content/tools")
    (plan,) = bring(place, page(tools=(QUILL, ToolCard("Ink pot"), QUILL, ToolCard("…"))))
    assert [path.relative_to(tmp_path).as_posix() for path, _ in plan.files][2:] == [
        "content/tools/quill.md",
        "content/tools/ink-pot.md",
    ]
    with closing(Site.load(load_settings(tmp_path)[0])) as made:
        assert made.corpus.tools == ()
        assert (Kind.TOOL, "quill") in made.corpus.hidden
    with closing(Site.load(load_settings(tmp_path, drafts=True)[0])) as made:
        assert [t.slug for t in made.corpus.tools] == ["ink-pot", "quill"]
        assert b"Price not known" in made.render("/tools/")


def test_a_tool_that_is_there_is_not_written_again(tmp_path):
    write_site(tmp_path, {"content/tools/pen.md": tool("QUILL"), "content/tools/ink.md": "---\nbroken\n---\n"})
    place = replace(site(tmp_path), tools=tmp_path / "content/tools")
    second = page(sha="b", title="Another", body="Short.", source=Origin("N"), tools=(ToolCard("Nib"), ToolCard("Ink")))
    first, other = bring(place, page(tools=(QUILL, ToolCard("Nib"))), second)
    assert (first.known_tools, other.known_tools) == (("pen",), ("nib", "ink"))


@pytest.mark.parametrize("inside", [True, False], ids=["in a site", "outside"])
def test_the_same_page_again_changes_nothing(tmp_path, inside):
    place = site(tmp_path) if inside else Destination(tmp_path)
    bring(place, page())
    before = files(place.folder)
    place = site(tmp_path) if inside else place
    (plan,) = bring(place, page())
    assert (plan.outcome, plan.files, plan.existing) == (ImportOutcome.SAME, (), place.folder / "mill-road-closes.md")
    assert files(place.folder) == before


@pytest.mark.parametrize("inside", [True, False], ids=["in a site", "outside"])
def test_a_changed_page_gives_a_diff_and_changes_nothing(tmp_path, inside):
    place = site(tmp_path) if inside else Destination(tmp_path)
    bring(place, page())
    before = files(place.folder)
    (plan,) = bring(site(tmp_path) if inside else place, page(sha="b", summary="So they said."))
    assert plan.outcome is ImportOutcome.CHANGED
    assert "-summary: So they say.\n+summary: So they said.\n" in plan.diff
    assert files(place.folder) == before


def test_other_bytes_that_say_the_same_are_no_change(tmp_path):
    bring(Destination(tmp_path), page())
    (plan,) = bring(Destination(tmp_path), page(sha="b"))
    assert plan.outcome is ImportOutcome.SAME


def test_a_page_with_another_title_is_known_by_its_address(tmp_path):
    bring(site(tmp_path), page())
    (plan,) = bring(site(tmp_path), page(sha="b", title="Mill Road is closed"))
    assert plan.outcome is ImportOutcome.CHANGED
    assert "-title: Mill Road closes\n+title: Mill Road is closed\n" in plan.diff


def test_another_page_of_the_same_title_gets_a_slug_of_its_own(tmp_path):
    other = page(sha="b", source=Origin("The Post", "https://example.com/other"), body="Short.", similar=())
    for _ in range(2):
        bring(Destination(tmp_path), page(similar=()))
        bring(Destination(tmp_path), other)
    assert list(files(tmp_path)) == ["mill-road-closes-2.md", "mill-road-closes.md"]


def test_a_title_alone_may_be_another_page_if_the_editor_says_so(tmp_path):
    first, second = (page(sha=sha, source=Origin(), body=sha, similar=()) for sha in "ab")
    bring(Destination(tmp_path), first)
    assert [p.outcome for p in bring(Destination(tmp_path), second)] == [ImportOutcome.CHANGED]
    assert [p.outcome for p in bring(Destination(tmp_path), second, anyway=True)] == [ImportOutcome.NEW]
    assert [p.outcome for p in bring(Destination(tmp_path), second, anyway=True)] == [ImportOutcome.SAME]


def test_an_articles_own_file_is_never_taken_for_a_draft(tmp_path):
    place = site(
        tmp_path, mill_road_closes=article("Mill Road closes", source={"name": "N", "url": "https://example.com/x"})
    )
    (plan,) = bring(place, page())
    assert plan.files[0][0].name == "mill-road-closes-2.md"
    assert [d.kind.value for d in plan.duplicates] == ["title"]


@pytest.mark.parametrize(
    ("there", "kind"),
    [
        (article("Other words", TEXT), "text"),
        (article("Other words", source={"name": "N", "url": f"{URL}#top"}), "address"),
    ],
    ids=["text", "address"],
)
def test_a_likely_duplicate_is_held_until_the_editor_decides(tmp_path, there, kind):
    place = site(tmp_path, there=there)
    before = files(tmp_path / "content")
    (plan,) = bring(place, page())
    assert (plan.outcome, plan.files, [d.kind.value for d in plan.duplicates]) == (
        ImportOutcome.BLOCKED_AS_DUPLICATE,
        (),
        [kind],
    )
    assert files(tmp_path / "content") == before
    (plan,) = bring(place, page(), duplicate_of="there")
    assert plan.outcome is ImportOutcome.NEW
    assert "duplicate_of: there\n" in plan.files[0][1].text


@pytest.mark.parametrize("url", ["https://www.example.org/mill", "http://example.org/mill/", f"{URL}#top"])
def test_a_page_is_known_by_other_spellings_of_its_address(tmp_path, url):
    bring(site(tmp_path), page())
    (plan,) = bring(site(tmp_path), page(sha="b", title="Other words", source=Origin("The Gazette", url)))
    assert plan.outcome is ImportOutcome.CHANGED


def test_the_same_text_under_the_same_title_on_the_same_site_is_the_same_page(tmp_path):
    bring(site(tmp_path), page())
    (plan,) = bring(site(tmp_path), page(sha="b", source=Origin("The Gazette", "https://amp.example.org/mill.amp")))
    assert plan.outcome is ImportOutcome.CHANGED


def test_the_copy_of_another_paper_is_held(tmp_path):
    bring(site(tmp_path), page())
    (plan,) = bring(site(tmp_path), page(sha="b", source=Origin("The Post", "https://example.com/mill")))
    assert (plan.outcome, [d.kind.value for d in plan.duplicates]) == (ImportOutcome.BLOCKED_AS_DUPLICATE, ["text"])


def test_the_copy_of_another_paper_is_held_in_the_same_run(tmp_path):
    place = site(tmp_path)
    place = with_source(place, bring(place, page()))
    copy = page(sha="b", title="Other words", source=Origin("The Post", "https://example.com/mill"))
    (plan,) = bring(place, copy)
    assert (plan.outcome, [d.document.path for d in plan.duplicates]) == (
        ImportOutcome.BLOCKED_AS_DUPLICATE,
        ["content/articles/mill-road-closes.md"],
    )
    (plan,) = bring(place, page(sha="b", source=Origin("The Gazette", "http://www.example.org/mill")))
    assert plan.outcome is ImportOutcome.CHANGED


SHARED = """<rss version="2.0"><channel><title>Show</title>
<item><title>Episode 1</title><link>https://show.example/all#1</link><description>One.</description></item>
<item><title>Episode 2</title><link>https://show.example/all#2</link><description>Two.</description></item>
</channel></rss>"""


def test_entries_that_share_an_address_become_a_draft_each_once(tmp_path):
    for run in range(2):
        place = site(tmp_path)
        pages = read_pages(ImportSource("feed.xml", SHARED.encode()), None, place.content)
        assert len(bring(place, *pages)) == 2 - 2 * run
    assert list(files(tmp_path / "content/articles")) == ["episode-1.md", "episode-2.md"]


def test_a_servers_message_is_no_page(tmp_path):
    page = b"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1><p>No such page.</p></body></html>"
    with pytest.raises(SourceError, match="message of a server"):
        read_pages(ImportSource("x.html", page), None, NO_CONTENT)


def test_anyway_writes_what_would_be_held(tmp_path):
    (plan,) = bring(site(tmp_path, there=article("Other words", TEXT)), page(), anyway=True)
    assert plan.outcome is ImportOutcome.NEW
    assert "duplicate_of" not in plan.files[0][1].text


def test_pages_of_one_source_share_no_slug(tmp_path):
    feed = [page(sha=sha, source=Origin("N", f"{URL}/{sha}"), body=sha) for sha in "abc"]
    plans = bring(Destination(tmp_path), *feed)
    assert [p.files[0][1].slug for p in plans] == ["mill-road-closes", "mill-road-closes-2", "mill-road-closes-3"]
    assert [len(p.files) for p in plans] == [2, 1, 1]
    assert [p.outcome for p in bring(Destination(tmp_path), *feed)] == [ImportOutcome.SAME] * 3


@pytest.mark.parametrize("where", ["stub", "second page"])
def test_all_of_a_source_is_written_or_nothing(tmp_path, where):
    folder = tmp_path / "new/drafts"
    plans = plan_pages(
        [page(), page(sha="b", title="Ferry stays", source=Origin(), body="x", similar=())],
        Destination(folder),
        OPTIONS,
    )
    blocked = "harbour-wall-repaired.md" if where == "stub" else "ferry-stays.md"
    if where == "stub":
        folder.mkdir(parents=True)
    write_plans([])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / blocked).write_text("appeared meanwhile", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_plans(plans)
    assert files(tmp_path) == {f"new/drafts/{blocked}": b"appeared meanwhile"}


def test_folders_made_for_nothing_are_taken_away(tmp_path):
    plans = plan_pages([page()], Destination(tmp_path / "a/b"), OPTIONS)
    doubled = [plans[0], plans[0]]
    with pytest.raises(FileExistsError):
        write_plans(doubled)
    assert list(tmp_path.iterdir()) == []


def test_a_page_without_a_title(tmp_path):
    (plan,) = bring(Destination(tmp_path), page(ImportedArticle(body="Some words.")))
    assert plan.files[0][1].slug == "untitled-aaaaaaaa"
    assert [p.outcome for p in bring(Destination(tmp_path), page(ImportedArticle(body="Some words.")))] == [
        ImportOutcome.SAME
    ]


def test_the_object_of_a_page(tmp_path):
    place = site(tmp_path, there=article("Other words", TEXT, date="2025-01-01"))
    write_site(tmp_path, {"content/topics/traffic.md": topic("Traffic", keywords=["word1"])})
    found = json.loads(json.dumps(page_as_json(page(keywords=("traffic",)), site(tmp_path).content)))
    assert list(found) == ["title", "date", "summary", "body", "source", "image", "author", "language", "similar",
                           "tools", "topics", "entities", "warnings"]  # fmt: skip
    assert (found["date"], found["author"], found["topics"], found["entities"]) == ("2026-06-03", None, ["traffic"], [])
    assert found["similar"] == [{"title": HARBOUR.title, "date": "2026-05-28", "summary": HARBOUR.summary, "url": None}]
    assert any(
        w.startswith("this may be the same as content/articles/there.md") and w.endswith("[duplicate-text]")
        for w in found["warnings"]
    )
    assert page_as_json(page(), NO_CONTENT)["warnings"] == []
    assert place.content.topics == ()


def test_a_page_is_not_similar_to_itself_nor_to_its_cards(tmp_path):
    place = site(tmp_path, there=article("Other words", TEXT), walls=article(HARBOUR.title, TEXT[:150]))
    (plan,) = bring(place, page(), anyway=True)
    assert [s.id for s in plan.hints.similar] == []
    told = page_as_json(page(), place.content)["warnings"]
    assert not any(w.startswith("similar there ") for w in told)


FEED: Final = (
    '<rss version="2.0"><channel><title>News</title>'
    + "".join(
        f"<item><title>Entry {i}</title><link>https://example.org/{i}?utm_source=rss</link></item>" for i in (1, 2, 1)
    )
    + "<item><description>An entry without a title, as some feeds have it.</description></item></channel></rss>"
)


def test_a_feed_gives_each_entry_once_and_only_new_ones(tmp_path):
    source = ImportSource("feed.xml", FEED.encode())
    pages = read_pages(source, None, NO_CONTENT)
    assert [(p.article.title, p.article.source.url) for p in pages] == [
        ("Entry 1", "https://example.org/1"),
        ("Entry 2", "https://example.org/2"),
        (None, None),
    ]
    bring(site(tmp_path), *pages[:1])
    assert [p.article.title for p in read_pages(source, None, site(tmp_path).content)] == ["Entry 2", None]


def test_the_form_may_be_said(tmp_path):
    source = ImportSource("page", b"<p>A page</p><p>of some words</p><p>in HTML</p>")
    assert (
        "<p>" in read_pages(source, SourceForm.TEXT, NO_CONTENT)[0].article.body
        or not read_pages(source, SourceForm.TEXT, NO_CONTENT)[0].article.body
    )
    with pytest.raises(FeedError):
        read_pages(source, SourceForm.FEED, NO_CONTENT)


def test_an_address_is_made_canonical():
    (found,) = read_pages(
        ImportSource("page.txt", b"A page", "https://Example.org/a?utm_source=x#top"), None, NO_CONTENT
    )
    assert found.article.source.url == "https://example.org/a"
    (found,) = read_pages(ImportSource("page.html", b"<html><p>A", "https://["), None, NO_CONTENT)
    assert found.article.source.url is None
