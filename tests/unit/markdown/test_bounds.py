"""Texts that would become far larger than they are: what is shown instead, and that ordinary ones are left alone."""

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.bounds.count_signs import too_many_signs
from site_builder.markdown.bounds.tables_of_contents import MAX_ENTRIES
from site_builder.markdown.convert import Converted, convert

OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code"))


def read(text: str) -> Converted:
    return convert(text, OPTIONS)


def whats(converted: Converted) -> list[str]:
    return [remark.what for remark in converted.remarks]


class TestSigns:
    @pytest.mark.parametrize(
        "text",
        [
            "[a](b) " * 2_000,
            "The court [ruled](a.md) on *this* and on that matter too. " * 30_000,
            "| 1,204 | Boston, Massachusetts | yes |\n" * 20_000,
            "```\n" + "{[(1)]};\n" * 20_000 + "```\n",
            "    {[(1)]};\n" * 20_000,
        ],
        ids=["short", "prose", "table", "fenced code", "indented code"],
    )
    def test_may_be_as_many_as_texts_hold(self, text: str):
        assert not too_many_signs(text)

    @pytest.mark.parametrize("unit", ["[a](b) ", "# a\n", "$a$ ", "[[a]] ", "*_", "a|b\n-|-\nc|d\n\n"])
    def test_are_too_many_where_they_are_dense(self, unit: str):
        assert "more than a fifth" in too_many_signs((unit * 50_000)[:100_000])

    def test_are_too_many_in_a_text_of_any_length(self):
        assert "the limit is 250,000" in too_many_signs("A line of ordinary words.\n" * 250_001)


class TestTablesOfContents:
    def test_two_are_two(self):
        converted = read("[TOC]\n\n## A\n\n## B\n\n> [TOC]\n")
        assert converted.html.count('<div class="toc">') == 2
        assert "[TOC]" not in converted.html
        assert not converted.remarks

    def test_the_first_lists_all_and_others_have_a_limit(self):
        headings = "".join(f"## Part {number}\n\n" for number in range(MAX_ENTRIES // 2 - 1))
        converted = read(headings + "[TOC]\n\n" * 10)
        assert converted.html.count('<div class="toc">') == 3
        assert whats(converted) == ["one table of contents too many and is shown as text"]

    def test_code_and_headings_hold_none(self):
        html = read("## A\n\n    [TOC]\n\n`[TOC]`\n").html
        assert html.count("[TOC]") == 2
        assert 'class="toc"' not in html


class TestTables:
    WIDE = f"{'|a' * 200}|\n{'|-' * 200}|\n"

    def test_short_rows_are_filled(self):
        converted = read(self.WIDE + "|b|\n" * 40)
        assert converted.html.count("<td") == 40 * 200
        assert not converted.remarks

    def test_rows_without_end_are_text(self):
        converted = read(self.WIDE + "|b|\n" * 400)
        assert "<td" not in converted.html
        assert converted.html.count("|b|") == 400
        assert "the beginning of a table with far too many empty cells and is shown as text" in whats(converted)

    def test_all_tables_of_a_text_count_and_the_next_text_begins_anew(self):
        table = self.WIDE + "|b|\n" * 40 + "\n"
        assert read(table * 3).html.count("<table>") == 1
        assert read(table).html.count("<table>") == 1

    def test_full_tables_have_no_limit(self):
        table = f"{'|a' * 20}|\n{'|-' * 20}|\n" + f"{'|b' * 20}|\n" * 1_000
        assert read(table).html.count("<td") == 20_000

    def test_html_without_end_is_shown_line_by_line(self):
        row = "<tr><td>b</td></tr>"
        html = read(f'<table><caption>C</caption><tr><td id="x" colspan="1000">a</td></tr>{row * 100}</table>').html
        assert "<td" not in html
        assert '<div id="x">a</div>' in html
        assert html.count("<div>b</div>") == 100

    def test_html_that_covers_its_cells_is_a_table(self):
        rows = '<tr><td rowspan="2">a</td><td colspan="3">b</td></tr><tr><td>c</td></tr>' * 200
        html = read(f"<table>{rows}</table>").html
        assert html.count("<tr>") == 400
