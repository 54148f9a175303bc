"""The words of the interface: plural, markup, other languages, mistakes in their files."""

import datetime as dt
from pathlib import Path

import pytest
from markupsafe import Markup

from site_builder.i18n import Translations, load_translations
from site_builder.theme import theme_dir
from tests.helpers.site import MakeSite, article, load

ENGLISH = load_translations([theme_dir()], "en", Path())[0]
RUSSIAN = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"


def words(tmp_path: Path, text: str, language: str = "fi") -> tuple[Translations, list[str]]:
    """The words of a language whose file has this text, and what was found."""
    file = tmp_path / "words" / f"{language}.yml"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    made, found = load_translations([tmp_path, theme_dir()], language, tmp_path)
    return made, [str(d) for d in found]


def test_english_has_no_faults():
    assert load_translations([theme_dir()], "en", Path())[1] == []
    assert ENGLISH.day(dt.date(2026, 6, 3)) == "3 June 2026"
    assert ENGLISH.number(12000) == "12,000"
    assert [ENGLISH.listed(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_forms_of_the_plural(tmp_path: Path):
    made = Translations(
        {**ENGLISH.texts, "plural": RUSSIAN, "n": ("{count} статья", "{count} статьи", "{count} статей")}
    )
    assert [made("n", count) for count in (1, 3, 5, 21)] == ["1 статья", "3 статьи", "5 статей", "21 статья"]


def test_markup_is_kept_and_text_escaped():
    made = Translations({**ENGLISH.texts, "x": "{who} & {link}"})
    assert made("x", who="<b>", link=Markup("<a>y</a>")) == "&lt;b&gt; &amp; <a>y</a>"


def test_another_language_falls_back_to_english(tmp_path: Path):
    made, found = words(tmp_path, 'skip: Tekstiin\nday: "{day}. {month} {year}"\n')
    assert found == []
    assert made("skip") == "Tekstiin"
    assert made("articles") == "Articles"


def test_a_site_may_change_single_texts(tmp_path: Path):
    assert words(tmp_path, "skip: Straight to the text\n", "en")[0]("skip") == "Straight to the text"


def test_a_dialect_stands_on_its_language(tmp_path: Path):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "de.yml").write_text("skip: Zum Text\ntopics: Themen\n")
    (tmp_path / "words" / "de-AT.yml").write_text("skip: Zum Text, bitte\n")
    made, _ = load_translations([tmp_path, theme_dir()], "de-AT", tmp_path)
    assert (made("skip"), made("topics")) == ("Zum Text, bitte", "Themen")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("skipp: x", 'words/fi.yml:1:1: warning: there is no text called "skipp" [words-unknown]'),
        ("skip: [a, b]", 'words/fi.yml:1:1: error: "skip" must be one text [words-invalid]'),
        ('skip: "a\\x07"', 'words/fi.yml:1:1: error: "skip" holds the character U+0007 [words-invalid]'),
        ("skip: {a: b}", 'words/fi.yml:1:1: error: "skip" has no text [words-invalid]'),
        (
            "\nmonths: [Januar]",
            'words/fi.yml:2:1: error: "months" must be a list of twelve texts, not 1 [words-invalid]',
        ),
        ("day: '{tag}'", 'words/fi.yml:1:1: error: "day" uses {tag}, which is not available there [words-invalid]'),
        (
            "day: '{day:>999999999}'",
            'words/fi.yml:1:1: error: "day" uses {day:>999999999}, which is not available there [words-invalid]',
        ),
        (
            "day: '{day!r}'",
            'words/fi.yml:1:1: error: "day" uses {day!r}, which is not available there [words-invalid]',
        ),
        ("day: '{day'", 'words/fi.yml:1:1: error: "day" uses {?}, which is not available there [words-invalid]'),
        ("plural: many", "words/fi.yml:1:1: error: this is not a plural rule [words-invalid]"),
        ("plural: 1/n", "words/fi.yml:1:1: error: this is not a plural rule [words-invalid]"),
        ("- a", "words/fi.yml:1:1: error: this is not a translation file [words-invalid]"),
        (
            "a: b: c",
            "words/fi.yml:1:5: error: this is not valid YAML: mapping values are not allowed here [words-invalid]",
        ),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path: Path, text: str, message: str):
    made, found = words(tmp_path, text)
    assert [f.split("\n")[0] for f in found] == [message]
    assert made("skip") == "Skip to content"


def test_a_language_without_words_is_told(make_site: MakeSite):
    settings = (
        "site_name: S\nsite_url: https://e.org/\ndocs_dir: content\nplugins:\n  - site_builder:\n      language: fi\n"
    )
    site = load(make_site({"mkdocs.yml": settings, "content/articles/a.md": article()}))
    assert [d.code for d in site.diagnostics] == ["words-missing"]


def test_words_that_are_nested_without_end_do_not_end_the_program(tmp_path: Path):
    """libyaml calls itself for each level, and has 8 MB of stack."""
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.yml").write_text("skip: " + "[" * 100_000)
    (error,) = load_translations([tmp_path, theme_dir()], "en", tmp_path)[1]
    assert (error.code, error.text) == ("words-invalid", "this is not valid YAML: it is nested too deeply")
