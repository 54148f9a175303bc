"""What the package's metadata say of its repository, whose address only the release knows.

With PROJECT_URL in the environment (`.github/workflows/release.yml` sets it), the metadata name it and what lies below
it, and the links of the README lead there: on a package index there is nothing else that they could lead to.
"""

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RepositoryHook(MetadataHookInterface):
    """Fills in the fields that `dynamic` in `pyproject.toml` names."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set `readme`, and `urls` if the address is known."""
        url = os.environ.get("PROJECT_URL", "").rstrip("/")
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        tag = f"v{metadata['version']}"
        if url:
            metadata["urls"] = {
                "Homepage": url,
                "Documentation": f"{url}/tree/{tag}/docs",
                "Changelog": f"{url}/blob/{tag}/CHANGELOG.md",
                "Source": f"{url}/tree/{tag}",
                "Issues": f"{url}/issues",
            }
            text = with_absolute_links(text, f"{url}/blob/{tag}/", f"{url}/raw/{tag}/")
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def with_absolute_links(text: str, files: str, pictures: str) -> str:
    """The Markdown with its links to files of the repository made absolute."""

    def absolute(match: re.Match[str]) -> str:
        before, target = match[1], match[2]
        if re.match(r"[a-z][a-z0-9+.-]*:|[/#]", target, re.IGNORECASE):
            return match[0]
        return f"{before}{pictures if before.startswith('!') else files}{target}"

    return re.sub(r"(!?\[[^\]\[]*\]\()([^()\s]+)(?=\))", absolute, text)
