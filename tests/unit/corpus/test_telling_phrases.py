"""Phrases of a topic: only those that tell it from the others."""

import pytest

from site_builder.corpus.telling_phrases import telling_phrases
from site_builder.urls import Slug
from tests.helpers.site import MakeSite, article, entity, load, topic


def phrases(make_site: MakeSite, own: list[str], others: list[str], **files: str) -> tuple[str, ...]:
    """Of the topic `law`, whose articles have the summaries `own`."""
    written = {
        f"content/articles/{name}{n}.md": article(f"Report {name}{n}", summary=summary, topics=[name])
        for name, summaries in (("law", own), ("sea", others))
        for n, summary in enumerate(summaries)
    }
    topics = {"content/topics/law.md": topic("Law"), "content/topics/sea.md": topic("Sea")}
    site = load(make_site({**topics, **written, **files}))
    return telling_phrases(site.context.corpus, site.context.taxonomy)[Slug("law")]


OTHERS = [f"Ships and harbours number {n}." for n in range(12)]


def test_a_pair_of_words_that_the_others_do_not_use_is_one(make_site: MakeSite):
    own = [f"On risk management, case {n}." for n in range(6)]
    assert phrases(make_site, own, OTHERS) == ("risk management",)


@pytest.mark.parametrize(
    ("own", "others"),
    [
        pytest.param(["Risk management at court.", "Risk management again.", "Nothing else."], OTHERS, id="too few"),
        pytest.param(["Of risk management."] * 6, ["Of risk management."] * 12, id="everybody uses it"),
        pytest.param(["Risk, management"] * 6, OTHERS, id="a comma between"),
        pytest.param(["The risk of its management"] * 6, OTHERS, id="stop words between"),
        pytest.param(["January 2024 and January 2025"] * 6, OTHERS, id="a number"),
        pytest.param(["人工知能の規制について"] * 6, OTHERS, id="pairs of signs are no words"),
        pytest.param([], OTHERS, id="no articles"),
    ],
)
def test_others_are_none(make_site: MakeSite, own: list[str], others: list[str]):
    assert phrases(make_site, own, others) == ()


def test_names_that_the_page_links_to_are_left_out(make_site: MakeSite):
    files = {"content/entities/eu.md": entity("European Union")}
    assert phrases(make_site, ["The European Union decides."] * 6, OTHERS, **files) == ("Union decides",)


def test_the_most_frequent_spelling_is_shown(make_site: MakeSite):
    own = [*["On clinical trials."] * 4, "Clinical trial.", "The Clinical Trials."]
    assert phrases(make_site, own, OTHERS) == ("clinical trials",)


def test_a_word_is_in_one_phrase(make_site: MakeSite):
    own = ["Of model risk management."] * 6
    assert len(phrases(make_site, own, OTHERS)) == 1
