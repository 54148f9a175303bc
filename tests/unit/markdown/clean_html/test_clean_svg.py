"""SVG pictures hold nothing that runs, loads or leads elsewhere, and still look the same."""

import gzip
from xml.parsers import expat

import pytest

from site_builder.markdown.clean_html.clean_svg import SvgError, clean_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'
PIXEL = "data:image/png;base64,iVBORw0KGgo="


def cleaned(inside: str, attributes: str = "") -> tuple[str, list[str]]:
    """What is in the `<svg>` afterwards, and what was left out."""
    clean = clean_svg(f"{HEAD}{attributes}>{inside}</svg>".encode())
    expat.ParserCreate().Parse(clean.data, True)
    text = clean.data.decode()
    return text[text.index(">") + 1 : text.rindex("</svg>")] if "</svg>" in text else "", [
        r.what for r in clean.removed
    ]


@pytest.mark.parametrize(
    "inside",
    [
        """<path d="M0 0h9" fill="url(#a)" style='stroke:red;fill:url("#a")'/>""",
        "<style>.a{fill:url(#b)}</style>",
        f"<style>@font-face{{font-family:x;src:url(data:font/woff2;base64,AAAA)}}.b{{mask:url({PIXEL})}}</style>",
        f'<image href="{PIXEL}" width="1" height="1"/>',
        '<use xlink:href="#a"/><use href="#a"/>',
        '<animate attributeName="fill" values="red;blue" dur="1s"/>',
        '<text xml:space="preserve">javascript: on load=1 &lt;script&gt; http://example.org </text>',
        '<filter id="f"><feImage href="#a"/><feGaussianBlur stdDeviation="1"/></filter>',
        '<g aria-label="http://example.org" id="url(x)"/>',
    ],
)
def test_pictures_stay(inside: str):
    assert cleaned(inside) == (inside, [])


@pytest.mark.parametrize(
    ("inside", "left", "what"),
    [
        ("<script>x()</script>", "", ["<script>"]),
        ('<s:script xmlns:s="http://www.w3.org/2000/svg">x()</s:script>', "", ["<script>"]),
        ('<script xmlns="http://www.w3.org/1999/xhtml">x()</script>', "", ["<script>"]),
        ('<script href="data:text/javascript,x()"/>', "", ["<script>"]),
        ('<g onclick="x()" ONLOAD="x()"/>', "<g/>", ["onclick", "ONLOAD"]),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>', "", ["<foreignObject>"]),
        ('<p xmlns="http://www.w3.org/1999/xhtml">x</p>', "", ["<p>"]),
        ('<a xlink:href="java&#9;script:x()"><g/></a>', "<a><g/></a>", ["href of <a>"]),
        ('<a href="https://example.org/"><g/></a>', "<a><g/></a>", []),
        ('<a target="_blank" href="#a"><g/></a>', "<a><g/></a>", []),
        ('<use href="//example.org/x.svg#a"/>', "<use/>", ["href of <use>"]),
        ('<use href="other.svg#a"/>', "<use/>", ["href of <use>"]),
        ('<use href="data:image/svg+xml;base64,AAAA#a"/>', "<use/>", ["href of <use>"]),
        ('<image xlink:href="http://example.org/x.png"/>', "<image/>", ["href of <image>"]),
        ('<image href="data:image/svg+xml,&lt;svg/>"/>', "<image/>", ["href of <image>"]),
        ('<feImage href="https://example.org/x"/>', "<feImage/>", ["href of <feImage>"]),
        ('<animate attributeName="href" to="javascript:x()"/>', "", ["<animate>"]),
        ('<set attributeName="xlink:href" to="#b"/>', "", ["<set>"]),
        ('<set attributeName="onclick" to="x()"/>', "", ["<set>"]),
        ('<set attributeName="fill" to="javascript:x()"/>', '<set attributeName="fill"/>', ["to"]),
        ('<g xml:base="https://example.org/"/>', "<g/>", []),
        ("<style>@import 'https://example.org/a.css';.a{fill:red}</style>", "<style>.a{fill:red}</style>", ["<style>"]),
        ("<style>.a{fill:url(//example.org/a#b)}</style>", "<style>.a{fill:none}</style>", ["<style>"]),
        ("<style>.a{fill:u\\72l(//example.org/a#b)}</style>", "<style/>", ["<style>"]),
        ("<style>@\\69mport 'x'</style>", "<style/>", ["<style>"]),
        ("<style>.a{fill:url(//example.org/a</style>", "<style/>", ["<style>"]),
        ("<style>.a{background:image-set('x.png' 1x)}</style>", "<style/>", ["<style>"]),
        ("<style>.a{behavior:x;-moz-binding:x}</style>", "<style/>", ["<style>"]),
        ("<style><![CDATA[@import url(x);]]>.a{}</style>", "<style>.a{}</style>", ["<style>"]),
        ('<g style="fill:url(https://example.org/x)"/>', '<g style="fill:none"/>', ["style"]),
        ('<g cursor="url(http://example.org/c),auto"/>', '<g cursor="none,auto"/>', ["cursor"]),
        ('<g fill="url(x.svg#a)"/>', '<g fill="none"/>', ["fill"]),
        ("<metadata><x xmlns='urn:x'>private</x></metadata><!-- private -->", "", []),
        ('<g data-secret="x" xmlns:i="urn:i" i:label="x" ping="x"/>', "<g/>", []),
        ("<iframe src='x'/><audio/><video/>", "", ["<iframe>", "<audio>", "<video>"]),
        ("<handler/><listener/><embed/><object/>", "", ["<handler>", "<listener>", "<embed>", "<object>"]),
    ],
)  # fmt: skip
def test_what_runs_or_loads_is_left_out(inside: str, left: str, what: list[str]):
    assert cleaned(inside) == (left, what)


