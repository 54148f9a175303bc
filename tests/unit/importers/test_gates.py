"""Pages that show only the beginning of their text say so, and whole pages do not."""

import pytest

from site_builder.importers.read.html.read_html import read_html
from site_builder.importers.read.text.read_text import read_text
from tests.helpers.growth import assert_linear

PARAGRAPHS = (
    "The clinic and the software firm announced on Tuesday that they will build a shared model for X-ray images.",
    "Doctors in four hospitals have tried an early version since spring, and most of them asked to keep using it.",
    "Regulators want to know who answers for a wrong reading, and the partners promised an audit from outside.",
)
GATES = (
    "Subscribe to continue reading this article.",
    "Create a free account to read the full story.",
    "This post is for paid subscribers",
    "You have 70% of this article left to read.",
    "Jetzt anmelden und weiterlesen",
    "La suite est réservée aux abonnés.",
    "Suscríbete para seguir leyendo",
    "Contenuto riservato agli abbonati",
    "Dit artikel is exclusief voor abonnees",
    "Материал доступен только подписчикам",
    "この記事は有料会員限定です。残り1200文字",
    "本文为付费内容 登录后阅读全文。",
)


def found(html: str) -> list[str]:
    return [f.code for f in read_html(html).findings if f.code == "text-short"]


def page(after: str, rounds: int = 1) -> str:
    text = "".join(f"<p>{p} ({n})</p>" for n in range(rounds) for p in PARAGRAPHS)
    return f"<html><body><nav>Home</nav><article><h1>Clinic and Firm Build</h1>{text}{after}</article></body></html>"


@pytest.mark.parametrize("gate", GATES)
def test_a_line_that_sells_the_rest_is_told(gate: str):
    assert found(page(f'<div class="wall"><h2>{gate}</h2><a href="/s">OK</a></div>')) == ["text-short"]
    pasted = "\n\n".join(("Clinic and Firm Build Model", "3 June 2026", *PARAGRAPHS, gate))
    assert "text-short" in [f.code for f in read_text(pasted).findings]


def test_a_text_that_ends_in_dots_and_a_link_to_the_rest_is_told():
    assert found(page("<p>The hospitals then decided to ... <a href='/more'>Read more</a></p>")) == ["text-short"]


def test_microdata_that_say_so_are_told():
    assert found(page('<meta itemprop="isAccessibleForFree" content="false">')) == ["text-short"]


@pytest.mark.parametrize(
    "after",
    [
        "<p>The paper is for subscribers only, its owner said, and that must end, or nobody will read it.</p>"
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS),
        "<p>Sign up for our newsletter</p>",
    ],
)
def test_what_only_speaks_of_subscribers_is_not(after: str):
    assert found(page(after)) == []


def test_a_long_text_is_whole_whatever_stands_below_it():
    assert found(page(f"<div>{GATES[0]}</div>", rounds=9)) == []


def test_the_line_is_quoted():
    text = next(f.text for f in read_html(page(f"<div>{GATES[2]}</div>")).findings if f.code == "text-short")
    assert text == f'the page seems to show only the beginning of its text: it says "{GATES[2]}"'


def test_reading_is_linear_in_lines_that_nearly_sell():
    assert_linear(lambda n: found(page("<p>subscribe " + "to read " * n + "</p>")), 400)
