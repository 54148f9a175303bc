"""Sites in which one thing is there far too often, each at any size; everything else about them is small.

A scenario takes a folder and a number, and writes a site there. `SCENARIOS` names all of them with the number that
somebody may come to have one day.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

SETTINGS: Final = """\
site_name: Load
site_url: https://example.org/kb/
docs_dir: content
theme: site_builder
plugins:
  - site_builder:
      link_mentions: true
      social_images: false
"""
"""Social images cost the same for every article, and more than all the rest."""
SENTENCE: Final = "The quick report on common matters was read by many people who had asked for it. "
PICTURE: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>'


class Scenario(NamedTuple):
    """A kind of site."""

    write: Callable[[Path, int], None]
    size: int
    """How many of its thing."""


def write_site(root: Path, name: str, size: int) -> None:
    """Write the site of a scenario."""
    for folder in ("articles", "topics", "entities", "pages"):
        (root / "content" / folder).mkdir(parents=True, exist_ok=True)
    (root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    _article(root, "one", body=SENTENCE)
    SCENARIOS[name].write(root, size)


def _write(root: Path, path: str, text: str) -> None:
    (root / "content" / path).write_text(text, encoding="utf-8")


def _article(root: Path, slug: str, *, body: str, title: str = "", day: str = "2026-01-05", fields: str = "") -> None:
    head = f"title: {title or f'Article {slug}'}\ndate: {day}\nsummary: About {slug}, and what follows from it.\n"
    source = f"source: {{name: Paper, url: 'https://example.com/{slug}'}}\n"
    _write(root, f"articles/{slug}.md", f"---\n{head}{source}{fields}---\n{body}\n")


def _topic(root: Path, slug: str, fields: str = "") -> None:
    _write(root, f"topics/{slug}.md", f"---\ntitle: Topic {slug}\n{fields}---\nWhat it is.\n")


def _day(number: int, days: int = 3_000) -> str:
    return (dt.date(2018, 1, 1) + dt.timedelta(days=number % days)).isoformat()


def backlinks(root: Path, size: int) -> None:
    """Articles that all link to one, every other one under `similar`."""
    for n in range(size):
        fields = "similar: [{to: one, why: it began there}]\n" if n % 2 else ""
        _article(root, f"a{n}", body=f"{SENTENCE} As [[one]] said, {n} is not enough.", day=_day(n), fields=fields)


def topic(root: Path, size: int) -> None:
    """Articles of one topic and one entity, with one word in all of them."""
    _topic(root, "all")
    _write(root, "entities/acme.md", "---\nname: Acme\nkind: organisation\n---\n")
    for n in range(size):
        fields = "topics: [all]\nentities: [acme]\n"
        _article(root, f"a{n}", body=f"{SENTENCE} Word{n % 977} of Acme.", day=_day(n), fields=fields)


def one_day(root: Path, size: int) -> None:
    """Articles of one day, so of one week, month and year."""
    for n in range(size):
        _article(root, f"a{n}", body=f"{SENTENCE} Word{n % 977}.")


def chain(root: Path, size: int) -> None:
    """Topics, each below the one before."""
    for n in range(size):
        _topic(root, f"t{n}", f"broader: [t{n - 1}]\n" if n else "")
    _article(root, "deep", body=SENTENCE, fields=f"topics: [t{size - 1}]\n")


def children(root: Path, size: int) -> None:
    """Topics below one."""
    _topic(root, "top")
    for n in range(size):
        _topic(root, f"t{n}", "broader: [top]\n")


def flat_topics(root: Path, size: int) -> None:
    """Topics below none."""
    for n in range(size):
        _topic(root, f"t{n}")


def synonyms(root: Path, size: int) -> None:
    """Synonyms of one entity."""
    names = "".join(f"  - Acme Works {n}\n" for n in range(size))
    _write(root, "entities/acme.md", f"---\nname: Acme\nkind: organisation\nsynonyms:\n{names}---\n")
    _article(root, "named", body=f"{SENTENCE} Acme Works {size - 1} agreed. " + "Acme Works is large.\n" * size)


def like_names(root: Path, size: int) -> None:
    """Entities whose names begin alike, and a text full of that beginning."""
    for n in range(size):
        _write(root, f"entities/e{n}.md", f"---\nname: Acme Works of Springfield {n}\nkind: organisation\n---\n")
    text = "Acme Works of Springfield was there.\n" * size
    _article(root, "named", body=f"{text} Acme Works of Springfield {size - 1} too.", fields="entities: [e0]\n")


def body(root: Path, size: int) -> None:
    """Bytes of one ordinary text."""
    paragraph = SENTENCE * 6
    parts = [f"## Part {n}\n\n{paragraph}\n\n- one\n- *two*\n" for n in range(size // (len(paragraph) + 32))]
    _article(root, "long", body="\n".join(parts))


def links(root: Path, size: int) -> None:
    """Links in one text."""
    lines = (f"See [the one](one.md) and [part {n}](https://example.com/{n}).\n" for n in range(size // 2))
    _article(root, "links", body="\n".join(lines))


def headings(root: Path, size: int) -> None:
    """Headings in one text."""
    _article(root, "headings", body="\n\n".join(f"## Heading {n}\n\nText." for n in range(size)))


def wanted(root: Path, size: int) -> None:
    """Links of one text to pages that are missing."""
    _article(root, "wanting", body="\n".join(f"- [[Missing {n}]]" for n in range(size)))


def wanted_apart(root: Path, size: int) -> None:
    """The same, ten in each text."""
    for n in range(size // 10):
        lines = "\n".join(f"- [[Missing {m}]]" for m in range(10 * n, 10 * n + 10))
        _article(root, f"wanting{n}", body=lines, day=_day(n))


def findings(root: Path, size: int) -> None:
    """Findings of many kinds in many files."""
    bad = (
        "[x](missing{n}.md)", "[x](#nowhere{n})", "![](missing{n}.png)", "[[Missing {n}]]", "[x](javascript:{n})",
        "<blink>{n}</blink>", "![x](https://example.com/{n}.png)", "[x](/nowhere{n}/)", "$\\unknown{{{n}}}$",
        "%%never closed {n}",
    )  # fmt: skip
    for n in range(size // len(bad)):
        fields = "colour: red\ntopics: [missing]\n" if n % 7 == 0 else ""
        _article(root, f"bad{n}", body="\n\n".join(bad).format(n=n), day=_day(n), fields=fields)


def files(root: Path, size: int) -> None:
    """Files in one folder that nothing reads."""
    folder = root / "content/articles"
    for n in range(size):
        (folder / f"notes{n}.docx").write_bytes(b"x")


def images(root: Path, size: int) -> None:
    """Pictures beside one article that shows all of them."""
    folder = root / "content/articles/shown"
    folder.mkdir()
    for n in range(size):
        (folder / f"p{n}.svg").write_text(PICTURE, encoding="utf-8")
    body_ = "\n\n".join(f"![Picture {n}](shown/p{n}.svg)" for n in range(size))
    _article(root, "shown", body=body_)


def aliases(root: Path, size: int) -> None:
    """Old addresses of one article."""
    _article(root, "moved", body=SENTENCE, fields="aliases:\n" + "".join(f"  - /old/{n}/\n" for n in range(size)))


def similar(root: Path, size: int) -> None:
    """Entries of one curated list."""
    for n in range(size):
        _article(root, f"a{n}", body=f"{SENTENCE} Word{n}.", day=_day(n))
    _article(root, "list", body=SENTENCE, fields="similar:\n" + "".join(f"  - a{n}\n" for n in range(size)))


def similar_chain(root: Path, size: int) -> None:
    """Articles, each similar to the next one."""
    for n in range(size):
        _article(root, f"a{n}", body=SENTENCE, day=_day(n), fields=f"similar: [a{(n + 1) % size}]\n")


def duplicates(root: Path, size: int) -> None:
    """Articles and topics, each replaced by the next one."""
    for n in range(size // 2):
        _article(root, f"a{n}", body=SENTENCE, day=_day(n), fields=f"duplicate_of: a{n + 1}\n")
        _topic(root, f"t{n}", f"replaced_by: t{n + 1}\n")
    _article(root, f"a{size // 2}", body=SENTENCE, fields="topics: [t0]\n")
    _topic(root, f"t{size // 2}")


def tags(root: Path, size: int) -> None:
    """Topics and entities of one article, half of each."""
    for n in range(size // 2):
        _topic(root, f"t{n}")
        _write(root, f"entities/e{n}.md", f"---\nname: Entity {n}\nkind: organisation\n---\n")
    topics, entities = (", ".join(f"{kind}{n}" for n in range(size // 2)) for kind in "te")
    _article(root, "tagged", body=SENTENCE, fields=f"topics: [{topics}]\nentities: [{entities}]\n")


def titles(root: Path, size: int) -> None:
    """Bytes of each title and summary of a list of articles."""
    _topic(root, "all")
    for n in range(60):
        title = (f"Long title {n} " * (size // 12))[:size].strip()
        _article(root, f"a{n}", body=f"{SENTENCE} [[one]]", title=title, day=_day(n), fields="topics: [all]\n")


SCENARIOS: Final[Mapping[str, Scenario]] = {  # front matter takes no more than 10,000 values
    "backlinks": Scenario(backlinks, 5_000),
    "topic": Scenario(topic, 20_000),
    "one-day": Scenario(one_day, 20_000),
    "chain": Scenario(chain, 3_000),
    "children": Scenario(children, 3_000),
    "flat-topics": Scenario(flat_topics, 10_000),
    "synonyms": Scenario(synonyms, 2_000),
    "like-names": Scenario(like_names, 5_000),
    "body": Scenario(body, 2_000_000),
    "links": Scenario(links, 100_000),
    "headings": Scenario(headings, 10_000),
    "wanted": Scenario(wanted, 10_000),
    "wanted-apart": Scenario(wanted_apart, 10_000),
    "findings": Scenario(findings, 10_000),
    "files": Scenario(files, 20_000),
    "images": Scenario(images, 5_000),
    "aliases": Scenario(aliases, 3_000),
    "similar": Scenario(similar, 2_000),
    "similar-chain": Scenario(similar_chain, 3_000),
    "duplicates": Scenario(duplicates, 6_000),
    "tags": Scenario(tags, 9_000),
    "titles": Scenario(titles, 10_000),
}
