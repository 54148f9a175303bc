import datetime as dt
import html
import re
import textwrap
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.config import MarkdownOptions
from site_builder.importers.imported_article import ImportedArticle, SimilarCard, ToolCard
from site_builder.importers.read.markdown_escape import escape_line
from site_builder.importers.read.text.read_text import MAX_CHARACTERS, read_text
from site_builder.markdown.body import render_body
from site_builder.markdown.tex.formulas import Notation, find_formulas
from site_builder.urls import SourcePath

TITLE: Final = "Mill Road in Ebberston Closes to Cars"
PARAGRAPHS: Final = (
    "The town council of Ebberston approved a plan on Monday that will close the old mill road to cars from next July.",
    "Residents had asked for the change for years, saying that lorries used the narrow street as a short cut to town.",
    "The council plans to plant trees along the old mill road, to widen the pavement and to put benches on both sides.",
    "The mayor, Anna Holt, told reporters after the vote that the decision had been difficult but safety came first.",
    "A second vote on the funding is expected in the autumn, when the county will publish its budget for next year.",
    "Shop owners fear that fewer customers will come, and some of them have already announced that they will appeal.",
)
HEAD: Final = f"Home\nNews\nSport\nMenu\n\n{TITLE}\n"
FOOT: Final = "\n\nShare\nFacebook\n\nMost read\n\nSubscribe to our newsletter\n© 2026 Gazette. All rights reserved.\n"
BODY: Final = "\n\n".join(PARAGRAPHS)


def page(meta: str = "June 3, 2026", body: str = BODY, after: str = "") -> str:
    return f"{HEAD}{meta}\n\n{body}\n{after}{FOOT}"


def warned(article: ImportedArticle, code: str) -> bool:
    return any(finding.code == code for finding in article.findings)


def test_findings_name_the_file_and_the_line():
    (doubt,) = read_text(page("06/08/2026"), path=SourcePath("page.txt")).findings
    assert (str(doubt.location), doubt.code) == ("page.txt:7:1", "date-ambiguous")
    assert doubt.hint


def test_a_plain_page():
    found = read_text(page("By Jane Doe\nJune 3, 2026\nImage source: : Ebba Lind"), url="https://example.org/mill")
    assert (found.title, found.date, found.author) == (TITLE, dt.date(2026, 6, 3), "Jane Doe")
    assert (found.image.credit, found.language, found.source.url) == ("Ebba Lind", "en", "https://example.org/mill")
    assert found.body.split("\n\n") == list(PARAGRAPHS)
    assert (found.similar, found.tools, found.findings) == ((), (), ())


@pytest.mark.parametrize(
    ("meta", "date"),
    [
        ("June 3, 2026", dt.date(2026, 6, 3)),
        ("3 June 2026", dt.date(2026, 6, 3)),
        ("2026-06-03", dt.date(2026, 6, 3)),
        ("Published: June 3, 2026 | Updated: June 9, 2026", dt.date(2026, 6, 3)),
        ("Updated: June 9, 2026\nPublished: June 3, 2026", dt.date(2026, 6, 3)),
        ("Date:\nJune 3, 2026", dt.date(2026, 6, 3)),
        ("By Jane Doe, June 3, 2026 at 10:30", dt.date(2026, 6, 3)),
        ("23/08/2026", dt.date(2026, 8, 23)),
    ],
)
def test_the_date_of_publication(meta, date):
    found = read_text(page(meta))
    assert (found.date, found.findings) == (date, ())


@pytest.mark.parametrize(
    ("meta", "date", "code"),
    [
        ("06/08/2026", dt.date(2026, 6, 8), "date-ambiguous"),
        ("3 hours ago", None, "date-relative"),
        ("Yesterday", None, "date-relative"),
        ("Updated: June 9, 2026", None, "date-updated"),
        ("By Jane Doe", None, "date-missing"),
    ],
)
def test_doubtful_dates_are_told(meta, date, code):
    found = read_text(page(meta))
    assert found.date == date
    assert warned(found, code)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("cp1252"),
        lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("council", "coun\u00adcil").replace("street", "str\u00adeet"),
        lambda text: text.replace("\n", "\u2028"),
        lambda text: "\n".join(f"    {row}" for row in text.split("\n")),
        lambda text: "\n\n".join(textwrap.fill(part, 72) if len(part) > 80 else part for part in text.split("\n\n")),
        lambda text: f"{text}\n{text}",
        lambda text: f"{text}\n{text}\n{text}",
    ],
    ids=["crlf", "bom", "windows-1252", "utf-16", "utf-16 without mark", "no-break spaces", "soft hyphens",
         "line separators", "indented", "hard-wrapped", "twice", "thrice"],
)  # fmt: skip
def test_the_form_of_the_text_does_not_matter(change):
    plain = read_text(page().replace("Anna Holt", "Zoë Holt"))
    found = read_text(change(page().replace("Anna Holt", "Zoë Holt")))
    assert (found.title, found.date, found.body) == (plain.title, plain.date, plain.body)
    assert found.body.count("Zoë Holt") == 1


