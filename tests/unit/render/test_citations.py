"""Citations: read back with a parser of our own, they say what the article says."""

import json
import re
from html import unescape
from typing import Any, Final

import pytest

from site_builder.pipeline import Site
from site_builder.render.citations import bibtex_address, bibtex_key, bibtex_text
from tests.helpers.site import MKDOCS_YML, MakeSite, article, load

NASTY: Final = 'Costs of 5 % & more: $3_000 #1 {a} } { \\x ~y ^z "q" Ünïcode 数据'
UNTEX: Final = {
    "\\textbraceleft{}": "{",
    "\\textbraceright{}": "}",
    "\\textbackslash{}": "\\",
    "\\textasciitilde{}": "~",
    "\\textasciicircum{}": "^",
    **{f"\\{c}": c for c in "&%$#_"},
}

CSL_TEXT: Final = {"id", "type", "title", "container-title", "abstract", "URL", "language"}
"""Of the fields of csl-data.json (schema 1.0.2), those that we write and that hold a text."""


def untex(text: str) -> str:
    pattern = "|".join(re.escape(command) for command in UNTEX)
    return re.sub(pattern, lambda match: UNTEX[match.group()], text)


def parse_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Key -> fields, as BibTeX reads them: braces are counted, escaped ones too. Raises on anything else."""
    entries: dict[str, dict[str, str]] = {}
    position = 0
    while match := re.compile(r"\s*@(\w+)\{([^\s,{}%#\"'=~\\]+),").match(text, position):
        position = match.end()
        fields = {"ENTRYTYPE": match.group(1)}
        while field := re.compile(r"\s*(\w+)\s*=\s*(\{|\w+)").match(text, position):
            position = field.end()
            value = field.group(2)
            if value == "{":
                start, depth = position, 1
                while depth:
                    depth += {"{": 1, "}": -1}.get(text[position], 0)
                    position += 1
                value = text[start : position - 1]
            assert field.group(1) not in fields
            fields[field.group(1)] = value
            position += text[position] == ","
        end = re.compile(r"\s*\}").match(text, position)
        assert end, text[position:]
        position = end.end()
        assert match.group(2) not in entries
        entries[match.group(2)] = fields
    assert not text[position:].strip(), text[position:]
    return entries


def cited(make_site: MakeSite, **fields: Any) -> tuple[dict[str, dict[str, str]], list[dict[str, Any]]]:
    bibtex, csl = shown(load(make_site({"content/articles/a.md": article(**fields)})))
    return parse_bibtex(bibtex), json.loads(csl)


def shown(site: Site) -> tuple[str, str]:
    """The BibTeX and the CSL-JSON on the page of the article."""
    html = site.render("/articles/a/").decode()
    texts = (re.findall(rf'<pre id="{id_}">(.*?)</pre>', html, re.DOTALL)[0] for id_ in ("sb-bibtex", "sb-csl"))
    bibtex, csl = map(unescape, texts)
    return bibtex, csl


def test_bibtex_says_what_is_known(make_site: MakeSite):
    source = {"name": "The Times", "url": "https://example.net/a_b%20c?x=1&y=2#z", "author": "A. Writer"}
    entries, _ = cited(make_site, title="On things", added="2026-06-10", source=source, curator="B. Curator")
    assert entries == {
        "a": {
            "ENTRYTYPE": "misc",
            "author": "{B. Curator}",
            "title": "{On things}",
            "howpublished": "Test site",
            "year": "2026",
            "month": "jun",
            "date": "2026-06-10",
            "url": "https://example.org/x/y/articles/a/",
            "language": "en",
        },
        "a:source": {
            "ENTRYTYPE": "misc",
            "author": "{A. Writer}",
            "title": "{[On things]}",
            "howpublished": "The Times",
            "year": "2026",
            "month": "jun",
            "date": "2026-06-03",
            "url": "https://example.net/a_b%20c?x=1&y=2#z",
        },
    }


def test_bibtex_keeps_every_letter(make_site: MakeSite):
    entries, _ = cited(make_site, title=NASTY, source={"name": NASTY, "url": "https://example.net/{a}\\b"})
    assert untex(entries["a"]["title"]) == f"{{{NASTY}}}"
    assert untex(entries["a:source"]["howpublished"]) == NASTY
    assert entries["a:source"]["url"] == "https://example.net/%7Ba%7D/b"


@pytest.mark.parametrize("text", [*"{}\\&%$#_~^", "{{", "}{", "a\nb", "\\&"])
def test_a_field_is_always_closed(text: str):
    written = bibtex_text(text)
    assert written.count("{") == written.count("}")
    assert untex(written) == " ".join(text.split())


def test_keys_hold_what_bibtex_takes():
    assert bibtex_key("eu-ai-act:source") == "eu-ai-act:source"
    assert re.fullmatch(r"[A-Za-z0-9:._-]+", bibtex_key("数据~über"))
    assert bibtex_key("数") != bibtex_key("据")
    assert bibtex_address("https://a/ b") == "https://a/%20b"


def test_csl_json_has_the_fields_of_its_schema(make_site: MakeSite):
    source = {"name": NASTY, "author": "A. Writer", "language": "de", "url": "https://example.net/ä"}
    _, items = cited(make_site, title=NASTY, source=source, curator="B. Curator", language="fr")
    assert [item["id"] for item in items] == ["a", "a:source"]
    for item in items:
        assert item["type"] == "webpage"
        assert set(item) <= CSL_TEXT | {"author", "issued"}
        assert all(isinstance(item[name], str) and item[name] for name in CSL_TEXT & set(item))
        assert all(set(name) == {"literal"} for name in item["author"])
        ((year, month, day),) = item["issued"]["date-parts"]
        assert (year, month, day) == (2026, 6, 3)
    summary, original = items
    assert (summary["title"], summary["container-title"], summary["language"]) == (NASTY, "Test site", "fr")
    assert (original["title"], original["container-title"]) == (f"[{NASTY}]", NASTY)
    assert original["URL"] == "https://example.net/%C3%A4"


def test_what_is_not_known_is_left_out(make_site: MakeSite):
    entries, items = cited(make_site)
    assert "author" not in entries["a:source"]
    assert "url" not in entries["a:source"]
    assert not {"author", "URL", "language"} & set(items[1])
    assert entries["a"]["author"] == "{Test site}"


def test_a_stub_without_a_source_is_cited_alone(make_site: MakeSite):
    entries, items = cited(make_site, source=None, status="stub")
    assert list(entries) == ["a"]
    assert len(items) == 1


def test_without_an_address_of_the_site_there_is_none_in_a_citation(make_site: MakeSite):
    settings = MKDOCS_YML.replace("site_url: https://example.org/x/y/\n", "")
    site = load(make_site({"mkdocs.yml": settings, "content/articles/a.md": article()}))
    assert not any("://" in text for text in shown(site))
    assert "sb-link" not in site.render("/articles/a/").decode()


def test_the_page_shows_the_sentence_and_both_files(make_site: MakeSite):
    settings = MKDOCS_YML + "site_author: The editors\n"
    site = load(make_site({"mkdocs.yml": settings, "content/articles/a.md": article("A & B", added="2026-06-10")}))
    html = site.render("/articles/a/").decode()
    sentences = re.findall(r'<p id="sb-cite[^"]*">(.*?)</p>', html)
    address = "https://example.org/x/y/articles/a/"
    assert sentences == [f"The editors, “A &amp; B”, Test site, 10 June 2026, {address}", "A paper, 3 June 2026"]
    assert "title = {{A \\&amp; B}}" in html
    assert 'data-copy="sb-bibtex" data-file="a.bib"' in html
    assert 'data-copy="sb-csl" data-file="a.json"' in html
