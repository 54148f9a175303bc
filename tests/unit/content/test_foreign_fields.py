"""Front matter of other programs: each field and value is answered with the line to write here."""

import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.content.front_matter import parse
from site_builder.content.source_forms import source_remedy
from site_builder.content.source_parts import split
from site_builder.content.vocabulary import Kind
from site_builder.diagnostics import Diagnostic
from site_builder.urls import SourcePath

PATH = SourcePath("content/articles/a.md")
HEADS = {
    Kind.ARTICLE: "title: A\ndate: 2026-06-03\nsummary: About A.\nsource: {name: A paper}\n",
    Kind.TOPIC: "title: A\n",
    Kind.ENTITY: "name: A\nkind: law\n",
    Kind.PAGE: "title: A\n",
}


def only_finding(source: str, kind: Kind = Kind.ARTICLE) -> Diagnostic:
    front, found = parse(source, kind, PATH)
    assert front is None
    assert len(found) == 1, [str(d) for d in found]
    return found[0]


@pytest.mark.parametrize(
    ("kind", "line", "remedy"),
    [
        (Kind.ARTICLE, "Tags: [Green Roofs, zoning]", "write `topics: [green-roofs, zoning]` instead"),
        (Kind.ARTICLE, "categories:\n  - Zoning", "write `topics: [zoning]` instead"),
        (Kind.ARTICLE, "last_modified_at: 2026-06-05T08:30:00Z", "write `updated: 2026-06-05` instead"),
        (Kind.ARTICLE, "draft: true", "write `status: draft` instead"),
        (Kind.ARTICLE, "published: false", "write `status: draft` instead"),
        (Kind.ARTICLE, "draft: false", "remove it: a document is published unless its status says otherwise"),
        (Kind.ARTICLE, "noindex: true", "write `unlisted: true` instead"),
        (Kind.ARTICLE, "redirect_from: /old/", "write `aliases: [/old/]` instead"),
        (Kind.ARTICLE, "cover: roof.png", "write `image: {src: roof.png, alt: …}` instead"),
        (Kind.ARTICLE, "layout: post", "remove it; an article needs no such field"),
        (Kind.ARTICLE, "slug: Green Roofs",
         'remove it; the address of an article is made from its file name: name the file "green-roofs.md"'),
        (Kind.PAGE, "permalink: /info/us.html",
         ('remove it; the address of a page is made from its file name: name the file "us.md", '
          "and write `aliases: [/info/us.html]` to redirect from the old address")),
        (Kind.PAGE, "slug: a", "remove it; the address of a page is made from its file name"),
        (Kind.PAGE, "description: 'Us: all'", "write `summary: \"Us: all\"` instead"),
        (Kind.PAGE, "nav_order: 3", "write `order: 3` instead"),
        (Kind.TOPIC, "parent: Town Planning", "write `broader: [town-planning]` instead"),
        (Kind.TOPIC, "draft: true", "this kind has no drafts: keep the file elsewhere"),
        (Kind.ARTICLE, "tags: roofs, Green Walls", "write `topics: [roofs, green-walls]` instead"),
        (Kind.ARTICLE, 'tags: "#roofs #walls"', "write `topics: [roofs, walls]` instead"),
        (Kind.ARTICLE, "tags: [F#, 'Q&A', 1999]", "write `topics: [F#, Q&A, \"1999\"]` instead"),
        (Kind.ARTICLE, "tags: []", 'remove it; it is empty, and would be called "topics" here'),
        (Kind.ARTICLE, "categories: null", 'remove it; it is empty, and would be called "topics" here'),
        (Kind.ARTICLE, "related: [/articles/walls/, roofs.md]", "write `similar: [walls, roofs]` instead"),
        (Kind.ARTICLE, "locale: pt_BR", "write `language: pt-BR` instead"),
        (Kind.ARTICLE, "cover: {image: roof.png, alt: 'Moss, wet'}",
         'write `image: {src: roof.png, alt: "Moss, wet"}` instead'),
        (Kind.ARTICLE, "cover: '![[roof.png|300]]'", "write `image: {src: roof.png, alt: …}` instead"),
        (Kind.ARTICLE, "authors:\n  - name: Ada\n    email: ada@example.org\n  - name: Bo",
         "write `curator: Ada, Bo` for who wrote this summary; who wrote the source goes into `source: {author: …}`"),
        (Kind.ARTICLE, "author: {name: Ada}",
         "write `curator: Ada` for who wrote this summary; who wrote the source goes into `source: {author: …}`"),
        (Kind.ARTICLE, "redirect_to: https://example.org/",
         "remove it; an article redirects only to another article of this site"),
        (Kind.ARTICLE, "redirect_to: /articles/walls/", "write `duplicate_of: walls` instead"),
        (Kind.ARTICLE, "alias: Moss roofs",
         "remove other names; aliases here are old addresses, such as /2026/06/mayo/"),
        (Kind.ENTITY, "alias: [Moss Act, MA]", "for other names, write `synonyms: [Moss Act, MA]`"),
        (Kind.ARTICLE, "search: {exclude: true}", "write `unlisted: true` instead"),
        (Kind.ENTITY, "wikidata: Q42", "write `same_as: [https://www.wikidata.org/wiki/Q42]` instead"),
        (Kind.ENTITY, "url: https://example.org/", "write `same_as: [https://example.org/]` instead"),
        (Kind.ENTITY, "image: moss.png", "remove it; an entity needs no such field"),
        (Kind.PAGE, "date: 2026-06-03", "remove it; a page needs no such field"),
        (Kind.TOPIC, "status: published", "remove it; a topic needs no such field"),
        (Kind.ARTICLE, "robots: noindex, nofollow", "write `unlisted: true` instead"),
        (Kind.ARTICLE, "hide: [navigation, toc]", "remove it; an article needs no such field"),
        (Kind.ARTICLE, "publisher: Roof Press", "it belongs to the source: `source: {name: Roof Press}`"),
        (Kind.ARTICLE, "doi: 10.1234/roof",
         "it belongs to the source: `source: {name: doi.org, url: https://doi.org/10.1234/roof}`"),
        (Kind.ENTITY, "sameAs: https://example.org/1", "write `same_as: [https://example.org/1]` instead"),
    ],
)  # fmt: skip
def test_a_field_of_another_program_gets_its_own_remedy(kind: Kind, line: str, remedy: str):
    assert only_finding(f"{HEADS[kind]}{line}\n", kind).hint == remedy


