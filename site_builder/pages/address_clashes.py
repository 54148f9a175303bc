"""Two routes that want the same file, found from their addresses alone."""

from collections.abc import Iterable, Iterator

from site_builder.corpus.corpus import normal_alias
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.pages.context import PageContext
from site_builder.pages.route import AnyRoute
from site_builder.urls import fold, folders_above


class TakenFiles:
    """The files of the site folder, each with the first route that wants it, on a disk that ignores case."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self._routes: dict[str, AnyRoute] = {}
        self._folders: dict[str, AnyRoute] = {}
        """Folder -> the first route whose file is below it."""

    def copy(self) -> "TakenFiles":
        """The same files, to which others can be added."""
        copied = TakenFiles(self._context)
        copied._routes, copied._folders = dict(self._routes), dict(self._folders)
        return copied

    @property
    def routes(self) -> Iterable[AnyRoute]:
        """The first route of each file."""
        return self._routes.values()

    def has_file_below(self, prefix: str) -> bool:
        """Whether any route wants a file below a folder, besides the folder's own page, or in the folder's place."""
        folder = fold(prefix).removeprefix("/")
        if folder.removesuffix("/") in self._routes:
            return True
        return any(path.startswith(folder) and path != f"{folder}index.html" for path in self._routes)

    def add(self, routes: Iterable[AnyRoute]) -> Iterator[Diagnostic]:
        """Add routes, the earlier ones taking precedence.

        Reports address-clash, address-case and alias-clash.
        """
        added: list[tuple[str, AnyRoute]] = []
        for route in routes:
            path = fold(route.path)
            other = self._routes.setdefault(path, route)
            if other is route:
                added.append((path, route))
            else:
                yield self._same_file(route, other)
        blocking: dict[str, AnyRoute] = {}
        for path, route in added:
            for folder in folders_above(path):
                if folder not in self._folders:
                    self._folders[folder] = route
                    if folder in self._routes:
                        blocking.setdefault(folder, route)
        for path, _ in added:
            if path in self._folders:
                blocking.setdefault(path, self._folders[path])
        for path, route in blocking.items():
            yield self._file_as_folder(self._routes[path], route)

    def _same_file(self, route: AnyRoute, other: AnyRoute) -> Diagnostic:
        """Reported where the alias is written, if one of the two is an alias; otherwise for the second.

        A page of the site's own cannot be renamed, so a file of the writer's is reported even where it was the first.
        """
        for one, another in ((route, other), (other, route)):
            if (place := self._alias_place(one)) is not None:
                text = f'the alias "{one.url}" is taken by {_source(another)}'
                return diagnostic("alias-clash", place, text, "remove the alias")
        if other.sources and not route.sources:
            route, other = other, route
        place, there = self._place(route), _source(other)
        hint = "rename one of the two" if other.sources else "rename it or leave it out"
        if other.path == route.path:
            return diagnostic("address-clash", place, f'the address "{route.url}" is taken by {there} already', hint)
        text = f'the address "{route.url}" differs from "{other.url}" ({there}) only in upper and lower case'
        return diagnostic("address-case", place, text, hint)

    def _file_as_folder(self, file: AnyRoute, below: AnyRoute) -> Diagnostic:
        """A file `a` and a file `a/index.html` cannot be in one folder."""
        text = f'the file "{file.url}" is in the way of "{below.url}"'
        hint = "rename one of the two" if file.sources and below.sources else "rename it or leave it out"
        return diagnostic("address-clash", self._place(file if file.sources else below), text, hint)

    def _place(self, route: AnyRoute) -> Location:
        return Location(route.sources[0] if route.sources else self._context.config.file)

    def _alias_place(self, route: AnyRoute) -> Location | None:
        """Where the alias behind a route is written; None if the route is not an alias."""
        corpus = self._context.corpus
        if route.url not in corpus.aliases:
            return None
        document = corpus.by_path.get(route.sources[0]) if route.sources else None
        for index, written in enumerate(getattr(document.meta, "aliases", ()) if document else ()):
            if document and normal_alias(written) == route.url:
                return document.location(f"aliases.{index}")
        return None


def _source(route: AnyRoute) -> str:
    return route.sources[0] if route.sources else "one of the site's own pages"
