"""Colours for code, and nothing but colours."""

import re
import sys
from html import unescape
from typing import Final

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.code.highlight import MAX_CHARACTERS
from site_builder.markdown.convert import convert

OPTIONS: Final = MarkdownOptions(("tables", "fenced_code", "attr_list"))


def shown(code: str, language: str) -> str:
    return convert(f"```{language}\n{code}\n```", OPTIONS).html


def text_of(html: str) -> str:
    found = re.search(r"<code[^>]*>(.*)</code>", html, re.DOTALL)
    assert found
    return unescape(re.sub("<[^>]*>", "", found[1]))


@pytest.mark.parametrize(
    ("language", "code", "piece"),
    [
        ("python", "def f(x):\n    return x", '<span class="nf">f</span>'),
        ("js", "let a = 1", '<span class="kd">let </span>'),
        ("c++", "int x;", '<span class="kt">int</span>'),
        ("YAML", "a: b", '<span class="nt">a</span>'),
        ("console", "$ ls\nfile", '<span class="gp">$ </span>'),
        ("diff", "- a\n+ b", '<span class="gd">- a'),
    ],
)
def test_known_languages(language: str, code: str, piece: str):
    html = shown(code, language)
    assert '<pre class="highlight"><code class="language-' in html
    assert piece.split(">", maxsplit=1)[0] in html
    assert text_of(html) == code + "\n"


@pytest.mark.parametrize("language", ["", "text", "nosuch", "x-y", "mermaid"])
def test_other_blocks_stay_plain(language: str):
    html = shown("a = <b> & 1", language)
    assert "<span" not in html
    assert "highlight" not in html


@pytest.mark.parametrize(
    "code",
    [
        "\n\na\n\n\n",
        "  a\n\tb  ",
        "a \u00a0b",
        "\u2028x",
        "<!-- x --> &amp; &lt;",
        "'unclosed",
        "é𝒳\u0301",
        "\\",
        "$x$ \\(y\\)",
    ],
)
@pytest.mark.parametrize("language", ["python", "html", "bash", "json"])
def test_no_sign_is_lost(language: str, code: str):
    plain = text_of(shown(code, ""))
    assert text_of(shown(code, language)) == plain


def test_in_lists():
    html = convert("- a\n\n  ```py\n  x = 1\n  ```", OPTIONS).html
    assert html.count('<pre class="highlight">') == 1


def test_a_very_long_block_stays_plain():
    assert "<span" not in shown("x = 1\n" * (MAX_CHARACTERS // 6 + 1), "python")


@pytest.mark.parametrize("extension", ["codehilite", "pymdownx.highlight", "pymdownx.superfences"])
def test_a_site_s_own_colours_stay(extension: str):
    code = '```python hl_lines="2"\ndef f(x):\n    return x\n```'
    html = convert(
        code, MarkdownOptions((extension, "fenced_code") if extension != "pymdownx.superfences" else (extension,))
    ).html
    assert html.count("<pre") == 1
    assert text_of(html) == "def f(x):\n    return x\n"
    assert "style=" not in html


def test_a_title_and_lines_of_superfences():
    options = MarkdownOptions(("pymdownx.superfences", "pymdownx.highlight"))
    html = convert('```python title="a.py" hl_lines="1" linenums="1"\nx = 1\n```', options).html
    assert 'class="filename">a.py<' in html
    assert '<span class="hll">' in html


def test_a_site_without_code_does_not_load_pygments(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pygments.lexers", None)
    assert convert("`x` and\n\n```\ny\n```", OPTIONS).html


def test_options_behind_a_fence():
    html = convert(
        '- a\n\n  ```py title="a <b>.py" hl_lines="1 3-4" linenums="1"\n  x = 1\n    y\n\n  z\n  ```', OPTIONS
    ).html
    assert '<div class="highlight"><span class="filename">a &lt;b&gt;.py</span><pre class="highlight numbered">' in html
    assert [("hll" in line) for line in re.findall('<span class="(line[^"]*)"', html)] == [True, False, True, True]
    assert text_of(html) == "x = 1\n  y\n\nz\n"


@pytest.mark.parametrize("info", ["py", "py linenums='7'", "py {1,3}", 'py hl_lines=""', "py other='x'"])
def test_other_words_behind_a_fence(info: str):
    assert convert(f"```{info}\nx = 1\n```", OPTIONS).html == convert("```py\nx = 1\n```", OPTIONS).html


def test_a_title_for_a_block_without_a_language():
    html = convert('``` title="notes"\nx\n```', OPTIONS).html
    assert '<span class="filename">notes</span><pre class="highlight"><code' in html
    assert text_of(html) == "x\n"


@pytest.mark.parametrize(("code", "is_coloured"), [("a." * 2_000, False), ("let a = 1\n" + "\n" * 4_000, False)])
def test_code_that_repeats_the_same_signs_has_no_colours(code: str, is_coloured: bool):
    assert ('<span class="' in shown(code, "js")) is is_coloured


def test_long_code_has_colours():
    code = "\n".join(f"let name{number} = {number * number} + other({number})" for number in range(500))
    assert shown(code, "js").count('<span class="kd">') == 500
