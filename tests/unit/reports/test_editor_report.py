"""The editor's report: a tiny site for each section, what is in none, and the index of near-same texts."""

from collections.abc import Collection
from contextlib import closing
from typing import Any, Final

import pytest

from site_builder.i18n import english
from site_builder.importers.existing_content import read_sketches
from site_builder.pages.lists.report_page import CODES
from site_builder.reports.editor_report import (
    SECTIONS,
    SIMILAR_ROOM,
    STALE_DAYS,
    EditorReport,
    EditorReportSection,
    build_report,
)
from tests.helpers.site import DATE, Files, MakeSite, article, entity, load, page, topic

WORDS: Final = " ".join(f"word{n}" for n in range(80))


def report(make_site: MakeSite, files: Files, only: Collection[str] = (), **given: Any) -> EditorReport:
    with closing(load(make_site(files), **given)) as site:
        texts = site.texts(site.corpus.listed)
        sketches = read_sketches(site.corpus.listed, texts, site.cache)
    return build_report(
        site.corpus, site.taxonomy, site.graph, site.config.date,
        texts=lambda d: texts[d.path], sketches={**sketches}, only=only,
    )  # fmt: skip


def section(make_site: MakeSite, files: Files, code: str, **given: Any) -> EditorReportSection:
    (found,) = report(make_site, files, [code], **given).sections
    assert found.code == code
    return found


def told(found: EditorReportSection) -> list[tuple[str, str]]:
    """Slug and text of each item."""
    return [(item.finding.location.path.rsplit("/", 1)[1].removesuffix(".md"), item.text) for item in found.items]


PERFECT: Final = {
    **{
        f"content/articles/{slug}.md": article(
            slug.upper(),
            f"{slug} of [[o]].\n",
            topics=["t"],
            entities=["o"],
            similar=[s for s in "abc" if s != slug],
        )
        for slug in "abc"
    },
    "content/topics/t.md": topic("Tee"),
    "content/entities/o.md": entity("Org"),
}


def test_a_site_that_lacks_nothing(make_site: MakeSite):
    made = report(make_site, PERFECT)
    assert [s.code for s in made.sections] == list(SECTIONS)
    assert [item for s in made.sections for item in s.items] == []
    assert all(s.title and s.why.endswith(".") for s in made.sections)


def test_an_empty_site(make_site: MakeSite):
    assert not any(s.items for s in report(make_site, {}).sections)


def test_sections_that_need_texts_are_left_out_without_them(make_site: MakeSite):
    with closing(load(make_site(PERFECT))) as site:
        made = build_report(site.corpus, site.taxonomy, site.graph, DATE)
    assert [s.code for s in made.sections] == [c for c in SECTIONS if c not in {"mention", "near-duplicate"}]


def test_wanted_by_demand(make_site: MakeSite):
    files = {
        "content/articles/a.md": article("A", "x [[gone]]\n", similar=["later"], date="2026-01-01"),
        "content/articles/b.md": article("B", similar=["b2", "later"], date="2026-01-02"),
        "content/articles/b2.md": article("B2", topics=["none"], entities=["nobody"], date="2026-01-01"),
        "content/articles/d.md": article("D", "[[secret]]\n", status="draft"),
    }
    found = section(make_site, files, "wanted")
    assert [(i.title, str(i.finding.location), i.weight) for i in found.items] == [
        ("later", "content/articles/b.md:9:3", 2),
        ("gone", "content/articles/a.md:10:5", 1),
        ("none", "content/articles/b2.md:8:3", 1),
        ("nobody", "content/articles/b2.md:10:3", 1),
    ]
    assert found.items[0].text == 'mentioned in 2 documents: "B" and "A"'
    assert found.items[0].url == "/wanted/#article-later"


