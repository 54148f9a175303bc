"""The words of each language: every file is sound, and a new language is one more file."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.importers import lexicon
from site_builder.importers.lexicon import (
    LanguageLexicon,
    LexiconError,
    check_language,
    folders,
    load_lexicon,
    load_names,
    more_languages,
)
from site_builder.importers.read.dates import find_dates
from site_builder.importers.read.phrases import Phrases, phrases
from site_builder.importers.read.text.read_text import read_text
from tests.helpers.site import write_files

FILES = sorted(Path(lexicon.__file__).parent.glob("*.toml"))
KNOWN_BY_SCRIPT = {"ar", "el", "fa", "he", "hi", "ja", "ko", "th", "zh"}
NOVIAN = """
common_words = "zo ka li tem nar vek oth ulo pim dar sef rit mok"
and_words = "ud"
by_words = "fro"
[parts]
texts = 'tekoj|novij'
[dates]
months = ["januo", "februo", "marzo", "aprilo", "majo", "junoz", "juloz", "augo", "septo", "okto", "novo", "deceto"]
labels = ['publigita']
[headings]
similar = ['parencaj {texts}']
[lines]
action = ['legu plu']
[credits]
sources = 'fonto'
[elements]
similar = ["parencaj"]
"""
"""A language that nobody speaks."""
PAGE = """Vek Zo Tem Ka Nar
fro Ana Belo ud Cita Duro
Publigita: 3 junoz 2026

Zo ka li tem nar vek oth ulo pim dar sef rit mok, zo ka li tem nar vek oth ulo pim dar sef rit mok vek zo tem ka nar.

Dar sef rit mok zo ka li tem nar vek oth, ulo pim dar sef rit mok zo ka li tem nar vek oth ulo pim dar tem ka nar vek.

Fonto: Nova Gazeto

Parencaj tekoj

Dar Sef Rit Mok Ulo
28 majo 2026
Legu plu

