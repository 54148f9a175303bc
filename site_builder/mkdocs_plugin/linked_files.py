"""Our pages in MkDocs' list of files: its own pages and `nav` may name them, and it neither reads nor writes them."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page

from site_builder.content.document import Document
from site_builder.pipeline import Site
from site_builder.urls import HOME, Permalink, output_path


class LinkedFile(File):
    """A file that this program publishes, known to MkDocs by its source or its address."""

    title: str | None = None
    """What a menu calls it that gives it no other name."""
    anchors: frozenset[str] | None = None
    """Ids of the headings of a document, so that MkDocs can check links to them."""

    def is_documentation_page(self) -> bool:
        """MkDocs is not to render it."""
        return False

    def is_static_page(self) -> bool:
        """Nor is another plugin to look into it."""
        return False

    def is_media_file(self) -> bool:
        """As above."""
        return False

    def is_javascript(self) -> bool:
        """As above."""
        return False

    def is_css(self) -> bool:
        """As above."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """MkDocs is not to copy it."""


def linked_files(site: Site, config: Any) -> Iterator[LinkedFile]:
    """One file for each name by which MkDocs' pages or `nav` may mean something that is published in our folder."""
    folder = site.config.options.folder
    targets = _targets(site)
    docs = site.config.docs
    taken: set[str] = set()
    names = ((path.removeprefix(f"{docs}/"), url) for path, url in targets.items())
    listed = ((f"{folder}{url}", url) for url in site.routes.fixed if url.endswith("/") or url.count("/") == 1)
    home = ((f"{folder}/index.md", HOME),)
    of_nav = ((name, url) for name in _nav_names(config.nav, folder) for url in _meant(site, name, folder))
    documents = {document.permalink: document for document in site.corpus.documents()}
    for name, url in (*names, *listed, *home, *of_nav):
        key = PurePath(name).as_posix()
        if key not in taken:
            taken.add(key)
            yield _linked(key, url, documents.get(url), site, config)


def _targets(site: Site) -> dict[str, Permalink]:
    """Path of a published document, file of `static/` or picture -> its address."""
    documents: Iterable[Document] = site.corpus.documents()
    targets = {str(document.path): document.permalink for document in documents}
    for url, route in site.routes.all().items():
        for source in route.sources:
            if source.startswith(f"{site.config.content}/") and source not in targets and not source.endswith(".md"):
                targets[source] = url
    return targets


def _meant(site: Site, name: str, folder: str) -> Iterator[Permalink]:
    """The address that an entry of `nav` means, such as `kb/articles/index.md`."""
    rest = name.removeprefix(folder).strip("/")
    stem = rest.removesuffix("index.md").removesuffix("index.html").removesuffix(".md").strip("/")
    wanted = (f"/{rest}", f"/{stem}/" if stem else "/")
    yield from (Permalink(url) for url in wanted if url in site.routes)


def _nav_names(nav: Any, folder: str) -> Iterator[str]:
    """Every entry of `nav` in our folder, at any depth."""
    if isinstance(nav, str):
        if f"{PurePath(nav).as_posix()}/".startswith(f"{folder}/"):
            yield PurePath(nav).as_posix()
    elif isinstance(nav, Mapping):
        for value in nav.values():
            yield from _nav_names(value, folder)
    elif isinstance(nav, list):
        for value in nav:
            yield from _nav_names(value, folder)


def _linked(name: str, url: Permalink, document: Document | None, site: Site, config: Any) -> LinkedFile:
    path, hash_, fragment = url.partition("#")
    target = f"{site.config.options.folder}/{output_path(Permalink(path))}"
    file = LinkedFile(
        name, config.docs_dir, config.site_dir, config.use_directory_urls,
        dest_uri=target, inclusion=InclusionLevel.NOT_IN_NAV,
    )  # fmt: skip
    file.title = document.title if document else title_of(site, url)
    if document is not None and document.body.anchors:
        file.anchors = frozenset(document.body.anchors)
    if hash_:
        file.url = f"{file.url}#{quote(fragment)}"
    return file


def title_of(site: Site, url: Permalink) -> str:
    """The name of a page that is no document."""
    labels = {label.url: label.title for label in site.render_context.site.menu}
    last = url.strip("/").rpartition("/")[2]
    return site.config.name if url == HOME else labels.get(url) or last.partition(".")[0].capitalize()


def with_anchors(files: Iterable[File], config: Any) -> None:
    """Let MkDocs check links to headings of ours, once `nav` has given its pages their names."""
    for file in files:
        if isinstance(file, LinkedFile) and file.anchors is not None:
            page = file.page or Page(None, file, config)
            page.present_anchor_ids = set(file.anchors)


def name_in_nav(pages: Iterable[Page]) -> None:
    """Give our pages in `nav` their titles where it gives them none."""
    for page in pages:
        if isinstance(page.file, LinkedFile) and page.title is None:
            page.title = page.file.title
