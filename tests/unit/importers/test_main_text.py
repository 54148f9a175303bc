"""Which blocks of a page are its article: nothing is left out for a name or a word alone."""

import pytest

from site_builder.importers.read.html.read_html import read_html

P = (
    "The harbour office opened its gate to outside engineers on Monday, after three winters of late closings.",
    "A programme by two former pilots now reads the gauges every ten minutes and tells the crew when to pump.",
    "In the first trial the forecast was wrong by nine centimetres at most, the office said in its report.",
    "Residents of the lower town have asked for the raw numbers, to compare them with the marks on the walls.",
    "A report on the first year is due in spring, and the council will then decide about the quiet days.",
)


def page(*parts: str, head: str = "", around: str = "article") -> str:
    shown = "\n".join(part if part.startswith("<") else f"<p>{part}</p>" for part in parts)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Gate opens</title>{head}</head><body>"
        "<nav><a href='/'>Home</a></nav>"
        f"<{around}><h1>Gate opens</h1>{shown}</{around}><footer><p>Imprint and contact</p></footer></body></html>"
    )


def body(*parts: str, **how: str) -> str:
    return read_html(page(*parts, **how)).body


def test_a_plain_page():
    assert body(*P) == "\n\n".join(P)


@pytest.mark.parametrize(
    "text",
    [
        "The court ruled that training the model on novels infringed copyright in eleven of fourteen cases.",
        "Patients had to sign up for the trial by letter, and four hundred of them did so.",
        "They were asked for your email address and a photograph, the ombudsman wrote.",
        "Few households subscribe to the paper version that the town prints every week.",
        "Copyright law was changed twice while the trial went on.",
        "Sources: two members of the crew who asked not to be named told the court.",
        "By Monday the gate had closed twice.",
        "Updated gauges were delivered in the summer of last year to three piers.",
        "Photo evidence was submitted to the court in March by both sides.",
    ],
)
def test_a_sentence_is_kept_whatever_it_speaks_of(text):
    assert text in body(*P[:2], text, *P[2:])
    assert text in body(*P, text)


@pytest.mark.parametrize(
    "call",
    [
        "Subscribe to <a href='/letter'>our newsletter</a> for more.",
        "© 2026 Harbour News. All rights reserved.",
        "Read also: <a href='/other'>The pumps of the north wall</a>",
        "(Reporting by Anna Berg; editing by Bo Lind)",
    ],
)
def test_a_call_or_a_notice_is_left_out(call):
    assert body(*P, call) == "\n\n".join(P)


@pytest.mark.parametrize("name", ["newsletter", "share", "cookie", "subscribe", "related", "copyright"])
def test_a_single_sentence_is_kept_whatever_class_it_has(name):
    sentence, call = (
        "The pumps are older than the gate, and the gate is older than the law.",
        "Sign up for our newsletter.",
    )
    assert sentence in body(*P[:2], f"<p class='{name}'>{sentence}</p>", *P[2:])
    assert call not in body(*P[:2], f"<p class='{name}'>{call}</p>", *P[2:])


@pytest.mark.parametrize(
    "part",
    [
        "<div class='markdown-heading'><h2>Outlook</h2><a class='anchor' href='#outlook'></a></div>",
        r"<div class='math'>\[L = \frac{3}{n}\]</div>",
        "<div><script type='math/tex; mode=display'>L = 3</script></div>",
        "<div>Stop.</div>",
    ],
)
def test_headings_formulas_and_sentences_may_stand_in_a_frame(part):
    assert len(body(*P[:2], part, *P[2:]).split("\n\n")) == len(P) + 1


@pytest.mark.parametrize(
    "part", ["<div>Advertisement</div>", "<div class='advert'>Buy now.</div>", "<div><a href='/'>Go on.</a></div>"]
)
def test_other_frames_are_no_text(part):
    assert len(body(*P[:2], part, *P[2:]).split("\n\n")) == len(P)


@pytest.mark.parametrize("name", ["paywall", "copyright", "related", "promo", "teaser", "subscribe"])
def test_paragraphs_are_kept_whatever_class_they_have(name):
    assert body(*(f"<p class='{name}'>{p}</p>" for p in P)) == "\n\n".join(P)


@pytest.mark.parametrize("name", ["consent", "copyright", "related-work", "latest"])
def test_a_section_that_is_named_after_its_heading_is_kept(name):
    heading = name.replace("-", " ").capitalize()
    section = f"<section id='{name}'><h2>{heading}</h2><p>{P[3]}</p><p>{P[4]}</p></section>"
    found = body(*P[:3], section)
    assert f"## {heading}" in found
    assert P[3] in found
    assert P[4] in found


