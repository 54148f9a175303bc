"""A formula as a line of text."""

import pytest

from site_builder.markdown.clean_html.html_tree import HtmlElement
from site_builder.markdown.clean_html.mathml import typeset


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("E = mc^2", "E = mc^2"),
        ("x_1*y_2", "x_1∗y_2"),  # noqa: RUF001 (the sign of the formula)
        (r"\bar{x} = \frac{1}{n}\sum_{i=1}^n x_i", "x̄ = 1/n∑_(i = 1)^n x_i"),
        (r"\frac{a+b}{2}", "(a + b)/2"),
        (r"e^{-x}", "e^\u2212x"),
        (r"p < 0.05", "p &lt; 0.05"),
        (r"\alpha \le \sqrt{2}", "\u03b1 ≤ √2"),
        (r"\sqrt[3]{x+1}", "√[3](x + 1)"),
        (r"f'(x), g", "f\u2032(x), g"),
        (r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}", "[a, b; c, d]"),
        (r"\begin{aligned} a &= b \\ &= -c \end{aligned}", "a = b; = \u2212c"),
        (r"\begin{equation} a = b \end{equation}", "a = b, (1)"),
        (r"\underbrace{1}_{2} \overline{AB} \vec{v}", "1_2 ABv⃗"),
        (r"\mathbb{E}[X] \quad \text{if } x", "\U0001d53c[X] if x"),
        (r"A \xrightarrow{f} B", "A → ^f B"),
    ],
)
def test_text(tex: str, text: str):
    (math,) = typeset([(tex, True)])
    assert isinstance(math, HtmlElement)
    assert math.attributes["alttext"] == text