def test_handlers_of_the_whole_and_instructions():
    assert cleaned("<g/>", ' onload="x()"') == ("<g/>", ["onload"])
    clean = clean_svg(f'<?xml-stylesheet href="x.css"?>{HEAD}/>'.encode())
    assert [(r.what, r.line, r.column) for r in clean.removed] == [("<?xml-stylesheet?>", 1, 1)]
    assert b"stylesheet" not in clean.data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"<svg/>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        f"{HEAD}><g></svg>".encode(),
        f"{HEAD}>&nowhere;</svg>".encode(),
        (HEAD + ">" + "<g>" * 5000 + "</g>" * 5000 + "</svg>").encode(),
        b"\x1f\x8bnothing",
        gzip.compress(b" " * 17_000_000),
        f'<!DOCTYPE svg [<!ENTITY a "{"x" * 5000}"><!ENTITY b "{"&a;" * 5000}">]>{HEAD}>&b;</svg>'.encode(),
    ],
)  # fmt: skip
def test_what_cannot_be_read(data: bytes):
    with pytest.raises(SvgError):
        clean_svg(data)


def test_entities_of_the_file_itself_are_written_out_and_others_are_not_read(tmp_path_factory: pytest.TempPathFactory):
    secret = tmp_path_factory.mktemp("x") / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    kinds = f'<!ENTITY ns "http://www.w3.org/2000/svg"><!ENTITY s SYSTEM "{secret.as_uri()}">'
    clean = clean_svg(f'<!DOCTYPE svg [{kinds}]><svg xmlns="&ns;"><text>a&s;b</text></svg>'.encode())
    assert b"<text>ab</text>" in clean.data
    assert b"ENTITY" not in clean.data


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_every_encoding_becomes_utf8(encoding: str):
    data = f'<?xml version="1.0" encoding="{encoding}"?>{HEAD}><text>Dämme</text></svg>'.encode(encoding)
    assert "Dämme" in clean_svg(data).data.decode()


def test_packed_pictures_stay_packed():
    data = clean_svg(gzip.compress(f"{HEAD}><script/><g/></svg>".encode())).data
    assert b"script" not in gzip.decompress(data)
    assert b"<g/>" in gzip.decompress(data)


def test_cleaning_twice_is_cleaning_once():
    once = clean_svg(f"{HEAD}><style>a&gt;b{{}}</style><text>a &amp; b&#13;</text></svg>".encode()).data
    assert clean_svg(once).data == once