def test_orphans(make_site: MakeSite):
    files = {
        "content/articles/alone.md": article("Alone", "[[linked]]\n", similar=["listed"]),
        "content/articles/linked.md": article("Linked"),
        "content/articles/listed.md": article("Listed"),
        "content/articles/introduced.md": article("Introduced"),
        "content/articles/told.md": article("Told"),
        "content/articles/unlisted.md": article("Unlisted", "[[alone]]\n", unlisted=True),
        "content/articles/draft.md": article("Draft", "[[alone]]\n", status="draft"),
        "content/topics/t.md": topic("T", "Start with [[introduced]].\n"),
        "content/pages/p.md": page("P", "[[told]]\n"),
    }
    assert told(section(make_site, files, "orphan")) == [("alone", "no other document links to it")]


def test_dead_ends(make_site: MakeSite):
    files = {
        "content/articles/end.md": article("End", "[out](https://example.org/)\n", similar=["unwritten"]),
        "content/articles/self.md": article("Self", "## H\n\n[up](#h)\n"),
        "content/articles/stub.md": article("Stub", "", status="stub"),
        "content/articles/on.md": article("On", "[[end]]\n"),
        "content/articles/on2.md": article("On2", similar=["end"]),
    }
    assert [slug for slug, _ in told(section(make_site, files, "dead-end"))] == ["end", "self"]


def test_stubs_by_demand(make_site: MakeSite):
    files = {
        "content/articles/a.md": article("A", "[[s2]]\n", similar=["s2", "s1"]),
        "content/articles/b.md": article("B", similar=["s2"]),
        "content/articles/s0.md": article("S0", "", status="stub"),
        "content/articles/s1.md": article("S1", "", status="stub"),
        "content/articles/s2.md": article("S2", "", status="stub"),
    }
    assert told(section(make_site, files, "stub")) == [
        ("s2", "a stub since 2026-06-03; 2 documents link to it"),
        ("s1", "a stub since 2026-06-03; 1 document links to it"),
        ("s0", "a stub since 2026-06-03; 0 documents link to it"),
    ]


def test_stale(make_site: MakeSite):
    source = {"name": "N"}
    files = {
        "content/articles/old.md": article("Old", date="2020-01-01"),
        "content/articles/older.md": article("Older", date="2019-01-01", source={**source, "checked": "2019-06-01"}),
        "content/articles/checked.md": article(
            "Checked", date="2019-01-01", source={**source, "checked": "2026-01-01"}
        ),
        "content/articles/updated.md": article("Updated", date="2019-01-01", updated="2026-01-01"),
        "content/articles/added.md": article("Added", date="2019-01-01", added="2026-01-01"),
        "content/articles/edge.md": article("Edge", date="2025-07-01"),
        "content/articles/over.md": article("Over", date="2025-06-30"),
        "content/articles/stub.md": article("Stub", "", date="2019-01-01", status="stub"),
    }
    assert STALE_DAYS == 365
    assert told(section(make_site, files, "stale")) == [
        ("older", "last changed on 2019-01-01, source last checked on 2019-06-01"),
        ("old", "last changed on 2020-01-01, source not checked since"),
        ("over", "last changed on 2025-06-30, source not checked since"),
    ]


def test_unfiled(make_site: MakeSite):
    files = {
        "content/articles/both.md": article("Both", topics=["t"], entities=["o"]),
        "content/articles/none.md": article("None", topics=["unwritten"]),
        "content/articles/topic.md": article("Topic", topics=["t"]),
        "content/articles/entity.md": article("Entity", entities=["o"]),
        "content/topics/t.md": topic("T"),
        "content/entities/o.md": entity("O"),
    }
    assert told(section(make_site, files, "unfiled")) == [
        ("none", "it has no topic and no entity with a page"),
        ("entity", "it has no topic with a page"),
        ("topic", "it has no entity with a page"),
    ]


