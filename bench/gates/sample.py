"""A site folder -> a few pages of each kind, the same each time.

The kind of a page is told from its address: its first part and how deep it lies ("topics/…", "timeline/…/…"). Pages
right below the root, like `/search/`, are each a kind of their own.
"""

from collections.abc import Mapping

from tests.helpers.links import Tree


def kind_of(path: str) -> str:
    """`articles/a/index.html` -> `articles/…`."""
    first, *rest = path.removesuffix("index.html").rstrip("/").split("/")
    return "/".join([first, *("…" for _ in rest)]) or "home"


def pick(tree: Tree, per_kind: int) -> Mapping[str, tuple[str, ...]]:
    """Kind -> at most `per_kind` of its pages, evenly from the sorted list; redirects are no pages."""
    kinds: dict[str, list[str]] = {}
    for path, page in tree.pages.items():
        if not page.refresh:
            kinds.setdefault(kind_of(path), []).append(path)
    return {kind: tuple(_evenly(paths, per_kind)) for kind, paths in sorted(kinds.items())}


def _evenly(paths: list[str], count: int) -> list[str]:
    if len(paths) <= count:
        return paths
    return [paths[len(paths) * n // count] for n in range(count)]
