"""Pasted papers, mails and newsletters: each thing in its place."""

import datetime as dt

import pytest

from site_builder.importers.read.text.read_text import read_text

PARAGRAPHS = (
    (
        "The harbour office in Thorne opened its gate to outside engineers on Monday, after three winters in which the "
        "barrier had closed later than planned and water had reached the fish market twice, the clerk said."
    ),
    (
        "A programme written by two former pilots now reads the gauges along the estuary every ten minutes and tells "
        "the crew when to start the pumps, which take almost forty minutes to reach full power."
    ),
)


def pasted(head: str, foot: str = "") -> str:
    return "\n\n".join((head, *PARAGRAPHS, foot))


def test_labels_of_a_paper_are_no_part_of_what_they_name():
    text = f"""Harbour Preprints
Help

[Submitted on 3 June 2026]
Title:Gates in Small Towns
Authors:Ada Cole, Ben Hart
Abstract:{PARAGRAPHS[0]}
"""
    article = read_text(text)
    assert (article.title, article.author) == ("Gates in Small Towns", "Ada Cole, Ben Hart")
    assert article.date == dt.date(2026, 6, 3)
    assert (article.body or article.summary or "").startswith("The harbour office")


def test_the_head_of_a_mail_gives_title_and_date():
    head = "From: Thorne Weekly <news@example.org>\nTo: me@example.org\nDate: Wed, 3 Jun 2026 10:00:00 +0000"
    head += "\nSubject: The gate is open\n\nView this email in your browser"
    article = read_text(pasted(head, "Unsubscribe from this list"))
    assert (article.title, article.date) == ("The gate is open", dt.date(2026, 6, 3))
    assert (article.body or "").startswith("The harbour office")
    assert "browser" not in (article.body or "")
    assert "Unsubscribe" not in (article.body or "")


def test_a_sentence_with_subject_and_colon_is_no_label():
    found = read_text(pasted("The gate is open to all engineers\n3 June 2026", "Subject: to change without notice"))
    assert found.title == "The gate is open to all engineers"


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        ("Ada Cole\nJune 3, 2026", "Ada Cole"),
        ("Ada Cole | June 3, 2026", "Ada Cole"),
        ("Ada Cole and Ben Hart\nJune 3, 2026", "Ada Cole, Ben Hart"),
        ("Public Health\nJune 3, 2026", None),
        ("Ada Cole\n", None),
    ],
)
def test_a_name_alone_is_the_author_beside_the_date(lines: str, author: str | None):
    assert read_text(pasted(f"The gate of Thorne is open to engineers\n\n{lines}")).author == author


@pytest.mark.parametrize(
    ("foot", "name"),
    [
        ("© 2026 Thorne Weekly. All rights reserved.", "Thorne Weekly"),
        ("Copyright 2019-2026 Thorne Weekly", "Thorne Weekly"),
        ("© All rights reserved", None),
        ("© 2026", None),
    ],
)
def test_the_holder_of_rights_is_the_source_where_no_other_is_named(foot: str, name: str | None):
    assert (
        read_text(pasted("The gate of Thorne is open to engineers\nJune 3, 2026", f"Contact\n{foot}")).source.name
        == name
    )


def test_short_lines_that_a_sentence_announces_are_text():
    faults = "no consent was given\nnothing had been weighed\nother uses were allowed"
    end = "The council will decide in spring whether the crew may leave the gate to itself on quiet days."
    more = f"The office found three faults:\n\n{faults}\n\n{end}"
    body = read_text(pasted("The gate of Thorne is open to engineers\nJune 3, 2026", more)).body or ""
    places = [
        body.index(part) for part in ("three faults", "no consent", "nothing had been", "other uses", "The council")
    ]
    assert places == sorted(places)


ITEMS = ("Close the gate in the evening", "Open it in the morning", "Boots")


