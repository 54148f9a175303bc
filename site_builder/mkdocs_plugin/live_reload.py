"""Pages of ours in `mkdocs serve`, which puts a script of its own into every page."""

import re
from typing import Any, Final

_OWN_SCRIPTS: Final = re.compile(rb"script-src 'self'(?: 'sha256-[^']*')?")


def allow_reload(server: Any) -> None:
    """Allow the script that only MkDocs' server puts into pages; our Content Security Policy would block it."""
    inject = getattr(server, "_inject_js_into_html", None)
    if inject is None:
        return

    def relaxed(content: bytes, epoch: Any) -> Any:
        """Without the hash too: where there is one, browsers ignore `unsafe-inline`."""
        return inject(_OWN_SCRIPTS.sub(b"script-src 'self' 'unsafe-inline'", content, count=1), epoch)

    server._inject_js_into_html = relaxed  # noqa: SLF001 (it has no other place for this)


def ask_for_build(server: Any) -> None:
    """Do what MkDocs' server does after a change of a path that it watches; it cannot watch what is not there yet."""
    with server._rebuild_cond:  # noqa: SLF001 (it has no other place for this)
        server._want_rebuild = True  # noqa: SLF001
        server._rebuild_cond.notify_all()  # noqa: SLF001
