"""Documents joined: what is published, what stands for what, old addresses."""

import datetime as dt
from dataclasses import replace

import pytest

from site_builder.content.document import Document
from site_builder.content.schema import Article
from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import build_corpus
from site_builder.links.unlinked_mentions import find_unlinked
from site_builder.urls import Permalink, Slug, SourcePath
from tests.helpers.growth import assert_linear
from tests.helpers.site import MakeSite, article, codes, entity, load, page, tool, topic


def slugs(make_site: MakeSite, files: dict[str, str], **given: bool) -> list[str]:
    return [str(a.slug) for a in load(make_site(files), **given).context.corpus.articles]


def articles(**given: str) -> dict[str, str]:
    return {f"content/articles/{slug}.md": text for slug, text in given.items()}


def test_articles_are_newest_first_ties_by_slug(make_site: MakeSite):
    files = articles(b=article(date="2026-01-02"), c=article(date="2026-01-03"), a=article(date="2026-01-02"))
    assert slugs(make_site, files) == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("fields", "is_public"),
    [
        ({}, True),
        ({"status": "stub", "source": None}, True),
        ({"status": "draft"}, False),
        ({"status": "review"}, False),
        ({"publish": "2026-07-01"}, True),
        ({"publish": "2026-07-02"}, False),
        ({"publish": "2026-06-01", "status": "draft"}, False),
    ],
)
def test_what_is_published(make_site: MakeSite, fields: dict[str, str], is_public: bool):
    files = articles(a=article(**fields))
    corpus = load(make_site(files)).context.corpus
    assert (corpus.find(Kind.ARTICLE, "a") is not None) is is_public
    assert ((Kind.ARTICLE, "a") in corpus.hidden) is not is_public
    assert slugs(make_site, files, drafts=True) == ["a"]


def test_unlisted_articles_have_an_address_and_no_place(make_site: MakeSite):
    site = load(
        make_site(articles(a=article(unlisted=True, topics=["t"]), b=article()) | {"content/topics/t.md": topic()})
    )
    corpus = site.context.corpus
    assert [a.slug for a in corpus.listed] == ["b"]
    assert "/articles/a/" in site.routes
    assert site.context.taxonomy.by_topic["t"] == ()  # type: ignore[index]


def test_duplicates_lead_to_the_end_of_their_chain(make_site: MakeSite):
    site = load(make_site(articles(a=article(duplicate_of="b"), b=article(duplicate_of="c"), c=article("C"))))
    corpus = site.context.corpus
    assert corpus.moved == {"/articles/a/": "/articles/c/", "/articles/b/": "/articles/c/"}
    assert [a.slug for a in corpus.articles] == ["c"]
    found = corpus.find(Kind.ARTICLE, "a")
    assert found is not None
    assert found.slug == "c"


def test_a_duplicate_of_a_draft_stays(make_site: MakeSite):
    root = make_site(articles(a=article(duplicate_of="b"), b=article(status="draft")))
    assert [a.slug for a in load(root).context.corpus.articles] == ["a"]
    assert codes(root) == ["target-unpublished"]


def test_what_leads_into_a_circle_is_not_the_circle(make_site: MakeSite):
    root = make_site(articles(a=article(duplicate_of="b"), b=article(duplicate_of="c"), c=article(duplicate_of="b")))
    assert [str(d.location) for d in load(root).diagnostics if d.code == "redirect-cycle"] == [
        "content/articles/b.md:7:15"
    ]


def test_articles_of_a_merged_topic_count_for_the_one_that_stands(make_site: MakeSite):
    files = articles(a=article(topics=["old", "new"])) | {
        "content/topics/old.md": topic(replaced_by="new"),
        "content/topics/new.md": topic("New"),
    }
    site = load(make_site(files))
    assert not site.diagnostics
    assert [t.slug for t in site.context.corpus.topics] == ["new"]
    assert len(site.context.taxonomy.by_topic["new"]) == 1  # type: ignore[index]


MERGED_ENTITY = {
    "content/articles/a.md": article("A", "[[voss-agency]], [it](../entities/voss-agency.md).\n", entities=["older"]),
    "content/articles/b.md": article("B", "The Voss Water Agency said so.\n", entities=["Voss Board"]),
    "content/articles/c.md": article("C", "Nobody links the Voss Water Agency here.\n", curator="Voss Board"),
    "content/entities/older.md": entity("Voss Board", replaced_by="voss-agency", aliases=["/voss-board/"]),
    "content/entities/voss-agency.md": entity(
        "Voss Water Agency", synonyms=["VWA"], same_as=["https://voss.example/"], replaced_by="rivers"
    ),
    "content/entities/rivers.md": entity("River Office", synonyms=["VWA"], same_as=["https://rivers.example/"]),
}


def test_a_merged_entity_counts_for_the_one_that_stands(make_site: MakeSite):
    site = load(make_site(MERGED_ENTITY))
    corpus = site.context.corpus
    assert not site.diagnostics
    assert [e.slug for e in corpus.entities] == ["rivers"]
    assert [a.slug for a in site.taxonomy.by_entity["rivers"]] == ["a", "b"]  # type: ignore[index]
    assert b"/entities/rivers/" in site.render("/entities/older/")
    assert corpus.aliases == {"/voss-board/": "/entities/rivers/"}
    view = site.view("/entities/rivers/")
    assert view.synonyms == ("VWA", "Voss Board", "Voss Water Agency")
    assert view.same_as == ("https://rivers.example/", "https://voss.example/")
    assert {target.url for target in site.graph.resolved["/articles/a/"].refs} == {"/entities/rivers/"}  # type: ignore[index]
    assert b"Voss Water Agency" in site.render("/api/entities/1.json")
    assert site.context.agents["voss board"].slug == "rivers"


