"""Which blocks of a page are its article: nothing is left out for a name or a word alone."""

import pytest

from site_builder.importers.read.html.article_blocks import two_readings
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


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (
            "<p>Read <a href='/r'>the report of the port office</a> on it.</p>",
            "Read the report of the port office on it.",
        ),
        ("<div class='segment'>We closed it late again that night, and nobody knew why.</div>", "We closed it late"),
        ("<p>The <ruby>gate<rp>(</rp><rt>mon</rt><rp>)</rp></ruby> is open.</p>", "is open."),
        ("<blockquote><p>Water waits.</p><footer>— <cite>Mira Obst</cite></footer></blockquote>", "Mira Obst"),
        ("<p>The Unter&shy;nehmen\u200b came on time, as was said on Monday.</p>", "The Unternehmen came"),
    ],
)
def test_odd_paragraphs_are_text(part, shown):
    assert shown in body(*P[:2], part, *P[2:])


@pytest.mark.parametrize(
    "label",
    ["Read more: <a href='/r'>Ferry fares rise again</a>", "See also <a href='/r'>Ferry fares rise in May.</a>"],
)
def test_labels_of_other_articles_are_not(label):
    assert "erries" not in body(*P[:2], f"<p>{label}</p>", *P[2:]).replace("Ferry fares", "ferries")


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


LEAD = "A short lead in a box of its own says what the harbour office did on Monday."
MORE = [
    f"{p} It is paragraph {i} of a report that goes on for a while and says much more." for i, p in enumerate(P * 4)
]


def test_a_text_beside_a_lead_that_looks_like_an_article_is_found():
    lead = f"<div class='entry-content lead'><p>{LEAD}</p></div>"
    text = f"<div class='large'><div class='entry-content text'>{''.join(f'<p>{p}</p>' for p in MORE)}</div></div>"
    found = body(lead, text, around="div")
    assert MORE[0] in found
    assert MORE[-1] in found


def test_what_other_articles_say_does_not_make_a_text_longer():
    teasers = "".join(
        f"<div class='item'><h3><a href='/{i}'>Another report</a></h3><p>{p}</p></div>" for i, p in enumerate(MORE)
    )
    found = body(
        f"<div class='entry-content'>{''.join(f'<p>{p}</p>' for p in P)}</div>", f"<div>{teasers}</div>", around="div"
    )
    assert P[0] in found
    assert MORE[5] not in found


def test_an_aside_with_the_only_main_heading_is_the_article():
    menu = "".join(f"<li><a href='/{i}'>Topic {i}</a></li>" for i in range(40))
    text = f"<aside><h1>Gate opens</h1>{''.join(f'<p>{p}</p>' for p in P)}</aside>"
    html = f"<html lang=en><head><title>Gate opens</title></head><body><ul>{menu}</ul><main>{text}</main></body></html>"
    assert read_html(html).body == "\n\n".join(P)


def test_lines_above_a_list_are_text_where_the_list_is_nearly_all_there_is():
    items = "".join(f"<li>{p}</li>" for p in P)
    found = body("Host: Ann Berg", "<h2>Agenda</h2>", f"<ol>{items}</ol>")
    assert found.startswith("Host: Ann Berg\n\n## Agenda\n\n1. ")


def test_a_page_of_short_lines_has_a_text():
    assert body("Ann Berg", "Head of pumps", "Bo Lind", "Gauges and tables", "Cy Dahl, the quiet days") == (
        "Ann Berg\n\nHead of pumps\n\nBo Lind\n\nGauges and tables\n\nCy Dahl, the quiet days"
    )


def test_a_section_that_says_it_holds_an_advertisement_is_text_like_its_siblings():
    parts = [
        f"<section class='part part--ads'><h2>Part {i}</h2><p>{p}</p><p>{P[0]}</p></section>"
        for i, p in enumerate(P[1:])
    ]
    found = body("<div>" + f"<section class='part'><h2>Part 9</h2><p>{P[0]}</p></section>" + "".join(parts) + "</div>")
    assert all(p in found for p in P)


def test_a_list_of_sources_elsewhere_is_text_and_one_of_other_articles_is_not():
    sources = "".join(
        f"<li><a href='https://court{i}.example.org/ruling'>Ruling number {i} of the court</a></li>" for i in range(3)
    )
    own = "".join(f"<li><a href='/news/{i}'>Another report of this paper {i}</a></li>" for i in range(3))
    found = body(*P[:2], f"<ul>{sources}</ul>", *P[2:4], f"<ul>{own}</ul>", P[4])
    assert "Ruling number 2 of the court" in found
    assert "Another report" not in found


