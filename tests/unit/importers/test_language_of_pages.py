"""The language of a page: the one that it states, unless its text shows another."""

import pytest

from site_builder.importers.read.guess_language import settled_language

GERMAN = "Die Stadt hat die Mauer am Hafen gesperrt, weil der Sand unter ihr nicht mehr da ist und sie sich bewegt. "
ENGLISH = "The town has closed the wall at the harbour because the sand below it is gone and the stones have moved. "
CHINESE = "城市关闭了港口的墙因为下面的沙子被潮水冲走了工程师下周会来检查石头"


@pytest.mark.parametrize(
    ("stated", "text", "language"),
    [
        (None, GERMAN * 2, "de"),
        (None, ENGLISH * 2, "en"),
        (None, "Ein Wort", None),
        ("en-US", GERMAN * 20, "de"),
        ("de-AT", GERMAN * 20, "de-AT"),
        ("en", GERMAN * 2, "en"),
        ("en", CHINESE, "zh"),
        ("nn", "", "nn"),
        ("eo", ENGLISH * 20, "eo"),
    ],
)
def test_the_language_of_a_text(stated: str | None, text: str, language: str | None) -> None:
    assert settled_language(stated, text) == language