def test_an_author_is_a_curator_or_belongs_to_the_source():
    hint = only_finding(f"{HEADS[Kind.ARTICLE]}author: Ada Byte\n").hint
    assert "`curator: Ada Byte`" in hint
    assert "`source: {author: …}`" in hint


def test_a_field_that_is_given_as_well_is_not_proposed_again():
    hint = only_finding(f"{HEADS[Kind.ARTICLE]}topics: [a]\ntags: [b]\n").hint
    assert hint == '"topics" is the field for this, and it is there already: remove this one, or merge the two'


@pytest.mark.parametrize(
    ("kind", "line", "ours"), [(Kind.TOPIC, "name: A", "title"), (Kind.ENTITY, "kind: law\ntitle: A", "name")]
)
def test_a_required_field_under_another_name_is_one_finding(kind: Kind, line: str, ours: str):
    found = only_finding(f"{line}\n", kind)
    assert (found.code, found.hint) == ("key-unknown", f"write `{ours}: A` instead")


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("2026-06-03T10:00:00+02:00", "write `added: 2026-06-03`"),
        ("2026/6/3", "write `added: 2026-06-03`"),
        ("3.6.2026", "write `added: 2026-06-03`"),
        ("03/06/2026", "write `added: 2026-06-03` or `added: 2026-03-06`"),
        ("25/06/2026", "write `added: 2026-06-25`"),
        ("June 3rd, 2026", "write `added: 2026-06-03`"),
        ("3 Jun 2026", "write `added: 2026-06-03`"),
        ("yesterday", "write it like 2026-06-03"),
        ("2026-02-30", "write it like 2026-06-03"),
    ],
)
def test_a_date_in_another_form(written: str, remedy: str):
    assert only_finding(f"{HEADS[Kind.ARTICLE]}added: {written}\n").hint == remedy


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("https://www.example.com/a?b=1", "source: {name: example.com, url: https://www.example.com/a?b=1}"),
        ("https://example.com/a,b", 'source: {name: example.com, url: "https://example.com/a,b"}'),
        ("'[The Gauge](https://example.com/a)'", "source: {name: The Gauge, url: https://example.com/a}"),
        ("The Gauge", "source: {name: The Gauge}"),
        ("[https://example.com/a]", "source: {name: example.com, url: https://example.com/a}"),
        ("[{name: The Gauge, url: 'https://example.com/a'}]", "source: {name: The Gauge, url: https://example.com/a}"),
        ("The Gauge, https://example.com/a", "source: {name: The Gauge, url: https://example.com/a}"),
        ("'The Gauge: https://example.com/a.'", "source: {name: The Gauge, url: https://example.com/a}"),
        ("https://example.com/a – The Gauge", "source: {name: The Gauge, url: https://example.com/a}"),
        ("Lind (2026), https://example.com/a", "source: {name: Lind (2026), url: https://example.com/a}"),
        ("The Gauge (https://example.com/a)", "source: {name: The Gauge, url: https://example.com/a}"),
        ("The Gauge <https://example.com/a_(b)>", "source: {name: The Gauge, url: https://example.com/a_(b)}"),
        ("www.example.com/a", "source: {name: example.com, url: https://www.example.com/a}"),
        ("example.com/a", "source: {name: example.com, url: https://example.com/a}"),
        ("Example.com", "source: {name: Example.com}"),
        ("doi:10.1000/182", "source: {name: doi.org, url: https://doi.org/10.1000/182}"),
        ("'1984'", 'source: {name: "1984"}'),
        ("ftp://example.com/a", "source: {name: example.com}"),
    ],
)
def test_a_source_in_one_line(written: str, line: str):
    head = HEADS[Kind.ARTICLE].replace("{name: A paper}", written)
    assert only_finding(head).hint == f"write `{line}`"
    front, found = parse(HEADS[Kind.ARTICLE].replace("source: {name: A paper}", line), Kind.ARTICLE, PATH)
    assert front is not None, found


