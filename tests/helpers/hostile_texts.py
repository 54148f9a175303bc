"""Texts made to cost much: openings without an end, repeated, nested and mixed, as long as one asks for."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MARKS: Final = (
    *r"""
    * ** *** _ __ *a *a* *_ **a *b ~~ ~~a == ==a ^ ^^ ^^a $ $a $$ $$a $a$ \( \(a \[ \(x\) %% %%a {# {: {:a {.a} {{
    {{< {% {-- {>> [ [a ] [] [a] [a][ [a][b] [a]( [a](b [a](b) [a](< [a](" [a](b' [a]("b) [^ [^a [^1] ^[ ^[a] ![
    ![a] ![a]( ![a](b) ![[ ![[a ![[a]] [[ [[a [[a| [[a|b [[a]] [[a|b]] [[!a < <a <a> </a> <a_b <a_b= <a_b=" <b>
    <div> <p> <!-- <!--a <!---- --> <![CDATA[ <! <? <?a <script> <style> <pre> <code> <math> <svg> <img_src=a>
    <http://a <a@a <br http:// http://a.b www. a@ a@a a@a. & &a &amp; &# &#1 &#x7; \ \\ \a \* ` `` ``a `a `a` ```a
    ~~~ : :a :a: ++ ++a ++a++ " "a ' 'a | |a \| `| -- ... ( ) (a # ## @a a/b#1 !!! ??? === ::: /// \begin{a} \end{a}
    $\frac{ \left( \alpha \$ x^{ \def\a{ Map<K, <your_name> a a. 1. - + > }} ]] )) %} >}} -->
    """.split(),
    *"\xad \u200b a\u0301 \u202e \u4e2d \u0627 \U0001f600".split(),
)
"""What stands within a line; `_` after `<a` and the like is a space."""
LINES: Final = tuple(
    line
    for row in (
        r"""# a ;; ## a ;; # a {#b} ;; a\n= ;; a\n- ;; --- ;; - a ;; * a ;; 1. a ;; 1) a ;; a\n: b ;; : a ;; > a""",
        r"""> ;; > > a ;; > [!note] ;; [a]: b ;; [a]: ;; [a]: < ;; [^1]: a ;; [^1] ;; *[ab]: b\nab ;; *[a""",
        r"""| a | b |""",
        r'''| a |\n|---| ;; |---| ;; ``` ;; ```a ;; ~~~ ;; ``` a=" ;;     a ;; \ta ;; !!! a ;; ??? a ;; === "a"''',
        r"""=== "a"\n    b ;; ::: a ;; /// a ;; <div> ;; </div> ;; <details> ;; <div markdown> ;; <p> ;; <pre>""",
        r"""<table><tr><td> ;; <!-- ;; <!-- a --> ;; <? ;; <a ;; <li> ;; [TOC] ;; {: .a} ;; - [ ] a ;; ^a ;; %%""",
        r"""$$""",
        r"""\[ ;; \begin{align} ;; --8<-- "a" ;; ![[a]] ;; a   ;; a\ ;;     - a ;; ` ;; & ;; - > a ;; > - a""",
        r"""- ``` ;; > ```""",
        r"""<h1>a</h1> ;; a[^1]\n\n[^1]: b ;; <dl><dt>a ;; <b> ;; <a name=b> ;; - a\n1. b ;; # a\n    b ;; <svg>""",
        r"""<textarea> ;; a | b""",
    )
    for line in row.split(" ;; ")
)
"""What stands on lines of its own."""
_BETWEEN: Final = ("", " ", "a", " a ", ", ", "*", "\\", "\t")
_BELOW: Final = ("\n", "\n\n", "\n \n", "\r", "\n> ", "\n    ", "\n- ")


@dataclass(frozen=True, slots=True)
class HostileText:
    """A text of any length, told by its name."""

    name: str
    make: Callable[[int], str]
    """Characters -> the text."""


def repeated(unit: str, between: str = "") -> HostileText:
    """The same again and again."""
    piece = unit.replace("_", " ") + between if unit.startswith("<") else unit + between
    return HostileText(repr(piece), lambda size: piece * max(1, size // len(piece)))


def hostile_text(seed: int) -> HostileText:
    """One of very many."""
    pick = random.Random(seed)
    form = pick.choice(["marks", "marks", "lines", "lines", "mixed", "rising", "nested"])
    if form == "lines":
        unit = "".join(_written(pick.choice(LINES)) + pick.choice(_BELOW) for _ in range(pick.choice([1, 1, 2, 3])))
    elif form == "mixed":
        unit = "".join(
            pick.choice([*MARKS, _written(pick.choice(LINES)) + "\n"]) for _ in range(pick.choice([2, 3, 5]))
        )
    else:
        unit = "".join(pick.choice(MARKS) + pick.choice(_BETWEEN) for _ in range(pick.choice([1, 1, 2, 3])))
    if form == "rising":
        return HostileText(f"{seed}: rising {unit!r}", lambda size: _rising(unit, size))
    if form == "nested":
        other = pick.choice(MARKS)
        return HostileText(
            f"{seed}: {unit!r}, then {other!r}",
            lambda size: unit * (size // 2 // len(unit)) + other * (size // 2 // len(other)),
        )
    return HostileText(f"{seed}: {unit!r}", lambda size: unit * max(1, size // len(unit)))


def _written(line: str) -> str:
    return line.replace("\\n", "\n").replace("\\t", "\t")


def _rising(unit: str, size: int) -> str:
    """Runs of a unit, each longer than the last."""
    pieces: list[str] = []
    length = number = 0
    while length < size:
        number += 1
        pieces.append(unit * number)
        length += len(pieces[-1]) + 1
    return " ".join(pieces)[:size]