@pytest.mark.parametrize("mark", ["- ", "• ", "* ", "{}. "])
@pytest.mark.parametrize("lead", ["", "What to do:\n\n"])
def test_a_list_that_ends_a_text_belongs_to_it(lead: str, mark: str):
    items = "\n".join(mark.format(i) + item for i, item in enumerate(ITEMS, 1))
    body = read_text(pasted("The Gate of Thorne\n\n3 June 2026", lead + items)).body
    assert [item for item in ITEMS if item not in body] == []


def test_a_list_that_a_line_announces_belongs_to_the_text_above_a_foot():
    items = "\n".join(f"- {item}" for item in ITEMS)
    foot = f"What to do:\n\n{items}\n\nHome\nPrivacy\nContact\n© 2026 Thorne Gazette"
    body = read_text(pasted("The Gate of Thorne\n\n3 June 2026", foot)).body
    assert [item for item in ITEMS if item not in body] == []
    assert "Privacy" not in body


@pytest.mark.parametrize("gap", ["   ", " "])
def test_running_heads_that_count_pages_are_left_out(gap: str):
    rows = f"""The Gate of Thorne

3 June 2026

The harbour office in Thorne opened its gate to outside engi-
neers on Monday, after three winters in which the barrier had
closed later than planned and water had reached the market.

The Harbour Review 12 (2026){gap}7

A programme written by two former pilots now reads the gauges
along the estuary every ten minutes and tells the crew when to
start the pumps, which take almost forty minutes to reach full
power.

The Harbour Review 12 (2026){gap}8

In the first trial the forecast was wrong by nine centime-
tres at most, the office said in its report.
"""
    body = read_text(rows).body
    assert "Harbour Review" not in body
    assert "engineers on Monday" in body


def test_a_list_of_markdown_below_its_heading_is_text():
    text = pasted(
        "# The Gate of Thorne\n\n*3 June 2026*", f"## What to bring\n\n- boots\n- a lamp\n\n{PARAGRAPHS[0][:60]}."
    )
    assert "## What to bring\n\n- boots\n- a lamp" in read_text(text).body


def test_a_call_below_the_text_is_none_of_it():
    body = read_text(
        pasted("The Gate of Thorne\n\n3 June 2026", "Thanks for reading Tidal Notes! Subscribe for free.")
    ).body
    assert body == "\n\n".join(PARAGRAPHS)


def test_the_source_in_a_row_of_labels():
    row = "2026-06-03 10:20 来源:西滨日报 作者:张伟"
    prose = ("港务局周一向外部工程师开放了潮门。" * 4, "水泵达到全功率大约需要四十分钟。" * 4)
    article = read_text("\n".join(("港务局开放潮门", row, "", prose[0], "", prose[1])))
    assert (article.source.name, article.author) == ("西滨日报", "张伟")


def test_a_title_of_two_words_above_a_paragraph_with_a_note():
    text = "Tide gate\n\nFrom the free encyclopedia\n\n" + "\n\n".join(f"{p}[{n}]" for n, p in enumerate(PARAGRAPHS, 1))
    assert read_text(text).title == "Tide gate"


def test_a_first_paragraph_is_no_title():
    article = read_text("\n\n".join(PARAGRAPHS))
    assert (article.title, article.body) == (None, "\n\n".join(PARAGRAPHS))
    assert "title-missing" in [f.code for f in article.findings]


def test_a_paste_without_text_is_reported():
    assert "text-missing" in {
        f.code for f in read_text("Thorne Weekly\nHome\nNews\nLog in\n\nContact\nPrivacy").findings
    }


@pytest.mark.parametrize("counts", ["12\n\n3\nShare", "·\n5 min read\n--\n3\nListen"])
def test_title_and_subtitle_above_a_name_and_counts(counts: str):
    head = "Thorne Notes\n\nSubscribe\nSign in\n\nStill gates\nWhat a harbour learned about the tide\n\n"
    head += f"Ada Cole\nMay 12, 2026\n\n{counts}"
    found = read_text(pasted(head))
    assert (found.title, found.summary) == ("Still gates", "What a harbour learned about the tide")
    assert (found.author, found.date) == ("Ada Cole", dt.date(2026, 5, 12))


