"""What `make bench-loss` counts: it finds what is broken on purpose, excuses no more than a finding says, and our own
pages lose no more than before."""

from pathlib import Path
from typing import Final

import pytest

from bench.loss.__main__ import main, measure
from bench.loss.compare import Compared, compare_one
from bench.loss.raw_marks import KINDS, OTHER_KINDS
from bench.loss.reference import first_heading, read_source, split_front_matter
from bench.loss.try_site import Finding, Tried, Written, run_command, try_folder
from bench.loss.visible import read_html

PAGES: Final = Path(__file__).parents[2] / "bench/loss/pages"
LOST: Final = 0
MARKED_FILES: Final = {"github-readme.md", "material-page.md"}
OTHER_MARKED_FILES: Final = {"github-readme.md", "material-page.md", "obsidian-note.md"}
"""What is known to be shown as written on our sample pages. Take out what no longer is."""


def compared(body: str, page: str, *findings: tuple[int, str], above: int = 0) -> Compared:
    document = Written("a.md", "a", "A", body, above)
    return compare_one(document, page, [Finding(line, "warning", code, "") for line, code in findings], {})


def lost(body: str, page: str, *findings: tuple[int, str]) -> list[tuple[str, int]]:
    return [(w.text, w.line) for w in compared(body, page, *findings).lost]


def marks(body: str, page: str, *findings: tuple[int, str]) -> list[tuple[str, int]]:
    return [(m.kind, m.line) for m in compared(body, page, *findings).marks]


def seen(source: str, titles: dict[str, str] | None = None) -> str:
    words = read_html(read_source(source, titles or {})).words()
    return " ".join(word.text for block in words for word in block)


# What is missing


def test_a_page_with_all_words_loses_none():
    body = "# Boats\n\nTwo *red* boats,\n`row` them.\n"
    assert compared(body, "<h1>Boats</h1><p>Two <em>red</em> boats,\n<code>row</code> them.</p>").lost == ()


def test_a_lost_word_is_counted_with_its_line():
    assert lost("One.\n\nTwo three\nfour five.\n", "<p>One.</p><p>Two\nfive.</p>") == [("three", 3), ("four", 4)]


def test_lines_are_those_of_the_file():
    assert [w.line for w in compared("One two.\n", "<p>One.</p>", above=6).lost] == [7]


def test_a_moved_word_is_not_lost_but_told():
    found = compared("One two.\n\nThree four.\n", "<p>Three four.</p><p>One two.</p>")
    assert found.lost == ()
    assert len(found.moved) == 2


def test_a_word_is_lost_as_often_as_it_is_missing():
    assert lost("tea tea tea\n", "<p>tea</p>") == [("tea", 1), ("tea", 1)]


def test_letters_of_scripts_without_spaces_count_one_by_one():
    assert lost("茶を飲む。\n", "<p>茶飲む。</p>") == [("を", 1)]


def test_a_formula_is_there_as_tex_or_as_one_that_does_not_say_how_it_was_written():
    body = "So $a_1 + b$ holds.\n"
    assert lost(body, "<p>So $a_1 + b$ holds.</p>") == []
    assert lost(body, "<p>So <math><mi>a</mi></math> holds.</p>") == []
    assert lost(body, "<p>So <math><semantics><annotation>a_1 + b</annotation></semantics></math> holds.</p>") == []
    assert lost(body, "<p>So holds.</p>") == [("a", 1), ("1", 1), ("b", 1)]


def test_text_that_a_page_hides_is_lost():
    assert lost("Shown hidden.\n", "<p>Shown</p><script>hidden</script>") == [("hidden", 1)]


# What excuses it


@pytest.mark.parametrize(
    ("finding", "left"),
    [
        ((1, "html-removed"), [("four", 4)]),
        ((2, "html-removed"), [("four", 4)]),
        ((3, "html-removed"), [("two", 2), ("four", 4)]),
        ((4, "html-removed"), [("two", 2)]),
        ((1, "link-missing"), [("two", 2), ("four", 4)]),
    ],
    ids=["in the block", "on the line", "between blocks", "in the other block", "about a target"],
)
def test_a_finding_excuses_its_own_block_only(finding, left):
    assert lost("One\ntwo.\n\nfour five.\n", "<p>One.</p><p>five.</p>", finding) == left


def test_a_finding_excuses_only_its_line_of_a_block_of_code():
    assert lost("```\none\ntwo\n```\n", "<pre></pre>", (2, "markup-unknown")) == [("two", 3)]


