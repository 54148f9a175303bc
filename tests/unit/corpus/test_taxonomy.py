"""Topics with several parents: every article counts once in each of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.config import MarkdownOptions
from site_builder.content.document import Document, load_document
from site_builder.content.listing.discover import SourceFile
from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import Corpus, build_corpus
from site_builder.corpus.taxonomy import Taxonomy, build_taxonomy
from site_builder.diagnostics import Diagnostic
from site_builder.urls import Slug, SourcePath
from tests.helpers.growth import assert_cost_ratio
from tests.helpers.site import DATE, article, topic


def loaded(kind: Kind, slug: str, text: str) -> Document:
    folder = {Kind.TOPIC: "topics", Kind.ARTICLE: "articles"}[kind]
    source = SourceFile(SourcePath(f"content/{folder}/{slug}.md"), kind, slug)
    document = load_document(source, text.encode(), MarkdownOptions()).document
    assert document is not None
    return document


def membership(broader: dict[str, list[str]], named: dict[str, list[str]]) -> tuple[Taxonomy, list[Diagnostic]]:
    """Topic -> its parents, article -> its topics."""
    documents = [loaded(Kind.TOPIC, t, topic(t, broader=parents)) for t, parents in broader.items()]
    documents += [loaded(Kind.ARTICLE, a, article(a, topics=topics)) for a, topics in named.items()]
    corpus, found = build_corpus(documents, DATE, drafts=False)
    made, more = build_taxonomy(corpus)
    return made, found + more


def counts(made: Taxonomy) -> dict[str, list[str]]:
    return {str(topic): [str(a.slug) for a in articles] for topic, articles in made.by_topic.items()}


def test_a_diamond_counts_once():
    made, found = membership(
        {"top": [], "left": ["top"], "right": ["top"], "bottom": ["left", "right"]},
        {"a": ["bottom"], "b": ["left", "top"]},
    )
    assert not found
    assert counts(made) == {"top": ["a", "b"], "left": ["a", "b"], "right": ["a"], "bottom": ["a"]}
    assert [t.slug for t in made.parents["bottom"]] == ["left", "right"]  # type: ignore[index]
    assert [t.slug for t in made.children["top"]] == ["left", "right"]  # type: ignore[index]


def test_a_circle_is_opened_and_told_once():
    made, found = membership({"a": ["c"], "b": ["a"], "c": ["b"]}, {"x": ["a"]})
    assert [d.text for d in found] == ["broader topics are circular: c under b under a under c"]
    assert sum(len(parents) for parents in made.parents.values()) == 2


def chain(length: int) -> dict[str, list[str]]:
    return {f"t{n}": [f"t{n - 1}"] if n else [] for n in range(length)}


def test_an_article_counts_for_the_broader_topics_of_so_many_levels(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("site_builder.corpus.taxonomy.LEVELS", 3)
    made, found = membership(chain(8), {"x": ["t6"]})
    assert [slug for slug, articles in made.by_topic.items() if articles] == ["t3", "t4", "t5", "t6"]
    assert [p.slug for p in made.parents[Slug("t3")]] == ["t2"], "the hierarchy itself is as written"
    assert [(d.code, d.location.path, d.text) for d in found] == [
        ("broader-deep", "content/topics/t4.md", '"t4" is more than 3 levels below "t0"')
    ]


def test_levels_are_those_of_the_shortest_way_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("site_builder.corpus.taxonomy.LEVELS", 2)
    made, found = membership({**chain(4), "t3": ["t2", "t0"]}, {"x": ["t3"]})
    assert counts(made)["t0"] == ["x"]
    assert not found


def test_several_circles_are_opened():
    ways = {"a": ["b"], "b": ["a"], "c": ["d", "a"], "d": ["c"], "e": ["c"], "top": [], "f": ["top"]}
    _, found = membership(ways, {})
    assert [d.code for d in found] == ["broader-cycle", "broader-cycle"]


def test_a_chain_of_topics_costs_what_its_length_does():
    corpora = {n: corpus_of_topics(chain(n)) for n in (600, 2_400)}
    assert_cost_ratio(lambda: build_taxonomy(corpora[600]), lambda: build_taxonomy(corpora[2_400]), 9.0)


def corpus_of_topics(broader: dict[str, list[str]]) -> Corpus:
    documents = [loaded(Kind.TOPIC, t, topic(t, broader=parents)) for t, parents in broader.items()]
    return build_corpus(documents, DATE, drafts=False)[0]


NAMES = "abcdefg"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=4, unique=True)),
    st.lists(st.lists(st.sampled_from(NAMES), max_size=3, unique=True), max_size=5),
)
def test_roll_up(broader: dict[str, list[str]], named: list[list[str]]):
    made, _ = membership(broader, {f"x{n}": topics for n, topics in enumerate(named)})
    for slug, articles in made.by_topic.items():
        assert len(set(articles)) == len(articles)
        for parent in made.parents[slug]:
            assert set(articles) <= set(made.by_topic[parent.slug])
    for n, topics in enumerate(named):
        for name in topics:
            if name in broader:
                assert f"x{n}" in counts(made)[name]
    links = {(child, p.slug) for child, parents in made.parents.items() for p in parents}
    assert links == {(c.slug, parent) for parent, children in made.children.items() for c in children}