def test_thin_topics(make_site: MakeSite):
    files = {
        **{f"content/articles/a{n}.md": article(f"A{n}", topics=["full"]) for n in range(3)},
        "content/articles/b.md": article("B", topics=["one", "merged"]),
        "content/topics/full.md": topic("Full"),
        "content/topics/one.md": topic("One"),
        "content/topics/none.md": topic("None"),
        "content/topics/merged.md": topic("Merged", replaced_by="full"),
        "content/topics/wide.md": topic("Wide"),
        "content/topics/narrow.md": topic("Narrow", broader=["none"]),
    }
    assert told(section(make_site, files, "thin-topic")) == [
        ("narrow", "it has no article"),
        ("none", "it has no article"),
        ("wide", "it has no article"),
        ("one", "it has 1 article"),
    ]


def test_double_redirects(make_site: MakeSite):
    files = {
        "content/articles/now.md": article("Now"),
        "content/articles/then.md": article("Then", duplicate_of="now", aliases=["/then/"]),
        "content/articles/once.md": article("Once", duplicate_of="then"),
        "content/topics/t.md": topic("T"),
        "content/topics/t2.md": topic("T2", replaced_by="t"),
        "content/topics/t3.md": topic("T3", replaced_by="t2"),
        "content/articles/hid.md": article("Hidden", duplicate_of="once", unlisted=True),
    }
    assert told(section(make_site, files, "redirect")) == [
        ("once", '"duplicate_of" names "then", which itself redirects to "now"'),
        ("then", 'the old address "/then/" belongs to a document that itself redirects to "now"'),
        ("t3", '"replaced_by" names "t2", which itself redirects to "t"'),
    ]


def test_a_stub_of_a_source_that_an_article_summarizes(make_site: MakeSite):
    source = {"name": "N", "url": "https://example.org/dam"}
    files = {
        "content/articles/full.md": article("The dam", source=source),
        "content/articles/second.md": article("The dam again", source=source),
        "content/articles/stub.md": article(
            "A dam", "", status="stub", source={**source, "url": f"{source['url']}?utm_id=4"}
        ),
        "content/articles/veto.md": article("Dams", "", status="stub", source=source, unrelated=["full"]),
        "content/articles/other.md": article("Else", "", status="stub", source={"name": "N"}),
        "content/articles/same.md": article("THE DAM", "", status="stub", source=source),
    }
    found = section(make_site, files, "near-duplicate")
    assert told(found) == [
        ("full", 'it has the same title as content/articles/same.md, "THE DAM"'),
        ("stub", 'it is a stub of the source that content/articles/full.md summarizes: "The dam"'),
    ]
    assert [item.finding.hint for item in found.items][1] == 'set "duplicate_of: full" in the stub'


def test_near_duplicates(make_site: MakeSite):
    files = {
        "content/articles/a.md": article("A", WORDS, date="2026-01-03"),
        "content/articles/b.md": article("B", WORDS.replace("word40", "other"), date="2026-01-02"),
        "content/articles/c.md": article("Same title", "Short.\n", date="2026-01-02"),
        "content/articles/d.md": article("Same Title!", "Another.\n", date="2026-01-01"),
        "content/articles/e.md": article("E", WORDS, duplicate_of="a"),
        "content/articles/f.md": article("F", f"{WORDS} more", unrelated=["a", "b"], date="2026-01-01"),
    }
    found = told(section(make_site, files, "near-duplicate"))
    assert [slug for slug, _ in found] == ["a", "c"]
    assert found[0][1].startswith("it has nearly the same text (")
    assert found[1][1] == 'it has the same title as content/articles/d.md, "Same Title!"'


def test_mentions(make_site: MakeSite):
    files = {
        "content/articles/a.md": article("A", "Mayo Clinic met the FDA. Mayo Clinic left.\n"),
        "content/articles/b.md": article("B", "Mayo Clinic and [[fda]] and mayo.\n", entities=["mayo"]),
        "content/articles/c.md": article("C", "The Food and Drug Administration.\n"),
        "content/entities/mayo.md": entity("Mayo Clinic"),
        "content/entities/fda.md": entity("FDA", synonyms=["Food and Drug Administration"]),
    }
    found = section(make_site, files, "mention")
    assert told(found) == [
        ("a", "it names Mayo Clinic, 2 times, without a link: …Mayo Clinic met the FDA. Mayo Clinic left.…"),
        ("a", "it names FDA, without a link: …Mayo Clinic met the FDA. Mayo Clinic left.…"),
        ("c", "it names Food and Drug Administration, without a link: …The Food and Drug Administration.…"),
    ]
    assert found.items[0].finding.hint.startswith('link it as [[mayo|Mayo Clinic]] and add "mayo" to "entities"')


