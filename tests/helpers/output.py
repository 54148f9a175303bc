"""What lies in a site folder, for tests that compare two of them."""

from pathlib import Path

from site_builder.build import Report, build_site
from site_builder.output.site_list import LIST_NAME
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