def test_a_section_above_a_title_is_none():
    head = "Thorne Weekly\nHarbour\nSport\n\nHarbour\nWhat a harbour learned about the tide\n\nAda Cole\nMay 12, 2026"
    assert read_text(pasted(head)).title == "What a harbour learned about the tide"


def test_a_name_above_the_date_is_no_title_in_arabic():
    text = (
        "الرئيسية\nأخبار\n\nإصلاح شبكة الشمال\n\nأحمد علي\n3 يونيو 2026\n\n"  # noqa: RUF001 (Arabic letters)
        "قالت شركة الكهرباء يوم الثلاثاء إنها ستعيد وصل أربعين قرية قبل نهاية الشهر الجاري.\n\n"
        "وأمضى المهندسون الشتاء في استبدال المحولات التي غمرتها المياه في أكتوبر بتكلفة تسعة ملايين.\n\n"
        "وسيدفع القرويون السعر العادي للكهرباء منذ اليوم الأول."
    )
    assert read_text(text).title == "إصلاح شبكة الشمال"


def test_of_a_repeated_title_the_copy_above_the_text_counts():
    again = "Republish this story\n\nPlease read the rules of the weekly before you print this story elsewhere.\n\n"
    head = "The gate of Thorne is open to engineers\n\nShare\nPrint\nSend\nSave\n\nBy Ada Cole\nJune 3, 2026\n"
    foot = f"{again}The gate of Thorne is open to engineers\n\nCopy HTML\nContact"
    assert read_text(pasted(head, foot)).title == "The gate of Thorne is open to engineers"


def test_the_name_behind_a_caption_is_no_title():
    caption = "Engineers of the crew, here at the north gate on the first day of the trial / Lorenza Marina"
    head = f"The gate of Thorne is open to engineers\n\n{caption}\n\nLorenza Marina\n\nJune 3, 2026"
    assert read_text(pasted(head)).title == "The gate of Thorne is open to engineers"


def test_the_day_of_publication_wins_over_those_of_receipt_and_acceptance():
    days = "Received: 1 December 2025 / Revised: 20 January 2026 / Accepted: 10 February 2026 / Published: 3 March 2026"
    for text in (days, days.replace(" / ", "\n")):
        article = read_text(pasted(f"Gates in Small Towns and Their Tides\nAda Cole and Ben Hart\n{text}\nAbstract"))
        assert article.date == dt.date(2026, 3, 3)


def test_authors_of_a_paper_with_the_marks_of_their_footnotes():
    head = "Home\nHarbour Journal\nOpen Access\nGates in Small Towns and Their Tides\nAda Cole 1,*, Ben Hart 2"
    article = read_text(pasted(f"{head}\n1 University of Thorne, Harbour Street 1, Thorne\n2 Port of Thorne\nAbstract"))
    assert (article.author, article.summary) == ("Ada Cole, Ben Hart", None)


@pytest.mark.parametrize("prefix", ["Fwd: ", "Re: ", "WG: AW: "])
def test_a_subject_that_was_sent_on_is_the_title(prefix):
    title, dek = "Gates in Small Towns and Their Tides", "Pilots now ask for a clock on every gate"
    head = f"From: Harbour Weekly\nSubject: {prefix}{title}\nDate: Wed, 3 Jun 2026 08:00:00 +0200"
    article = read_text(pasted(f"{head}\n\n{title}\n\n{dek}\n\nBy Ada Cole"))
    assert (article.title, article.summary) == (title, dek)


