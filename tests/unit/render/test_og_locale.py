"""What is told from a language tag."""

import pytest

from site_builder.render.og_locale import is_western, locale
from tests.helpers.site import MakeSite, article, load

FONT = "source-serif-4-latin-400-normal.woff2"


@pytest.mark.parametrize("tag", ["en", "de-AT", "pt-BR", "fr", "en-Latn-GB", "nb"])
def test_our_typeface_spells_western_languages(tag: str):
    assert is_western(tag)


@pytest.mark.parametrize("tag", ["pl", "tr", "ar", "ja", "zh-Hans", "en-Dsrt", "x"])
def test_others_are_left_to_the_readers_fonts(tag: str):
    assert not is_western(tag)


@pytest.mark.parametrize(("tag", "told"), [("en", "en_US"), ("de-AT", "de_AT"), ("sr-Latn-RS", "sr_RS"), ("qq", "qq")])
def test_a_language_has_a_country(tag: str, told: str):
    assert locale(tag) == told


@pytest.mark.parametrize(("language", "is_ours"), [("en", True), ("de", True), ("pl", False)])
def test_a_page_asks_for_the_typeface_only_where_it_serves(make_site: MakeSite, language: str, is_ours: bool):
    settings = f"site_name: S\ndocs_dir: content\nplugins:\n  - site_builder:\n      language: {language}\n"
    root = make_site({"mkdocs.yml": settings, "content/articles/a.md": article("A")})
    html = load(root).render("/articles/a/").decode()
    assert (FONT in html) is is_ours
    assert ('class="sb-face"' in html) is is_ours


def test_letters_are_written_in_one_way(make_site: MakeSite):
    """A dieresis that stands apart becomes part of its letter, in texts and in what the policy's hash is of."""
    root = make_site({"content/articles/a.md": article("U\u0308ber", "Fu\u0308r alle.")})
    html = load(root).render("/articles/a/").decode()
    assert "\u0308" not in html
    assert "Für alle." in html


def test_an_article_in_another_alphabet_is_set_in_the_readers_fonts(make_site: MakeSite):
    files = {f"content/articles/{tag}.md": article(f"In {tag}", language=tag) for tag in ("de", "pl")}
    site = load(make_site(files))
    assert (
        '<main id="sb-main" class="sb-wide" lang="pl" dir="ltr" data-face="">' in site.render("/articles/pl/").decode()
    )
    assert '<main id="sb-main" class="sb-wide" lang="de" dir="ltr">' in site.render("/articles/de/").decode()
    home = site.render("/").decode()
    assert 'lang="pl" dir="ltr" data-face=""' in home
    assert 'lang="de" dir="ltr">' in home