def test_the_names_of_a_merged_entity_are_mentions_of_the_one_that_stands(make_site: MakeSite):
    site = load(make_site(MERGED_ENTITY))
    found = list(find_unlinked(site.corpus, site.taxonomy, site.graph, lambda a: site.texts([a])[a.path]))
    assert [(one.article.slug, one.entity.slug, one.text) for one in found] == [("c", "rivers", "Voss Water Agency")]


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ({"y": {"replaced_by": "x"}}, ["redirect-cycle"]),
        ({"y": {"replaced_by": "x"}, "z": {"replaced_by": "y"}}, ["redirect-cycle"]),
        ({}, ["target-wanted"]),
        ({"x": {"replaced_by": "x"}}, ["link-self"]),
        ({"y": {}}, []),
    ],
)
def test_where_a_merged_entity_may_lead(make_site: MakeSite, others: dict[str, dict[str, str]], expected: list[str]):
    given = {"x": {"replaced_by": "y"}, **others}
    root = make_site({f"content/entities/{slug}.md": entity(slug.upper(), **fields) for slug, fields in given.items()})
    assert codes(root) == expected


def test_aliases_of_a_duplicate_lead_to_what_stands_for_it(make_site: MakeSite):
    site = load(make_site(articles(a=article(duplicate_of="b", aliases=["/old", "/2026/a.html"]), b=article())))
    assert site.context.corpus.aliases == {"/old/": "/articles/b/", "/2026/a.html": "/articles/b/"}
    assert not site.diagnostics


def test_aliases_of_a_draft_are_free(make_site: MakeSite):
    root = make_site(articles(a=article(status="draft", aliases=["/old/"]), b=article(aliases=["/old/"])))
    assert codes(root) == []


def test_one_slug_may_be_of_two_kinds(make_site: MakeSite):
    root = make_site(
        {"content/articles/law.md": article(), "content/topics/law.md": topic(), "content/tools/law.md": tool()}
    )
    assert codes(root) == []


def test_pages_stand_in_their_order(make_site: MakeSite):
    files = {f"content/pages/{n}.md": page(t, order=o) for n, t, o in [("a", "Zoo", 1), ("b", "ape", 1), ("c", "X", 0)]}
    assert [p.slug for p in load(make_site(files)).context.corpus.pages] == ["c", "b", "a"]


def test_a_broken_file_is_the_only_finding_about_it(make_site: MakeSite):
    """Nothing else may be said about what leads to it, or about what it alone uses."""
    body = "[[broken]] [x](broken.md) [y](/articles/broken/) [[articles/broken]]\n"
    files = articles(
        a=article("A", body, similar=["broken"], unrelated=["broken"]), broken="---\ntitle: [\n---\n![x](x.png)\n"
    )
    assert codes(make_site({**files, "content/articles/x.png": "x"})) == ["front-matter-yaml"]


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"date": "2062-06-03"}, [3]),
        ({"date": "2026-07-02"}, []),  # today, in the first time zone
        ({"date": "2026-07-03"}, [3]),
        ({"added": "2026-08-01", "updated": "2026-08-02"}, [7, 8]),
        ({"date": "2026-08-01", "publish": "2026-08-01"}, []),
        ({"date": "2027-08-01", "publish": "2026-08-01"}, [3]),
        ({"date": "2027-08-01", "status": "draft"}, [3]),
    ],
)
def test_a_date_in_the_future_is_reported_at_its_line(make_site: MakeSite, fields: dict[str, str], lines: list[int]):
    site = load(make_site(articles(a=article(**fields))))
    found = [d for d in site.content_findings if d.code == "date-future"]
    assert [d.location.line for d in found] == lines


def test_an_alias_is_as_short_as_a_path(make_site: MakeSite):
    site = load(make_site(articles(a=article(aliases=["/" + "a/" * 499, "/" + "b/" * 500]))))
    assert list(site.context.corpus.aliases) == ["/" + "a/" * 499]
    assert [(found.code, found.hint) for found in site.diagnostics if found.code == "alias-invalid"] == [
        ("alias-invalid", "write an address of at most 1,000 characters")
    ]


def chain(of: Document[Article], length: int, *, is_circle: bool = False) -> list[Document]:
    """Copies of an article, each a duplicate of the next."""
    last = "a0" if is_circle else None
    return [
        Document(
            SourcePath(f"content/articles/a{number}.md"),
            of.kind,
            Slug(f"a{number}"),
            Permalink(f"/articles/a{number}/"),
            replace(of.meta, duplicate_of=f"a{number + 1}" if number + 1 < length else last),
            of.body,
            of.positions,
            of.body_line,
        )
        for number in range(length)
    ]


def test_long_chains_of_duplicates_end_where_they_end(make_site: MakeSite):
    [document] = load(make_site(articles(a=article()))).context.corpus.articles
    day = dt.date(2026, 7, 1)
    corpus, found = build_corpus(chain(document, 500), day, drafts=False)
    assert [a.slug for a in corpus.articles] == ["a499"]
    assert not found
    assert_linear(lambda n: build_corpus(chain(document, n), day, drafts=False), 250)


def test_a_long_circle_is_told_once(make_site: MakeSite):
    [document] = load(make_site(articles(a=article()))).context.corpus.articles
    _, found = build_corpus(chain(document, 5, is_circle=True), dt.date(2026, 7, 1), drafts=False)
    assert [f.text for f in found] == ['"duplicate_of" is circular: a0 to a1 to a2 to a3 to a4 to a0']
