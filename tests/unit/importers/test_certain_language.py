"""Which languages' phrases need not be looked for in a page."""

import pytest

from site_builder.importers.lexicon import folders
from site_builder.importers.read.certain_language import languages_besides
from site_builder.importers.read.phrases import phrases, phrases_for

ENGLISH = "The town said that it will not pay for the work, and that the boats are to be sold next year. "
GERMAN = "Die Stadt hat die Arbeit nicht bezahlt, und das Boot ist mit dem Steg auf den Markt von Lund gekommen. "


def page(text: str, lang: str = "") -> str:
    return f"<html {lang}><body><script>var a = 'the of and to in that is';</script><p>{text * 8}</p></body></html>"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (page(ENGLISH, 'lang="en-GB"'), {"en"}),
        (page(GERMAN, "lang=de"), {"de", "en"}),
        (page(ENGLISH), {"en"}),
    ],
)
def test_a_page_that_is_in_the_language_it_names(html, kept):
    with phrases_for(html):
        assert set(phrases().lexicon) == kept


@pytest.mark.parametrize("html", [page(GERMAN, 'lang="en"'), page(ENGLISH, 'lang="de"'), page(GERMAN), "<p>Short.</p>"])
def test_a_page_of_which_the_language_is_not_certain(html):
    assert languages_besides(html, folders()) == frozenset()


def test_plain_text_with_a_language():
    assert "en" not in languages_besides(GERMAN * 8, folders(), "de-AT")
    assert "fr" in languages_besides(GERMAN * 8, folders(), "de-AT")
