"""Links from documents to what MkDocs publishes beside our folder, by file or by address."""

from collections.abc import Mapping
from functools import cached_property

from site_builder.content.listing.files_beside import NOTHING
from site_builder.urls import FilesByName, Permalink, SourcePath, top_of


class AddressesBeside:
    """The files that MkDocs publishes, and the place of our folder among them."""

    def __init__(self, of_files: Mapping[SourcePath, Permalink] = NOTHING, folder: str = "") -> None:
        """`folder` of `docs_dir` is ours; "" where all of it is."""
        self.of_files = of_files
        self._folder = folder

    @cached_property
    def _names(self) -> FilesByName:
        return FilesByName(self.of_files.keys())

    @cached_property
    def _by_address(self) -> Mapping[str, SourcePath]:
        return {address.rstrip("/"): path for path, address in self.of_files.items()}

    def of_file(self, path: str) -> str | None:
        """Where to link to a file beside our folder: what a URL would take for its own signs is encoded."""
        found = self._names.find(path) if self.of_files else None
        if found is None:
            return None
        return self.of_files[found].replace("%", "%25").replace("#", "%23").replace("?", "%3F")

    def of_address(self, url: str) -> str | None:
        """The same for an address from the root of the whole site."""
        if not self._folder:
            return None
        path = self._by_address.get(f"{top_of(self._folder)}{url}".rstrip("/"))
        return self.of_file(path) if path else None

    def inside(self, url: str) -> Permalink | None:
        """An address from the root of the whole site as one from the root of ours; None if it is not below it."""
        start = f"/{self._folder}/"
        return Permalink(url[len(start) - 1 :] or "/") if self._folder and f"{url}/".startswith(start) else None