def test_one_way(make_site: MakeSite):
    full = [f"x{n}" for n in range(SIMILAR_ROOM)]
    files = {
        "content/articles/a.md": article("A", similar=["b", "back", "text", "veto", "full", "empty", "unwritten"]),
        "content/articles/b.md": article("B", similar=["back"]),
        "content/articles/back.md": article("Back", similar=["a", "b"]),
        "content/articles/text.md": article("Text", "[[a]]\n", similar=["back"]),
        "content/articles/veto.md": article("Veto", similar=["back"], unrelated=["a"]),
        "content/articles/full.md": article("Full", similar=full),
        "content/articles/empty.md": article("Empty"),
    }
    found = section(make_site, files, "one-way")
    assert ("a", 'it lists content/articles/b.md, "B", which does not list it') in told(found)
    assert {text.split('"')[1] for slug, text in told(found) if slug == "a"} == {"B"}


@pytest.mark.parametrize("drafts", [False, True])
def test_nothing_unpublished_appears(make_site: MakeSite, drafts: bool):
    hidden = {"status": "draft", "date": "2019-01-01"}
    files = {
        **PERFECT,
        "content/articles/d1.md": article("Secret one", f"Org [[unheard]] {WORDS}\n", similar=["a"], **hidden),
        "content/articles/d2.md": article("Secret two", WORDS, similar=["d1"], topics=["secret"], **hidden),
        "content/articles/d3.md": article("Secret two", "", publish="2026-07-02", date="2026-06-03"),
        "content/articles/d4.md": article("Secret two", WORDS, unlisted=True),
    }
    shown = str(report(make_site, files, drafts=drafts))
    assert ("Secret" in shown, "unheard" in shown) == (drafts, drafts)


@pytest.mark.parametrize("code", CODES)
def test_the_command_and_the_page_introduce_a_section_with_the_same_words(code: str):
    title, why, _ = SECTIONS[code]
    assert (english()(f"report_{code}"), english()(f"report_{code}_why")) == (title, why)


def test_a_section_that_would_list_every_article_lists_one(make_site: MakeSite):
    files = {f"content/articles/a{n}.md": article(f"A{n}") for n in range(5)}
    sections = {s.code: s for s in report(make_site, files).sections}
    for code, text in (
        ("orphan", "no other document links to it"),
        ("dead-end", "it lists no similar article, and its text links to no other page"),
        ("unfiled", "it has no topic and no entity with a page"),
    ):
        assert told(sections[code]) == [("a0", f"{text}; the same is true of all 5 articles")]
        assert sections[code].items[0].finding.hint.endswith(f"site-builder report --only {code} lists them all")


def test_a_section_that_is_asked_for_lists_every_article(make_site: MakeSite):
    assert (
        len(section(make_site, {f"content/articles/a{n}.md": article(f"A{n}") for n in range(5)}, "orphan").items) == 5
    )


def test_one_article_that_differs_keeps_the_list(make_site: MakeSite):
    files = {f"content/articles/a{n}.md": article(f"A{n}", similar=["a1"] * (n == 0)) for n in range(5)}
    sections = {s.code: s for s in report(make_site, files).sections}
    assert len(sections["orphan"].items) == 4


def test_a_site_without_entities_is_not_asked_for_them(make_site: MakeSite):
    files = {"content/articles/a.md": article("A", topics=["t"]), "content/topics/t.md": topic("T")}
    assert told(section(make_site, {**files, "content/articles/b.md": article("B")}, "unfiled")) == [
        ("b", "it has no topic with a page")
    ]
