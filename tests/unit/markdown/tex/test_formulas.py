"""What is a formula, and what only looks like one."""

import pytest

from site_builder.markdown.tex.formulas import Notation, find_formulas, math_fences
from tests.helpers.growth import assert_linear

FORMULAS = [
    ("$x$", "x"),
    ("the $x_1 * y_2*z$ term", "x_1 * y_2*z"),
    ("the $n$th of $k$", "n k"),
    ("($x$), “$y$” and —$z$—", "x y z"),
    ("**$x$** and *$y$*", "x y"),
    ("a[^n]\n\n[^n]: $x$ and $y$", "x y"),
    ("${n} = 2$, ${x}^2$", "{n} = 2 {x}^2"),
    ("水位$h$米", "h"),
    ("함수 $f$는 연속", "f"),
    ("10$^{-3}$, H$_2$O and CO$_2$", "^{-3} _2 _2"),
    ("non$\\alpha$ part", "\\alpha"),
    ("between $5$ and $6$", "5 6"),
    ("$2n$, $3x + 2y$, $1/2$, $0.5$, $-1$", "2n 3x + 2y 1/2 0.5 -1"),
    ("$95\\%$ and $1{,}000$ and $\\$100$", "95\\% 1{,}000 \\$100"),
    ("$p < 0.05$", "p < 0.05"),
    ("$|x|$ and $P(A|B)$", "|x| P(A|B)"),
    ("$\\text{if } x > 0$", "\\text{if } x > 0"),
    ("$TP$ and $BMI$", "TP BMI"),
    ("$dx dy$", "dx dy"),
    ("$\u03b1$ and $β + 1$", "\u03b1 β + 1"),
    ("$x$\nand $y$", "x y"),
    ("$x +\ny$", "x +\ny"),
    ("it costs \\$5, where $x$ is", "x"),
    ("$5 for $x$", "x"),
    ("$`x_1`$", "x_1"),
    ("two $$\\frac{1}{2}$$ here", "\\frac{1}{2}"),
    ("$$\na\n- b\n\n+ c\n$$", "a\n- b\n\n+ c"),
    ("$$ x\n= y $$", " x\n= y "),
    ("> $$\n> a\n> = b\n> $$", "a\n= b"),
    ("- c\n\n  $$\n  a\n  $$", "  a"),
    ("\\(x_1*y\\) and \\(n\\)", "x_1*y n"),
    ("\\\\(x\\\\)", "x"),
    ("\\[E = mc^2\\]", "E = mc^2"),
    ("so \\[ \\frac{1}{2} \\] and", " \\frac{1}{2} "),
    ("\\[\nx = 1 \\\\[4pt]\ny = 2\n\\]", "\nx = 1 \\\\[4pt]\ny = 2\n"),
    ("\\begin{align}\na &= b\n\\end{align}", "\\begin{align}\na &= b\n\\end{align}"),
    ("$A = [[1, 2], [3, 4]]$ and [[a|the $x$]]", "A = [[1, 2], [3, 4]] x"),
    ("by \\eqref{a}", "\\eqref{a}"),
    ("| a | b |\n|---|---|\n| $P(A\\|B)$ | $|x|$ |", "P(A|B) |x|"),
    ("a | b\n--|--\n$P(A\\|B)$ | c", "P(A|B)"),
    ("$P(A\\|B)$", "P(A\\|B)"),
]
NO_FORMULAS = [
    "from $5 to $10, $5-$10, $5–$10 or $5/$10",
    "US$5, A$ 6 and C$7; R$ 5 e R$ 6",
    "$1,000–$2,000 ($3 more)",
    "$5+ and 10$+",
    "100$ und 200$",
    "I have $5, you have 6$.",
    "it is $5 (or 6$)",
    "cuesta $5 y 10$ más",
    "von $5 auf 6$ gestiegen",
    "價格$5至10$左右",
    "$30 000 – 40 000$",
    "**$5** and **6$**",
    "$5<br>6$",
    "| $5 | $6 |\n|$5|$6|",
    "| $ | € | $ |\n|$|$|",
    "price ($) and weight ($), ($/kg) or (€/$)",
    "$20k in 2020, 30k$ in 2021",
    "$HOME and $PATH, $HOME:$PATH, $HOME/bin:$PATH",
    "${a}/${b}, ${a} and ${b}. The pattern ^a$",
    "$folder$, $Id$ and $Date$",
    "月成本 **$148+ → $19** (省 87%, 年省 ~$1,550); 降到 $15.4/月",
    "A$5.6M ≈ US$3.7M; it costs $20 (USD$), or $X+$Y; ROWS($A$1:$A$9)",
    "${x}/${y} and ${z}, $(a) and $(b)",
    "$FOO, $BAR/$BAZ and $foo=$bar",
    "$.get and $.post, $('a').b($c)",
    "\\$x\\$ and \\$5",
    "$ x $ and $x $ and $ x$",
    "rated $$ by some and $$ by others, $$–$$$ or $$$",
    "`$x$` and ``\\(x\\)``",
    "    $x$",
    "~~~\n$x$\n$$\ny\n$$\n~~~",
    "<code>$x$</code> <pre>\n$y$\n</pre> <!-- $z$ -->",
    "[a](http://e.org/b_\\(c\\)) http://e.org/?a=$b$c",
    "\\[sic\\], \\[1\\], \\[see below\\](x), - \\[ \\] open, - \\[x\\] done",
    "\\[the editor\\]",
    "\\(see below\\), \\(C\\)opyright \\(sic\\), \\(2023\\)",
    "\\(1\\) first",
    "[[a#The $x$ rule]] and [[a#\\(x\\)|b]]",
    "\\begin{quote}\nx\n\\end{quote}",
    "x \\begin{align} a \\end{align}",
]


