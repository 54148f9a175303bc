"""Notes, tips and comments of a page: notes and tips are text, readers' comments are not."""

import pytest

from site_builder.importers.read.html.read_html import read_html

P = (
    "The harbour office opened its gate to outside engineers on Monday, after three winters of late closings.",
    "A programme by two former pilots now reads the gauges every ten minutes and tells the crew when to pump.",
    "In the first trial the forecast was wrong by nine centimetres at most, the office said in its report.",
    "Residents of the lower town have asked for the raw numbers, to compare them with the marks on the walls.",
    "A report on the first year is due in spring, and the council will then decide about the quiet days.",
)
NOTES = ("The pilots left the service in 2019.", "Measured at the north pier, in calm weather.")


def body(*parts: str, behind: str = "") -> str:
    shown = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in parts)
    return read_html(
        "<!DOCTYPE html><html lang='en'><head><title>Gate opens</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Gate opens</h1>{shown}</article>{behind}<footer><p>Imprint</p></footer></body></html>"
    ).body


def marked(mark: str) -> list[str]:
    """The paragraphs, with marks behind the second and third one."""
    first, second = (mark.format(n=n) for n in (1, 2))
    return [P[0], f"{P[1]}{first}", f"{P[2]}{second}", *P[3:]]


LINK = "<sup><a href='#n{n}' id='r{n}'>{n}</a></sup>"


@pytest.mark.parametrize(
    ("mark", "notes"),
    [
        (LINK, "<ol><li id='n1'>{0} <a href='#r1'>↩</a></li><li id='n2'>{1} <a href='#r2'>↩</a></li></ol>"),
        (
            LINK,
            (
                "<div data-type='footnotes'><p id='n1'><sup><a href='#r1'>1</a></sup> {0}</p>"
                "<p id='n2'><sup><a href='#r2'>2</a></sup> {1}</p></div>"
            ),
        ),
        (
            LINK,
            "<h4>Footnotes</h4><h5><a id='n1' href='#r1'>(1)</a></h5><p>{0}</p><h5><a id='n2'>(2)</a></h5><p>{1}</p>",
        ),
        ("<sup>{n}</sup>", "<div class='footnotes-footer'><div>1. {0}</div><div>2. {1}</div></div>"),
        ("<sup>{n}</sup>", "<section role='doc-endnotes'><p>{0}</p><p>{1}</p></section>"),
        (
            "<span data-note='n{n}'><a href='#'>*</a></span>",
            "<aside style='display:none' id='n1'>{0}</aside><aside style='display:none' id='n2'>{1}</aside>",
        ),
        (
            "<sup><a aria-describedby='n{n}' href='#'>{n}</a></sup>",
            "<div hidden id='n1'>{0}</div><p hidden id='n2'>{1}</p>",
        ),
    ],
)
def test_notes_are_kept_wherever_they_stand(mark, notes):
    found = body(*marked(mark), notes.format(*NOTES))
    assert all(note in found for note in NOTES)
    assert "↩" not in found
    assert all(p in found for p in P)


def test_a_mark_is_told_from_the_word_before_it():
    found = body(*marked(LINK), "<ol><li id='n1'>{}</li><li id='n2'>{}</li></ol>".format(*NOTES))
    assert f"{P[1]}[1]" in found
    power = (
        "The pump moves 10<sup>9</sup> litres, as <a href='#table'>2</a> of the tables show in the report of the year."
    )
    assert "109 litres, as 2 of" in body(*P[:2], power, *P[2:])


def test_a_hidden_menu_is_no_note():
    menu = (
        "<div id='more' style='display:none'>All about harbours, gates and pumps, in our large archive of news.</div>"
    )
    assert "archive" not in body(*P, "<p><a href='#more'>More</a></p>", menu)


@pytest.mark.parametrize(
    "name", ["aside class='callout callout-tip'", "div class='admonition warning'", "aside role=note"]
)
def test_a_tip_between_paragraphs_is_text(name):
    tip = (
        f"<{name}><p>Tip</p><p>Gates that are closed by hand need a second person on the pier.</p></{name.split()[0]}>"
    )
    assert "second person" in body(*P[:2], tip, *P[2:])


@pytest.mark.parametrize(
    "box",
    [
        "<aside class='callout'><a href='/a'>The pumps of the north wall</a> <a href='/b'>Gates of it</a></aside>",
        "<aside class='alert'><p>Subscribe to <a href='/letter'>our newsletter</a> for more.</p></aside>",
    ],
)
def test_a_box_of_links_or_a_call_is_no_tip(box):
    assert body(*P[:2], box, *P[2:]) == "\n\n".join(P)


REMARKS = (
    "The north gauge was not calibrated before the trial began, so that its numbers are of little use.",
    "The pumps were replaced in the same month, which makes any comparison with last year weaker.",
)


@pytest.mark.parametrize(
    "section",
    [
        "<section id='comments'><h2>Comments</h2><p>{0}</p><p>{1}</p></section>",
        "<div id='comments'><h3>Comments</h3><p>{0}</p><p>{1}</p></div>",
        "<h2 id='comments'>Comments</h2><p>{0}</p><p>{1}</p>",
    ],
)
def test_a_section_of_the_text_may_be_called_comments(section):
    found = body(*P, section.format(*REMARKS))
    assert all(remark in found for remark in REMARKS)


@pytest.mark.parametrize(
    "section",
    [
        (
            "<section id='comments'><h2>Comments</h2><div><p><b>Joe</b> wrote on 3 May 2024</p><p>{0}</p></div>"
            "<div><p><b>Ann</b></p><p>{1}</p></div></section>"
        ),
        "<section id='comments'><h2>Comments</h2><p>{0}</p><p>{1}</p><form><input></form></section>",
        "<div class='reply_comment'><p>{0}</p></div><div class='reply_comment'><p>{1}</p></div>",
        "<div id='comment_form'><h2>Comentar</h2><p>{0}</p><p>{1}</p><form><textarea></textarea></form></div>",
    ],
)
def test_comments_of_readers_are_left_out(section):
    assert body(*P, section.format(*REMARKS)) == "\n\n".join(P)


def test_comments_that_are_longer_than_the_text_are_left_out_too():
    comments = "".join(
        f"<div class='post_comment'><p>{r} So says number {n}.</p></div>" for n in range(4) for r in REMARKS
    )
    assert body(*P, f"<div class='box'>{comments}</div>") == "\n\n".join(P)


def test_all_that_precedes_a_main_heading_in_the_text_is_kept():
    page = f"<h1>Gate opens</h1></header><main><p>{P[0]}</p><p>{P[1]}</p><h1>Trial</h1>" + "".join(
        f"<p>{p} {n}.</p>" for n in range(6) for p in P[2:]
    )
    found = read_html(f"<html><head><title>Gate opens</title></head><body><header>{page}</main></body></html>").body
    assert P[0] in found
    assert "## Trial" in found
