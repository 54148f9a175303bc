"""The benchmark of reading Markdown: a row for each way, and how many texts come out different."""

import pytest

from bench import markdown_html
from site_builder.markdown.convert import ours
from tests.helpers.markdown_texts import made_texts


def test_a_row_for_each_way_and_nothing_changed():
    rows, changed = markdown_html.measure(list(made_texts(5)), rounds=1)
    assert [len(row) for row in rows] == [3] * 5
    assert rows[1][2] == "1.00"
    assert changed == 0


def test_changed_html_is_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(markdown_html, "with_shortcuts", lambda _converter: ours(markdown_html.OPTIONS))
    assert markdown_html.measure(["[[a]]", "b"], rounds=1)[1] == 1
