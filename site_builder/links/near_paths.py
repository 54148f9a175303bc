"""What a writer may have meant by the path of a file, or by an address, that does not exist."""

import re
from collections.abc import Collection, Iterable
from functools import cache
from mimetypes import MimeTypes
from typing import Final

from site_builder.diagnostics import nearest
from site_builder.urls import SourcePath

_PAGE: Final = re.compile(r"\.(?:md|mdx|markdown|html?)$", re.IGNORECASE)
_OF_FILES: Final = frozenset("avif lock log markdown md mdx toml webp yaml yml".split())
"""Endings of files that Python's own list of types may lack."""
_INDEXES: Final = frozenset({"index", "_index", "readme"})
"""Names by which other programs call the page of a folder."""


def path_hint(
    path: SourcePath,
    written: str,
    documents: Collection[SourcePath],
    assets: Collection[SourcePath],
    beside: Collection[SourcePath] = (),
) -> str:
    """The hint for a path in a link; `written` is the path as the writer wrote it, `beside` are files of MkDocs."""
    parts = [_PAGE.sub("", part) for part in path.rstrip("/").split("/")]
    stem = parts[-2] if len(parts) > 1 and parts[-1].lower() in _INDEXES else parts[-1]
    same = sorted(p for p in documents if p.rsplit("/", 1)[-1] == f"{stem}.md")
    if same:
        return f'did you mean "{same[0]}"? In a link, [[{stem}]] needs no path'
    if any(p.startswith(f"{path}/") for p in documents):
        return "a folder has no page: link to a document in it"
    if _names_a_host(written):
        return f"a link to another site starts with its scheme: https://{written}"
    is_document = path.endswith(".md") or "." not in stem
    near = near_path(path, (*(documents if is_document else assets), *beside))
    name = path.rpartition("/")[2]
    if name.startswith((".", "#")) or name.casefold() == "readme.md":
        return f'files with such names are not read: if there is a "{name}", give it another name, or remove the link'
    return near or "correct the path, or remove the link"


@cache
def _known_endings() -> frozenset[str]:
    """The endings of Python's own list, without those that a system adds."""
    return frozenset(ending for types in MimeTypes().types_map for ending in types)


def _names_a_host(written: str) -> bool:
    """Whether a path is more likely the address of another site without its scheme, such as `example.org/about`."""
    start, slash, _ = written.partition("/")
    if "." not in start.strip("."):
        return False
    ending = start.rpartition(".")[2].lower()
    is_file = ending in _OF_FILES or f".{ending}" in _known_endings()
    return start.startswith("www.") or (
        bool(slash) if is_file else not written.endswith((".md", ".pdf", ".png", ".jpg"))
    )


def near_path(path: str, known: Iterable[str]) -> str:
    """`did you mean "x"?` for files or addresses whose last part is like that of the path: folders say little."""
    by_name: dict[str, str] = {}
    for candidate in sorted(known):
        by_name.setdefault(candidate.rsplit("/", 1)[-1], candidate)
    name = path.rsplit("/", 1)[-1]
    near = nearest(name.removesuffix(".md"), [n.removesuffix(".md") for n in by_name])
    quoted = [f'"{by_name.get(n) or by_name[f"{n}.md"]}"' for n in near]
    return f"did you mean {' or '.join(quoted)}?" if quoted else ""
