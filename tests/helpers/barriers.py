"""What axe says of a page: WCAG 2.2 AA and best practice."""

from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS: Final = {
    "runOnly": {"type": "tag", "values": STANDARDS},
    "rules": {"target-size": {"enabled": True}},  # off by default
}


def audit(page: Page, options: dict[str, Any]) -> dict[str, Any]:
    """All that axe says of a page."""
    results: dict[str, Any] = Axe().run(page, options=options).response
    return results


def violations(page: Page) -> list[str]:
    """Every barrier that axe finds: its rule, where it is and why."""
    return [
        f"{found['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for found in audit(page, {**OPTIONS, "resultTypes": ["violations"]})["violations"]
        for node in found["nodes"]
    ]
