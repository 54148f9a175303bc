"""TeX to clean MathML, or to what is wrong with it."""

import re

import pytest

from site_builder.markdown.clean_html.html_tree import HtmlElement, write_tree
from site_builder.markdown.clean_html.mathml import MAX_CHARACTERS, UnreadableTex, typeset
from site_builder.markdown.tex.tex_commands import TEX_COMMANDS, TEX_ENVIRONMENTS


def markup(tex: str, *, is_display: bool = True) -> str:
    (math,) = typeset([(tex, is_display)])
    assert isinstance(math, HtmlElement), math
    return write_tree(HtmlElement("div", {}, [math]))


def problem(tex: str) -> UnreadableTex:
    (found,) = typeset([(tex, True)])
    assert isinstance(found, UnreadableTex), tex
    return found


READABLE = [
    r"\hat{\beta} = (X^\top X)^{-1} X^\top y",
    r"\operatorname*{arg\,min}_{w \in \mathbb{R}^d} \|Xw - y\|_2^2 + \lambda \|w\|_1",
    r"\mathbb{E}_{\pi_\theta}\left[\nabla_\theta \log \pi_\theta(a|s)\right]",
    r"\begin{pmatrix} 1 & \cdots & 0 \\ \vdots & \ddots & \vdots \end{pmatrix}",
    r"\begin{bmatrix} a \end{bmatrix} \begin{vmatrix} a \end{vmatrix} \begin{smallmatrix} a & b \end{smallmatrix}",
    r"\begin{cases} x^2 & \text{if } x \ge 0 \\ -x & \text{otherwise} \end{cases}",
    r"\begin{split} a &= b \\ &= c \end{split}",
    r"\begin{alignat}{2} a &= b & c &= d \end{alignat}",
    r"\begin{eqnarray} a &=& b \end{eqnarray}",
    r"\sum_{\substack{0 \le i \le m \\ 0 < j < n}} P(i,j)",
    r"\text{if $x>0$, then}",
    r"\mbox{if } \textnormal{so}",
    r"\text{平均} = \frac{\text{合計}}{n} \quad \mathrm{平均}",
    r"\mathrm{eGFR} = 175 \times S_{cr}^{-1.154}",
    r"37\,^\circ\mathrm{C}, 25\%, \$100",
    r"A \xrightarrow[g]{f} B, \overset{\text{def}}{=}, \underset{x}{\max}, \stackrel{!}{=}",
    r"\overbrace{x}^{2} \underbrace{y}_{3} \overline{AB} \widehat{ABC} \widetilde{x}",
    r"f'(x), f''(x), {}_a^b X, \sqrt[3]{x}",
    r"\left. \frac{dy}{dx} \right|_{x=0} \bigl( x \bigr) \left\langle \psi \middle| \phi \right\rangle",
    r"a \equiv b \pmod{n}, {n \choose k}, \binom{n}{k}, \tfrac12",
    "\u03b1 + β = 1, x² ≤ ∑_{i=1}^n x_i, ∀ x ∈ \u211d",
    r"E = mc^2 \tag{2.1}",
    r"\mathds{1}, \mathbbm{1}, \dotsc, \dotsb, \abs{x}, \norm{x}, \smallsetminus",
    r"\boxed{x} \cancel{y} \xcancel{z} \textcolor{blue}{w} \color{red} v",
    "x % a comment\n + y",
]


@pytest.mark.parametrize("tex", READABLE)
def test_readable(tex: str):
    shown = markup(tex)
    assert "\\" not in re.sub("<annotation.*?</annotation>", "", shown, flags=re.DOTALL)
    assert not re.search(r" style=|href=|<script|on\w+=", shown)


