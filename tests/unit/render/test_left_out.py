"""What the page leaves out is not in its Markdown, and finding it takes a time that grows with the text."""

import pytest

from site_builder.markdown.clean_html import stray_markup
from site_builder.render.left_out import without_left_out
from tests.helpers.growth import assert_linear

OPENERS = ("<!-- ", "<![CDATA[", "<?", "<!", "<b ", "</", '<a b="', "<script ", "<b x='", "<b onclick=x>", "`<b>")


@pytest.mark.parametrize("tail", ["", ">"])
@pytest.mark.parametrize("opener", OPENERS)
def test_tags_that_begin_and_do_not_end_take_linear_time(opener: str, tail: str):
    def find(size: int) -> object:
        text = opener * (size // len(opener)) + tail
        return without_left_out(text, f"<p>{text.replace('<', '&lt;')}</p>")

    assert_linear(find, 4_000)


def test_after_too_many_of_them_each_bracket_is_shown_as_text(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stray_markup, "MAX_LOOKED_AT", 100)
    text = '<a b="' * 41 + "<script>x()</script> <b>\n"
    left = without_left_out(text, "<p></p>")
    assert "<script" not in left
    assert "&lt;script" in left


def test_a_text_with_brackets_stays(monkeypatch: pytest.MonkeyPatch):
    text = "1 < 2 and 3 <4, a <b and `<b>` > 1\n"
    assert without_left_out(text, "<p>1 &lt; 2 and 3 &lt;4, a &lt;b and <code>&lt;b&gt;</code> &gt; 1</p>") == text
