"""Files whose front matter cannot be split off: the links of their bodies are checked all the same, on their lines."""

import pytest

from site_builder.content.source_parts import guess_parts, split
from site_builder.urls import SourcePath
from tests.helpers.site import MakeSite, check, topic

BODY = "Text with [a link](nowhere.md).\n"


def found(make_site: MakeSite, text: str) -> list[str]:
    root = make_site({"content/articles/a.md": text, "content/topics/t.md": topic()})
    return [line.partition(": ")[0].removeprefix("content/articles/") + line[line.rindex(" ["):]
            for line in (finding.partition("\n")[0] for finding in check(root))]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(BODY, ["a.md:1:1 [front-matter-missing]", "a.md:1:20 [link-missing]"], id="none"),
        pytest.param(f"# A\n\n{BODY}", ["a.md:1:1 [front-matter-missing]", "a.md:3:20 [link-missing]"], id="heading"),
        pytest.param(f"\n\n---\ntitle: A\n---\n{BODY}", ["a.md:1:1 [front-matter-missing]", "a.md:6:20 [link-missing]"],
                     id="empty lines above"),
        pytest.param(f"\n---\ntitle: A\ntopics: [t, none]\n---\n{BODY}",
                     ["a.md:1:1 [front-matter-missing]", "a.md:4:13 [target-wanted]", "a.md:6:20 [link-missing]"],
                     id="a reference below empty lines"),
        pytest.param(f"---\ntitle: A\n\n{BODY}", ["a.md:1:1 [front-matter-unclosed]", "a.md:4:20 [link-missing]"],
                     id="unclosed"),
        pytest.param(f"---\ntitle: A\ntopics:\n  - t\n  - none\nsummary: >\n  See.\n{BODY}",
                     ["a.md:1:1 [front-matter-unclosed]", "a.md:5:5 [target-wanted]", "a.md:8:20 [link-missing]"],
                     id="unclosed without an empty line"),
        pytest.param(f"---\ntitle: A\n...\n{BODY}", ["a.md:1:1 [front-matter-unclosed]", "a.md:4:20 [link-missing]"],
                     id="closed by dots"),
        pytest.param("---\ntitle: A\ndate: 2026-06-03", ["a.md:1:1 [front-matter-unclosed]"], id="unclosed, no body"),
        pytest.param(f'+++\ntitle = "A"\n[extra]\nx = "[y](z.md)"\n+++\n\n{BODY}',
                     ["a.md:1:1 [front-matter-missing]", "a.md:7:20 [link-missing]"], id="TOML"),
        pytest.param(f'+++\ntitle = "A"\n\n{BODY}', ["a.md:1:1 [front-matter-missing]", "a.md:4:20 [link-missing]"],
                     id="TOML, unclosed"),
        pytest.param(f'{{\n  "title": "A",\n  "x": {{\n  }}\n}}\n\n{BODY}',
                     ["a.md:1:1 [front-matter-missing]", "a.md:7:20 [link-missing]"], id="JSON"),
        pytest.param(f";;;\n\"title\": \"A\"\n;;;\n{BODY}",
                     ["a.md:1:1 [front-matter-missing]", "a.md:4:20 [link-missing]"], id="JSON between semicolons"),
        pytest.param(f"---\r\ntitle: A\r\n\r\n{BODY}",
                     ["a.md:1:1 [crlf]", "a.md:1:1 [front-matter-unclosed]", "a.md:4:20 [link-missing]"], id="CRLF"),
    ],
)  # fmt: skip
def test_links_are_checked(make_site: MakeSite, text: str, expected: list[str]) -> None:
    assert found(make_site, text) == expected


@pytest.mark.parametrize("text", ["", "\n", "---", "---\n", "+++\n", "{", "a: b", "---\n\n---\n", "\n\n---", "..."])
def test_any_text_has_parts(text: str) -> None:
    parts = guess_parts(text)
    assert text.endswith(parts.body)
    assert 1 <= parts.body_line <= text.count("\n") + 2


FIELDS = "title: Moss\ndate: 2026-06-03\n"


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        (f"\n\n---\n{FIELDS}---\nText\n", "does not start in the first line", "delete everything above"),
        (
            f"A note\n---\n{FIELDS}---\nText\n",
            "does not start in the first line",
            'move what stands above the first line "---"',
        ),
        (f"—\n{FIELDS}—\nText\n", "not exactly three hyphens", 'write "---" there'),
        (f"\u200b---\n{FIELDS}---\nText\n", "not exactly three hyphens", 'write "---" there'),
        (f"{FIELDS}\nText\n", "does not stand between two lines", 'write a line "---" above and below it'),
        (f"```yaml\n---\n{FIELDS}---\n```\n", "does not start with front matter", "start the file with"),
        (f"# Moss\n\nText\n\n---\n\n{FIELDS}", "does not start with front matter", "start the file with"),
    ],
)
def test_front_matter_that_is_not_where_it_should_be(text: str, said: str, hint: str):
    parts, (finding,) = split(text, SourcePath("content/articles/a.md"))
    assert parts is None
    assert said in finding.text
    assert hint in finding.hint
