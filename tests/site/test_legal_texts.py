"""Every text that is published is legal in XML and HTML, whichever field, setting or file it comes from.

What is not legal is an error that names the field with its place; what is legal, however odd, is in files that strict
parsers read.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

import pytest

from site_builder.characters import forbidden_in
from site_builder.content.schema import FOLDERS, folder_of
from site_builder.content.vocabulary import Kind
from tests.helpers.every_field import filled, text_fields
from tests.helpers.output import build, files
from tests.helpers.site import MKDOCS_YML, MakeSite, article, check, document, load, topic
from tests.helpers.sites import png

FORBIDDEN: Final = {
    "null": r"\0",
    "bell": r"\a",
    "escape": r"\e",
    "form feed": r"\f",
    "vertical tab": r"\v",
    "delete": r"\x7F",
    "first of C1": r"\x80",
    "control sequence": r"\x9B",
    "last of C1": r"\x9F",
    "half a character": r"\uD800",
    "other half": r"\uDFFF",
    "noncharacter": r"\uFDD0",
    "FFFE": r"\uFFFE",
    "FFFF": r"\uFFFF",
    "last of all": r"\U0010FFFF",
}
"""As YAML writes them."""
ODD: Final = "a\u00a0b\u00adc\u200bd\u200de\u2028f\u2029g\ufeffh\ufffdi \U0001f469\u200d\u2695 <K,V> & ]]> --> \"'"
"""Legal all the same."""
XML: Final = frozenset({".graphml", ".opml", ".svg", ".xml"})


def with_escapes(front: dict[str, Any], escape: str) -> tuple[list[str], dict[int, str]]:
    """Lines of YAML with the escape in each text, and which field is on which line, counted from 1."""
    lines: list[str] = []
    places: dict[int, str] = {}

    def write(name: str, value: object, indent: str, key: str) -> None:
        if isinstance(value, dict):
            lines.append(f"{indent}{key}:")
            for inner, one in value.items():
                write(f"{name}.{inner}", one, f"{indent.replace('-', ' ')}  ", inner)
        elif isinstance(value, list) and isinstance(value[0], dict):
            lines.append(f"{indent}{key}:")
            first, *others = value[0].items()
            write(f"{name}.{first[0]}", first[1], f"{indent}  - ", first[0])
            for inner, one in others:
                write(f"{name}.{inner}", one, f"{indent}    ", inner)
        elif isinstance(value, list):
            lines.append(f"{indent}{key}:")
            lines.append(f'{indent}- "x{escape}{value[0]}"')
            places[len(lines)] = name
        elif isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            lines.append(f'{indent}{key}: "x{escape}{value}"')
            places[len(lines)] = name
        else:
            lines.append(f"{indent}{key}: {value}")

    for key, value in front.items():
        write(key, value, "", key)
    return lines, places


@pytest.mark.parametrize("escape", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_every_field_is_named_with_its_place(make_site: MakeSite, escape: str):
    wanted: set[tuple[str, int]] = set()
    site: dict[str, str] = {}
    for folder, kind in FOLDERS.items():
        lines, places = with_escapes(filled(kind, "word"), escape)
        assert len(places) >= len(text_fields(kind))
        path = f"content/{folder}/a.md"
        site[path] = "\n".join(["---", *lines, "---", "Text.", ""])
        wanted |= {(path, line + 1) for line in places}
    found = load(make_site(site)).diagnostics
    told = {(str(d.location.path), d.location.line) for d in found if d.code == "control-character"}
    yaml_refuses = {d.location.path for d in found if d.code == "front-matter-yaml"}
    assert {place for place in wanted if place[0] not in yaml_refuses} == told
    assert told or len(yaml_refuses) == len(FOLDERS)
    assert all(d.location.column > 1 for d in found if d.code == "control-character")


@pytest.mark.parametrize("reference", ["&#1;", "&#x1b;", "&#x7f;", "&#xFFFE;", "&#xfdd0;", "&#11;", "&#X8;"])
def test_every_place_in_a_body(make_site: MakeSite, reference: str):
    """Never in the HTML; where the text is published as written, the reference is text."""
    places = [
        f"a {reference} b",
        f"## a {reference} b",
        f"![a{reference}](p.png)",
        f'[a](b.md "t{reference}")',
        f'<b title="{reference}">a</b>',
        f"| a{reference} |\n|---|\n| b{reference} |",
        f"[[b|a{reference}]]",
        f"- a{reference}",
        f"> a{reference}",
    ]
    for number, body in enumerate(places):
        root = make_site({"content/articles/a.md": article("A", body), "content/articles/b.md": article("B")})
        root.joinpath("content/articles/p.png").write_bytes(png(1, 1))
        assert any("[control-character]" in line for line in check(root)), (number, body)


def test_code_and_formulas_show_references(make_site: MakeSite):
    body = "`&#7;` $\\text{a}$\n\n    &#7;\n\n```\n&#x1b;\n```\n"
    root = make_site({"content/articles/a.md": article("A", body)})
    assert not [line for line in check(root) if "error" in line]


SETTINGS: Final = ("site_name", "site_description", "site_author", "copyright")


@pytest.mark.parametrize("escape", [r"\a", r"\e", r"\x9B", r"\uFFFE", r"\0"])
def test_settings_and_interface_texts(make_site: MakeSite, escape: str):
    for name in SETTINGS:
        given = re.sub(rf"^{name}:.*\n", "", MKDOCS_YML, flags=re.MULTILINE)
        root = make_site({"mkdocs.yml": f'{given}{name}: "a{escape}b"\n', "content/articles/a.md": article()})
        assert any(f"{name}" in line and line.startswith("mkdocs.yml:") and "error" in line for line in check(root)), (
            name
        )
    for name in ("newsletter_field", "newsletter_action", "suggest_url"):
        given = MKDOCS_YML.replace("- site_builder", f'- site_builder: {{{name}: "https://example.org/a{escape}b"}}')
        root = make_site({"mkdocs.yml": given, "content/articles/a.md": article()})
        assert any(line.startswith("mkdocs.yml:") and "error" in line for line in check(root)), name
    root = make_site({"templates/words/en.yml": f'skip: "a{escape}b"\n', "content/articles/a.md": article()})
    assert any(line.startswith("templates/words/en.yml:") and "error" in line for line in check(root))


def test_names_of_files(make_site: MakeSite):
    for name in ("a\x07", "a\x1b[2J", "a\x9b", "a\ufffe", "a\u202eb"):
        root = make_site({f"content/articles/{name}.md": article()})
        found = check(root)
        assert any("error" in line for line in found), name
        assert all(forbidden_in(line.replace("\n", "")) is None and "\u202e" not in line for line in found), name


def problems(written: dict[str, bytes]) -> Iterator[str]:
    """Files that a strict parser refuses, or that hold what no text may."""
    for name, data in written.items():
        suffix = Path(name).suffix
        if suffix in XML:
            try:
                expat.ParserCreate().Parse(data, True)
            except expat.ExpatError as error:
                yield f"{name}: {error}"
        elif suffix == ".json":
            json.loads(data, parse_constant=pytest.fail)
        elif suffix == ".html":
            for block in re.findall(rb'(?s)<script type="application/ld\+json">(.*?)</script>', data):
                json.loads(block)
        if suffix in {*XML, ".json", ".html", ".md", ".txt", ".bib", ".css", ".js"}:
            text = data.decode()
            if bad := forbidden_in(re.sub(r"[\n\r\t]", "", text)):
                yield f"{name}: U+{ord(bad[0]):04X}"
            references = re.findall(r"&#(?:x([0-9a-fA-F]+)|([0-9]+));", text) if suffix != ".md" else []
            for hexadecimal, decimal in references:
                character = chr(int(hexadecimal, 16) if hexadecimal else int(decimal))
                if character not in "\n\r\t" and forbidden_in(character):
                    yield f"{name}: a reference to U+{ord(character):04X}"


def test_everything_that_is_published_is_sound(make_site: MakeSite):
    """With odd but legal characters in every field, setting and interface text."""
    site: dict[str, str | bytes] = {
        "content/articles/pond.md": article("Pond", topics=["fields"]),
        "content/topics/fields.md": topic("Fields"),
        "templates/words/en.yml": f"skip: {json.dumps(ODD, ensure_ascii=False)}\n",
    }
    for name in SETTINGS:
        site["mkdocs.yml"] = site.get("mkdocs.yml", re.sub("^site_name.*\n", "", MKDOCS_YML))
        site["mkdocs.yml"] = f"{name}: {json.dumps(ODD, ensure_ascii=False)}\n{site['mkdocs.yml']!s}"
    for kind in Kind:
        front = filled(kind, "word")
        for name in text_fields(kind):
            key, _, inner = name.partition(".")
            if name in {"aliases", "image.src", "provenance.sketch"} or key in {"duplicate_of", "replaced_by"}:
                continue
            if inner:
                group = front[key][0] if isinstance(front[key], list) else front[key]
                group[inner] = ODD
            else:
                front[key] = [ODD] if isinstance(front[key], list) else ODD
        front = {
            k: v for k, v in front.items() if k not in {"duplicate_of", "replaced_by", "image", "aliases", "feed_id"}
        }
        site[f"content/{folder_of(kind)}/odd-{kind}.md"] = document(f"{ODD}\n\n## {ODD}\n\n    {ODD}\n", **front)
    root = make_site(site)
    build(root)
    assert list(problems(files(root / "site"))) == []
