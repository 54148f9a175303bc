"""The changes of one version, for its release, from `CHANGELOG.md`.

python -m tools.changelog 1.0.0
"""

import os
import re
import sys
from pathlib import Path
from typing import Final

from hatch_build import with_absolute_links

CHANGELOG: Final = Path(__file__).parents[1] / "CHANGELOG.md"
_HEADING: Final = re.compile(r"^## \[([^\]]+)\].*$", re.MULTILINE)


def versions(text: str) -> list[str]:
    """The versions in a changelog, in its order, without what is not released."""
    return [found for found in _HEADING.findall(text) if found != "Unreleased"]


def changes_of(version: str, text: str) -> str:
    """The text below the heading of a version. Raises KeyError where there is none, or nothing below it."""
    parts = _HEADING.split(text)
    found = dict(zip(parts[1::2], parts[2::2], strict=True)).get(version, "").strip()
    if not found:
        raise KeyError(version)
    return f"{found}\n"


def main(arguments: list[str]) -> None:
    """Print the changes of a version."""
    try:
        changes = changes_of(arguments[0], CHANGELOG.read_text(encoding="utf-8"))
        if url := os.environ.get("PROJECT_URL", "").rstrip("/"):
            changes = with_absolute_links(changes, f"{url}/blob/v{arguments[0]}/", f"{url}/raw/v{arguments[0]}/")
        sys.stdout.write(changes)
    except KeyError as error:
        sys.exit(f"CHANGELOG.md has nothing below a heading for version {error}.")
    except IndexError:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
