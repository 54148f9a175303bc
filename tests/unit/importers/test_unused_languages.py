"""Phrases of a language are looked for where something may be written in it."""

import pytest

from site_builder.importers.read.phrases import phrases, phrases_for
from site_builder.importers.read.unused_languages import unused_languages

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
    assert not {"de", "fr", "en"} & unused_languages(html)


def test_plain_text_with_a_language():
    assert "en" not in unused_languages(GERMAN * 8, "de-AT")
    assert "fr" in unused_languages(GERMAN * 8, "de-AT")


COMMON = "the of and to in that is for was with on as it by are from this have not but they "


def test_alphabets_that_do_not_occur():
    assert {"ru", "ja", "ar", "el"} <= unused_languages("The gate is open")
    assert not {"ru", "uk"} & unused_languages("Порт открыл приливные ворота")
    assert "ru" in unused_languages("Only a name: Чехов")


def test_a_short_text_proves_nothing_of_languages_in_one_alphabet():
    assert not {"de", "fr", "en"} & unused_languages("The gate is open")


def test_commonest_words_of_a_long_text():
    long = COMMON + " ".join(chr(97 + a) + chr(97 + b) + "x" for a in range(26) for b in range(26))
    assert {"de", "fr", "hu"} <= unused_languages(long)
    assert "en" not in unused_languages(long)
    german = long + " der die das und ist nicht von den mit sich des ein eine auch"
    assert "de" not in unused_languages(german)


def test_a_declared_language_stays():
    long = " ".join(chr(97 + a) + chr(97 + b) + "x" for a in range(26) for b in range(26))
    assert "de" not in unused_languages(f'<html lang="de-AT">{long}')