def tex(text: str, notation: Notation | None = None) -> str:
    return " ".join(formula.tex for formula in find_formulas(text, notation or Notation()))


@pytest.mark.parametrize(("text", "found"), FORMULAS)
def test_formulas(text: str, found: str):
    assert tex(text) == found


@pytest.mark.parametrize("text", NO_FORMULAS)
def test_no_formulas(text: str):
    assert tex(text) == ""


def test_where_they_stand_and_what_is_set_apart():
    text = "a $x$ b\n\n$$y$$\n"
    assert [(text[f.start : f.end], f.is_display) for f in find_formulas(text, Notation())] == [
        ("$x$", False),
        ("$$y$$", True),
    ]


@pytest.mark.parametrize("text", ["$$\n\\frac{a}\n\nb", "\\[\n\\frac{a}\n\nb", "\\begin{align}\na", "- $$\n  \\alpha"])
def test_beginnings_without_an_end(text: str):
    assert [formula.is_closed for formula in find_formulas(text, Notation())] == [False]


def test_a_price_range_is_no_beginning():
    assert find_formulas("Prices:\n\n- $$\n- $$$\n", Notation()) == ()


def test_a_site_chooses_its_notation():
    text = "$x$ \\(y\\)\n\n$$z$$\n\n\\[w = 1\\]\n\n\\begin{align} v \\end{align}"
    assert tex(text, Notation(frozenset({"round"}), frozenset({"square"}))) == "y w = 1"
    assert tex(text, Notation(frozenset(), frozenset())) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```math\na\nb\n```", ["a\nb"]),
        ("- c\n\n  ~~~ math\n  a\n  ~~~", ["a"]),
        ("> ```math\n> a\n> ```", ["a"]),
        ("````\n```math\na\n```\n````", []),
        ("```python\nmath\n```", []),
        ("```math\na", []),
    ],
)
def test_fences(text: str, found: list[str]):
    assert [formula.tex for formula in math_fences(text)] == found


@pytest.mark.parametrize(
    "piece",
    ["$a ", "$$ a", "$$\na\n", "\\(a ", "\\[a ", "\\[\n", "\\begin{align}\n", "\\", ">", "$5 ", "```math\n", "]("],
)
def test_the_time_grows_with_the_text(piece: str):
    def read(n: int) -> None:
        text = piece * n + "$x$"
        find_formulas(text, Notation())
        math_fences(text)

    assert_linear(read, 2000)
