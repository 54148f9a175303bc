"""An introduction folds between two of its paragraphs, near 120 words."""

import pytest

from site_builder.render.templating.introduction import fold_introduction

P = "<p>" + "word " * 50 + "</p>"


def count(html: str) -> int:
    return html.count("word")


@pytest.mark.parametrize(
    ("html", "shown", "folded"),
    [
        pytest.param(P, 50, 0, id="short"),
        pytest.param(P * 3, 150, 0, id="too little to fold"),
        pytest.param(P * 4, 100, 100, id="nearest to 120"),
        pytest.param("<p>" + "word " * 300 + "</p>" + P, 300, 50, id="a long first paragraph stays whole"),
        pytest.param(P * 2 + "<h2>word</h2>" + P * 2, 100, 101, id="a heading goes with its text"),
        pytest.param(f"<blockquote>{P * 4}</blockquote>" + P, 200, 50, id="not inside an element"),
        pytest.param(f"<ul><li>{P}<img src='a.png'><br></li></ul>" * 4, 100, 100, id="elements without an end"),
        pytest.param("<p>" + "人工知能" * 50 + "</p><p>" + "人工知能" * 50 + "</p>", 0, 0, id="without spaces"),
        pytest.param("", 0, 0, id="nothing"),
        pytest.param("word " * 200, 200, 0, id="no element"),
        pytest.param(P * 2 + "<hr>" + P * 2, 100, 100, id="a rule between"),
    ],
)
def test_fold(html: str, shown: int, folded: int):
    found = fold_introduction(html)
    assert found.shown + found.folded == html
    assert (count(found.shown), count(found.folded)) == (shown, folded)


def test_signs_without_spaces_count_too():
    html = "<p>" + "人工知能" * 50 + "</p>"
    assert fold_introduction(html * 2).folded == html


def test_both_parts_are_whole_elements():
    html = P * 2 + "<div><p>word</p><!-- </div> --></div>" + P * 3
    found = fold_introduction(html)
    for part in found:
        assert part.count("<div>") == part.count("</div>") - part.count("<!-- </div>")
