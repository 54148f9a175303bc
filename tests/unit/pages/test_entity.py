"""The page of an entity: what it is, since when and with whom it is mentioned."""

from site_builder.pages.documents.entity import EntityView
from tests.helpers.site import MakeSite, article, entity, load


def view(make_site: MakeSite, days: list[str]) -> EntityView:
    files = {
        f"content/articles/a{n}.md": article(f"A{n}", date=day, entities=["who", "gdpr", "ann", "ema"])
        for n, day in enumerate(days)
    }
    files |= {
        "content/entities/who.md": entity("WHO"),
        "content/entities/gdpr.md": entity("GDPR", kind="law"),
        "content/entities/ann.md": entity("Ann", kind="person"),
        "content/entities/ema.md": entity("EMA"),
    }
    found = load(make_site(files)).view("/entities/who/")
    assert isinstance(found, EntityView)
    return found


def test_first_and_latest_mention(make_site: MakeSite):
    found = view(make_site, ["2025-03-01", "2024-01-02", "2026-05-01"])
    assert found.first is not None
    assert found.last is not None
    assert (found.first.title, found.last.title) == ("A1", "A2")


def test_a_single_mention_is_both_and_told_by_the_list(make_site: MakeSite):
    found = view(make_site, ["2025-03-01"])
    assert (found.first, found.last) == (None, None)


def test_with_whom_by_what_they_are(make_site: MakeSite):
    found = view(make_site, ["2025-03-01", "2024-01-02"])
    groups = [(kind.name, [label.title for label in kind.labels]) for kind in found.kinds]
    assert groups == [("Organisation", ["EMA"]), ("Person", ["Ann"]), ("Law", ["GDPR"])]
    assert {label.title for label in found.entities} == {"EMA", "Ann", "GDPR"}