Pim Oth Vek Zo Nar
1 majo 2026
Legu plu
"""


@pytest.fixture
def novian(tmp_path: Path) -> Iterator[None]:
    write_files(tmp_path, {"xx.toml": NOVIAN})
    with more_languages(tmp_path):
        yield


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_sound(path: Path):
    language = check_language(path)
    assert len(language.dates.months) in {0, 12}
    assert len(set(language.common_words.split())) >= (0 if path.stem in KNOWN_BY_SCRIPT else 17)
    assert language.headings.similar
    assert language.credits.sources
    assert language.boilerplate.labels
    assert language.boilerplate.promotion


def test_a_malformed_file_is_not_read_with_the_others(tmp_path: Path):
    write_files(tmp_path, {"xx.toml": "[headings]\nsimmilar = []"})
    with pytest.raises(LexiconError, match="unknown field"):
        load_lexicon(tmp_path)


def test_every_pattern_of_all_languages_together_compiles():
    known = phrases()
    for name in dir(Phrases):
        if not name.startswith("__"):
            assert getattr(known, name) is not None, name


def test_no_month_of_one_language_is_another_month_in_another():
    names = {name for x in load_lexicon(*lexicon.folders()).values() for row in x.dates.months for name in row.split()}
    assert names <= set(phrases().months)


@pytest.mark.usefixtures("novian")
def test_a_name_of_two_months_stands_for_neither(tmp_path: Path):
    write_files(tmp_path, {"yy.toml": NOVIAN.replace('"januo", "februo"', '"februo", "januo"')})
    with more_languages(tmp_path):
        assert find_dates("3 januo 2026") == []
        assert [d.date for d in find_dates("3 majo 2026")] == [dt.date(2026, 5, 3)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[headings", "Expected ']'"),
        ('[headings]\nsimmilar = ["a"]', "unknown field `simmilar`"),
        ("common_words = 3", "Expected `str`"),
        ("[headings]\nsimilar = 'a'", "Expected `array`"),
        ("[headings]\nsimilar = [3]", "expected string"),
        ("[headings]\nsimilar = ['a (b']", '"a (b" is not a regular expression'),
        ("[headings]\nsimilar = ['a (b)']", '"a (b)" has a capturing group'),
        ("[headings]\nsimilar = ['a {b}']", 'uses "b", which [parts] does not define'),
        ("[parts]\na = '('", "is not a regular expression"),
        ('[dates]\nmonths = ["a", "b"]', "all twelve months"),
        (f"[dates]\nmonths = {['a'] * 13}", "length <= 12"),
    ],
    ids=["toml", "key", "words", "list", "number", "bracket", "group", "part", "wrong part", "months", "more months"],
)
def test_a_malformed_file_is_an_error(text: str, problem: str, tmp_path: Path):
    write_files(tmp_path, {"xx.toml": text})
    with pytest.raises(LexiconError) as caught:
        check_language(tmp_path / "xx.toml")
    assert str(caught.value).startswith(f"{tmp_path / 'xx.toml'}: ")
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("read more", "Read  more"),
        ("l’auteur", "l'auteur"),
        ("l’auteur", "l’auteur"),
        ("[x’]y", "’y"),
        ("[x’]y", "'y"),
        (r"{three} \{a", "abc {a"),
    ],
)
def test_notation(pattern: str, text: str, tmp_path: Path):
    write_files(tmp_path, {"xx.toml": f"[parts]\nthree = '[a-c]{{3}}'\n[headings]\nsimilar = ['{pattern}']"})
    with more_languages(tmp_path):
        assert phrases().similar.fullmatch(text)


def test_without_its_file_the_language_is_not_read():
    article = read_text(PAGE)
    assert (article.date, article.author, article.language) == (None, None, None)
    assert article.similar == ()


@pytest.mark.usefixtures("novian")
def test_text_of_a_new_language_is_read_with_one_more_file():
    article = read_text(PAGE)
    assert article.title == "Vek Zo Tem Ka Nar"
    assert article.date == dt.date(2026, 6, 3)
    assert article.author == "Ana Belo, Cita Duro"
    assert article.source.name == "Nova Gazeto"
    assert article.language == "xx"
    assert [(card.title, card.date) for card in article.similar] == [
        ("Dar Sef Rit Mok Ulo", dt.date(2026, 5, 28)),
        ("Pim Oth Vek Zo Nar", dt.date(2026, 5, 1)),
    ]
    assert article.body.startswith("Zo ka li")
    assert "Parencaj" not in article.body


@pytest.mark.usefixtures("novian")
def test_html_of_a_new_language_is_read_with_one_more_file():
    pytest.importorskip("trafilatura", exc_type=ImportError)
    from site_builder.importers.read.html.read_html import read_html

    paragraphs = [row for row in PAGE.split("\n") if row.startswith(("Zo ka", "Dar sef"))]
    page = (
        "<html><head><title>Vek Zo Tem Ka Nar</title></head><body><article><h1>Vek Zo Tem Ka Nar</h1>"
        "<p class=byline>Fro Ana Belo ud Cita Duro</p><p>3 junoz 2026</p>"
        + "".join(f"<p>{p}</p>" for p in paragraphs * 2)
        + "</article><section><h2>Parencaj novij</h2><ul><li><a href='/dar'>Dar Sef Rit Mok Ulo</a>"
        "<li><a href='/pim'>Pim Oth Vek Zo Nar</a></ul></section></body></html>"
    )
    article = read_html(page, url="https://example.org/vek")
    assert article.date == dt.date(2026, 6, 3)
    assert article.author == "Ana Belo, Cita Duro"
    assert [card.url for card in article.similar] == ["https://example.org/dar", "https://example.org/pim"]


def test_names_are_read_without_the_other_tables():
    """They stand before the first table of a file and in its table [names], wherever that is."""
    every, names = load_lexicon(*folders()), load_names(folders())
    tables = {"dates", "headings", "lines", "words", "credits", "boilerplate", "elements", "feeds", "parts"}
    kept = [field for field in LanguageLexicon.__struct_fields__ if field not in tables]
    assert list(names) == list(every)
    for code, language in every.items():
        assert [getattr(names[code], field) for field in kept] == [getattr(language, field) for field in kept]
        assert names[code].lines == LanguageLexicon().lines
