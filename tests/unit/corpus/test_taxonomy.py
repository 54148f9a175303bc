"""Topics with several parents: every article counts once in each of them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.config import MarkdownOptions
from site_builder.content.discover import SourceFile
from site_builder.content.document import Document, load_document
from site_builder.content.schema import Kind
from site_builder.corpus.corpus import build_corpus
from site_builder.corpus.taxonomy import Taxonomy, build_taxonomy
from site_builder.diagnostics import Diagnostic
from site_builder.urls import SourcePath
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