def test_a_list_that_a_line_announces_may_end_a_text():
    found = body(*P, "The office names three reasons:", "<ul><li>Wind</li><li>Silt</li><li>Ice</li></ul>")
    assert found.endswith("The office names three reasons:\n\n- Wind\n- Silt\n- Ice")


def test_sentences_above_a_main_heading_in_the_text_are_kept():
    assert body(*P[:1], "<h1>Opens the gate</h1>", *P[1:]).startswith(P[0])


@pytest.mark.parametrize(("language", "name"), [("es", "comentarios"), ("de", "kommentare"), ("fr", "commentaires")])
def test_comments_are_known_by_their_names_in_other_languages(language, name):
    comments = "".join(f"<li><p>{p} Say I, at least, and so do others here.</p></li>" for p in P[:2])
    box = f"<div id='{name}_lectores'><form action='/c'></form><ol>{comments}</ol></div>"
    html = page(*P, box, around="div").replace("lang='en'", f"lang='{language}'")
    assert "Say I" not in read_html(html).body


def test_a_menu_is_not_taken_for_text_where_a_text_is_short():
    menu = "".join(f"<li><a href='/{i}'>Some other news of the day, number {i}</a></li>" for i in range(30))
    assert body(P[0], f"<div><ul>{menu}</ul></div>", P[1]) == f"{P[0]}\n\n{P[1]}"


def test_a_first_paragraph_without_an_element_of_its_own_is_text():
    start = (
        "HARBOUR (AP) — The office opened its gate to outside engineers on Monday, after three winters of late closings"
        " and of a quarrel about who is to pay for the pumps."
    )
    text = f"<div class='bd'>{start}{''.join(f'<p>{p}</p>' for p in P)}</div>"
    assert body(text, around="div").startswith(start)


def test_a_paragraph_in_the_head_of_an_article_is_text_unless_it_is_the_dek():
    start = (
        "Whoever draws a plan by hand has nothing to fear, but the plans of others bring layers, blocks and styles"
        " along that nobody asked for, and they slow the machine down."
    )
    head = f"<header><h1>Gate opens</h1><p>{start}</p></header>"
    text = f"<article>{head}{''.join(f'<p>{p}</p>' for p in P)}</article>"
    html = f"<html lang=en><head><title>Gate opens</title>%s</head><body>{text}</body></html>"
    assert read_html(html % "").body.startswith(start)
    described = read_html(html % f"<meta name=description content='{start}'>")
    assert described.summary == start
    assert described.body.startswith(P[0])


def test_code_that_ends_a_text_is_kept_with_its_heading():
    code = "<div class='example'><pre>gate = open_gate('north')\nprint(gate.level)</pre></div>"
    found = body(*P, "<h2>Examples</h2>", code, around="div")
    assert found.endswith("## Examples\n\n```\ngate = open_gate('north')\nprint(gate.level)\n```")


def test_a_section_without_links_is_text_though_its_heading_sounds_like_that_of_cards():
    more = f"<details><summary>More on the method used</summary><p>{P[4]}</p></details>"
    assert body(*P[:4], more).endswith(f"More on the method used\n\n{P[4]}")


def test_a_bold_line_is_the_heading_of_its_paragraph():
    assert "**A second opinion**" in body(f"<p>{P[0]}</p><p><b>A second opinion</b><br>{P[1]}</p><p>{P[2]}</p>", P[3])


@pytest.mark.parametrize(
    "table",
    [
        "<figure><figcaption>Levels by pier, in centimetres</figcaption>{}</figure>",
        "<div class='wrap'><div class='caption'><p>Levels by pier, in centimetres</p></div>{}</div>",
    ],
)
def test_the_caption_of_a_table_is_text(table):
    rows = "<table><tr><td>North</td><td>91</td></tr><tr><td>South</td><td>82</td></tr></table>"
    assert "Levels by pier, in centimetres\n\n| North | 91 |" in body(*P[:2], table.format(rows), *P[2:])


def test_a_note_above_an_entry_of_an_encyclopaedia_is_no_text():
    assert "other uses" not in body("<div class='hatnote'>For other uses, see Gate (disambiguation).</div>", *P)


