"""The theme's own words: every text of its pages stands in `words/`, and every language there says all of it."""

# ruff: noqa: RUF001 (letters that look like Latin ones are Greek, and meant)

import ast
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import Final
from xml.etree import ElementTree as ET

import pytest
import yaml

import site_builder
from site_builder.content.schema import EntityKind, Relation
from site_builder.content.vocabulary import Kind, Pricing
from site_builder.i18n import TranslatedText, load_translations
from site_builder.pages.backlinks import CURATED
from site_builder.pages.lists.report_page import CODES
from site_builder.theme import theme_dir
from tests.helpers.output import build, files
from tests.helpers.site import Files, MakeSite, article, entity, page, tool, topic

WORDS: Final = theme_dir() / "words"
LANGUAGES: Final = sorted(p.stem for p in WORDS.glob("*.yml"))
ENGLISH: Final = load_translations([theme_dir()], "en", Path())[0].texts
TEMPLATES: Final = sorted(p for p in theme_dir().rglob("*") if p.suffix in {".html", ".xml", ".opml", ".txt", ".md"})

NAMES: Final = {"RSS", "Atom", "JSON", "BibTeX", "CSL", "GraphML"}
"""Names of formats: the same in every language."""
SPOKEN: Final = ("aria-label", "title", "alt", "placeholder", "label")
"""Attributes that are read out or shown."""

_COMMENT: Final = re.compile(r"{#.*?#}", re.DOTALL)
_LOGIC: Final = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
_ELEMENT: Final = re.compile(r"<(?:[^>\"]|\"[^\"]*\")*>")
_LETTERS: Final = re.compile(r"[^\W\d_]+")


