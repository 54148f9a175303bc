"""Lists and fences in items as GitHub shows them, and everything else as Python-Markdown reads it."""

import re

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.convert import convert

OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code", "footnotes"))


def html(text: str) -> str:
    """The HTML without line ends and paragraphs, which do not matter here."""
    return re.sub(r"\n|</?p>", "", convert(text, OPTIONS).html)


def test_levels_of_two_spaces():
    nested = "<ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li><li>e</li></ul>"
    assert html("- a\n  - b\n    - c\n  - d\n- e") == nested
    assert html("- a\n    - b\n        - c\n    - d\n- e") == nested
    assert html("* a\n\n  * b\n\n    * c\n\n  * d\n\n* e") == nested


def test_levels_below_numbers():
    assert html("1. a\n   - b\n2. c") == "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"
    assert html("10. a\n    1. b\n11. c") == '<ol start="10"><li>a<ol><li>b</li></ol></li><li>c</li></ol>'


@pytest.mark.parametrize("marker", ["-", "*", "+", "1."])
def test_a_list_below_a_line_of_text(marker: str):
    tag = "ol" if marker == "1." else "ul"
    assert html(f"Text:\n{marker} a\n{marker} b") == f"Text:<{tag}><li>a</li><li>b</li></{tag}>"


@pytest.mark.parametrize(
    "text", ["It was in\n1984. Then", "A\n-b", "A **b**\n**c** d", "A\n- - -", "A\n\n    - b", "A\n-"]
)
def test_what_is_no_list(text: str):
    assert "<li>" not in html(text)


def test_paragraphs_of_an_item():
    item = convert("- a\n\n  b\n  c\n  - d\n- e", OPTIONS).html
    assert re.sub("\n", "", item) == "<ul><li><p>a</p><p>bc</p><ul><li>d</li></ul></li><li><p>e</p></li></ul>"


def test_a_list_in_a_quotation():
    assert html("> a\n> - b\n>   - c\n\nd") == "<blockquote>a<ul><li>b<ul><li>c</li></ul></li></ul></blockquote>d"


@pytest.mark.parametrize("indent", [2, 3, 4])
def test_fenced_code_in_an_item(indent: int):
    marker = "- " if indent == 2 else "1. "
    code = "\n".join(" " * indent + line if line else "" for line in ["```txt", "- x", "", "  <b>y</b>", "```"])
    shown = convert(f"{marker}a\n{code}\n{marker}b", OPTIONS).html
    assert '<pre><code class="language-txt">- x\n\n  &lt;b&gt;y&lt;/b&gt;\n</code></pre>' in shown
    assert shown.count("<li>") == 2


def test_fenced_code_of_an_inner_item():
    shown = html("- a\n  - b\n    ~~~\n    x\n    ~~~\n  - c")
    assert shown == "<ul><li>a<ul><li>b<pre><code>x</code></pre></li><li>c</li></ul></li></ul>"


def test_code_by_indentation():
    assert "<pre><code>- x\n  - y\n</code></pre>" in convert("Text:\n\n    - x\n      - y", OPTIONS).html
    assert "<pre><code>x\n  y\n</code></pre>" in convert("- a\n\n      x\n        y", OPTIONS).html
    assert "<pre><code>x\n</code></pre>" in convert("- a\n\n        x", OPTIONS).html


@pytest.mark.parametrize("text", ["```\nText:\n- a\n  - b\n```", "<pre>\nText:\n- a\n  - b\n</pre>"])
def test_code_stays(text: str):
    assert "Text:\n- a\n  - b\n" in convert(text, OPTIONS).html


def test_a_fence_without_an_end_goes_on_to_the_end_of_its_item():
    assert html("- a\n  ```\n  b\n- c") == "<ul><li>a<pre><code>b</code></pre></li><li>c</li></ul>"
    assert html("a\n\n```\nb\n\nc\n\n") == "a<pre><code>bc</code></pre>"
    assert convert("> ```\n> b\n\nc", OPTIONS).remarks[0].near == "b"


def test_definitions_below_an_item_are_not_shown():
    shown = convert("- [a]\n- [b]\n\n  [a]: https://example.org/a\n  [b]: https://example.org/b", OPTIONS).html
    assert "<p>" not in shown
    assert shown.count("<a ") == 2
    assert "]:" not in shown


@pytest.mark.parametrize("opening", ["```txt name='x'", "``` txt {1,3}", "  ```txt", "```txt", "   ``` txt linenums"])
def test_fences_with_more_behind_them(opening: str):
    indent = " " * (len(opening) - len(opening.lstrip()))
    shown = convert(f"a\n\n{opening}\n{indent}- x\n{indent}  - y\n{indent}```\n\nb", OPTIONS).html
    assert '<pre><code class="language-txt">- x\n  - y\n</code></pre>' in shown


def test_an_example_of_a_fence_stays():
    shown = convert("````\n```py title='x'\na\n```\n````", OPTIONS).html
    assert "```py title='x'\na\n```" in shown


def test_a_formula_at_the_end_of_a_line_is_text_like_any_other():
    assert html("The tide $t$\n===").startswith('<h2 id="the-tide-t">The tide <math')
    assert html("Two lines\nof \\(t\\)\n===").startswith('<h2 id="two-lines-of-t">')
    assert html("> The tide $t$\nrises").endswith("rises</blockquote>")
    assert html("> ```\n> tide\n> ```\nrises").endswith("</blockquote>rises")
    assert html("<div>tide</div>\n===").endswith("</div>===")
