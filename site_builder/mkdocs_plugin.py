"""MkDocs' events to the same build: `mkdocs build`, `serve` and `gh-deploy` give what `site-builder build` gives.

Our sources leave MkDocs' list of files, so MkDocs renders only what other plugins generate. Everything of ours is
rendered in `on_pre_build`, beside the site folder and before MkDocs empties it, so a finding stops the build with the
old site intact; `on_post_build` moves it into place. Under ProperDocs,
imports of `mkdocs` give its own classes.
"""

import logging
import re
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import click
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from site_builder.config import Overrides, SiteConfig, from_mkdocs
from site_builder.diagnostics import Severity, as_text, count_line
from site_builder.i18n import direction, load_translations

if TYPE_CHECKING:
    from site_builder.build import Prepared, Report
    from site_builder.serve.follow import Follower, Sources

log = logging.getLogger("mkdocs.plugins.site_builder")


class SiteBuilderPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """`plugins: - site_builder` in `mkdocs.yml`."""

    def __init__(self) -> None:
        self.raw_options: dict[str, Any] = {}
        self._is_serving = False
        self._keeps_files = False
        self._served: SiteConfig | None = None
        self._prepared: Prepared | None = None
        self._follower: Follower | None = None
        self._sources: Sources | None = None
        self._open = ExitStack()

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
        self._keeps_files = dirty

    def on_config(self, config: Any) -> Any:
        """MkDocs is to render no template of its own: `sitemap.xml` and `404.html` are ours."""
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

        self._prepared = self._open.enter_context(prepare(ours, tuple(found), everything=not self._keeps_files))
        report = self._prepared.report
        if self._is_serving:
            from site_builder.serve.follow import sources_of  # noqa: PLC0415 (as above)

            everything = sources_of(ours, self._prepared.extension_inputs)
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

    def on_files(self, files: Any, *, config: Any) -> Any:
        """Keep only what other plugins generated: everything in the content folder or a theme is ours."""
        folders = [Path(config.docs_dir), *(Path(d) for d in config.theme.dirs)]
        for file in list(files):
            if (
                file.src_dir is not None
                and Path(file.src_dir) in folders
                and getattr(file, "generated_by", None) is None
            ):
                files.remove(file)
        return files

    def on_env(self, env: Any, *, config: Any, files: Any) -> Any:  # noqa: ARG002
        """Give `main.html`, which MkDocs renders, the words and the language of the other pages."""
        if self._prepared is not None:
            ours = self._prepared.config
            language = ours.options.language
            words, _ = load_translations(ours.template_dirs, language, ours.root)
            env.globals |= {"t": words, "language": language, "direction": direction(language)}
        return env

    def on_post_build(self, *, config: Any) -> None:  # noqa: ARG002
        """Move what was rendered into the site folder."""
        if self._prepared is not None:
            from site_builder.build import embargo_line  # noqa: PLC0415 (as above)

            report = self._prepared.finish()
            log.info(f"site_builder: {report.pages} files from {report.files} documents")  # noqa: G004
            if line := embargo_line(report.embargoes, self._prepared.config):
                log.info(f"site_builder: {line}")  # noqa: G004
        self._open.close()
        self._prepared = None

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Whatever failed, release the lock and the staging folder."""
        self._open.close()
        self._prepared = None

    def on_shutdown(self) -> None:
        """Let go after what is no error to MkDocs too (Ctrl-C), and forget the temporary folder that it served from."""
        self._open.close()
        if self._follower is not None:
            self._follower.stop()
        if self._served is not None:
            from site_builder.output.manifest import forget, manifest_path  # noqa: PLC0415 (as above)

            forget(manifest_path(self._served.cache_dir, self._served.site_dir))

    def on_serve(self, server: Any, *, config: Any, builder: Any) -> Any:  # noqa: ARG002
        """Follow edits of templates, and of what extensions read; MkDocs watches the content and the settings."""
        _allow_reload(server)
        from site_builder.serve.follow import Follower  # noqa: PLC0415 (as above)

        self._follower = Follower(partial(_ask_for_build, server))
        if self._sources is not None:
            self._follower.follow(self._sources)
        return server


def _ask_for_build(server: Any) -> None:
    """Do what MkDocs' server does after a change of a path that it watches; it cannot watch what is not there yet."""
    with server._rebuild_cond:  # noqa: SLF001 (it has no other place for this)
        server._want_rebuild = True  # noqa: SLF001
        server._rebuild_cond.notify_all()  # noqa: SLF001


_OWN_SCRIPTS: Final = re.compile(rb"script-src 'self'(?: 'sha256-[^']*')?")


def _allow_reload(server: Any) -> None:
    """Allow the script that only MkDocs' server puts into pages; our Content Security Policy would block it."""
    inject = getattr(server, "_inject_js_into_html", None)
    if inject is None:
        return

    def relaxed(content: bytes, epoch: Any) -> Any:
        """Without the hash too: where there is one, browsers ignore `unsafe-inline`."""
        return inject(_OWN_SCRIPTS.sub(b"script-src 'self' 'unsafe-inline'", content, count=1), epoch)

    server._inject_js_into_html = relaxed  # noqa: SLF001 (it has no other place for this)
