"""Indexes of topics and entities: complete over all their parts, and never one endless page."""

import pytest

from site_builder.pages import terms
from site_builder.pages.views import TermsView
from site_builder.urls import Permalink
from tests.helpers.site import MakeSite, entity, load


def test_the_index_of_entities_goes_by_parts(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(terms, "IN_INDEX", 2)
    kinds = {"a": "person", "b": "organisation", "c": "organisation", "d": "organisation", "e": "law"}
    site = load(make_site({f"content/entities/{s}.md": entity(s.upper(), kind=k) for s, k in kinds.items()}))
    parts = [site.pages[Permalink(url)].view for url in ("/entities/", "/entities/page/2/", "/entities/page/3/")]
    shown = []
    for part in parts:
        assert isinstance(part, TermsView)
        shown.append([(g.name, [t.label.title for t in g.terms]) for g in part.groups])
        assert [(k.title, k.url, k.count) for k in part.kinds] == [
            ("Organisations", "/entities/#sb-organisation", 3),
            ("People", "/entities/page/2/#sb-person", 1),
            ("Laws", "/entities/page/3/#sb-law", 1),
        ]
    assert shown == [[("Organisations", ["B", "C"])], [("Organisations", ["D"]), ("People", ["A"])], [("Laws", ["E"])]]
    assert b'id="sb-person"' in site.render("/entities/page/2/")
