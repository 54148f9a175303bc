"""Odd but plausible content, found by people who tried to break it."""

import pytest

from tests.helpers.output import build
from tests.helpers.site import MKDOCS_YML, MakeSite, article, check, codes, load, page, tool, topic

EXTENSIONS = "markdown_extensions:\n  - toc:\n      permalink: true\n  - abbr\n  - attr_list\n  - footnotes\n"


def test_a_description_holds_titles_and_no_marks(make_site: MakeSite):
    site = load(
        make_site({"content/pages/about.md": page("About", "[[a]] first."), "content/articles/a.md": article("A")})
    )
    html = site.render("/about/").decode()
    assert 'content="A first."' in html
    assert "\x02" not in html


def test_an_alias_longer_than_a_file_name_is_told(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article(aliases=[f"/2026/{'医療' * 50}/"])})
    assert codes(root) == ["alias-invalid"]


def test_a_slug_in_a_script_with_vowel_signs(make_site: MakeSite):
    files = {"content/articles/हिन्दी.md": article("H"), "content/articles/b.md": article("B", "[[हिन्दी]]")}
    root = make_site(files)
    assert check(root) == []
    assert build(root).is_built


def test_files_with_signs_of_urls_in_their_names_are_linked(make_site: MakeSite):
    files: dict[str, str | bytes] = {
        "content/articles/a.md": article("A", "[f](C%23.pdf) and [g](100%25.pdf)"),
        "content/articles/C#.pdf": b"x",
        "content/articles/100%.pdf": b"x",
    }
    html = load(make_site(files)).render("/articles/a/").decode()
    assert 'href="../C%23.pdf"' in html
    assert 'href="../100%25.pdf"' in html


def test_a_link_to_a_heading_of_a_tool_leads_to_its_card(make_site: MakeSite):
    files = {
        "content/tools/p.md": tool("P", "## Use\n"),
        "content/articles/a.md": article("A", "[u](../tools/p.md#use)"),
    }
    assert b'href="../../tools/#p"' in load(make_site(files)).render("/articles/a/")


def test_the_index_of_topics_has_every_depth_once(make_site: MakeSite):
    tree: dict[str, list[str]] = {"top": [], "l": ["top"], "r": ["top"], "leaf": ["l", "r"]}
    root = make_site({f"content/topics/{s}.md": topic(s, broader=b) for s, b in tree.items()})
    assert load(root).render("/topics/").decode().count('href="leaf/"') == 1


def test_marks_of_extensions_are_no_words_of_the_writer(make_site: MakeSite):
    files = {
        "mkdocs.yml": MKDOCS_YML + EXTENSIONS,
        "content/articles/ki-guide.md": article("The KI guide", "## Part\n\nText[^1].\n\n[^1]: Note.\n"),
        "content/articles/b.md": article("B", "See [[ki-guide]] and [[ki-guide#part]].\n\n*[KI]: x\n*[guide]: y\n"),
    }
    html = load(make_site(files)).render("/articles/b/").decode()
    sentence = html.split("<p>See ")[1].split("</p>")[0]
    assert sentence.count("The KI guide") == 1
    assert ">Part<" in sentence
    assert "¶" not in sentence


def test_a_linked_remote_image_keeps_the_link_and_a_given_size_stays(make_site: MakeSite):
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (30).to_bytes(4, "big") + (20).to_bytes(4, "big")
    body = "[![chart](https://example.com/c.png)](b.md)\n\n![a](i.png){ width=50 }\n"
    files: dict[str, str | bytes] = {
        "mkdocs.yml": MKDOCS_YML + EXTENSIONS,
        "content/articles/a.md": article("A", body),
        "content/articles/b.md": article("B"),
        "content/articles/i.png": png,
    }
    html = load(make_site(files)).render("/articles/a/").decode()
    body = html.split('<div class="sb-body">')[1].split("</div>")[0]
    assert '<a href="../b/">chart</a>' in body
    assert body.count("width=") == body.count('width="50"') == 1


def test_an_address_copied_from_a_browser(make_site: MakeSite):
    body = "[x](/articles/b/index.html) [y](/articles/b/?from=mail)"
    root = make_site({"content/articles/a.md": article("A", body), "content/articles/b.md": article("B")})
    assert check(root) == []


@pytest.mark.parametrize(
    ("chapters", "parts", "named", "is_folded"),
    [(2, 0, 0, False), (3, 1, 6, False), (6, 2, 6, False), (12, 0, 12, False), (13, 0, 13, True)],
    ids=["too-few", "all", "chapters-only", "twelve", "folded"],
)
def test_a_table_of_contents_never_hides_the_text(
    make_site: MakeSite, chapters: int, parts: int, named: int, is_folded: bool
):
    body = "".join(
        f"## Chapter {n}\n\nText.\n\n" + "".join(f"### Part {n}.{m}\n\nText.\n\n" for m in range(parts))
        for n in range(chapters)
    )
    html = load(make_site({"content/articles/a.md": article("A", body)})).render("/articles/a/").decode()
    contents = html.partition('<nav class="sb-toc"')[2].partition("</nav>")[0]
    assert contents.count("<li") == named
    assert ("<details>" in contents) is is_folded