@pytest.mark.parametrize(
    ("head", "line", "column"),
    [
        ("title:\u00a0A\ndate: 2026-06-03\nsummary: s\nsource: {name: x}\n", 2, 7),
        ("title: A\ndate: 2026-06-03\nsummary: s\nsource: {name:\u202fx}\n", 5, 15),
        ("title: A\ndate: 2026-06-03\nsummary\u00a0: s\nsource: {name: x}\n", 4, 8),
        (HEADS[Kind.ARTICLE] + "topics:\n  -\u3000a\n", 7, 4),
        (HEADS[Kind.ARTICLE] + "topics:\n\u00a0 - a\n", 7, 1),
    ],
)
def test_a_special_space_is_reported_where_it_stands(head: str, line: int, column: int):
    found = only_finding(head)
    assert (found.code, found.location.line, found.location.column) == ("front-matter-yaml", line, column)


def test_a_special_space_in_a_value_is_text():
    head = HEADS[Kind.ARTICLE].replace("About A.", "20\u00a0km")
    assert parse(head, Kind.ARTICLE, PATH)[1] == []
    assert only_finding(f"{head}nonsense: 1\n").code == "key-unknown"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('+++\ntitle = "A"\n+++\n', '`title: "A"` in place of `title = "A"`'),
        ('{\n  "title": "A",\n}\n', '`title: "A"` in place of `"title": "A",`'),
    ],
)
def test_front_matter_in_another_language(text: str, hint: str):
    parts, found = split(text, PATH)
    assert parts is None
    assert [d.code for d in found] == ["front-matter-missing"]
    assert hint in found[0].hint


PIECES: Final = (
    *"#{}[],'\"\\é -*&!%@`|>~<()\t",
    *("https://example.com/a", "http://[", "www.x.example", "10.1234/ab", "doi:", "[a](", "](", ": x", "概要", "null"),
    *("12", "://", "a.example/c"),
)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join))
def test_the_line_for_any_source_is_valid(written: str):
    remedy = re.fullmatch(r"write `(source: .*)`", source_remedy(written))
    if remedy is None:
        assert not written.strip()
        return
    front, found = parse(HEADS[Kind.ARTICLE].replace("source: {name: A paper}", remedy[1]), Kind.ARTICLE, PATH)
    assert front is not None, found


def test_several_sources_are_one_and_links():
    source = HEADS[Kind.ARTICLE].replace("{name: A paper}", "[https://example.com/a, https://example.com/b]")
    hint = only_finding(source).hint
    line = "source: {name: example.com, url: https://example.com/a}"
    assert hint == f"write `{line}`; an article has one source: link the others in its text"


