"""What stands together: neighbouring topics, entities named together."""

from typing import Any

from site_builder.corpus.cooccurrence import entity_neighbours, topic_neighbours
from site_builder.urls import Slug
from tests.helpers.site import MakeSite, article, entity, load, topic

TOPICS = {f"content/topics/{slug}.md": topic(slug.title()) for slug in ("law", "health", "energy")}


def spread(groups: dict[str, Any], field: str = "topics", **titles: str) -> dict[str, str]:
    """Articles by slug, each with its topics or entities."""
    return {
        f"content/articles/{slug}.md": article(titles.get(slug, slug.title()), **dict[str, Any]({field: names}))
        for slug, names in groups.items()
    }


def test_topics_that_share_articles_more_than_chance_would_are_neighbours(make_site: MakeSite) -> None:
    groups = {"a": ["law", "health"], "b": ["law", "health"], "c": ["energy"], "d": ["energy"], "e": ["law", "energy"]}
    site = load(make_site({**TOPICS, **spread(groups)}))
    near = topic_neighbours(site.context.corpus, site.context.taxonomy)
    assert [(c.document.slug, c.shared) for c in near[Slug("health")]] == [("law", 2)]
    assert "energy" not in near, "one article in common is an accident"


def test_kin_are_no_neighbours(make_site: MakeSite) -> None:
    topics = {**TOPICS, "content/topics/health.md": topic("Health", broader=["law"])}
    site = load(make_site({**topics, **spread({"a": ["health"], "b": ["health"], "c": ["energy"]})}))
    assert topic_neighbours(site.context.corpus, site.context.taxonomy) == {}


def test_entities_named_together(make_site: MakeSite) -> None:
    entities = {f"content/entities/{slug}.md": entity(slug.upper()) for slug in ("fda", "who", "ema")}
    groups = {"a": ["fda", "ema"], "b": ["fda", "ema"], "c": ["fda", "who"]}
    site = load(make_site({**entities, **spread(groups, "entities")}))
    company = entity_neighbours(site.context.corpus, site.context.taxonomy)
    assert [(c.document.slug, c.shared) for c in company[Slug("fda")]] == [("ema", 2), ("who", 1)]