@pytest.mark.parametrize("headline", ["Why did the northern pumps fail?", "The quiet days are back again!"])
def test_a_headline_of_another_article_may_ask_or_shout(headline):
    assert body(*P, f"<p><a href='/other'>{headline}</a></p>") == "\n\n".join(P)


def test_a_line_that_announces_what_was_left_out_goes_too():
    links = "<div><a href='/a'>Pumps of the north wall</a></div>"
    assert body(*P, "This topic could be of interest to you:", links) == "\n\n".join(P)


def test_recommendations_of_the_editors_are_no_text():
    links = "".join(f"<li><a href='/{i}'>A review of pump number {i} of the wall</a></li>" for i in range(3))
    assert "review" not in body(*P, "<h4>Editors’ Recommendations:</h4>", f"<ul>{links}</ul>")


def test_answers_below_buttons_are_text_with_their_questions():
    def answer(i: int, frame: str) -> str:
        button = f"<button aria-expanded='false' aria-controls='a{i}'>What is asked in question {i}?</button>"
        return f"<div class='accordion'>{frame.format(button)}<div id='a{i}' hidden><p>{P[i]}</p></div></div>"

    found = body(P[0], answer(1, "<h4>{}</h4>"), answer(2, "{}"), P[3])
    assert f"#### What is asked in question 1?\n\n{P[1]}\n\n#### What is asked in question 2?\n\n{P[2]}" in found


def test_a_menu_below_a_button_is_no_text():
    menu = "".join(f"<li><a href='/{i}'>A long entry of the menu, number {i}</a></li>" for i in range(5))
    button = "<button aria-expanded='false' aria-controls='m'>All topics of the harbour</button>"
    assert "topics" not in body(*P[:2], f"<div>{button}<ul id='m' hidden>{menu}</ul></div>", *P[2:])


def test_the_rest_below_read_more_is_text():
    button = "<button aria-expanded='false' aria-controls='rest'>Read more</button>"
    assert body(*P[:2], f"{button}<div id='rest' hidden><p>{P[2]}</p></div>") == "\n\n".join(P[:3])


def test_the_heading_of_a_section_of_its_own_is_kept_also_of_the_first():
    items = "".join(f"<li><h3>Rule number {i}</h3><p>{p}</p></li>" for i, p in enumerate(P))
    assert "### Rule number 0" in body(f"<ol>{items}</ol>", around="div")


def test_a_page_without_sentences_is_read_thoroughly_where_little_was_found(monkeypatch):
    people = [f"Ann Berg {i}, head of the gauges" for i in range(12)]

    def extracted(root: object, *, thorough: bool = False) -> str:
        return "\n".join(people) if thorough else people[0]

    monkeypatch.setattr(two_readings, "extracted_text", extracted)
    assert people[11] in body(f"<ul>{''.join(f'<li>{p}</li>' for p in people)}</ul>", around="div")


def test_short_answers_below_their_questions_are_kept():
    questions = [
        f"<details><summary>Question {i}?</summary><div>Answer {i} of the town.</div></details>" for i in (1, 2)
    ]
    assert body(*P[:3], "<h2>Questions</h2>", *questions, *P[3:]).count("Answer") == 2


@pytest.mark.parametrize("style", ["left:-9999px", "text-indent: -999em", "clip: rect(0, 0, 0, 0)"])
def test_a_sentence_out_of_the_window_is_no_text(style):
    unseen = f"<div style='position: absolute; {style}'>Words of the pump that only machines shall read.</div>"
    assert body(*P[:3], unseen, *P[3:]) == body(*P)


def test_a_list_of_works_elsewhere_closes_a_text():
    works = "<h2>Sources</h2><ol><li><a href='https://a.example/1'>Hart, B. Gates and tides of the coast</a></li>"
    works += "<li><a href='https://b.example/2'>Cole, A. Slow water in small ports</a></li></ol>"
    assert "\n\n## Sources\n\n1. Hart, B." in body(*P, works)
    assert "Slow water" in body(*P, works)


def test_a_list_of_networks_closes_no_text():
    links = "".join(
        f"<li><a href='https://{n}.example/x'>{n.title()}</a></li>" for n in ("friends", "pictures", "clips")
    )
    assert body(*P, f"<h2>Find the office</h2><ul>{links}</ul>") == body(*P)
