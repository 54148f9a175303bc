"""Pictures of articles: smaller copies at the right size, each made once, and none that no page asks for."""

import re
import struct
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest

from site_builder.render.raster import scaled_picture
from site_builder.render.raster.scaled_picture import scale
from tests.helpers.output import build
from tests.helpers.site import Files, MakeSite, article, check, codes, load

image = pytest.importorskip("PIL.Image", reason="Pillow is not installed: pip install pillow")
image_ops = pytest.importorskip("PIL.ImageOps")
cms = pytest.importorskip("PIL.ImageCms")

TURNED: Final = 0x0112
"""The Exif tag that says how a camera was held."""
COMPRESSION: Final = 0x0103
"""Another one that is a number."""


def picture(width: int, height: int, format_: str = "PNG", mode: str = "RGB", **saved: Any) -> bytes:
    """Stripes, so that a turned or cropped copy can be seen."""
    drawn = image.new(mode, (width, height))
    drawn.paste(image.new(mode, (width // 2, height), "red" if mode == "RGB" else 1), (0, 0))
    out = BytesIO()
    drawn.save(out, format_, **saved)
    return out.getvalue()


def exif(turn: int) -> bytes:
    tags = image.Exif()
    tags[TURNED] = turn
    tags[0x9286] = "where it was taken"
    return bytes(tags.tobytes())


def moving() -> bytes:
    out = BytesIO()
    frames = [image.new("P", (900, 600), n) for n in range(3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def site_with(name: str, data: bytes | str, **front_matter: Any) -> Files:
    return {
        "content/articles/a.md": article("A", image={"src": name, "alt": "Two stripes"}, **front_matter),
        f"content/articles/{name}": data,
    }


def copies(root: Path) -> dict[str, tuple[int, int]]:
    """The scaled files of a built site, without their digest, and their sizes."""
    found = sorted((root / "site" / "assets" / "scaled").glob("*"))
    return {path.name.partition("-")[2]: image.open(BytesIO(path.read_bytes())).size for path in found}


def test_an_article_and_the_home_page_offer_copies_and_keep_the_original(make_site: MakeSite):
    data = picture(2000, 1000)
    root = make_site(site_with("chart.png", data))
    build(root, site_dir=root / "site")
    assert copies(root) == {"400.png": (400, 200), "800.png": (800, 400), "1200.png": (1200, 600)}
    assert (root / "site/articles/chart.png").read_bytes() == data
    for page, up in (("articles/a/index.html", "../../"), ("index.html", "")):
        html = (root / "site" / page).read_text(encoding="utf-8")
        (tag,) = re.findall("<img [^>]*Two stripes[^>]*>", html)
        assert re.fullmatch(
            rf'<img src="{up}assets/scaled/(\w+)-1200.png" alt="Two stripes" width="2000" height="1000" '
            rf'srcset="{up}assets/scaled/\1-400.png 400w, {up}assets/scaled/\1-800.png 800w, '
            rf'{up}assets/scaled/\1-1200.png 1200w" sizes="[^"]+"( fetchpriority="high")?>',
            tag,
        )


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("small.png", picture(450, 300), []),
        ("middle.png", picture(900, 600), ["400.png"]),
        ("photo.jpg", picture(1300, 600, "JPEG"), ["400.jpg", "800.jpg"]),
        ("photo.webp", picture(600, 600, "WEBP"), ["400.webp"]),
        ("moving.gif", moving(), []),
        ("still.gif", picture(900, 600, "GIF", "P"), []),
        ("drawing.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"/>', []),
        ("shades.png", picture(900, 600, mode="L"), ["400.png"]),
        ("palette.png", picture(900, 600, mode="P"), ["400.png"]),
        ("deep.png", picture(900, 600, mode="I;16"), ["400.png"]),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value[-5:] else "",
)
def test_nothing_is_enlarged_and_what_moves_or_scales_by_itself_stays(
    make_site: MakeSite, name: str, data: bytes | str, expected: list[str]
):
    root = make_site(site_with(name, data))
    build(root, site_dir=root / "site")
    assert sorted(copies(root)) == expected
    assert 'alt="Two stripes"' in (root / "site/articles/a/index.html").read_text(encoding="utf-8")


def test_a_photo_is_turned_as_its_camera_was_held_and_tells_nothing_else(make_site: MakeSite):
    root = make_site(site_with("photo.jpg", picture(1000, 600, "JPEG", exif=exif(6))))
    build(root, site_dir=root / "site")
    assert copies(root) == {"400.jpg": (400, 667)}
    assert 'width="600" height="1000"' in (root / "site/articles/a/index.html").read_text(encoding="utf-8")
    copy = image.open(BytesIO(next((root / "site/assets/scaled").glob("*")).read_bytes()))
    assert dict(copy.getexif()) == {}
    above, below = (copy.getpixel((200, y))[0] for y in (100, 600))
    assert above - below > 200, "red above, as it was taken"


def test_the_home_page_takes_the_first_picture_of_a_text_where_there_is_no_other(make_site: MakeSite):
    files: Files = {
        "content/articles/a.md": article("A", "See ![two stripes](one.png) and ![more](two.png).\n"),
        "content/articles/one.png": picture(900, 600),
        "content/articles/two.png": picture(900, 601),
    }
    root = make_site(files)
    build(root, site_dir=root / "site")
    assert copies(root) == {"400.png": (400, 267)}
    html = (root / "site/index.html").read_text(encoding="utf-8")
    assert '<div class="sb-shot"><img src="articles/one.png" alt="" width="900"' in html.replace("\n<img", "<img")


def test_no_copy_is_made_that_no_page_shows(make_site: MakeSite):
    files = {**site_with("chart.png", picture(900, 600), status="draft"), "content/articles/b.md": article("B")}
    root = make_site(files)
    build(root, site_dir=root / "site")
    assert copies(root) == {}


def test_an_unchanged_picture_is_scaled_once(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    root = make_site(site_with("chart.png", picture(900, 600)))
    scaled: list[int] = []

    def counted(data: bytes, width: int) -> bytes:
        scaled.append(width)
        return scale(data, width)

    monkeypatch.setattr(scaled_picture, "scale", counted)
    build(root, site_dir=root / "site")
    before = {path: path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()}
    assert scaled == [400]
    build(root, site_dir=root / "site")
    with (root / "content/articles/a.md").open("a", encoding="utf-8") as file:
        file.write("\nMore.\n")
    build(root, site_dir=root / "site")
    assert scaled == [400]
    (root / "content/articles/chart.png").write_bytes(picture(901, 600))
    build(root, site_dir=root / "site")
    assert scaled == [400, 400]
    names = {path.name for path in (root / "site/assets/scaled").glob("*")}
    assert len(names) == 1, "the copy of the former picture is gone"
    assert names != {path.name for path in before if path.parent.name == "scaled"}


@pytest.mark.parametrize("data", [b"", b"no picture", picture(900, 600)[:20]], ids=["empty", "text", "cut"])
def test_a_broken_picture_is_a_finding(make_site: MakeSite, data: bytes):
    root = make_site(site_with("chart.png", data))
    assert codes(root) == ["image-broken"]
    assert '"content/articles/chart.png" cannot be read as a picture' in check(root)[0]
    assert build(root, site_dir=root / "site").is_built
    assert copies(root) == {}


def test_half_a_picture_is_published_as_it_is(make_site: MakeSite):
    data = picture(900, 600, "JPEG")[:2000]
    root = make_site(site_with("photo.jpg", data))
    assert build(root, site_dir=root / "site").is_built
    assert (root / "site/articles/photo.jpg").read_bytes() == data


def test_exif_data_that_a_camera_wrote_wrongly_stop_no_build(make_site: MakeSite):
    tags = image.Exif()
    tags[TURNED], tags[COMPRESSION] = 6, 7
    number_as_text = tags.tobytes().replace(b"\x01\x03\0\x03", b"\x01\x03\0\x02")
    data = picture(1000, 600, "JPEG", exif=number_as_text)
    with pytest.raises(struct.error):
        image_ops.exif_transpose(image.open(BytesIO(data)))
    root = make_site(site_with("photo.jpg", data))
    assert build(root, site_dir=root / "site").is_built
    assert copies(root) == {"400.jpg": (400, 667)}


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_way_of_holding_a_camera_is_undone(turn: int):
    data = picture(90, 60, exif=exif(turn))
    expected = image_ops.exif_transpose(image.open(BytesIO(data)))
    found = image.open(BytesIO(scale(data, expected.width)))
    assert (found.size, found.tobytes()) == (expected.size, expected.tobytes())


@pytest.mark.parametrize("format_", ["PNG", "WEBP"])
def test_a_turned_file_that_some_browsers_do_not_turn_is_not_offered_itself(make_site: MakeSite, format_: str):
    root = make_site(site_with(f"photo.{format_.lower()}", picture(1000, 900, format_, exif=exif(6))))
    build(root, site_dir=root / "site")
    html = (root / "site/articles/a/index.html").read_text(encoding="utf-8")
    (tag,) = re.findall("<img [^>]*Two stripes[^>]*>", html)
    assert 'width="900" height="1000"' in tag
    assert len(re.findall(r"\d+w\b", tag)) == len(copies(root)) == 1


def test_the_first_of_several_photos_in_a_file_of_a_phone_is_scaled(make_site: MakeSite):
    data = picture(900, 600, "MPO", save_all=True, append_images=[image.new("RGB", (90, 60))])
    root = make_site(site_with("photo.jpg", data))
    build(root, site_dir=root / "site")
    assert copies(root) == {"400.jpg": (400, 267)}


def test_greys_of_16_bits_stay_as_bright_as_they_are():
    data = BytesIO()
    image.frombytes("I;16", (900, 6), (b"\xff\x40" * 450 + b"\x01\xc0" * 450) * 6).save(data, "PNG")
    copy = image.open(BytesIO(scale(data.getvalue(), 400)))
    assert [copy.getpixel((x, 1)) for x in (50, 350)] == [0x40, 0xC0]


def test_colours_of_print_become_those_of_screens_without_the_profile_of_a_press():
    profile = bytearray(cms.ImageCmsProfile(cms.createProfile("sRGB")).tobytes())
    profile[16:20] = b"CMYK"
    data = BytesIO()
    image.new("CMYK", (900, 600), (0, 255, 255, 0)).save(data, "JPEG", icc_profile=bytes(profile))
    copy = image.open(BytesIO(scale(data.getvalue(), 400)))
    assert copy.mode == "RGB"
    assert "icc_profile" not in copy.info
    red, green, _ = copy.getpixel((200, 100))
    assert (red > 200, green < 60) == (True, True)


def test_the_profile_of_a_screen_stays():
    profile = cms.ImageCmsProfile(cms.createProfile("sRGB")).tobytes()
    copy = image.open(BytesIO(scale(picture(900, 600, "JPEG", icc_profile=profile), 400)))
    assert copy.info["icc_profile"] == profile


def test_the_same_picture_gives_the_same_bytes():
    for format_ in ("PNG", "JPEG", "WEBP"):
        data = picture(900, 600, format_)
        assert scale(data, 400) == scale(data, 400) != data


def test_pages_without_pictures_have_no_trace_of_them(make_site: MakeSite):
    html = load(make_site({"content/articles/a.md": article("A")})).render("/").decode()
    assert "sb-shot" not in html
    assert "<img" not in html