def test_without_a_page_all_is_lost_unless_an_error_says_why():
    document = Written("a.md", "a", "A", "One two.\n", 0)
    assert len(compare_one(document, None, [], {}).lost) == 2
    told = compare_one(document, None, [Finding(1, "error", "markdown-failed", "")], {})
    assert (len(told.lost), len(told.excused)) == (0, 2)


# What is shown as written

RAW: Final = {
    "callout": ("> [!NOTE]\n> Mind it.\n", "<blockquote><p>[!NOTE]\nMind it.</p></blockquote>", 1),
    "admonition": ('!!! note "Tide"\n    High.\n', '<p>!!! note "Tide"\n    High.</p>', 1),
    "table": ("| a | b |\n|---|---|\n", "<p>| a | b |\n|---|---|</p>", 1),
    "task": ("- [ ] Sow\n", "<ul><li>[ ] Sow</li></ul>", 1),
    "list": ("Take:\n- salt\n", "<p>Take:\n- salt</p>", 2),
    "fence": ("1. a\n   ```\n   x\n   ```\n", "<ol><li>a\n```\nx\n```</li></ol>", 2),
    "strike": ("It is ~~old~~ new.\n", "<p>It is ~~old~~ new.</p>", 1),
    "wiki link": ("See [[Tides]].\n", "<p>See [[Tides]].</p>", 1),
    "heading": ("<div>\n\n## Sea\n\n</div>\n", "<div>## Sea</div>", 3),
    "tab": ('=== "Low"\n    Wait.\n', '<p>=== "Low"</p><pre>Wait.</pre>', 1),
    "bold": ("<div>\n\n**Mind**\n\n</div>\n", "<div>**Mind**</div>", 3),
    "highlight": ("==bright==\n", "<p>==bright==</p>", 1),
    "attributes": ("Go{ .button }\n", "<p>Go{ .button }</p>", 1),
    "icon": (":material-check: done\n", "<p>:material-check: done</p>", 1),
    "formula": ("$$\nx\n$$\n", "<p>$$\nx\n$$</p>", 1),
    "link": ("<div>\n\n[a](b.md)\n\n</div>\n", "<div>[a](b.md)</div>", 3),
    "picture": ("<h1>\n\n![a](b.png)\n\n</h1>\n", "<h1>![a](b.png)</h1>", 3),
    "footnote": ("So[^1].\n\n[^1]: Not.\n", "<p>So[^1].</p>", 1),
    "reference": ("A [`b`][].\n\n[`b`]: c.md\n", "<p>A [<code>b</code>][].</p>", 1),
}


@pytest.mark.parametrize("kind", RAW)
def test_a_mark_on_the_page_is_found_with_its_line(kind):
    body, page, line = RAW[kind]
    assert (kind, line) in marks(body, page)


@pytest.mark.parametrize("kind", RAW)
def test_the_same_mark_read_as_markup_or_as_code_is_none(kind):
    body, page, _line = RAW[kind]
    assert marks(body, read_source(body, {})) == []
    assert marks(body, f"<pre>{page}</pre>") == []


def test_every_kind_of_the_bar_is_tried():
    assert set(KINDS) <= set(RAW) <= {*KINDS, *OTHER_KINDS}


def test_what_the_source_escapes_may_be_shown():
    body = "In the year\n1999\\. All went well. \\~~so~~ `[[x]]` \\[[y]]\n"
    assert marks(body, "<p>In the year\n1999. All went well. ~~so~~ <code>[[x]]</code> [[y]]</p>") == []


def test_a_finding_excuses_a_mark_on_its_line_or_where_its_block_starts():
    body, page = "Take:\n- salt\n- ~~oil~~\n\nSee [[Tides]].\n", "<p>Take:\n- salt\n- ~~oil~~</p><p>See [[Tides]].</p>"
    assert marks(body, page) == [("list", 2), ("list", 3), ("strike", 3), ("wiki link", 5)]
    assert marks(body, page, (3, "markup-unknown")) == [("list", 2), ("wiki link", 5)]
    assert marks(body, page, (5, "target-wanted")) == marks(body, page)


