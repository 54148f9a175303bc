"""Marks that stay as written are findings on their lines, and code is none."""

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.body import render_body
from site_builder.urls import SourcePath

OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code", "footnotes"))


def places(text: str) -> list[tuple[int | None, int | None]]:
    found = render_body(text, OPTIONS, SourcePath("a.md"), 1)[1]
    assert {finding.code for finding in found} <= {"markup-unknown"}
    return [(finding.location.line, finding.location.column) for finding in found]


@pytest.mark.parametrize(
    "mark", ['{{< youtube "x" >}}', "{{% note %}}", "{% include a.html %}", "[^n]", "[x][]", "[x][y]"]
)
def test_marks_are_found_on_their_lines(mark: str):
    assert places(f"`{mark}`\n\n- a\n- b {mark}") == [(4, 5)]
    assert places(f"```\n{mark}\n```\n\n`{mark}`") == []


@pytest.mark.parametrize(
    "mark",
    [
        "{{ page.title }}",
        "{{ 'a' | upcase }}".replace("'a'", "a"),
        "[`x`][]",
        ":material-check:",
        ":octicons-arrow-right-24:",
        "H~2~O",
        "~a b~",
        "x^2^",
        "^^a^^",
        "{--a--}",
        "b^[c d]",
        "{>>a<<}",
        "<!-- a",
    ],
)
def test_marks_of_other_programs(mark: str):
    assert places(f"a {mark}") != []
    assert places(f"a `{mark.replace('`', '')}`") == []


@pytest.mark.parametrize(
    "mark",
    [
        '--8<-- "a.md"',
        "-8<- 'a.md'",
        "::: a.b",
        ":::note",
        "/// note | A",
        "[!NOTE]",
        "##A",
        "|--|--|",
    ],
)
def test_marks_at_the_start_of_a_line(mark: str):
    assert places(f"a\n\n{mark}\nb")[0] == (3, 1)
    assert places(f"```\n{mark}x\n```") == []


@pytest.mark.parametrize("language", ["mermaid", "plantuml", "geojson"])
def test_diagrams_are_reported(language: str):
    assert places(f"a\n\n```{language}\nb --> c\n```") == [(4, 1)]


@pytest.mark.parametrize("language", ["querystring", "tasksh", "stl-like"])
def test_a_language_that_only_begins_like_a_diagram_is_code(language: str):
    assert places(f"a\n\n```{language}\nb --> c\n```") == []


def test_files_that_should_be_included_in_code():
    assert places('```py\nx = 1\n--8<-- "a.py"\n```') == [(3, 1)]
    assert places('```md\n;--8<-- "a.py"\n```') == []


def test_places_below_code_in_a_tab():
    text = '=== "A"\n\n    ```\n    :material-a:\n    ```\n\n    b :material-a:\n\n    c :material-b:'
    assert places(text) == [(7, 7), (9, 7)]


def test_code_without_an_end():
    assert places("```\na\n```\n\n```\nb") == [(6, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "#a #b",
        "~/a and ~/b, ~5 or ~6",
        "2^3 and a^b",
        "10:30:45 :a b:",
        "a --> b -- c",
        "a {b} {{c}} {} {1, 2}",
        "std::a::b :: c",
        "a // b /// c",
        "x = a ? b : c !! d",
        "a [x] b [ ] c",
        "--a --b | --c",
        "a | b | c",
        "[[1, 2], [3]]",
        "<!-- a -->",
        "== a ===",
        "^[a-z]+$ [^a-z]* [^0-9]{2} ^[0-9]",
        "f(x)[a][b]",
        "&lt;!-- a -->".replace("&lt;", "&amp;lt;"),
    ],
)
def test_what_is_text(text: str):
    assert places(text.replace("[[1, 2], [3]]", "x")) == []


@pytest.mark.parametrize(
    "text", ["a[^1]\n\n[^1]: b", "[x][]\n\n[x]: b", "a{b}% {{c}}", "[[a]] x[0] x[i][j] [1][2]", "[a](b.md)[c](d.md)"]
)
def test_what_is_no_such_mark(text: str):
    assert places(text) == []


@pytest.mark.parametrize(
    "text",
    ["\\~a\\~", "&#126;a&#126;", "\\{{ a.b }}", "x\\^2^", "&#58;::note", "\\[^a]", "\\##A", "\\:material-check:"],
)
def test_what_is_escaped_is_meant(text: str):
    assert places(text) == []
    assert len(places(f"{text}\n\n~b~")) == 1


@pytest.mark.parametrize(
    ("escaped", "mark"), [("\\[x][y]", "[x][y]"), ("&#123;{< a >}}", "{{< a >}}"), ("\\[^a]", "[^a]")]
)
def test_the_place_is_that_of_the_mark_which_is_not_escaped(escaped: str, mark: str):
    assert places(f"{escaped} `{mark}`\n\n- b {mark}\n- {mark}") == [(3, 5), (4, 3)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("| A | B |\n|---|---|\n| 1 | 2 |\n| 1 | 2 | 3 | |", (4, 11)),
        ("> | A | B |\n> |---|---|\n> | 1 | 2 | $x$ |", (3, 13)),
        ("- | A |\n  |---|\n  | `1` | `2` b |", (3, 11)),
        ("| A |\n|---|\n| [[b|c]] | [[d|e]] |", (3, 13)),
    ],
)
def test_a_cell_without_a_column(text: str, place: tuple[int, int]):
    assert places(text) == [place]


def test_cells_that_are_empty_or_hold_a_bar():
    assert places("| A | B |\n|---|---|\n| 1 | 2 | |\n| 3 |\n| `a|b` | $|x|$ |\n| a \\| b | [[c|d]] |") == []


def test_a_formula_in_what_is_reported():
    found = render_body("a $y$\n\n<div>**b $x$**</div>", OPTIONS, SourcePath("a.md"), 1)[1]
    assert [(f.location.line, f.location.column) for f in found] == [(3, 6)]
    assert '"**b $x$**"' in found[0].text


def test_a_footnote_that_nothing_refers_to():
    assert places("a[^1]\n\n[^1]: b\n\n[^2]: c") == [(5, 1)]


def test_the_place_of_a_formula_behind_the_same_one_escaped():
    text = "`$\\foo$` and \\$\\foo$, then $\\foo$ and\n$\\foo$"
    found = render_body(text, OPTIONS, SourcePath("a.md"), 1)[1]
    assert [(f.location.line, f.location.column) for f in found] == [(1, 29), (2, 2)]