def test_buttons_without_a_space_between_them_are_no_title():
    title, dek = "Three Small Towns Test a Gate", "Pilots now ask for a clock on every gate"
    head = f"Harbour Notes\n\nSubscribeSign in\n\n{title}\n{dek}\n\nAda Cole\nJun 03, 2026\n\n12\n\n3\n\nShare"
    article = read_text(pasted(head))
    assert (article.title, article.author, article.summary) == (title, "Ada Cole", dek)


def test_a_name_beside_its_portrait_is_an_author():
    title, dek = "Three Small Towns Test a Gate", "Pilots now ask for a clock on every gate"
    head = f"{title}\n{dek}\nAda Cole\nAda Cole\n\nFollow\n5 min read\n·\nJun 3, 2026"
    assert read_text(pasted(head)).author == "Ada Cole"


def test_a_post_before_a_japanese_name_is_no_part_of_it():
    text = """三つの図書館で本の仕分け機を試験へ
2026年3月3日 23時30分
記者・佐藤太郎

市議会は火曜日、新しい仕分け方法を市内の三つの図書館で試すことを決めた。試験は六か月続き、費用はおよそ四百万円になる見込みだ。

利用者の会は、機械が選んだ本にはしるしを付けるよう求めている。会長は「すべての棚に表示がほしい」と話した。
"""
    assert read_text(text).author == "佐藤太郎"


def test_a_title_of_a_pdf_may_take_two_rows():
    rows = """The harbour office in Thorne opened its gate to outside engi-
neers on Monday, after three winters in which the
barrier had closed later than planned and water had reached
the fish market twice, the clerk said in the after-
noon. A programme written by two former pilots now reads
the gauges along the estuary every ten minutes and
tells the crew when to start the pumps."""
    article = read_text("Opening Gates by Machine: A Trial\nin three harbours\n\n3 June 2026\n\n" + rows)
    assert article.title == "Opening Gates by Machine: A Trial in three harbours"
    assert "engineers" in article.body


def test_a_byline_names_the_authors_alone():
    lines = {
        "By Ada Cole@adacole May 12, 2026, 4:08pm EST": "Ada Cole",
        "By Ada Cole on May 12, 2026": "Ada Cole",
        "By Ada Cole Tuesday, May 12, 2026": "Ada Cole",
        "By Ada Cole 5 minute read": "Ada Cole",
        "By Ada Cole Published in Ports May 12, 2026": "Ada Cole",
        "By Ada ColeStaff Writer": "Ada Cole",
        "By Ada de la Cole, Vice President, Harbour Board": "Ada de la Cole",
        "May 12, 2026 at 6:08 PM ET by Ada Cole": "Ada Cole",
        "12 May 2026 | Ada Cole": "Ada Cole",
        "Page by Ada Cole, harbour.example. Last updated: 29 Apr 2026": "Ada Cole",
        "Story of the old gate as told by Ada Cole in the spring of 29 April 2026": None,
        "Ada Cole · Harbour News · Posted: May 12, 2026 9:27 AM ET": "Ada Cole",
        "By\nAda Cole\nHarbour board": "Ada Cole",
        "Ada Cole\nAda Cole\n2 hours ago": "Ada Cole",
        "द्वारा: राम शर्मा": "राम शर्मा",
    }
    found = {text: read_text(pasted(f"The gate of Thorne is open to engineers\n\n{text}")).author for text in lines}
    assert found == lines


def test_buttons_and_headings_are_no_authors():
    for line in (
        "Share Article",
        "Follow Us",
        "Most Viewed",
        "Vorheriger Beitrag",
        "更新时间",
        "United Kingdom Health",
    ):
        text = f"The gate of Thorne is open to engineers\n\n{line}\nMay 12, 2026"
        assert read_text(pasted(text)).author is None


def test_an_author_may_be_named_below_the_text_alone():
    above = "The gate of Thorne is open to engineers\n\nMay 12, 2026"
    below = "\n\nWritten by\nAda Cole\n\nContact\n"
    assert read_text(pasted(above) + below).author == "Ada Cole"


