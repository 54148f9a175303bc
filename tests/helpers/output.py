"""What lies in a site folder, for tests that compare two of them."""

import tempfile
from dataclasses import replace
from pathlib import Path

from site_builder.build import build_site
from site_builder.diagnostics import Diagnostic
from site_builder.output.opened_build import Report
from site_builder.output.site_list import LIST_NAME
from site_builder.pipeline import Site
from site_builder.render.format import RenderError
from tests.helpers.site import load_settings


def files(folder: Path) -> dict[str, bytes]:
    """Path -> bytes of every file of the site, hidden ones too, without the list of them."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not p.name.startswith(LIST_NAME)
    }


def stamps(folder: Path) -> dict[str, int]:
    """Path -> time of change in nanoseconds, of every file and folder."""
    return {p.relative_to(folder).as_posix(): p.stat().st_mtime_ns for p in sorted(folder.rglob("*"))}


def build(root: Path, **given: object) -> Report:
    """Build a site that must be sound, as `site-builder build` does."""
    report = try_build(root, **given)
    assert report.is_built, "\n".join(map(str, report.diagnostics))
    return report


def try_build(root: Path, **given: object) -> Report:
    """Build a site; findings may forbid it."""
    config, found = load_settings(root, **given)
    return build_site(config, tuple(found))


def clean_pages(root: Path, **given: object) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]] | None:
    """Every file as `Site.render` makes it, with nothing remembered from before; None where errors forbid it."""
    config, found = load_settings(root, **given)
    with tempfile.TemporaryDirectory() as empty:
        site = Site.load(replace(config, cache_dir=Path(empty)), found)
        try:
            if not site.is_sound:
                return None
            return {page.path: site.render(url) for url, page in site.routes.all().items()}, site.diagnostics
        except RenderError:
            return None
        finally:
            site.close()
