"""MkDocs' events to the same build: `mkdocs build`, `serve` and `gh-deploy` give what `site-builder build` gives.

Our sources leave MkDocs' list of files, so MkDocs renders only what other plugins generate, and with the option
`folder` everything outside it. Everything of ours is rendered in `on_pre_build`, beside the site folder and before
MkDocs empties it, so a finding stops the build with the old site intact; `on_post_build` moves it into place. Under
ProperDocs, imports of `mkdocs` give its own classes.
"""

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import click
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority

from site_builder.config import Overrides, SiteConfig, from_mkdocs
from site_builder.config.mkdocs_settings.beside_mkdocs import is_beside
from site_builder.diagnostics import Severity, as_text, count_line
from site_builder.disk.faults import refusal
from site_builder.disk.interruption import AskedToEndError, end_when_asked
from site_builder.i18n import direction, load_translations
from site_builder.mkdocs_plugin.live_reload import allow_reload, ask_for_build

if TYPE_CHECKING:
    from site_builder.build import Prepared
    from site_builder.mkdocs_plugin.links_out import LinkOut
    from site_builder.output.opened_build import Report
    from site_builder.serve.follow import Follower, Sources

BEFORE_ALL: Final = 1000
AFTER_ALL: Final = -1000
"""Priorities of events. Other plugins use at most 100, and as little as -100."""

log = logging.getLogger("mkdocs.plugins.site_builder")


class SiteBuilderPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """`plugins: - site_builder` in `mkdocs.yml`."""

    def __init__(self) -> None:
        self.raw_options: dict[str, Any] = {}
        self._is_serving = False
        self._is_deploying = False
        self._keeps_files = False
        self._built: Any = None
        self._links_out: Sequence[LinkOut] = ()
        self._served: SiteConfig | None = None
        self._prepared: Prepared | None = None
        self._follower: Follower | None = None
        self._sources: Sources | None = None
        self._open = ExitStack()
        self._run = ExitStack()

    def load_config(
        self,
        options: dict[str, Any],
        config_file_path: str | None = None,  # noqa: ARG002 (MkDocs' signature)
    ) -> tuple[list[Any], list[Any]]:
        """Keep the options as they are: `site_builder.config` checks them, for the command and for MkDocs alike."""
        self.raw_options = dict(options)
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Being here at all keeps the plugin alive between the builds of `mkdocs serve`."""
        self._is_serving = command == "serve"
        self._is_deploying = command == "gh-deploy"
        self._keeps_files = dirty
        self._run.enter_context(end_when_asked())

    def on_config(self, config: Any) -> Any:
        """Where the whole site is ours, MkDocs renders no template of its own, such as `sitemap.xml` and `404.html`."""
        if not is_beside(self.raw_options):
            config.theme.static_templates = set()
        return config

    def on_pre_build(self, *, config: Any) -> None:
        """Read, check and render everything; stop before MkDocs empties the site folder."""
        self._open.close()
        ours, found = from_mkdocs(config, Overrides())
        if ours is None:
            click.echo(as_text(found), err=True)
            raise PluginError("site_builder: the settings have errors")
        if self._is_serving:
            self._served = ours
        from site_builder.build import prepare  # noqa: PLC0415 (every command loads this plugin with the settings)

        with _disk_faults():
            self._prepared = self._open.enter_context(prepare(ours, tuple(found), everything=not self._keeps_files))
        report = self._prepared.report
        if self._is_serving:
            from site_builder.serve.follow import sources_of  # noqa: PLC0415 (as above)

            everything = sources_of(ours, self._prepared.site.content.inputs)
            self._sources = everything.without(ours.root / ours.content, ours.root / ours.file)  # MkDocs watches these
            if self._follower is not None:
                self._follower.follow(self._sources)
        self._tell(report)
        if not report.is_built:
            self._open.close()
            raise PluginError(f"site_builder: {count_line(report.diagnostics, report.files)}; the site was not changed")

    def _tell(self, report: "Report") -> None:
        quiet = not log.isEnabledFor(logging.WARNING)
        shown = [d for d in report.diagnostics if not report.is_built or not quiet or d.severity is Severity.ERROR]
        if shown:
            sys.stdout.flush()
            click.echo(as_text(shown), err=True)

    @event_priority(BEFORE_ALL)
    def _leave_folder(self, files: Any, *, config: Any) -> Any:
        """Take the files of our folder out of the list, before another plugin looks at them."""
        if self._prepared is not None and (folder := self._prepared.config.options.folder):
            for file in list(files):
                if file.src_uri.startswith(f"{folder}/") and _is_from(file, [Path(config.docs_dir)]):
                    files.remove(file)
        return files

    @event_priority(AFTER_ALL)
    def _leave_rest(self, files: Any, *, config: Any) -> Any:
        """Keep only what other plugins generated, or in a folder of ours, names for what MkDocs' pages may link to."""
        if self._prepared is None:
            return files
        if not self._prepared.config.options.folder:
            folders = [Path(config.docs_dir), *(Path(d) for d in config.theme.dirs)]
            for file in list(files):
                if _is_from(file, folders):
                    files.remove(file)
            return files
        from site_builder.mkdocs_plugin.linked_files import linked_files  # noqa: PLC0415 (as above)

        addresses = {f"{self._prepared.config.options.folder}/{path}" for path in self._prepared.paths}
        for file in files:
            if file.dest_uri in addresses:
                log.warning(f"site_builder: '{file.src_uri}' is replaced by a page of ours at '{file.dest_uri}'.")  # noqa: G004
        for linked in linked_files(self._prepared.site, config):
            if files.get_file_from_path(linked.src_uri) is None:
                files.append(linked)
        return files

    on_files = CombinedEvent(_leave_folder, _leave_rest)

    def on_nav(self, nav: Any, *, config: Any, files: Any) -> Any:  # noqa: ARG002
        """Name those of our pages that `nav` lists without a title."""
        if self._prepared is not None and self._prepared.config.options.folder:
            from site_builder.mkdocs_plugin.linked_files import name_in_nav  # noqa: PLC0415 (as above)

            name_in_nav(nav.pages)
        return nav

    def on_env(self, env: Any, *, config: Any, files: Any) -> Any:
        """Give our theme's `main.html`, which MkDocs renders, the words and the language of the other pages."""
        if self._prepared is not None and config.theme.name in {None, "site_builder"}:
            ours = self._prepared.config
            language = ours.options.language
            words, _ = load_translations(ours.words_dirs, language, ours.root)
            env.globals |= {"t": words, "language": language, "direction": direction(language)}
        if self._prepared is not None and self._prepared.config.options.folder:
            from site_builder.mkdocs_plugin.linked_files import with_anchors  # noqa: PLC0415 (as above)

            with_anchors(files, config)
        return env

    def on_post_template(self, output_content: str, *, template_name: str, config: Any) -> str:
        """Name our pages in the sitemap that MkDocs makes of its own."""
        if template_name != "sitemap.xml" or self._prepared is None or not self._prepared.config.options.folder:
            return output_content
        from site_builder.mkdocs_plugin.shared_indexes import is_read_by_pages, with_our_addresses  # noqa: PLC0415

        ours = self._prepared.site
        return output_content if is_read_by_pages(config.theme) else with_our_addresses(output_content, ours)

    @event_priority(50)
    def _add_to_search(self, *, config: Any) -> None:
        """Let MkDocs' search find our pages; its plugin writes the index in the same event, later."""
        is_kept = self._keeps_files and self._built is not None  # `serve --dirty`: the plugin keeps its entries
        if self._prepared is not None and self._prepared.config.options.folder and not is_kept:
            from site_builder.mkdocs_plugin.shared_indexes import add_to_search  # noqa: PLC0415 (as above)

            add_to_search(self._prepared.site, config.plugins.values())

    def _put_into_place(self, *, config: Any) -> None:
        """Move what was rendered into the site folder."""
        if self._prepared is not None:
            from site_builder.corpus.embargoes import embargo_line  # noqa: PLC0415 (as above)

            with _disk_faults():
                report = self._prepared.finish()
            log.info(f"site_builder: {report.pages} files from {report.files} documents")  # noqa: G004
            if line := embargo_line(report.embargoes, self._prepared.config):
                log.info(f"site_builder: {line}")  # noqa: G004
            if self._prepared.config.options.folder:
                from site_builder.mkdocs_plugin.links_out import links_out  # noqa: PLC0415 (as above)

                self._links_out = list(links_out(self._prepared.site))
            self._built = config
        self._open.close()
        self._prepared = None

    @event_priority(AFTER_ALL)
    def _check_links_out(self, *, config: Any) -> None:
        """Report links to pages that are not there, once the other plugins are done."""
        from site_builder.mkdocs_plugin.links_out import unpublished  # noqa: PLC0415 (as above)

        for finding in unpublished(self._links_out, Path(config.site_dir)):
            log.warning(f"site_builder: {finding}")  # noqa: G004

    on_post_build = CombinedEvent(_add_to_search, _put_into_place, _check_links_out)

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Whatever failed, release the lock and the staging folder."""
        self._open.close()
        self._prepared = None

    @event_priority(AFTER_ALL)
    def on_shutdown(self) -> None:
        """Let go after what is no error to MkDocs too (Ctrl-C), and forget the temporary folder that it served from.

        `gh-deploy` ends here, after every plugin, if its branch holds this site already.
        """
        self._open.close()
        self._run.close()
        if isinstance(ended := sys.exception(), AskedToEndError):
            click.echo(ended.line, err=True)
        if self._follower is not None:
            self._follower.stop()
        if self._served is not None and self._served.cache_dir is not None:
            from site_builder.output.manifest import forget  # noqa: PLC0415 (as above)

            forget(self._served.cache_dir, self._served.site_dir)
        if self._is_deploying and self._built is not None:
            self._end_if_published(Path(self._built.site_dir), self._built.remote_name, self._built.remote_branch)

    def _end_if_published(self, site_dir: Path, remote: str, branch: str) -> None:
        from site_builder.mkdocs_plugin.published_branch import is_published  # noqa: PLC0415 (as above)

        if is_published(site_dir, remote, branch):
            log.info(f"site_builder: branch '{branch}' of '{remote}' holds this site already; nothing is pushed")  # noqa: G004
            sys.exit(0)

    def on_serve(self, server: Any, *, config: Any, builder: Any) -> Any:  # noqa: ARG002
        """Follow edits of templates, and of what extensions read; MkDocs watches the content and the settings."""
        allow_reload(server)
        from site_builder.serve.follow import Follower  # noqa: PLC0415 (as above)

        self._follower = Follower(lambda _paths, _is_finished: ask_for_build(server))
        if self._sources is not None:
            self._follower.follow(self._sources)
        return server


@contextmanager
def _disk_faults() -> Iterator[None]:
    """Report what the disk refuses as one line: it is full, read-only, or something is in the way."""
    try:
        yield
    except OSError as error:
        raise PluginError(f"site_builder: the site could not be written: {refusal(error)}") from error


def _is_from(file: Any, folders: list[Path]) -> bool:
    """Whether a file comes from one of these folders, and not from another plugin."""
    is_generated = getattr(file, "generated_by", None) is not None
    return file.src_dir is not None and not is_generated and Path(file.src_dir) in folders
