"""Findings for the browser: a list that the overlay shows beside a page, and the page instead of one that is broken."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from hashlib import blake2b
from html import escape
from pathlib import Path
from typing import Final

from site_builder.characters import printable
from site_builder.diagnostics import Diagnostic, Severity

PREFIX: Final = "/__site-builder/"
"""Addresses of the server itself; no page of a site begins like this."""
SCRIPT: Final = f"{PREFIX}overlay.js"
STYLE: Final = f"{PREFIX}overlay.css"
STATE: Final = f"{PREFIX}state"

MAX_SHOWN: Final = 50
"""Findings in the overlay; `site-builder check` lists all."""
LINES_AROUND: Final = 2
"""Lines of the source above and below the one with the finding."""

_RANK: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def overlay(found: Iterable[Diagnostic], sources: Collection[str], content: str) -> dict[str, object]:
    """What the overlay of a page made from `sources` shows; `content` is the folder of all documents.

    First the page's own findings, then those of settings and templates, which concern every page; then errors and
    warnings of other documents. Gives `label` (`1 error, 2 warnings`; "" for nothing to show), `html`, `severity` of
    the worst, `opens` (whether an error concerns this page), and `key`, which differs for other findings.
    """
    groups: dict[str, list[Diagnostic]] = {"On this page": [], "On every page": [], "Elsewhere": []}
    here, everywhere, elsewhere = groups.values()
    for d in sorted(found, key=_order):
        path = d.location.path
        if path in sources:
            here.append(d)
        elif d.severity is not Severity.INFO:
            (elsewhere if path.startswith(f"{content}/") else everywhere).append(d)
    shown = [d for group in groups.values() for d in group]
    if not shown:
        return {"label": "", "html": "", "severity": "", "opens": False, "key": ""}
    parts, left = [], MAX_SHOWN
    for heading, group in groups.items():
        parts.append(_list(heading, group[:left]))
        left -= min(left, len(group))
    if len(shown) > MAX_SHOWN:
        parts.append(f"<p>… and {len(shown) - MAX_SHOWN:,} more: <code>site-builder check</code> lists them all.</p>")
    return {
        "label": _label(shown),
        "html": "".join(parts),
        "severity": str(min((d.severity for d in shown), key=_RANK.__getitem__)),
        "opens": any(d.severity is Severity.ERROR for d in (*here, *everywhere)),
        "key": blake2b("\n".join(sorted(map(str, shown))).encode(), digest_size=8).hexdigest(),
    }


def _order(d: Diagnostic) -> tuple[int, object]:
    return _RANK[d.severity], d.sort_key()


def _label(found: Collection[Diagnostic]) -> str:
    """`1 error, 2 warnings`"""
    parts = []
    for severity, noun in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")):
        if count := sum(d.severity is severity for d in found):
            parts.append(f"{count:,} {noun}{'' if count == 1 else 's'}")
    return ", ".join(parts)


def _list(heading: str, found: Collection[Diagnostic]) -> str:
    return f"<h3>{heading}</h3><ul>{''.join(map(_item, found))}</ul>" if found else ""


def _item(d: Diagnostic, source: str = "") -> str:
    hint = f'<p class="hint">{_shown(d.hint)}</p>' if d.hint else ""
    return (
        f'<li class="{d.severity}"><p class="place"><strong>{d.severity}</strong> {_shown(str(d.location))}</p>'
        f'<p class="text">{_shown(d.text)} <code>{escape(d.code)}</code></p>{source}{hint}</li>'
    )


def _shown(text: str) -> str:
    """A text for HTML, in which characters that nobody can see are escapes."""
    return escape(printable(text))


def error_page(title: str, found: Collection[Diagnostic], root: Path, note: str = "") -> bytes:
    """The page instead of one that cannot be shown: why, with the lines of the source. It needs no script."""
    items = "".join(_item(d, _excerpt(d, root)) for d in sorted(found, key=_order))
    return f"""<!doctype html>
<html lang="en" class="error-page">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; \
connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_shown(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{STYLE}">
</head>
<body>
<main>
<h1>{_shown(title)}</h1>
{f"<p>{_shown(note)}</p>" if note else f"<ul>{items}</ul>"}
<p>This page reloads after your next edit. <a href="/">Home page</a></p>
</main>
</body>
</html>
""".encode()


def _excerpt(d: Diagnostic, root: Path) -> str:
    """The lines around a finding, with their numbers; "" where there is no such file."""
    with suppress(OSError, ValueError):  # not readable, not UTF-8, or no name that a file can have
        lines = (root / d.location.path).read_text(encoding="utf-8").splitlines()
        first = max(1, d.location.line - LINES_AROUND)
        numbered = enumerate(lines[first - 1 : d.location.line + LINES_AROUND], first)
        rows = [(f"{number:>4}  {_shown(line)}", number == d.location.line) for number, line in numbered]
        marked = "\n".join(f"<mark>{row}</mark>" if is_it else row for row, is_it in rows)
        return f'<pre tabindex="0">{marked}</pre>' if rows else ""
    return ""


def with_script(page: bytes, version: int) -> bytes:
    """A page with the script that reloads it and shows the overlay; only this server adds it."""
    before, end, after = page.rpartition(b"</body>")
    return before + f'<script src="{SCRIPT}" data-version="{version}"></script>'.encode() + end + after if end else page
