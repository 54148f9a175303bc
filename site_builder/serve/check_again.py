"""Check a site again after each change of its sources, until nobody waits for it any more."""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, NoReturn

from site_builder.config import Overrides, load_config
from site_builder.diagnostics import Diagnostic
from site_builder.markdown.extension_inputs import ExtensionInput
from site_builder.pipeline import Site
from site_builder.serve.follow import Follower, Sources, settings_files, sources_of

SETTLE_SECONDS: Final = 0.15
"""Of quiet after a change: programs write several files at once, and some write a file twice."""

Report = Callable[[tuple[Diagnostic, ...], int], None]
"""Gets the findings and the number of files read."""


def check_again(file: Path, overrides: Overrides, begin: Callable[[], None], report: Report) -> NoReturn:
    """Check the site of a settings file, then after every change; `begin` is called before each time.

    Wrong settings are findings too. Ends with KeyboardInterrupt. Raises OSError where folders cannot be followed.
    """
    changed = threading.Event()
    follower = Follower(lambda _paths, _is_finished: changed.set())
    try:
        while True:
            changed.clear()
            begin()
            report(*_check(file, overrides, follower))
            changed.wait()
            while changed.is_set():
                changed.clear()
                changed.wait(SETTLE_SECONDS)
    finally:
        follower.stop()


def _check(file: Path, overrides: Overrides, follower: Follower) -> tuple[tuple[Diagnostic, ...], int]:
    """Findings, and the number of files read. Sources are followed before they are read, so no change is missed."""
    settings = frozenset(settings_files(file))
    follower.follow(Sources(frozenset(), settings))
    config, found = load_config(file, overrides)
    if config is None:
        return tuple(found), 1

    def follow(inputs: Iterable[ExtensionInput]) -> None:
        sources = sources_of(config, inputs)
        follower.follow(Sources(sources.trees, sources.files | settings, sources.folders))

    follow(())
    site = Site.load(config, found)
    try:
        follow(site.content.inputs)
        return site.all_findings, site.content.files_read
    finally:
        site.close()
