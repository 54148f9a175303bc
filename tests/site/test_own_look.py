"""A look of one's own by settings alone: colour, logo, menu, foot, style sheets and scripts, parts of the home page."""

import re
from pathlib import Path

import pytest

from site_builder.render.colours import MIN_CONTRAST, PAPERS, contrast, readable
from tests.helpers.output import build
from tests.helpers.site import MKDOCS_YML, MakeSite, article, check, page, topic

SITE = {
    "content/articles/a.md": article("Alpha", topics=["t"]),
    "content/articles/b.md": article("Beta", topics=["t"]),
    "content/topics/t.md": topic("Tee"),
    "content/pages/about.md": page("About"),
    "content/static/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "content/static/css/own.css": "a { color: red }",
    "content/static/own.js": "// nothing",
    "content/static/own.mjs": "// nothing",
}
LOOK = """\
      accent: "#ff69b4"
      logo: logo.svg
      favicon: /logo.svg
      web_font: false
      menu: [topics, {title: About us, url: /about/}, {title: Elsewhere, url: "https://example.com/"}]
      footer: Made <here>
      footer_links: [{title: Mastodon, url: "https://social.example/@us"}]
      home: [topics, latest]
"""
OURS = MKDOCS_YML.replace("  - site_builder\n", f"  - site_builder:\n{LOOK}") + (
    "extra_css: [css/own.css]\nextra_javascript: [own.js, static/own.mjs]\n"
)


@pytest.fixture
def built(make_site: MakeSite) -> Path:
    root = make_site({**SITE, "mkdocs.yml": OURS})
    build(root, strict=True)
    return root / "site"


def html(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def test_every_page_has_it(built: Path):
    for path, up in ((".", ""), ("articles/a", "../../")):
        text = html(built, path)
        styles = re.findall(r'rel="stylesheet" href="([^"]+)"', text)
        assert [s for s in styles if not re.search("blocks|lists|overview", s)] == [
            f"{up}assets/style.css",
            f"{up}assets/accent.css",
            f"{up}css/own.css",
        ]
        assert f'<script src="{up}own.js" defer></script>' in text
        assert f'<script src="{up}own.mjs" type="module"></script>' in text
        assert f'<link rel="icon" href="{up}logo.svg" type="image/svg+xml">' in text
        assert f'<img class="sb-logo" src="{up}logo.svg" alt=""> Test site</a>' in text
        assert "<p>Made &lt;here&gt;</p>" in text
        assert '<a href="https://social.example/@us">Mastodon</a>' in text
        assert "sb-face" not in text
        assert "woff2" not in text
        menu = text.partition("<nav aria-label=")[2].partition("</nav>")[0]
        assert re.findall(r'<a href="([^"]+)"', menu) == [f"{up}topics/", f"{up}about/", "https://example.com/"]


def test_the_home_page_has_the_parts_that_are_named(built: Path):
    assert re.findall(r"<h2>(.*?)</h2>", html(built, ".")) == ["Latest", "Topics"]


def test_without_settings_nothing_changes(make_site: MakeSite):
    root = make_site(SITE)
    build(root)
    assert not (root / "site/assets/accent.css").exists()
    text = html(root / "site", ".")
    assert "own.css" not in text
    assert 'href="assets/favicon.svg"' in text


@pytest.mark.parametrize("accent", ["#000", "#ffffff", "#ff0", "#00f", "#0e5a43", "#ff69b4", "#7f7f7f", "#0ff"])
def test_any_colour_can_be_read(accent: str):
    for made, papers in zip(readable(accent), PAPERS, strict=True):
        assert re.fullmatch("#[0-9a-f]{6}", made)
        assert all(contrast(made, paper) >= MIN_CONTRAST for paper in papers)


def test_a_colour_that_can_be_read_stays_as_it_is():
    assert readable("#0E5A43")[0] == "#0e5a43"
    assert readable("#86d0b1")[1] == "#86d0b1"
    assert contrast("#000", "#fff") == pytest.approx(21)


def test_papers_are_those_of_the_theme():
    css = (Path(__file__).parents[2] / "templates/assets/style.css").read_text(encoding="utf-8")
    for number, name in enumerate(("paper", "wash")):
        light, dark = re.findall(rf"--{name}: light-dark\((\S+), (\S+)\)", css)[0]
        assert (light.replace("#fff", "#ffffff", 1) if light == "#fff" else light, dark) == (
            PAPERS[0][number],
            PAPERS[1][number],
        )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('accent: "green"', '"accent" is "green", which is not a colour such as #0e5a43'),
        ("accent: 123456", "a colour such as"),
        ("logo: gone.svg", '"logo" is "gone.svg", and there is no such file in content/static/'),
        ("logo: https://example.com/l.svg", "pages load nothing from elsewhere"),
        ("favicon: ../../mkdocs.yml", "there is no such file"),
        ("menu: [topic]", '"menu.0" is "topic", which is not one of articles, topics,'),
        ("menu: [{title: A}]", "not a link such as {title: About, url: /about/}"),
        ("menu: [{title: A, url: about}]", "an address such as /about/"),
        ("menu: [{title: A, url: 'javascript:alert(1)'}]", "an address such as /about/"),
        ("menu: [{title: A, url: /abuot/}]", '"menu" links to "/abuot/", and no page has that address'),
        ('menu: [{title: "A\\u0007", url: /about/}]', "without the character U+0007"),
        ("home: [topics, lastest]", '"home.1" is "lastest", which is not lead, latest, linked, topics or tools'),
        ("web_font: 3", "true or false"),
        ("footer_links: [{title: A, url: /about/, icon: b}]", "not a link such as"),
    ],
)
def test_what_is_wrong_is_said(make_site: MakeSite, line: str, said: str):
    settings = MKDOCS_YML.replace("  - site_builder\n", f"  - site_builder:\n      {line}\n")
    found = check(make_site({**SITE, "mkdocs.yml": settings}))
    assert any(finding.startswith("mkdocs.yml:") and said in finding for finding in found), found


def test_a_style_sheet_from_elsewhere_is_refused(make_site: MakeSite):
    found = check(make_site({**SITE, "mkdocs.yml": MKDOCS_YML + "extra_css: [https://cdn.example/a.css]\n"}))
    assert "which is on another site" in found[0]


def test_a_template_can_extend_the_one_of_the_theme(make_site: MakeSite):
    own = '{% extends "theme/base.html" %}\n{% block head %}\n<meta name="own" content="yes">\n{% endblock %}\n'
    root = make_site({**SITE, "templates/base.html": own})
    build(root)
    text = html(root / "site", "articles/a")
    assert '<meta name="own" content="yes">' in text
    assert "<h1>Alpha</h1>" in text
