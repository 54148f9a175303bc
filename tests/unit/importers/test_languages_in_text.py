"""Phrases of a language are looked for where something may be written in it."""

from site_builder.importers.read.languages_in_text import languages_not_in

ENGLISH = "the of and to in that is for was with on as it by are from this have not but they "


def test_alphabets_that_do_not_occur():
    assert {"ru", "ja", "ar", "el"} <= languages_not_in("The gate is open")
    assert not {"ru", "uk"} & languages_not_in("Порт открыл приливные ворота")
    assert "ru" in languages_not_in("Only a name: Чехов")


def test_a_short_text_proves_nothing_of_languages_in_one_alphabet():
    assert not {"de", "fr", "en"} & languages_not_in("The gate is open")


def test_commonest_words_of_a_long_text():
    long = ENGLISH + " ".join(chr(97 + a) + chr(97 + b) + "x" for a in range(26) for b in range(26))
    assert {"de", "fr", "hu"} <= languages_not_in(long)
    assert "en" not in languages_not_in(long)
    german = long + " der die das und ist nicht von den mit sich des ein eine auch"
    assert "de" not in languages_not_in(german)


def test_a_declared_language_stays():
    long = " ".join(chr(97 + a) + chr(97 + b) + "x" for a in range(26) for b in range(26))
    assert "de" not in languages_not_in(f'<html lang="de-AT">{long}')
