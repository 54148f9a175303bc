"""Records of the search: their texts are read some at a time, so that memory does not grow with the site."""

from collections.abc import Iterable

import pytest

from site_builder.cache import Cache
from site_builder.content.document import Document
from site_builder.search import records
from tests.helpers.site import MakeSite, article, load


def test_texts_are_read_in_parts(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    site = load(make_site({f"content/articles/a{n}.md": article(f"A{n}", "word{n}") for n in range(5)}))
    expected = records.search_files(site.corpus, site.taxonomy, Cache(None), site.texts)
    asked: list[int] = []

    def texts(documents: Iterable[Document]) -> dict[str, str]:
        found = list(documents)
        asked.append(len(found))
        return site.texts(found)

    monkeypatch.setattr(records, "CHUNK_RECORDS", 2)
    assert records.search_files(site.corpus, site.taxonomy, Cache(None), texts) == expected
    assert asked == [2, 2, 1]
