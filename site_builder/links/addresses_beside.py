"""Links from documents to what MkDocs publishes beside our folder, by file or by address."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.content.files_beside import NOTHING
from site_builder.urls import FilesByName, Permalink, SourcePath, top_of


@dataclass(frozen=True, slots=True)
class AddressesBeside:
    """The files that MkDocs publishes, and the place of our folder among them."""

    of_files: Mapping[SourcePath, Permalink] = field(default_factory=lambda: NOTHING)
    folder: str = ""
    """The folder of `docs_dir` that is ours; "" where all of it is."""

    def of_file(self, path: str) -> str | None:
        """Where to link to a file beside our folder: what a URL would take for its own signs is encoded."""
        found = FilesByName(self.of_files.keys()).find(path) if self.of_files else None
        if found is None:
            return None
        return self.of_files[found].replace("%", "%25").replace("#", "%23").replace("?", "%3F")

    def of_address(self, url: str) -> str | None:
        """The same for an address from the root of the whole site."""
        if not self.folder:
            return None
        top = top_of(self.folder)
        wanted = {f"{top}{url}", f"{top}{url}/"}
        return next((self.of_file(path) for path, address in self.of_files.items() if address in wanted), None)

    def inside(self, url: str) -> Permalink | None:
        """An address from the root of the whole site as one from the root of ours; None if it is not below it."""
        start = f"/{self.folder}/"
        return Permalink(url[len(start) - 1 :]) if self.folder and f"{url}/".startswith(start) else None