def test_similar_articles_and_tools_are_no_text():
    after = (
        "\nSimilar Blogs\n\nHarbour Wall Repaired Before the Storms\nMay 28, 2026\n"
        "Divers closed the gaps in the wall.\n"
        f"Read more\n\nWhy the Ferry No Longer Sails at Night\n2 days ago\nToo few came.\nRead more\n\n"
        f"{TITLE}\nRead more\n\n"
        "Featured tools\nQuill\nFreemium\nWrites your letters.\nLearn more\n"
    )
    found = read_text(page(after=after))
    assert found.similar == (
        SimilarCard(
            "Harbour Wall Repaired Before the Storms", dt.date(2026, 5, 28), "Divers closed the gaps in the wall."
        ),
        SimilarCard("Why the Ferry No Longer Sails at Night", None, "Too few came."),
    )
    assert found.tools == (ToolCard("Quill", "Freemium", "Writes your letters."),)
    assert found.body.split("\n\n") == list(PARAGRAPHS)
    assert warned(found, "date-relative")


def test_a_card_that_stands_twice_is_one():
    card = "Harbour Wall Repaired Before the Storms"
    after = f"\nRelated articles\n- {card}\n- Why the Ferry No Longer Sails at Night\n\nRead also\n- {card.upper()}\n"
    assert [c.title for c in read_text(page(after=after)).similar] == [card, "Why the Ferry No Longer Sails at Night"]


def listed(items: list[str], mark: str = "- ", lead: str = "The plan has these parts:") -> str:
    rows = "\n".join(f"{mark.format(i)}{item}" for i, item in enumerate(items, 1))
    return "\n\n".join([*PARAGRAPHS[:3], lead, rows, *PARAGRAPHS[3:]])


@pytest.mark.parametrize("mark", ["- ", "• ", "* ", "  – ", "{}. ", "{}) ", "({}) "])
@pytest.mark.parametrize(
    "items",
    [
        ["Buses may still pass", "Cyclists keep their lane", "Deliveries until ten"],
        ["Buses", "Cyclists", "Deliveries"],
        ["Buses may still pass at any hour.", "Cyclists keep their lane.", "Deliveries are allowed until ten."],
    ],
    ids=["short", "one word", "sentences"],
)
def test_a_list_in_the_text_stays(items, mark):
    numbered = "{}" in mark
    expected = "\n".join(f"{i}. {item}" if numbered else f"- {item}" for i, item in enumerate(items, 1))
    assert read_text(page(body=listed(items, mark))).body.split("\n\n")[3:5] == ["The plan has these parts:", expected]


@pytest.mark.parametrize("lead", ["More:", "Read also:", "Related:"])
def test_a_list_of_other_pages_in_the_text_goes(lead):
    body = read_text(page(body=listed(["Harbour Wall Repaired", "Why the Ferry Stays in Port"], lead=lead))).body
    assert "Harbour" not in body
    assert "Ferry" not in body


def test_what_looks_like_markup_is_text():
    rows = ["<b>Buses</b> & bikes may pass, as the rules [1] say.", "#1 is * safety * and `speed`, says the town.",
            "A link such as [[wiki]] or &copy; is text as well."]  # fmt: skip
    body = read_text(page(body=listed(rows, "{}. "))).body
    rendered, found = render_body(body, MarkdownOptions(), SourcePath("content/articles/a.md"), 1)
    assert not found
    for row in rows:
        assert f"<li>{html.escape(row, quote=False)}</li>" in rendered.html


@settings(deadline=None, max_examples=300)
@given(
    st.text(alphabet="ab1 _*`<>&;#.)(-+~=[]!\\|:\"'/{}$^%?é", min_size=1)
    .map(lambda t: " ".join(t.split()))
    .filter(lambda t: bool(t) and not find_formulas(t, Notation()))
)
@example("_:a:")
def test_an_escaped_line_says_the_same(text):
    for before in ("", "## ", "- "):
        rendered, found = render_body(
            before + escape_line(text), MarkdownOptions(), SourcePath("content/articles/a.md"), 1
        )
        plain = html.unescape(re.sub(r"<[^>]*>", "", rendered.html))
        assert (plain.split(), found) == (text.split(), [])


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"the $x_1 * \frac{a}{b}$ of *it*", r"the $x_1 * \frac{a}{b}$ of \*it\*"),
        (r"\(a_1\) or \[E = mc^2\]", r"\(a_1\) or \\\[E = mc^2\\\]"),
        (r"\[E = mc^2\]", r"\[E = mc^2\]"),
        ("[a = b]", r"&#91;a = b\]"),
        ("$5 to $10 [x]", r"$5 to $10 \[x\]"),
    ],
)
def test_formulas_in_text_stay(text: str, written: str):
    assert escape_line(text) == written


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"\0" * 100, b"\xff" * 50, b"\xef\xbb\xbf", "\u00ad\u200b".encode(), b"-" * 500, b"#\n" * 500,
     b"Similar Blogs", b"Source:\n", b"Updated:\nUpdated:\n", b"1.\n2.\n", b"\n".join(b"Related" for _ in range(200)),
     b"x" * 100_000, b"06/08/2026", "²/³/2026".encode(), b"By\nBy:\nBy -\n", b"(((((" * 1000],
    ids=range(18),
)  # fmt: skip
def test_odd_input_gives_an_article(data):
    assert isinstance(read_text(data), ImportedArticle)


def test_an_endless_text_is_cut_and_told():
    found = read_text("A sentence of a very long text that never ends, so it seems. " * (MAX_CHARACTERS // 50))
    assert warned(found, "text-cut")


def test_nothing_says_that_nothing_was_found():
    found = read_text(b" \n")
    assert (found.title, found.date, found.body) == (None, None, "")
    assert warned(found, "title-missing")
    assert warned(found, "date-missing")


def test_a_page_of_one_line_is_its_title():
    found = read_text("Mayor Opens the Smallest Bridge in the County")
    assert (found.title, found.body) == ("Mayor Opens the Smallest Bridge in the County", "")
