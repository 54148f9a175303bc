"""Formulas in whole texts: where they are shown, what else is made of them, and what is reported."""

import re
from typing import Final

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.body import RenderedBody, render_body
from site_builder.markdown.references import plain_text
from site_builder.urls import SourcePath

OPTIONS: Final = MarkdownOptions(("toc", "tables", "fenced_code", "footnotes", "attr_list"))


def body(text: str, options: MarkdownOptions = OPTIONS) -> RenderedBody:
    rendered, found = render_body(text, options, SourcePath("a.md"), 1)
    assert found == []
    return rendered


def findings(text: str) -> list[str]:
    _, found = render_body(text, OPTIONS, SourcePath("a.md"), 1)
    return [f"{f.location.line}:{f.location.column} {f.hint}" for f in found if f.code == "math-unreadable"]


def tex_of(html: str) -> list[str]:
    return re.findall(r"<annotation[^>]*>(.*?)</annotation>", html, re.DOTALL)


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("- a $x_1*y*z_1$", "li"),
        ("> a $x_1*y*z_1$", "blockquote"),
        ("> [!NOTE]\n> a $x_1*y*z_1$", "div"),
        ("!!! note\n    a $x_1*y*z_1$", "div"),
        ("| a | b |\n|---|---|\n| $x_1*y*z_1$ | c |", "td"),
        ("## a $x_1*y*z_1$", "h2"),
        ("[a $x_1*y*z_1$](b.md)", "a"),
        ("a[^1]\n\n[^1]: b $x_1*y*z_1$", "li"),
        ("*a $x_1*y*z_1$*", "em"),
        ("<div>a $x_1*y*z_1$</div>", "div"),
    ],
)
def test_in_every_place(text: str, around: str):
    html = body(text).html
    assert tex_of(html) == ["x_1*y*z_1"]
    assert re.search(rf"<{around}\b.*<math.*</{around}>", html, re.DOTALL)


def test_a_bar_does_not_end_a_cell():
    html = body("| a | b |\n|---|---|\n| $P(A|B)$ | $5 |").html
    assert tex_of(html) == ["P(A|B)"]
    assert html.count("<td>") == 2
    assert "<td>$5</td>" in html


def test_lines_of_a_formula_are_no_list_or_heading():
    html = body("a\n$$\nx\n- y\n---\n= w\n$$\nb").html
    assert tex_of(html) == ["x\n- y\n---\n= w"]
    assert "<li>" not in html
    assert "<h" not in html


def test_code_and_attributes_stay():
    html = body("`$x$` ``$`y`$``\n\n    $z$\n\n[a](b.md 't $u$') ![the $v$ axis](c.png)\n\n<pre>$w$</pre>").html
    assert "<math" not in html
    assert "<code>$x$</code>" in html
    assert "<pre><code>$z$\n</code></pre>" in html
    assert 'title="t $u$"' in html
    assert 'alt="the $v$ axis"' in html
    assert "<pre>$w$" in html


def test_dollars():
    assert body("\\$5, $6 and \\$x\\$ or `\\$`").html == "<p>$5, $6 and $x$ or <code>\\$</code></p>"


def test_what_others_see_of_a_formula():
    rendered = body("A rule, $E = mc^2$, holds.\n\n## The $E_0$ of it\n\n[see $x$](b.md), he said.")
    assert rendered.body.excerpt == "A rule, E = mc^2, holds."
    assert [(h.id, h.text) for h in rendered.body.headings] == [("the-e_0-of-it", "The E_0 of it")]
    assert rendered.body.refs[0].text == "see x"
    assert plain_text(rendered.html) == "A rule, E = mc^2 , holds. The E_0 of it see x , he said."


def test_the_table_of_contents_in_a_text():
    html = body("[TOC]\n\n## The $x_1$ rule").html
    assert tex_of(html) == ["x_1", "x_1"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"a $x$ and $\fraq{a}{b}$", ['1:12 did you mean "\\frac", "\\dfrac" or "\\tfrac"?']),
        ("a\n\n> $$\n> x\n> + \\summ\n> $$", ["5:5"]),
        ("$$\nx\n$$\n\n$$\ny +\n  \\nope\n$$", ["7:3"]),
        ("`$\\nope$` $\\nope$ $\\nope$", ["1:12", "1:20"]),
        ("$$\n\\frac{a}{b}\n\nc", ["1:1"]),
        ("```math\n\\nope\n```", ["2:1"]),
    ],
)
def test_findings(text: str, found: list[str]):
    seen = findings(text)
    assert len(seen) == len(found)
    assert all(one.startswith(expected) for one, expected in zip(seen, found, strict=True)), seen


def test_an_unreadable_formula_is_shown_as_written():
    rendered, _ = render_body("a $x_1 \\nope *y* < z$ b", OPTIONS, SourcePath("a.md"), 1)
    assert rendered.html == "<p>a $x_1 \\nope *y* &lt; z$ b</p>"


def test_a_quoted_formula_is_shown_without_its_marks():
    rendered, _ = render_body("> $$\n> a \\nope\n> $$", OPTIONS, SourcePath("a.md"), 1)
    assert "&gt;" not in rendered.html


def test_references_to_characters_make_no_formula():
    rendered, _ = render_body("$x$ &#2;sbtex7&#3; &#2;sbtex0&#3;", OPTIONS, SourcePath("a.md"), 1)
    assert "\x02" not in rendered.html


def test_arithmatex_chooses_the_notation():
    options = MarkdownOptions(
        ("fenced_code", "pymdownx.arithmatex"),
        {"pymdownx.arithmatex": {"generic": True, "inline_syntax": ["round"]}},
    )
    html = body("$x$ and \\(y\\)\n\n$$z$$", options).html
    assert tex_of(html) == ["y", "z"]
    assert "arithmatex" not in html


def test_a_wide_formula_can_have_the_focus():
    short, wide = body("$$x$$").html, body("$$" + " + ".join(f"x_{{{n}}}" for n in range(20)) + "$$").html
    assert "tabindex" not in short
    assert '<span class="math-display" tabindex="0">' in wide


def test_a_wide_formula_in_a_line_has_a_box_of_its_own_and_no_focus_in_a_link():
    wide = " + ".join(f"x_{{{n}}}" for n in range(20))
    short, in_line, in_link = (body(text).html for text in ("a $x$ b", f"a ${wide}$ b", f"[a ${wide}$](http://e.org/)"))
    assert "<span" not in short
    assert '<span class="math-wide" tabindex="0"><math' in in_line
    assert '<span class="math-wide"><math' in in_link


def test_a_site_without_formulas_does_not_load_the_library(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "math_core", None)
    assert body("No formula, for $5.").html == "<p>No formula, for $5.</p>"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("So $\\frac{a}{b} is less", ["1:5"]),
        ("a\n\nb \\alpha and \\beta", ["3:3"]),
        ("$$ x = \\begin{cases}\n1\n\n2\n\\end{cases} $$", ["1:8", "5:1"]),
        ("`\\frac` and C:\\text\\sum or \\\\server\\left, \\nope", []),
        ("$\\nope \\alpha$", ["1:2"]),
    ],
)
def test_tex_outside_of_formulas(text: str, found: list[str]):
    assert [one.split()[0] for one in findings(text)] == found
