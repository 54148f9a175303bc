import datetime as dt

import pytest

from site_builder.importers.imported_article import SimilarCard, ToolCard
from site_builder.importers.read.decode import clean_text
from site_builder.importers.read.text.cards_in_text import DateStyle, find_blocks
from site_builder.importers.read.text.lines import split_lines

ONE, TWO = "Harbour Wall Repaired Before the Storms", "Why the Ferry No Longer Sails at Night"
SUM1 = "Divers worked for six weeks to close the gaps in the old stone wall."
SUM2 = "The operator says that too few passengers came, and the union disagrees."
D1, D2 = dt.date(2026, 6, 3), dt.date(2026, 5, 28)
FULL = (SimilarCard(ONE, D1, SUM1), SimilarCard(TWO, D2, SUM2))
READER = DateStyle("en")


def cards(text: str, heading: str = "Related articles", stop: tuple[str, ...] = ()) -> tuple[SimilarCard, ...]:
    blocks = find_blocks(split_lines(clean_text(f"{heading}\n{text}")), stop, READER)
    return tuple(card for block in blocks for card in block.cards)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{ONE}\nJune 3, 2026\n{SUM1}\nRead more\n{TWO}\nMay 28, 2026\n{SUM2}\nRead more", FULL),
        (f"{ONE}\n{SUM1}\nJune 3, 2026\nRead more\n{TWO}\n{SUM2}\nMay 28, 2026\nRead more", FULL),
        (f"June 3, 2026\n{ONE}\n{SUM1}\n\nMay 28, 2026\n{TWO}\n{SUM2}", FULL),
        (f"{ONE}\nJune 3, 2026\n{SUM1}\n{TWO}\nMay 28, 2026\n{SUM2}", FULL),
        (f"{ONE}\n{SUM1}\nJune 3, 2026\n{TWO}\n{SUM2}\nMay 28, 2026", FULL),
        (f"{ONE} | June 3, 2026\n{TWO} | May 28, 2026", (SimilarCard(ONE, D1), SimilarCard(TWO, D2))),
        (f"June 3, 2026 – {ONE}\nMay 28, 2026 – {TWO}", (SimilarCard(ONE, D1), SimilarCard(TWO, D2))),
        (f"- {ONE}\n- {TWO}", (SimilarCard(ONE), SimilarCard(TWO))),
        (f"1. {ONE}\n2. {TWO}", (SimilarCard(ONE), SimilarCard(TWO))),
        (f"{ONE}\n{SUM1}\n\n{TWO}\n{SUM2}", (SimilarCard(ONE, None, SUM1), SimilarCard(TWO, None, SUM2))),
        (f"{ONE}\nRead more\n{TWO}\nRead more", (SimilarCard(ONE), SimilarCard(TWO))),
        (f"Harbour\n{ONE}\nJune 3, 2026\nRead more\nFerries\n{TWO}\nMay 28, 2026\nRead more",
         (SimilarCard(ONE, D1), SimilarCard(TWO, D2))),
        (f"{ONE}\nJune 3, 2026\n5 min read\nRead more\n{TWO}\nMay 28, 2026\n3 min read\nRead more",
         (SimilarCard(ONE, D1), SimilarCard(TWO, D2))),
        (f"{ONE}\n3 hours ago\nRead more\n{TWO}\nyesterday\nRead more", (SimilarCard(ONE), SimilarCard(TWO))),
        (f"{ONE}\nUpdated June 3, 2026\nRead more\n{TWO}\nMay 28, 2026\nRead more",
         (SimilarCard(ONE), SimilarCard(TWO, D2))),
        (ONE, (SimilarCard(ONE),)),
        ("", ()),
    ],
    ids=["title date summary link", "title summary date link", "date first", "title date summary", "title summary date",
         "date after a bar", "date before a dash", "bullets", "numbers", "pairs", "links", "sections", "reading time",
         "relative", "updated", "one", "none"],
)  # fmt: skip
def test_every_shape_of_a_card(text, expected):
    assert cards(text) == expected


@pytest.mark.parametrize(
    "heading",
    ["Similar Blogs", "Related Articles", "RELATED", "You may also like", "Read next", "See also",
     "Recommended for you", "More from the Gazette", "Further reading", "» More stories",
     "Articles similaires", "À lire aussi",
     "Sur le même sujet", "Das könnte Sie auch interessieren", "Ähnliche Artikel", "Mehr zum Thema", "Weiterlesen",
     "Artículos relacionados", "Te puede interesar", "Leggi anche", "Articoli correlati", "Leia também",
     "Gerelateerde artikelen", "Lees ook", "Læs også", "Les også", "Läs mer", "Czytaj także", "İlgili haberler"],
)  # fmt: skip
def test_every_usual_heading(heading):
    assert cards(f"{ONE}\nJune 3, 2026\n{TWO}\nMay 28, 2026", heading) == (SimilarCard(ONE, D1), SimilarCard(TWO, D2))


@pytest.mark.parametrize(
    "heading", ["Most read", "Comments", "About the author", "Relatively few articles", "In short"]
)
def test_other_headings_open_no_block(heading):
    assert cards(f"{ONE}\nJune 3, 2026\n{TWO}\nMay 28, 2026", heading) == ()


@pytest.mark.parametrize(
    "end", ["Most read", "Comments (3)", "Featured tools", "© 2026 The Gazette", "Subscribe to our newsletter"]
)
def test_a_block_ends_where_another_part_of_the_page_begins(end):
    assert cards(f"- {ONE}\n- {TWO}\n{end}\n- Something Else That Is Listed Here") == (
        SimilarCard(ONE),
        SimilarCard(TWO),
    )


def test_a_block_ends_at_the_title_of_the_page():
    title = "Tunnel Under the Fjord Opens to Lorries"
    assert cards(f"- {ONE}\n- {TWO}\n{title}\nMore text", stop=(title,)) == (SimilarCard(ONE), SimilarCard(TWO))


def test_doubtful_dates_are_told():
    text = f"Related articles\n{ONE}\n06/08/2026\n{TWO}\n2 days ago\n"
    (block,) = find_blocks(split_lines(text), (), READER)
    assert (block.relative, block.ambiguous) == (("2 days ago",), ("06/08/2026",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quill\nFreemium\nWrites your letters.\n#\nwriting\nLearn more\nSieve\nFree\nSorts your mail.\nLearn more",
         (ToolCard("Quill", "Freemium", "Writes your letters.", ("writing",)),
          ToolCard("Sieve", "Free", "Sorts your mail."))),
        ("Quill\nPaid\nWrites your letters.\n#letters #mail merge", (ToolCard("Quill", "Paid", "Writes your letters.",
         ("letters", "mail merge")),)),
        ("Quill\nWrites your letters.\nLearn more", (ToolCard("Quill", None, "Writes your letters."),)),
        ("Nothing here is a tool, and no price is given.", ()),
    ],
    ids=["two", "tags in a row", "no price", "none"],
)  # fmt: skip
def test_tools(text, expected):
    blocks = find_blocks(split_lines(f"Featured tools\n{text}"), (), READER)
    assert tuple(tool for block in blocks for tool in block.tools) == expected