# How the source is read


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            '!!! note "Tide *table*"\n\n    High [water](x.md)\n\n    - low\n\nAfter\n',
            "tide table high water low after",
        ),
        ("??? tip\n    Inside\n\nAfter\n", "inside after"),
        ('=== "One"\n\n    ```\n    x\n    ```\n\n=== "Two"\n\n    y\n', "one x two y"),
        ("> [!info]+ Title\n> Text\n", "title text"),
        ("A %%private%% b\n\n%%\nall\nthis\n%%\nc\n", "a b c"),
        ("[[Tides|low water]] and [[Tides]] and [[Other page]]\n", "low water and tides and currents and other page"),
        ("| a |\n|---|\n| [[x|y]] |\n", "a y"),
        ("![[heap.png|300]] ![alt text](x.png)\n", "alt text"),
        ("Go{ .button } :material-check: {: #top }\n", "go"),
        ("[a]({{ site.url }}/x) [b][c]\n\n[c]: {% link x.md %}\n", "a b"),
        ("`[a]({{ site.url }})`\n", "a site url"),
        ("Term\n\n:   Told [here](x.md)\n\n    ``` yaml\n    x: 1\n    ```\n", "term told here x 1"),
        ("Press ++ctrl+alt+del++ now ^block-name\n", "press now"),
        ("Some text[^1] here.\n\n[^1]: Foot note.\n", "some text here foot note"),
        ("[[TOC]]\n\n[TOC]\n\n*[HTML]: Hyper Text\n\nHTML\n", "html"),
        ("<!-- hidden -->\n<p title='no'>yes<br>no</p>\n", "yes no"),
        ("An unclosed <title> hides nothing.\n", "an unclosed title hides nothing"),
        ("\\(x_1\\) \\[y\\] costs $5 or $6\n", "x 1 y costs 5 or 6"),
        ("foo**bar**baz 10:30:00 a_b\n", "foobarbaz 10 30 00 a b"),
    ],
)
def test_the_source_is_read_as_its_readers_know_it(source, expected):
    assert seen(source, {"tides": "Tides and currents"}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\na: 1\n---\nBody\n", ("a: 1\n", "Body\n", 3)),
        ("+++\na = 1\n+++\n\nBody\n", ("a = 1\n", "\nBody\n", 3)),
        ("---\n---\nBody\n", ("", "Body\n", 2)),
        ("Body\n---\n", ("", "Body\n---\n", 0)),
    ],
)
def test_front_matter_of_any_program_is_taken_off(text, expected):
    assert split_front_matter(text) == expected


def test_the_title_is_the_first_heading():
    assert first_heading("<!-- c -->\n# The `x` *page*\n") == "The x page"
    assert first_heading("Text\n\n# Late\n") == ""


# Whole folders


def test_a_folder_of_another_program_becomes_a_site(tmp_path):
    source = tmp_path / "source"
    files = {
        "index.md": "# Home\n\nSee [boats](boats/index.md).\n",
        "boats/index.md": "---\nlayout: default\ntitle: 'Boats'\n---\nRow <blink>them</blink>.\n",
        "boats/index.markdown": "Second\n",
        "README.md": "Read me\n",
        ".hidden/x.md": "no\n",
        "plain.txt": "no\n",
        "ünïcode näme.md": "Words\n",
    }
    for name, text in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    tried = try_folder(source, tmp_path / "work")
    assert tried.tracebacks == []
    assert {d.path for d in tried.documents} == {
        "README.md", "boats/index.markdown", "boats/index.md", "index.md", "ünïcode näme.md",
    }  # fmt: skip
    assert len({d.slug for d in tried.documents}) == len(tried.documents) == len(tried.pages)
    assert [(f.line, f.code) for f in tried.findings["boats/index.md"]] == [(5, "html-removed")]
    assert "<h1>Boats</h1>" in tried.pages["boats/index.md"]


def test_a_command_that_fails_is_a_fault(tmp_path):
    tried = Tried([])
    assert run_command(tmp_path, tried, "no-such-command") == []
    assert len(tried.tracebacks) == 1


@pytest.fixture(scope="module")
def sample():
    return measure(PAGES)


def test_our_sample_loses_no_more_than_before(sample):
    assert sample.tried.tracebacks == []
    assert sample.lost <= LOST, [(d.path, d.lost) for d in sample.documents if d.lost]


def test_our_sample_shows_no_more_marks_than_before(sample):
    assert {d.path for d in sample.documents if any(m.kind in KINDS for m in d.marks)} <= MARKED_FILES
    assert {d.path for d in sample.documents if any(m.kind in OTHER_KINDS for m in d.marks)} <= OTHER_MARKED_FILES


def test_the_table_names_the_worst_and_the_bars_decide(tmp_path, capsys):
    (tmp_path / "a.md").write_text('=== "Tab"\n\n    Text\n\n<div>\n\n- [ ] raw\n\n</div>\n', encoding="utf-8")
    with pytest.raises(SystemExit) as done:
        main([str(tmp_path), "--worst", "3", "--bars"])
    printed = capsys.readouterr().out
    assert ("a.md:7: - [ ] raw" in printed) == (done.value.code == 1)
