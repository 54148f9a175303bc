"""Titles of callouts that have none of their own, in the language of the site."""

import pytest

from site_builder.i18n import load_translations
from site_builder.markdown.syntax.callouts import CALLOUT_WORDS
from site_builder.theme import theme_dir
from tests.helpers.output import build, files
from tests.helpers.site import MKDOCS_YML, MakeSite, article


@pytest.mark.parametrize("language", ["en", "de"])
def test_titles_are_in_the_language_of_the_site(make_site: MakeSite, language: str):
    kinds = ("> [!WARNING]\n> a", "> \\[!tip]\n> b", "!!! note\n    c", "??? danger\n    d", "> [!info]- Mine\n> e")
    body = "\n\n".join([*kinds, "> [!x-y]\n> f"])
    settings = MKDOCS_YML.replace("- site_builder\n", f"- site_builder: {{language: {language}}}\n")
    root = make_site({"mkdocs.yml": settings, "content/articles/a.md": article("A", body)})
    build(root)
    page = files(root / "site")["articles/a/index.html"].decode()
    titles = ["Warning", "Tip", "Note"] if language == "en" else ["Warnung", "Tipp", "Hinweis"]
    for title in [*titles, "X-Y"]:
        assert f'<p class="admonition-title">{title}</p>' in page
    for title in ("Danger" if language == "en" else "Gefahr", "Mine"):
        assert f"<summary>{title}</summary>" in page


def test_every_kind_has_a_text():
    texts = load_translations([theme_dir()], "de", theme_dir())[0].texts
    assert set(CALLOUT_WORDS) <= set(texts)