@pytest.mark.parametrize(
    ("group", "hints"),
    [
        ("{url: 'https://www.example.com/a'}", ["add `name: example.com`, or who else published it"]),
        ("{title: The Gauge, link: 'https://a.example/'}",
         ["write `name: The Gauge` instead", "write `url: https://a.example/` instead"]),
        ("{publisher: The Gauge, accessed: 2026-01-01}",
         ["write `name: The Gauge` instead", "write `checked: 2026-01-01` instead"]),
        ("{name: The Gauge, tags: [a]}", ["known fields: name, url, author, language, archive, checked"]),
    ],
)  # fmt: skip
def test_fields_of_a_source_by_other_names(group: str, hints: list[str]):
    front, found = parse(HEADS[Kind.ARTICLE].replace("{name: A paper}", group), Kind.ARTICLE, PATH)
    assert front is None
    assert [d.hint for d in found] == hints


def test_a_link_as_a_value_is_answered_with_quotes():
    found = only_finding(HEADS[Kind.ARTICLE].replace("{name: A paper}", "[The Gauge](https://example.com/a)"))
    assert (found.location.line, found.location.column) == (5, 20)
    assert found.hint == 'put the value in quotes: source: "[The Gauge](https://example.com/a)"'


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("topics: roofs, walls", "write a list: [roofs, walls]"),
        ("topics: '[[roofs]]'", "write a list: [roofs]"),
        ("topics: [[roofs]]", "write the name without brackets: roofs"),
        ("topics: 1999", 'write a list: ["1999"]'),
        ("entities: '@moss'", 'write a list: ["@moss"]'),
        ("topics: {roofs: 1}", "write a list: [roofs]"),
        ("topics: ''", "write a list, or leave it out"),
        ("similar: {walls: they are green too}", "write `similar: [{to: walls, why: they are green too}]`"),
        ("curator: [Ada, Bo]", "write `curator: Ada, Bo`"),
        ("image: roof.png", "write `image: {src: roof.png, alt: …}`"),
        ("image: '![[roof.png]]'", "write `image: {src: roof.png, alt: …}`"),
        ("image: https://example.org/a/roof.png", "write `image: {src: roof.png, alt: …}`"),
        ("publish: false", "write `status: draft` instead"),
        ("updated: Tue, 09 Jun 2026 10:00:00 GMT", "write `updated: 2026-06-09`"),
        ("updated: Tuesday, June 9th 2026, 10:00:00 am", "write `updated: 2026-06-09`"),
        ("updated: 09-Jun-2026", "write `updated: 2026-06-09`"),
        ("updated: 20260609", "write `updated: 2026-06-09`"),
        ("updated: 2026年6月9日", "write `updated: 2026-06-09`"),
    ],
)
def test_a_value_of_another_type_is_answered_with_what_to_write(line: str, remedy: str):
    assert only_finding(f"{HEADS[Kind.ARTICLE]}{line}\n").hint == remedy


def test_a_space_in_an_address():
    found = only_finding("title: A\ndate: 2026-06-03\nsummary: S.\nsource: {name: N, url: https://example.org/a b}\n")
    assert found.hint == "an address has no spaces: write https://example.org/a%20b"


@pytest.mark.parametrize(
    ("source", "line", "hint"),
    [
        ("title:Moss\ndate: 2026-06-03\n", 2, "write a colon and a space behind the name: title: Moss"),
        ("title\uff1aMoss\ndate: 2026-06-03\n", 2, "write a colon and a space behind the name: title: Moss"),
        ("title: Moss: wet\ndate: 2026-06-03\n", 2, 'put the value in quotes: title: "Moss: wet"'),
        ("title: Moss\n  and: lichen\n", 3, "put the whole value in quotes, from the line of its field on"),
        ("title: Moss\nsummary: - one\n", 3, 'put the value in quotes: summary: "- one"'),
    ],
)
def test_a_colon_is_blamed_where_it_stands(source: str, line: int, hint: str):
    found = only_finding(source)
    assert (found.location.line, found.hint) == (line, hint)


@pytest.mark.parametrize(
    ("source", "kind", "hint"),
    [
        ("name: A\ntype: Company\n", Kind.ENTITY, "write `kind: organisation` instead"),
        ("name: A\nkind: Company\n", Kind.ENTITY, 'did you mean "organisation"?'),
        ("name: A\nkind: law\nsame_as: Q42\n", Kind.ENTITY, "write a list: [https://www.wikidata.org/wiki/Q42]"),
        ("name: A\nprice: free\nsummary: S\n", Kind.TOOL, "write `pricing: free` instead"),
        ("name: A\npricing: free\nsummary: S\nlink: https://example.org/\n", Kind.TOOL,
         "write `url: https://example.org/` instead"),
    ],
)  # fmt: skip
def test_kinds_of_entities_and_tools(source: str, kind: Kind, hint: str):
    assert only_finding(source, kind).hint == hint
