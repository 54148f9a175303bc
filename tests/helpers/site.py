"""Small sites for tests: files from a dict, documents from keywords, and the findings in them.

    def test_links(make_site: MakeSite) -> None:
        root = make_site({"content/articles/a.md": article("A", similar=["b"])})
        assert codes(root) == ["target-wanted"]

`make_site` (in `tests/conftest.py`) writes into a fresh folder and adds `MKDOCS_YML` unless the dict has its own. Every
helper takes DATE for the build's day, one process, and no setting from the environment.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import yaml

from site_builder.config import Overrides, SiteConfig, load_config
from site_builder.diagnostics import Diagnostic
from site_builder.pipeline import Site

DATE: Final = dt.date(2026, 7, 1)
"""The day that embargoes are held against."""

MKDOCS_YML: Final = """\
site_name: Test site
site_url: https://example.org/x/y/
docs_dir: content
theme: site_builder
plugins:
  - site_builder
"""

Files = Mapping[str, str | bytes]
"""Path below the root -> text (written as UTF-8, line ends untouched) or bytes."""

MakeSite = Callable[[Files], Path]
"""The type of the fixture `make_site`."""


def write_files(root: Path, files: Files) -> None:
    """Write files below a folder, making folders as needed."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def write_site(root: Path, files: Files) -> Path:
    """Write a site, with MKDOCS_YML unless `mkdocs.yml` is given, and a content folder in any case; gives the root."""
    write_files(root, {"mkdocs.yml": MKDOCS_YML, **files})
    (root / "content").mkdir(exist_ok=True)
    return root


def document(body: str = "", **front_matter: Any) -> str:
    """Any document: front matter from keywords, and a body."""
    head = yaml.safe_dump(front_matter, sort_keys=False, allow_unicode=True, width=1000)
    return f"---\n{head}---\n{body}"


def article(title: str = "A", body: str = "Text.\n", **front_matter: Any) -> str:
    """A valid article; keywords add or replace fields, None takes one away: `article(source=None, status="stub")`."""
    fields = {"title": title, "date": "2026-06-03", "summary": f"About {title}.", "source": {"name": "A paper"}}
    return document(body, **{k: v for k, v in {**fields, **front_matter}.items() if v is not None})


def topic(title: str = "T", body: str = "", **front_matter: Any) -> str:
    """A valid topic."""
    return document(body, title=title, **front_matter)


def entity(name: str = "E", body: str = "", **front_matter: Any) -> str:
    """A valid entity."""
    return document(body, **{"name": name, "kind": "organisation", **front_matter})


def tool(name: str = "L", body: str = "", **front_matter: Any) -> str:
    """A valid tool."""
    return document(body, **{"name": name, "pricing": "free", "summary": "Does something.", **front_matter})


def page(title: str = "P", body: str = "", **front_matter: Any) -> str:
    """A valid free page."""
    return document(body, title=title, **front_matter)


def overrides(**given: Any) -> Overrides:
    """What the helpers say instead of the settings: `overrides(drafts=True)`."""
    return Overrides(**{"date": DATE, "jobs": 1, **given})


def load_settings(root: Path, **given: Any) -> tuple[SiteConfig, list[Diagnostic]]:
    """The settings of a site, which must be sound, with the warnings about them."""
    config, found = load_config(root / "mkdocs.yml", overrides(**given))
    assert config is not None, "\n".join(map(str, found))
    return config, found


def load(root: Path, **given: Any) -> Site:
    """The site in a folder; its settings must be sound."""
    config, found = load_settings(root, **given)
    return Site.load(config, found)


def check(root: Path, **given: Any) -> list[str]:
    """Every finding in a site, settings too, as text with its hint, in the order of `site-builder check`."""
    config, found = load_config(root / "mkdocs.yml", overrides(**given))
    if config is None:
        return [str(d) for d in found]
    with closing(Site.load(config, found)) as site:
        return [str(d) for d in site.diagnostics]


def codes(root: Path, **given: Any) -> list[str]:
    """The code of every finding, in the same order."""
    with closing(load(root, **given)) as site:
        return [d.code for d in site.diagnostics]