def test_a_row_of_names_below_a_title_is_that_of_a_paper():
    row = "Ada Cole, Ben Hart, View ORCID ProfileCy Dorn, Di Eames"
    article = read_text(pasted(f"The gate of Thorne is open to engineers\n\n{row}\n\ndoi: 10.1000/1"))
    assert article.author == "Ada Cole, Ben Hart, Cy Dorn, Di Eames"
    assert "ORCID" not in article.body


def test_a_caption_is_no_description_where_there_is_another_line():
    caption, dek = "An engineer opens the old gate with a crank.", "The town hopes for better forecasts of high water."
    head = f"The gate of Thorne is open to engineers\n\n{caption}\nPhoto: Ben Hart\n{dek}"
    assert read_text(pasted(head)).summary == dek


def test_a_description_may_stand_above_caption_and_byline():
    dek = "The town hopes that its forecasts of high water become better, and the engineers hope for data."
    caption = "An engineer opens the old gate with a crank while the harbour master looks on from the quay."
    head = f"The gate of Thorne is open to engineers\n\n{dek}\n\n{caption}\n\nBy Ada Cole\n\nMay 12, 2026"
    assert read_text(pasted(head)).summary == dek


def test_a_sentence_describes_a_page_rather_than_its_second_headline():
    headline, dek = "Gate of Thorne: How Engineers Read the River", "The town hopes for better forecasts of high water."
    head = f"The gate of Thorne is open to engineers\n\n{headline}\n\n{dek}\n\nBy Ada Cole"
    assert read_text(pasted(head)).summary == dek


def test_rows_with_tabs_between_their_cells_are_a_table():
    table = "Port\tGates\tCost\nThorne\t2\t1.2 m | net\nWesk\t11\t\nYarrow\t4\t3 m"
    body = read_text(f"Gates of the Coast Are Counted\n\n{PARAGRAPHS[0]}\n\n{table}\n\n{PARAGRAPHS[1]}").body
    rows = ["| Port | Gates | Cost |", "| --- | --- | --- |", "| Thorne | 2 | 1.2 m \\| net |", "| Wesk | 11 |  |"]
    assert body.split("\n\n") == [PARAGRAPHS[0], "\n".join((*rows, "| Yarrow | 4 | 3 m |")), PARAGRAPHS[1]]


def test_columns_of_a_menu_are_no_table():
    menu = "Home\tPorts\tGates\nNews\tRivers\tAbout"
    assert "|" not in read_text(f"{menu}\n\nGates of the Coast Are Counted\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}").body


def test_a_list_of_sentences_above_a_heading_is_text():
    items = "".join(
        f"  * The gauge at pier {n} is read every ten minutes by a programme of two pilots.\n" for n in range(3)
    )
    head = f"Gates of the Coast Are Counted\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}\n\nGauges\n\n{items}\nPumps\n\n"
    body = read_text(
        f"{head}{PARAGRAPHS[0].replace('gate', 'pump')}\n\n{PARAGRAPHS[1].replace('pumps', 'lamps')}\n"
    ).body
    assert body.count("The gauge at pier") == 3


def test_a_list_at_the_very_end_is_read():
    items = "  * Gauges\n  * Pumps\n"
    assert read_text(f"Gates of the Coast Are Counted\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}\n\n{items}").title


@pytest.mark.parametrize(
    "form", ["June {0} – {1}", "{0} June 2026: {1}", "202{0}-06-03 | {1}", "0{0}:30 -- {1}", "202{0}: {1}"]
)
def test_a_chronology_is_text(form: str):
    rows = "\n".join(form.format(n, place) for n, place in enumerate(("Thorne opens", "Wesk", "Yarrow", "Dunn"), 1))
    text = (
        f"Gates of the Coast Are Counted\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}\n\n{rows}\n\nMore news\nGauges\nFish\n"
    )
    assert read_text(text).body.count("\n\n") >= 3
    assert "Dunn" in read_text(text).body
