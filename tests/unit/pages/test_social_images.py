"""Pictures for links on other sites: of one size, small, the same each time, and left out where they cannot be."""

import io
import zlib

import numpy as np
import pytest

from site_builder.pages import context as knowledge
from site_builder.pages.data import social_images as pictures
from site_builder.render import social_card as drawing
from site_builder.render.social_card import SocialCardView, draw_card
from tests.helpers.growth import assert_linear
from tests.helpers.site import MKDOCS_YML, MakeSite, article, codes, load, topic

image = pytest.importorskip("PIL.Image", reason="Pillow is not installed: pip install pillow")
draw = pytest.importorskip("PIL.ImageDraw")

WITH_IMAGES = {"mkdocs.yml": f"{MKDOCS_YML.rstrip()}:\n      social_images: true\n"}
"""The usual settings, and pictures."""

VIEW = SocialCardView("A title of some length that takes two lines at least", "Topic", "Paper · 3 June 2026", "A site")


def shades(data: bytes) -> set[int]:
    """Palette indexes in use below the bar."""
    found: set[int] = set(image.open(io.BytesIO(data)).crop((0, 140, 1200, 520)).get_flattened_data())
    return found


def test_a_picture_has_the_size_that_others_ask_for_and_few_bytes():
    data = draw_card(VIEW)
    assert image.open(io.BytesIO(data)).size == (1200, 630)
    assert image.open(io.BytesIO(data)).format == "PNG"
    assert len(data) < 30_000
    assert draw_card(VIEW) == data


def test_letters_look_as_pillow_draws_them():
    size, line = 84, "Fjord AV “ffi” 7"
    assert drawing._broken(line) == (size, [line])
    sheet = image.new("L", drawing.SIZE)
    at = float(drawing._EDGE)
    base = drawing._TITLE_TOP + round(size * 0.8)
    for character, step in zip(line, drawing._steps(line, size), strict=True):
        draw.Draw(sheet).text((round(at), base), character, fill=255, font=drawing._font(size), anchor="ls")
        at += step
    expected = [round(ink * 5 / 255) for ink in sheet.get_flattened_data()]
    found = image.open(io.BytesIO(draw_card(SocialCardView(line, "", "", "")))).get_flattened_data()
    below_bar = drawing._BAR * drawing.SIZE[0]
    assert sum(a != b for a, b in zip(expected[below_bar:], found[below_bar:], strict=True)) < 5


@pytest.mark.parametrize(("left", "base"), [(-30, 40), (1190, 40), (200, 10), (200, 640), (-31, -3)])
def test_what_is_beyond_the_edge_is_not_drawn(left: int, base: int):
    sheet = np.zeros((630, 600), np.uint8)
    whole = np.zeros((830, 800), np.uint8)
    drawing._write(whole, (left + 200, base + 100), "Àgj", 84, drawing._INK)
    first, end = drawing._write(sheet, (left, base), "Àgj", 84, drawing._INK)
    assert np.array_equal(sheet, whole[100:730, 100:700])
    assert not sheet[:first].any()
    assert not sheet[end:].any()


def test_a_card_names_what_draws_and_packs_it(make_site: MakeSite):
    made_by = load(make_site({**WITH_IMAGES, "content/articles/a.md": article("A")})).view("/social.png").made_by
    assert drawing.pillow_version() in made_by
    assert zlib.ZLIB_RUNTIME_VERSION in made_by


@pytest.mark.parametrize("title", ["word " * 200, "x" * 500, "Ж" * 90, ""])
def test_any_title_fits(title: str):
    assert len(draw_card(SocialCardView(title, title, title, title))) < 60_000


def test_what_the_font_cannot_write_is_left_out():
    assert shades(draw_card(SocialCardView("الصحة", "", "", "S"))) == {0}
    assert shades(draw_card(SocialCardView("医疗", "", "", "S"))) == {0}
    assert len(shades(draw_card(SocialCardView("Health – “Über” Ελλάδα", "", "", "S")))) > 4


def test_articles_topics_and_the_site_have_one(make_site: MakeSite):
    site = load(
        make_site(
            {
                **WITH_IMAGES,
                "content/articles/a.md": article("A", topics=["t"]),
                "content/articles/hidden.md": article("H", unlisted=True),
                "content/topics/t.md": topic("T"),
            }
        )
    )
    made = [url for url in site.routes.all() if url.endswith("social.png")]
    assert made == ["/articles/a/social.png", "/social.png", "/topics/t/social.png"]
    html = site.render("/articles/a/").decode()
    assert '<meta property="og:image" content="https://example.org/x/y/articles/a/social.png">' in html
    assert '<meta property="og:image:alt" content="A">' in html
    assert '<meta name="twitter:card" content="summary_large_image">' in html
    assert 'content="https://example.org/x/y/social.png"' in site.render("/articles/hidden/").decode()


