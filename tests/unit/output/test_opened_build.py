"""A build of an unchanged site loads nothing that reads documents or makes pages."""

import subprocess
import sys
from pathlib import Path

from tests.helpers.site import MakeSite, article

_BUILD = """
import sys
from site_builder.cli import main
main(["build", "--date", "2026-01-01"], standalone_mode=False)
print(",".join(sorted(m for m in sys.modules if m.startswith("site_builder."))))
"""


def _build(root: Path) -> tuple[str, set[str]]:
    """What a build says last, and the modules of the program that it has loaded."""
    done = subprocess.run([sys.executable, "-c", _BUILD], cwd=root, capture_output=True, text=True, check=True)
    *_, said, loaded = done.stdout.splitlines()
    return said, set(loaded.split(","))


HEAVY = {"site_builder.build", "site_builder.pipeline", "site_builder.content.document", "site_builder.output.write"}


def test_an_unchanged_build_loads_little(make_site: MakeSite) -> None:
    root = make_site({"content/articles/a.md": article("A")})
    assert _build(root)[1] >= HEAVY
    said, loaded = _build(root)
    assert ": 0 written" in said
    assert not {name for name in loaded if name.split(".")[1] in {"pages", "render", "related", "links"}} | (
        loaded & HEAVY
    )


def test_a_foreign_file_is_counted_again(make_site: MakeSite) -> None:
    root = make_site({"content/articles/a.md": article("A")})
    _build(root)
    (root / "site/theirs.txt").write_text("theirs", encoding="utf-8")
    said, _ = _build(root)
    assert "1 other file there left alone" in said


def test_a_file_that_was_taken_away_is_made_again(make_site: MakeSite) -> None:
    root = make_site({"content/articles/a.md": article("A")})
    _build(root)
    (root / "site/articles/a/index.html").unlink()
    assert ": 1 written" in _build(root)[0]
