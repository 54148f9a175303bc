"""Documents found by the end of their path, as Obsidian's links name them: `[[2026/graph search]]`."""

from collections import defaultdict
from collections.abc import Iterable

from site_builder.urls import SourcePath, fold


class PathEnds:
    """The ends of the paths of some documents, in any case."""

    def __init__(self, paths: Iterable[SourcePath]) -> None:
        self._paths: dict[str, list[SourcePath]] = defaultdict(list)
        for path in sorted(paths):
            self._paths[fold(path.rpartition("/")[2])].append(path)

    def find(self, written: str) -> tuple[SourcePath, ...]:
        """The documents whose path ends like that, in order; `written` has no `.md`."""
        end = f"/{fold(written.lstrip('./'))}.md"
        named = self._paths.get(end.rpartition("/")[2], ())
        return tuple(path for path in named if fold(f"/{path}").endswith(end))