TABLE = """| Gauge | Error |
| --- | --- |
| North | 9 cm |
| South |  |
| Pier | 4 cm |"""


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><th>Gauge</th><th>Error</th></tr>{}</table>",
        "<table><thead><th>Gauge</th><th>Error</th></thead><tbody>{}</tbody></table>",
        "<figure><table><tr><td>Gauge</td><td>Error</td></tr>{}</table></figure>",
        "<div class='wide'><table><tr><td>Gauge</td><td>Error</td></tr>{}</table></div>",
    ],
)
def test_a_table_of_data_keeps_every_cell(table):
    rows = "<tr><td>North</td><td>9 cm</td></tr><tr><td>South</td><td></td></tr><tr><td>Pier</td><td>4 cm</td></tr>"
    assert TABLE in body(*P[:3], table.format(rows), *P[3:])


def test_cells_that_span_rows_and_columns_keep_the_others_in_their_places():
    table = (
        "<table><caption>Errors by gauge</caption><tr><th>Place</th><th colspan='2'>Error</th></tr>"
        "<tr><td rowspan='2'>North</td><td>2024</td><td>9 cm</td></tr><tr><td>2025</td><td>7 cm</td></tr></table>"
    )
    found = body(*P[:3], table, *P[3:])
    assert "Errors by gauge\n\n| Place | Error |  |\n| --- | --- | --- |\n" in found
    assert "| North | 2024 | 9 cm |\n| North | 2025 | 7 cm |" in found


def test_cells_that_span_everything_take_no_time():
    table = "<table>" + "<tr><td rowspan='2000' colspan='60'>North</td><td>9 cm</td></tr>" * 300 + "</table>"
    assert "| North |" in body(*P[:3], table, *P[3:])


def test_a_table_that_lays_out_the_page_is_no_table():
    layout = f"<table><tr><td><p>{P[0]}</p><p>{P[1]}</p><p>{P[2]}</p></td><td>Menu</td></tr></table>"
    assert "|" not in body(layout, P[3], P[4], around="div")


def test_lists_are_kept_where_the_text_has_them():
    found = body(
        *P[:2],
        "<p>Pick one of these:</p><ul><li><a href='/a'>Gauges</a></li><li><a href='/b'>Pumps</a></li></ul>",
        "<ol start='4'><li>Close</li><li value='7'>Wait</li><li>Open</li></ol>",
        "<dl><dt>Gauge</dt><dd>what reads the water</dd></dl>",
        P[2],
        "<details><summary>More</summary><p>The gate weighs nine hundred tonnes, the office added.</p></details>",
        P[3],
        "<h2>Timetable</h2><ul><li>north gauge</li><li>the mole</li></ul>",
    )
    assert "Pick one of these:\n\n- Gauges\n- Pumps" in found
    assert "4. Close\n7. Wait\n8. Open" in found
    assert "- Gauge\n    - what reads the water" in found
    assert "The gate weighs nine hundred tonnes" in found
    assert found.endswith("## Timetable\n\n- north gauge\n- the mole")


def test_a_list_of_links_under_a_heading_of_the_text_is_kept():
    links = "<ul><li><a href='/a'>The gauge handbook</a></li><li><a href='/b'>The pump manual</a></li></ul>"
    assert "- The gauge handbook" in body(*P[:3], f"<h2>Resources</h2>{links}", *P[3:])
    assert "- The gauge handbook" not in body(*P[:3], f"<h2>Related articles</h2>{links}", *P[3:])


def test_roles_stand_for_elements():
    cells = "".join(
        f"<div role='row'><span role='cell'>{a}</span><span role='cell'>{b}</span></div>"
        for a, b in (("Gauge", "Error"), ("North", "9 cm"))
    )
    assert "| Gauge | Error |\n| --- | --- |\n| North | 9 cm |" in body(
        *P[:3], f"<div role='table'>{cells}</div>", *P[3:]
    )


def test_an_item_holds_what_follows_in_it():
    found = body(*P[:2], "<ol><li><p>Stop the pump.</p><pre>pump stop</pre></li><li><p>Wait.</p></li></ol>", *P[2:])
    assert "1. Stop the pump.\n\n    ```\n    pump stop\n    ```\n" in found
    assert "2. Wait." in found


def test_the_first_sentences_may_stand_apart():
    start = f"<div class='row'><p>{P[0]}</p></div><div class='ad'>Advertisement</div>"
    rest = "".join(f"<p>{p} It was the third such step in five years.</p>" for p in P[1:])
    assert P[0] in body(start, f"<div class='row'><div class='col'>{rest}</div></div>")


