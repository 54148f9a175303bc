"""Where something stands in Markdown of which only its HTML is known."""

import pytest

from site_builder.markdown.source_positions import AFTER_URL, BEFORE_URL, Locator


@pytest.mark.parametrize(
    ("text", "url", "places"),
    [
        ("[a](x) [b](x)", "x", [(1, 5), (1, 12)]),
        ('T.\n\n<a href="x.md?a=1&amp;b=2">', "x.md?a=1&b=2", [(3, 10)]),
        ('<a href="x?a&amp;b"> <a href="x?a&b"> [c](x?a&#38;b)', "x?a&b", [(1, 10), (1, 31), (1, 43)]),
        (r"[a](x\_y.md) [b](x_y.md)", "x_y.md", [(1, 5), (1, 18)]),
        (r"&amp; \* [a](x.md)", "x.md", [(1, 14)]),
        ("x `[a](x)` [a](x)", "x", [(1, 16)]),
        (r"\[a](x) [a\](x) [a](x)", "x", [(1, 21)]),
        (r"\\[a](x)", "x", [(1, 7)]),
        (r"\[a [b](x)", "x", [(1, 9)]),
        ("Code:\n\n    [a](x)\n\n    [a](x)\n\n[a](x)", "x", [(7, 5)]),
        ("\t[a](x)\n\n[a](x)", "x", [(3, 5)]),
        ("- Item\n\n    [a](x)\n\nText\n\n    [a](x)\n\n[a](x)", "x", [(3, 9), (9, 5)]),
        ("[^1]: Note\n\n    [a](x)", "x", [(3, 9)]),
        ("Text\n    [a](x)", "x", [(2, 9)]),
        ("<div>\n\n    [a](x)\n</div>", "x", [(3, 9)]),
        ("a x b", "x", [(1, 3)]),
        ("a", "x", [(1, 1)]),
    ],
)
def test_places(text: str, url: str, places: list[tuple[int, int]]):
    locate = Locator(text, 1)
    assert [locate(url, BEFORE_URL, AFTER_URL) for _ in places] == places


def test_lines_count_from_the_file():
    assert Locator("a\nb", 8)("b") == (9, 1)


def test_what_is_only_in_code_is_found_there():
    assert Locator("a\n\n`<x>`", 1)("<x", (), ">") == (3, 2)