def forms(text: TranslatedText) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def filled_in(text: TranslatedText) -> set[str]:
    return {name for form in forms(text) for _, name, _, _ in Formatter().parse(form) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_text_in_the_order_of_english(language: str):
    texts = yaml.safe_load((WORDS / f"{language}.yml").read_text(encoding="utf-8"))
    assert list(texts) == list(ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_fills_in_what_english_does(language: str):
    texts, found = load_translations([theme_dir()], language, Path())
    assert found == []
    assert {key: filled_in(text) for key, text in texts.texts.items()} == {k: filled_in(t) for k, t in ENGLISH.items()}


def literals(source: Path) -> set[str]:
    """The strings that a template's expressions or a module's code hold."""
    text = source.read_text(encoding="utf-8")
    if source.suffix == ".py":
        nodes = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
        return {node.value for node in nodes if isinstance(node.value, str)}
    return {found for logic in _LOGIC.findall(_COMMENT.sub("", text)) for found in re.findall(r'"([^"]*)"', logic)}


def named_by_code() -> set[str]:
    """Keys that are put together from what the content says."""
    return {
        *(f"pricing_{p}" for p in Pricing),
        *(f"kind_{k}" for k in EntityKind),
        *(f"kinds_{k}" for k in EntityKind),
        *(f"relation_{r}" for r in Relation),
        *(f"backlinks_{w}" for w in (*Relation, CURATED, *Kind)),
        *(f"report_{c}{end}" for c in CODES for end in ("", "_why")),
        *(f"report_unfiled_text_{missing}" for missing in ("topic", "entity", "both")),
        *(f"{picture}_{unit}" for picture in ("chart", "timeline") for unit in ("month", "year")),
        *(f"search_js_{key}" for key in spoken_by_search()),
    }


def spoken_by_search() -> set[str]:
    """Keys that the script of the search asks for, as far as they stand in it; kinds and facets are put together."""
    script = (theme_dir() / "assets" / "search.js").read_text(encoding="utf-8")
    named = set(re.findall(r"words\.(\w+)", script)) | set(re.findall(r'say\(words, "(\w+)"', script))
    built = {
        "found",
        "found_many",
        "topic",
        "entity",
        "year",
        "source",
        *(f"kind_{k}" for k in Kind if k != Kind.ARTICLE),
    }
    return (named | built) - {"json", "day", "months"}  # the file of the index; words of all pages, given to the script


def test_every_text_is_used():
    modules = Path(site_builder.__file__).parent.rglob("*.py")
    used = named_by_code().union(*map(literals, (*TEMPLATES, *modules)))
    assert [key for key in ENGLISH if key not in used and not key.startswith("language_")] == []


def test_every_text_that_the_content_names_is_there():
    assert named_by_code() <= set(ENGLISH)


def english_in(template: str) -> Iterator[str]:
    """Words that a template says by itself."""
    text = _COMMENT.sub("", template)
    for logic in _LOGIC.findall(text):
        # In an expression a text is one with a space between words; keys, classes and addresses have none.
        yield from (found for found in re.findall(r'"([^"]*)"', logic) if re.search(r"[a-z] [a-z]", found))
    text = _LOGIC.sub("", re.sub(r"<(script|style|code)\b.*?</\1>", "", text, flags=re.DOTALL))
    for element in _ELEMENT.findall(text):
        for name, value in re.findall(r'([\w-]+)="([^"]*)"', element):
            if name in SPOKEN:
                yield from _LETTERS.findall(value)
    text = _ELEMENT.sub(" ", text)
    yield from _LETTERS.findall(re.sub(r'&\w+;|[\w-]+="[^"]*"', " ", text))


@pytest.mark.parametrize("file", [p for p in TEMPLATES if p.suffix == ".html"], ids=lambda p: p.name)
def test_a_template_holds_no_text(file: Path):
    assert set(english_in(file.read_text(encoding="utf-8"))) - NAMES == set(), "write it into words/en.yml"


@pytest.mark.parametrize(
    ("template", "word"),
    [
        ("<p>Hello</p>", "Hello"),
        ('<nav aria-label="Lists">', "Lists"),
        ('<p>{{ "year or entity" if x else "" }}</p>', "year or entity"),
        ('{{ tools(1) }} <a href="/x/">more</a>', "more"),
    ],
)
def test_text_in_a_template_is_found(template: str, word: str):
    assert word in list(english_in(template))


GREEK: Final = "Ένα κείμενο για τη δοκιμή της γλώσσας με αρκετές λέξεις."
SITE: Final[Files] = {
    "mkdocs.yml": (
        "site_name: Αρχείο\nsite_description: Περιγραφή\nsite_url: https://x.test/y/\nrepo_url: https://github.com/x/y\n"
        "edit_uri: edit/main/\ndocs_dir: content\nplugins:\n  - site_builder:\n      language: de\n      per_page: 2\n"
        "      newsletter_action: https://x.test/n\n"
    ),
    **{
        f"content/articles/a{n}.md": article(
            f"Τίτλος {n}",
            f"## Α\n\n{GREEK} [[a{(n + 1) % 9}]] [[λείπει {n}]]\n\n## Β\n\n{GREEK} [[t1]]\n\n## Γ\n\n{GREEK} [[e1]]\n",
            date=f"20{20 + n // 2}-0{n + 1}-1{n}",
            added=f"2026-0{n // 2 + 1}-02",
            updated=f"2026-05-0{n + 1}",
            summary=GREEK,
            topics=["t1", "t2"] if n < 6 else ["t3", "λείπει-θέμα"],
            entities=["e1", "e2", "e3"] if n < 7 else ["e4"],
            similar=[
                {"to": f"a{(n + 2) % 9}", "kind": str(list(Relation)[n % 5]), "why": GREEK},
                {"to": f"a{(n + 3) % 9}"},
                {"to": f"λείπει-{n}"},
            ],
            curator="Ελένη",
            source={
                "name": "Πηγή",
                "language": "fr" if n % 2 else "el",
                "author": "Νίκος",
                "checked": "2020-01-01",
                **({"url": "https://x.test/s", "archive": "https://x.test/a"} if n % 2 else {}),
            },
        )
        for n in range(9)
    },
    "content/articles/stub.md": article("Κενό", "", summary=GREEK, status="stub", source=None, topics=["t1"]),
    "content/articles/twin.md": article("Διπλό", GREEK, summary=GREEK, duplicate_of="a1", source={"name": "Πηγή"}),
    "content/articles/lone.md": article(
        "Μόνο", GREEK, summary=GREEK, date="2019-01-01", added="2019-01-01", source={"name": "Πηγή"}
    ),
    "content/topics/t1.md": topic("Θέμα", f"{GREEK} [[a1]]", summary=GREEK, synonyms=["Ζήτημα"]),
    "content/topics/t2.md": topic("Θέμα δύο", f"{GREEK} [[a1]]", broader=["t1"]),
    "content/topics/t3.md": topic("Θέμα τρία", broader=["t1"]),
    "content/topics/t4.md": topic("Θέμα κενό"),
    **{
        f"content/entities/e{n}.md": entity(f"Όνομα {n}", f"{GREEK} [[a1]]", kind=str(kind), synonyms=["Άλλο"])
        for n, kind in enumerate(EntityKind)
    },
    "content/entities/e9.md": entity("Κανείς", same_as=["https://x.test/e"]),
    **{
        f"content/tools/w{n}.md": tool(f"Εργαλείο {n}", f"{GREEK} [[a1]]", pricing=str(p), summary=GREEK, tags=["ένα"])
        for n, p in enumerate(Pricing)
    },
    "content/pages/p.md": page("Σελίδα", f"{GREEK} [[a1]]", updated="2026-01-01"),
    "content/pages/index.md": page("Αρχική", GREEK),
}
"""Every kind of page and every state of it that says something, with a content in no Latin letter."""
CONTENT: Final = {"el", "x", "test"}
"""What it says in Latin letters: a language that has no name among the words, and where an entity is described."""


class _Said(HTMLParser):
    """Everything that a page says: its text, what is read out, what it tells search engines."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.said += [value for name, value in attrs if value and (name in SPOKEN or name.startswith("data-"))
                      and name not in {"data-copy", "data-file", "data-to"}]  # fmt: skip
        if re.search(r"title|description|alt|abstract", given.get("name") or given.get("property") or ""):
            self.said.append(given.get("content") or "")
        self._silent += tag in {"script", "style", "pre", "code"}

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style", "pre", "code"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def said(name: str, content: str) -> list[str]:
    """What a file of the site tells a reader."""
    if name.endswith(".html"):
        reading = _Said()
        reading.feed(content)
        return reading.said
    if name.endswith((".xml", ".opml")):
        shown = {"title", "description", "subtitle", "summary", "encoded", "content"}
        tree = list(ET.fromstring(content).iter())
        texts = [e.text or "" for e in tree if e.tag.rpartition("}")[2] in shown]
        return [re.sub(r"<[^>]*>", " ", t) for t in texts] + [e.get("text", "") for e in tree]
    if name.endswith(("card.json", "feed.json")):
        data = json.loads(content)
        shown = {"title", "summary", "meta", "mark", "description", "content_text"}
        entries = [data, *data.get("items", [])]
        return [str(value) for entry in entries for key, value in entry.items() if key in shown]
    return []


def test_a_site_in_german_speaks_no_english(make_site: MakeSite):
    root = make_site(SITE)
    build(root)
    german = load_translations([theme_dir()], "de", Path())[0].texts
    known = CONTENT | NAMES | {w for text in german.values() for form in forms(text) for w in _LETTERS.findall(form)}
    capital = {word[:1].upper() + word[1:] for word in known}
    found: dict[str, str] = {}
    pages = files(root / "site")
    for name, content in pages.items():
        for text in said(name, content.decode() if name.endswith((".html", ".xml", ".opml", ".json")) else ""):
            words = {
                word
                for word in _LETTERS.findall(re.sub(r"(?:https?://|x\.test/)\S+", "", text))
                if word.isascii() or word[0].isascii()
            }
            found |= {word: f"{name}: {' '.join(text.split())}" for word in sorted(words - known - capital)}
    assert found == {}
    for address in ("", "report/", "wanted/", "graph/", "timeline/2020/", "topics/t1/page/2/", "digest/", "feeds/"):
        assert f"{address}index.html" in pages, "the test looks at pages of every kind"