def test_japanese_comes_whole():
    texts = [
        "港湾局は月曜日、三度の冬に閉鎖が遅れた水門を外部の技術者に公開した。",
        "二人の元水先人が書いたプログラムは、十分ごとに水位計を読み取り、ポンプの始動時刻を知らせる。",
        "最初の試験では、新しい予測の誤差は最大でも九センチだったと同局は述べた。",
    ]
    html = page(*texts).replace("lang='en'", "lang='ja'").replace("Gate opens", "水門を公開")
    assert read_html(html).body == "\n\n".join(texts)


def test_comments_after_the_text_are_left_out():
    found = body(*P, "<h3>3 Comments</h3><div><p>Anna: I have seen the gate close late myself, twice.</p></div>")
    assert found == "\n\n".join(P)


def test_a_page_that_is_too_long_is_told():
    findings = read_html(page(*P, *(["<p>x</p>"] * 21_000))).findings
    assert "text-cut" in {f.code for f in findings}


def test_a_box_that_is_left_out_is_told():
    box = f"<div class='infobox'><p>{P[3]}</p></div>"
    read = read_html(page(*P[:2], box, P[2], P[4]))
    assert P[3] not in read.body
    assert [f.code for f in read.findings if f.code.startswith("text")] == ["text-left-out"]


def test_a_sentence_that_a_text_says_twice_is_kept_twice():
    found = body(P[0], P[1], P[2], P[0], P[3], P[4])
    assert found.count(P[0]) == 2


def test_a_copy_for_narrow_screens_is_left_out():
    copy = "".join(f"<p>{p}</p>" for p in P)
    found = body(f"<div class='wide'>{copy}</div>", f"<div class='narrow'>{copy}</div>")
    assert all(found.count(p) == 1 for p in P)


@pytest.mark.parametrize("frame", ["{}", "<div class='embed'><div>{}</div></div>"])
def test_a_post_of_a_social_network_between_paragraphs_is_text(frame):
    post = (
        "<blockquote class='post'><p>The gate closed late</p>&mdash; Bo Lind (@bolind)"
        " <a href='https://social.example/1'>May 3, 2026</a></blockquote>"
    )
    found = body(*P[:2], frame.format(post), *P[2:])
    assert "> The gate closed late\n>\n> — Bo Lind (@bolind) May 3, 2026" in found


def test_steps_that_begin_with_a_call_are_text():
    steps = "<ol><li>Sign up for <a href='/a'>the list of pilots</a> at the gate</li><li>Wait for a letter.</li></ol>"
    assert "1. Sign up for the list of pilots at the gate\n2. Wait for a letter." in body(
        *P, steps, *(f"Then, {p}" for p in P)
    )


def test_a_section_called_comments_may_have_code_and_short_lines():
    lines = f"<p>Then, {P[3]}</p><p>Examples:</p><pre># a remark</pre><p>Then, {P[4]}</p>"
    found = body(*P, *(f"Now, {p}" for p in P), f"<h3 id='comments'>Comments</h3>{lines}")
    assert "### Comments" in found
    assert f"Then, {P[4]}" in found


def test_a_link_to_a_comment_ends_no_text():
    links = "<ul><li><a href='/6429'>#6429 (comment)</a></li></ul>"
    assert P[4] in body(*P[:4], links, f"<h4>Processes</h4><p>{P[4]}</p>")


def test_an_abstract_above_the_first_chapter_is_text():
    chapter = "".join(f"<p>{p} It was the third such step in five years.</p>" for p in P[1:])
    parts = (
        f"<div class='cover'><h1>Gate opens</h1><p>{P[0]}</p></div><div class='chapter'><h1>Gauges</h1>{chapter}</div>"
    )
    read = read_html(f"<html><head><title>Gate opens</title></head><body><div>{parts}</div></body></html>")
    assert read.title == "Gate opens"
    assert read.body.startswith(P[0])


def test_headings_of_a_text_in_pieces_are_kept():
    long = [f"{p} It was the third such step in five years, and the office expects no further one." for p in P]
    first = "".join(f"<p>{word} {p}</p>" for word in ("First,", "Then,", "Later,") for p in long)
    second = f"<h2>Who reads the gauges?</h2><p>{long[3]}</p>"
    pieces = "<div class='ad'>Advertisement</div>".join(
        f"<div class='text'>{part}</div>" for part in (first, second, f"<p>{long[4]}</p>")
    )
    found = body(pieces)
    assert "## Who reads the gauges?" in found
    assert long[4] in found
