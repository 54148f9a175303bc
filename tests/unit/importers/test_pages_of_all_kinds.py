"""Pages of kinds that others write: blogs, papers, encyclopaedias, recipes, news of eastern Asia."""

import datetime as dt

from site_builder.importers.read.html.read_html import read_html

P = (
    "The regional grid operator said on Tuesday that it would reconnect forty villages before the end of the month.",
    "Engineers had spent the winter replacing transformers that were flooded in October, at a cost of nine million.",
    "Villagers who relied on generators until now will pay the ordinary price for power from the first day.",
)
TEXT = "".join(f"<p>{p}</p>" for p in P)


def read(title: str, body: str, lang: str = "en"):
    return read_html(f"<html lang={lang}><head><title>{title}</title></head><body>{body}</body></html>")


def test_a_blog_whose_main_heading_leads_home():
    page = read("Thoughts – Ann's blog", f"<h1><a href=/>Ann's blog</a></h1><article><h2>Thoughts</h2>{TEXT}</article>")
    assert page.title == "Thoughts"


def test_a_window_of_one_word_does_not_hide_the_heading():
    assert read("Q&amp;A", f"<article><h1>We were late, says engineer</h1>{TEXT}</article>").title.startswith("We were")


def test_a_short_page_does_not_begin_with_its_title():
    recipe = "<h2>Needed</h2><ul><li>2 leeks</li></ul><h2>Method</h2><ol><li>Chop them.</li><li>Boil them.</li></ol>"
    page = read("Soup", f"<article><h1>Leek soup</h1><p>{P[0]}</p>{recipe}</article>")
    assert page.title == "Leek soup"
    assert page.body.startswith(P[0])
    assert "Boil them" in page.body


def test_a_row_of_labels_is_no_text():
    text = (
        "<p>国家电网公司周二表示,将在本月底之前恢复四十个村庄的供电。</p>"
        "<p>工程师们整个冬天都在更换十月被洪水淹没的变压器,费用为九百万元。</p>"
        "<p>此前依靠发电机的村民从第一天起将按正常价格付费。</p>"
    )
    row = "<div class=info>2026-06-03 10:20 来源:北方日报 作者:张伟</div>"
    page = read("电网修复完成", f"<h1>电网修复完成</h1>{row}<div>{text}</div><div>责任编辑:李娜</div>", "zh")
    assert page.date == dt.date(2026, 6, 3)
    assert page.author == "张伟"
    assert page.body.startswith("国家电网公司")


def test_a_label_may_end_in_an_equals_sign():
    text = "<p>送電会社は火曜日、月末までに四十の村への送電を再開すると発表した。</p>" * 3
    page = read("送電網が復旧", f"<article><h1>送電網が復旧</h1><p class=author>文=山田太郎</p>{text}</article>", "ja")
    assert page.author == "山田太郎"


def test_an_encyclopaedia_keeps_its_references():
    cite = "<sup id=cite_ref-1><a href='#cite_note-1'>[1]</a></sup>"
    note = "<li id=cite_note-1><b><a href='#cite_ref-1'>^</a></b> Smith, J. (2020). <i>Grids of the north</i>.</li>"
    page = read(
        "Grid - Encyclopaedia",
        f"<h1>Grid</h1><div><p>{P[0]}{cite}</p><h2>History</h2><p>{P[1]}</p><p>{P[2]}</p>"
        f"<h2>References</h2><ol>{note}</ol></div>",
    )
    assert "month.[1]" in page.body
    assert page.body.endswith("1. Smith, J. (2020). *Grids of the north*.")


def test_a_book_above_its_chapter_is_not_the_title():
    html = f"<h1 class=menu-title>The pump book</h1><main><h1>Gauges</h1>{TEXT}</main>"
    assert read("Gauges - The pump book", html).title == "Gauges"
    assert read("The pump book", html.replace("Gauges", "The pumps")).title == "The pump book"
