"""Related lists of a site: what the curators decided stays out, and what an edit does not concern stays the same."""

from pathlib import Path

from site_builder.i18n import english
from site_builder.pipeline import related_settings
from site_builder.related.site_related import build_related, related_of
from tests.helpers.site import MakeSite, article, entity, load, page, topic

BRIDGE = "The committee measured river bridges, their piers, bearings and expansion joints, after the flood."
CHEESE = "A dairy ripens goat cheese in a cellar, turning each wheel and brushing its rind twice a week."


def files() -> dict[str, str]:
    return {
        "content/articles/bridge-one.md": article("Bridges measured", BRIDGE, entities=["roads"]),
        "content/articles/bridge-two.md": article(
            "Piers repaired", BRIDGE.replace("measured", "repaired"), entities=["roads"]
        ),
        "content/articles/bridge-three.md": article(
            "Joints replaced", BRIDGE.replace("flood", "frost"), entities=["roads"]
        ),
        "content/articles/cheese.md": article("Cheese ripens", CHEESE),
        "content/entities/roads.md": entity("Roads Office"),
    }


def related(root: Path, slug: str) -> list[str]:
    site = load(root)
    found = site.context.related.get(f"/articles/{slug}/", ())  # type: ignore[call-overload]
    site.close()
    return [r.article.slug for r in found]


def test_alike_articles_are_related_and_say_why(make_site: MakeSite) -> None:
    root = make_site(files())
    assert related(root, "bridge-one"), "the others are nearly the same, so one of them may stand for both"
    assert related(root, "cheese") == [], "an honest empty list"
    html = load(root).render("/articles/bridge-one/").decode()
    assert "<h2>Related</h2>" in html
    assert "both discuss" in html


def test_curated_and_vetoed_articles_stay_out(make_site: MakeSite) -> None:
    given = files()
    given["content/articles/bridge-one.md"] = article(
        "Bridges measured", BRIDGE, entities=["roads"], similar=["bridge-two"], unrelated=["bridge-three"]
    )
    root = make_site(given)
    assert related(root, "bridge-one") == []
    assert "bridge-one" not in related(root, "bridge-three"), "a veto holds both ways"


def alone(root: Path, slugs: list[str]) -> dict[str, list[str]]:
    """Each article's list, made for itself from the state that the last run left."""
    site = load(root)
    corpus = site.corpus
    settings = related_settings(site.config)
    inputs = (corpus, site.taxonomy, site.graph.resolved, settings, english(), site.cache, site.texts)
    found = {a.slug: related_of(a, *inputs) for a in corpus.articles if a.slug in slugs}
    every = build_related(*inputs)
    assert found == {a.slug: every.get(a.permalink, ()) for a in corpus.articles if a.slug in slugs}
    site.close()
    return {slug: [r.article.slug for r in entries] for slug, entries in found.items()}


def test_one_list_alone_is_what_it_is_among_all(make_site: MakeSite) -> None:
    given = files()
    given["content/articles/bridge-one.md"] = article(
        "Bridges measured", BRIDGE, entities=["roads"], unrelated=["bridge-three"]
    )
    given["content/articles/hidden.md"] = article("Hidden", BRIDGE, unlisted=True)
    root = make_site(given)
    slugs = ["bridge-one", "bridge-two", "bridge-three", "cheese", "hidden"]
    before = alone(root, slugs)
    assert before["bridge-one"] == ["bridge-two"]
    assert before["hidden"] == []
    path = root / "content" / "articles" / "cheese.md"
    path.write_text(article("Cheese ripens", f"{BRIDGE} {CHEESE}", entities=["roads"]), encoding="utf-8")
    after = alone(root, slugs)
    assert after["cheese"] != before["cheese"]


def test_none_where_the_settings_want_none(make_site: MakeSite) -> None:
    settings = "site_name: S\nsite_url: https://example.org/\ndocs_dir: content\ntheme: site_builder\n"
    root = make_site({**files(), "mkdocs.yml": settings + "plugins:\n  - site_builder:\n      related_items: 0\n"})
    assert related(root, "bridge-one") == []


def test_drafts_and_unlisted_articles_are_not_proposed(make_site: MakeSite) -> None:
    given = files()
    for slug, extra in (("bridge-two", {"status": "draft"}), ("bridge-three", {"unlisted": True})):
        given[f"content/articles/{slug}.md"] = article("Hidden", BRIDGE, entities=["roads"], **extra)
    assert related(make_site(given), "bridge-one") == []


def test_a_second_run_and_a_clean_one_agree(make_site: MakeSite) -> None:
    root = make_site(files())
    before = related(root, "bridge-one")
    path = root / "content" / "articles" / "cheese.md"
    path.write_text(article("Cheese ripens", CHEESE + " The smell is strong."), encoding="utf-8")
    assert related(root, "bridge-one") == before


def test_mentions_are_linked_where_the_settings_ask_for_it(make_site: MakeSite) -> None:
    settings = "site_name: S\nsite_url: https://example.org/\ndocs_dir: content\ntheme: site_builder\n"
    body = (
        "## Roads Office\n\nThe `Roads Office` said so. The Roads Office, and the Roads Office again; roads office.\n"
    )
    given = {"content/articles/a.md": article("A", body), "content/entities/roads.md": entity("Roads Office")}
    plain = load(make_site(given)).render("/articles/a/").decode()
    assert 'href="../../entities/roads/">Roads Office</a>,' not in plain
    linked = {**given, "mkdocs.yml": settings + "plugins:\n  - site_builder:\n      link_mentions: true\n"}
    html = load(make_site(linked)).render("/articles/a/").decode()
    assert html.count('<a href="../../entities/roads/">Roads Office</a>') == 1
    assert 'The <a href="../../entities/roads/">Roads Office</a>, and' in html


def test_backlinks_are_grouped_in_words_that_fit_their_target(make_site: MakeSite) -> None:
    given = {
        "content/articles/target.md": article("Target"),
        "content/articles/later.md": article(
            "Later", similar=[{"to": "target", "kind": "background", "why": "the law"}]
        ),
        "content/articles/list.md": article("List", "It says [[target|more]] of it.", similar=["target"]),
        "content/articles/text.md": article("Text", "See [[target]]."),
        "content/topics/t.md": topic("Topic", "Begin with [[target]]."),
        "content/pages/p.md": page("Page", "And [[target]]."),
    }
    site = load(make_site(given))
    target = site.context.corpus.by_permalink["/articles/target/"]  # type: ignore[index]
    groups = {g.title: [i.title for i in g.items] for g in site.context.backlinks(target)}
    assert groups == {
        "Background to": ["Later"],
        "Recommended by": ["List"],
        "Mentioned in": ["Text"],
        "Topics": ["Topic"],
        "Pages": ["Page"],
    }
    assert next(iter(groups)) == "Background to"