@pytest.mark.parametrize("title", ["الصحة", "医疗", "Ferries 🚀", "A 水 log", "\U0001d5d4\u0301 title"])
def test_a_title_that_the_font_lacks_shows_the_picture_of_the_site(make_site: MakeSite, title: str):
    files = {
        **WITH_IMAGES,
        "content/articles/a.md": article(title, topics=["t"]),
        "content/articles/b.md": article("B", topics=["t"]),
        "content/topics/t.md": topic(title),
    }
    root = make_site(files)
    site = load(root)
    assert codes(root) == ["social-image-signs"] * 2
    assert {(d.location.line, d.location.column) for d in site.diagnostics} == {(2, 8)}
    assert [url for url in site.routes.all() if url.endswith("social.png")] == ["/articles/b/social.png", "/social.png"]
    for url in ("/articles/a/", "/topics/t/"):
        html = site.render(url).decode()
        assert '<meta property="og:image" content="https://example.org/x/y/social.png">' in html
        assert '<meta property="og:image:alt" content="Test site">' in html
        assert "a/social.png" not in html


@pytest.mark.parametrize(
    "title",
    [
        "Łódź → Øresund ≠ “x”",
        "Привет, Ελλάδα",
        "Vie\u0323\u0302t Nam",
        "10 \u2103 \uff21\uff22",
        "a\u00adb\u200bc\u2011d\ufe0f",
    ],
)
def test_what_the_font_has_is_no_finding(make_site: MakeSite, title: str):
    root = make_site({**WITH_IMAGES, "content/articles/a.md": article(title)})
    assert codes(root) == []
    assert len(shades(load(root).render("/articles/a/social.png"))) > 4


def test_names_that_the_font_lacks(make_site: MakeSite):
    files = {
        "mkdocs.yml": WITH_IMAGES["mkdocs.yml"].replace("Test site", "川の本"),
        "content/articles/a.md": article("A", source={"name": "港の新聞"}),
    }
    root = make_site(files)
    site = load(root)
    assert [(d.code, d.location.path) for d in site.diagnostics] == [
        ("social-image-signs", "content/articles/a.md"),
        ("social-image-signs", "mkdocs.yml"),
    ]
    assert site.view("/social.png").title == "example.org/x/y"
    card = site.view("/articles/a/social.png")
    assert (card.meta, card.site) == ("3 June 2026", "example.org/x/y")


def test_a_photograph_of_its_own_is_better(make_site: MakeSite):
    photo = io.BytesIO()
    image.new("RGB", (800, 400)).save(photo, "PNG")
    files = {"content/articles/p.png": photo.getvalue()}
    files |= {"content/articles/a.md": article("A", image={"src": "p.png", "alt": "A bridge", "credit": "C"}).encode()}
    html = load(make_site(files)).render("/articles/a/").decode()
    assert '<meta property="og:image" content="https://example.org/x/y/articles/p.png">' in html
    assert '<meta property="og:image:width" content="800">' in html
    assert '<meta property="og:image:alt" content="A bridge">' in html


def test_without_pillow_they_are_an_error_that_says_what_to_install(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
):
    for module in (drawing, knowledge, pictures):
        monkeypatch.setattr(module, "pillow_version", lambda: "")
    root = make_site({**WITH_IMAGES, "content/articles/a.md": article("A"), "content/articles/b.md": article("B")})
    assert codes(root) == ["images-missing"]
    site = load(root)
    assert not site.is_sound
    assert "pip install 'site-builder[images]'" in site.diagnostics[0].hint
    assert not [url for url in site.routes.all() if url.endswith("social.png")]
    assert b"og:image" not in site.render("/articles/a/")
    assert b'<meta name="twitter:card" content="summary">' in site.render("/articles/a/")


@pytest.mark.parametrize("pillow", ["", "12.0"])
def test_without_the_setting_there_are_none_whatever_is_installed(
    pillow: str, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
):
    for module in (drawing, knowledge, pictures):
        monkeypatch.setattr(module, "pillow_version", lambda: pillow)
    root = make_site({"content/articles/a.md": article("A")})
    assert codes(root) == []
    assert not [url for url in load(root).routes.all() if url.endswith("social.png")]


@pytest.mark.parametrize("sign", ["W", "i. ", "Ж", "水", "a\u0301", "\u200b", "🚀"])
def test_the_longest_title_takes_as_long_as_it_is(sign: str):
    assert_linear(lambda n: draw_card(SocialCardView(sign * n, sign * n, sign * n, sign * n)), 2_000)


def test_a_word_without_spaces_is_broken_where_the_line_is_full():
    _size, lines = drawing._broken("x" * 200)
    assert "".join(lines) == "x" * 200
    assert len({len(line) for line in lines[:-1]}) == 1
    assert drawing._fitted("a, " * 400, 32).endswith("a…")