@pytest.mark.parametrize(
    ("tex", "at", "said"),
    [
        (r"a + \fraq{a}{b}", 4, r'the unknown command "\fraq"'),
        (r"\begin{alignd}a\end{alignd}", 6, 'the unknown environment "alignd"'),
        (r"\begin{split} \nope \end{split}", 14, r"\nope"),
        (r"\frac{a}", 8, "reached end of input"),
        (r"{a", 2, "reached end of input"),
        ("a}", 1, "unmatched closing"),
        ("x^2^3", 3, "duplicate"),
        (r"\left( x", 8, "reached end of input"),
        ("a & b", 2, "table"),
        (r"\href{javascript:alert(1)}{x}", 0, r"\href"),
        (r"\style{color:red}{x}", 0, r"\style"),
        (r"\class{a}{b}", 0, r"\class"),
        (r"\includegraphics{x}", 0, r"\includegraphics"),
        (r"x \def\a{\a\a}\a", 2, "defines a command"),
        (r"\newcommand{\R}{x} \R", 0, "defines a command"),
        (r"\eqref{nowhere}", 0, "no formula of this text has that label"),
        (" ", 0, "empty"),
        ("% only a comment", 0, "empty"),
        ("x" * (MAX_CHARACTERS + 1), 0, "more than"),
    ],
)
def test_unreadable(tex: str, at: int, said: str):
    found = problem(tex)
    assert said in found.problem
    assert found.at == at


@pytest.mark.parametrize(
    "tex",
    [
        "{" * 9000,
        "{" * 4900 + "x" + "}" * 4900,
        "x^{" * 2400 + "}" * 2400,
        r"\frac{1}{" * 900 + "x" + "}" * 900,
        r"\hat " * 1900 + "x",
        r"\left(" * 600 + "x" + r"\right)" * 600,
        r"\begin{matrix}" * 350 + "x" + r"\end{matrix}" * 350,
    ],
)
def test_deep_nesting_stops_nothing(tex: str):
    (found,) = typeset([(tex, True)])
    assert isinstance(found, UnreadableTex) or "x" in write_tree(found)


def test_html_in_a_formula_is_text():
    shown = markup(r"\text{<img src=x onerror=alert(1)> <script>} a<b")
    assert "<img" not in shown
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_a_formula_keeps_its_tex_once_and_has_a_text():
    shown = markup(r"x_1 < \frac{a}{b}", is_display=False)
    assert shown.count("annotation") == 2
    assert '<annotation encoding="application/x-tex">x_1 &lt; \\frac{a}{b}</annotation>' in shown
    assert shown.startswith('<math alttext="x_1 &lt; a/b">')
    assert markup("x").startswith('<math display="block"')


def test_equations_are_numbered_through_a_text():
    first = r"\begin{equation} a = b \label{one} \end{equation}"
    made = typeset([(r"\eqref{two}", False), (first, True), (r"\fraq", True), (first.replace("one", "two"), True)])
    assert made[0] == HtmlElement("a", {"href": "#math:two"}, ["(2)"])
    assert 'id="math:one"' in write_tree(HtmlElement("div", {}, [made[1]]))  # type: ignore[list-item]
    assert isinstance(made[2], UnreadableTex)


def test_a_label_is_an_id_once():
    tex = r"\begin{equation} a \label{one} \end{equation}"
    pieces = [write_tree(HtmlElement("div", {}, [math])) for math in typeset([(tex, True)] * 2)]  # type: ignore[list-item]
    assert [piece.count("id=") for piece in pieces] == [1, 0]


def test_a_reference_inside_a_formula_is_no_link():
    made = typeset([(r"\begin{equation} a \label{one} \end{equation}", True), (r"x \eqref{one}", False)])
    assert "<a " not in write_tree(HtmlElement("div", {}, [made[1]]))  # type: ignore[list-item]


def test_the_known_commands_are_known():
    needs = {r"\left": r"( x \right)", r"\right": ")", r"\limits": ""}
    before = {r"\right": r"\left(", r"\limits": r"\sum"}
    for command in sorted(TEX_COMMANDS - {r"\begin", r"\end", r"\middle", r"\label", r"\eqref", r"\tag"}):
        tex = f"{before.get(command, '')}{command} {needs.get(command, '{a}{b}')}"
        if command in {r"\big", r"\Big", r"\bigg", r"\Bigg"}:
            tex = f"{command}("
        (found,) = typeset([(tex, True)])
        assert not isinstance(found, UnreadableTex) or not found.command, command
    for name in sorted(TEX_ENVIRONMENTS):
        columns = "{cc}" if name == "array" else ""
        assert "<math" in markup(rf"\begin{{{name}}}{columns} a \end{{{name}}}")
