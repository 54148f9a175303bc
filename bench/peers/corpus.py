"""The synthetic site as other programs read it: the same bodies, with links in the form that each of them resolves."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import yaml

_LOADER: Final = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))
_WIKI_LINK: Final = re.compile(r"\[\[([\w-]+)\]\]")
_MARKDOWN_LINK: Final = re.compile(r"\]\(([\w-]+)\.md\)")
_TITLE: Final = re.compile(r"^title: (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Source:
    """One source file."""

    slug: str
    title: str
    date: dt.date | None
    summary: str
    topics: tuple[str, ...]
    body: str
    """Every link is a Markdown link to `slug.md` beside it."""


def read_sources(folder: Path) -> Iterator[Source]:
    """The sources of one kind, by name."""
    titles = titles_of(folder)
    for path in sorted(folder.glob("*.md")):
        head, body = split(path.read_text(encoding="utf-8"))
        fields = yaml.load(head, _LOADER)  # noqa: S506 (it is a safe loader, in C if there is one)
        yield Source(
            slug=path.stem,
            title=str(fields.get("title") or fields.get("name")),
            date=fields.get("date"),
            summary=str(fields.get("summary", "")),
            topics=tuple(fields.get("topics", ())),
            body=plain_links(body, titles),
        )


def titles_of(folder: Path) -> dict[str, str]:
    """Slug -> title."""
    found = ((path.stem, _TITLE.search(path.read_text(encoding="utf-8"))) for path in folder.glob("*.md"))
    return {slug: match[1] for slug, match in found if match}


def split(text: str) -> tuple[str, str]:
    """Front matter and body."""
    _, head, body = text.split("---\n", 2)
    return head, body


def plain_links(body: str, titles: dict[str, str]) -> str:
    """A body whose wiki links became Markdown links to files."""
    return _WIKI_LINK.sub(lambda match: f"[{titles.get(match[1], match[1])}]({match[1]}.md)", body)


def readdress(body: str, address: Callable[[str], str]) -> str:
    """A body with other targets for its links to files, by slug."""
    return _MARKDOWN_LINK.sub(lambda match: f"]({address(match[1])})", body)


def index_page(sources: list[Source]) -> str:
    """A list of all articles: where a program has no lists of its own, a writer would keep one by hand."""
    return "".join(f"- [{source.title}](articles/{source.slug}.md)\n" for source in sources)
