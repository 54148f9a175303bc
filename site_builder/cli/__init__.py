"""The command line: arguments to one call, its findings printed, an exit code.

One module per command, in folders by purpose; `options` holds what commands share, `endings` what ends one early. Exit
codes: 0 clean, 1 errors in the content (or warnings in a strict run) or a fault of the disk, 2 wrong usage, 130 and 143
after Ctrl-C and SIGTERM. A command imports what it needs when it runs, so that `--help` answers at once.
"""

import atexit
import gc
import os
from typing import Final

import click

from site_builder import __version__
from site_builder.cli.endings import OrderlyGroup
from site_builder.cli.late_commands import LateCommands

COMMANDS: Final = {
    "add": "editing.add:add",
    "build": "site.build:build",
    "check": "site.check:check",
    "deploy": "publishing.deploy:deploy",
    "diff": "publishing.diff:diff",
    "explain": "editing.explain:explain",
    "fix": "editing.fix:fix",
    "form": "site.form_:form",
    "graph": "publishing.graph:graph",
    "import": "editing.import_:import_",
    "links": "publishing.links:links",
    "mv": "editing.mv:mv",
    "new": "site.new:new",
    "render": "site.render:render",
    "report": "editing.report:report",
    "schema": "site.schema:schema",
    "serve": "site.serve:serve",
    "suggest": "editing.suggest:suggest",
    "urls": "publishing.urls:urls",
}
"""The name of each command -> its module in this folder, and its function there."""

_GC_THRESHOLDS: Final = (1_000_000, 50, 50)
"""Objects before a garbage collection, by generation. A run builds up data that it needs to the end: with Python's
own thresholds, looking for garbage takes a third of the time and finds none. A million: a check of 1,000 articles ends
before the first collection, which would cost it a tenth of its time."""


@click.group(
    cls=OrderlyGroup,
    commands=LateCommands(COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Run 'site-builder COMMAND --help' for examples of each command.",
)
@click.version_option(__version__, prog_name="site-builder")
def main() -> None:
    """Turn a folder of curated summaries into a cross-linked static site.

    \b
    To begin:
      site-builder new DIR         make a working site in a new folder
    \b
    In the folder of your site (where mkdocs.yml is):
      site-builder check           report every mistake in the content: file, line and remedy
      site-builder build           write the site into site/
      site-builder serve           show it in a browser and follow your edits
    """
    gc.set_threshold(*_GC_THRESHOLDS)
    atexit.register(gc.freeze)  # the interpreter would look for garbage once more when it ends: a tenth of a second
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # ranking uses processes; numpy's own threads would only wait
