"""site_builder: a folder of curated summaries becomes a cross-linked static site."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from site_builder.build import build_site
    from site_builder.config import Overrides, SiteConfig, load_config
    from site_builder.diagnostics import Diagnostic
    from site_builder.output.opened_build import Report
    from site_builder.pipeline import Site

__version__ = "1.0.0rc1"
__all__ = ["Diagnostic", "Overrides", "Report", "Site", "SiteConfig", "__version__", "build_site", "load_config"]

_HOMES = {
    "Diagnostic": "diagnostics",
    "Overrides": "config",
    "Report": "output.opened_build",
    "Site": "pipeline",
    "SiteConfig": "config",
    "build_site": "build",
    "load_config": "config",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that `site-builder --help` need not load everything."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"site_builder.{_HOMES[name]}"), name)
