"""The sites of `make bench-load`, each small: they are what they claim to be, and every page of them is made."""

from pathlib import Path
from typing import Final

import pytest

from bench.load.__main__ import PAGE_BYTES
from bench.load.scenarios import SCENARIOS, write_site
from tests.helpers.site import load

SIZES: Final = {"body": 2_000, "titles": 10_000, "backlinks": 54}
"""Bytes, and one link more than a page shows; 24 of everything else."""
CODES: Final = {
    "files": {"asset-unused"},
    "wanted": {"target-wanted"},
    "wanted-apart": {"target-wanted"},
}
"""What is found in some of them; nothing in the others."""


@pytest.mark.parametrize("name", [name for name in SCENARIOS if name != "findings"])
def test_every_page_of_a_scenario_is_made_and_light(name: str, tmp_path: Path):
    write_site(tmp_path, name, SIZES.get(name, 24))
    site = load(tmp_path)
    assert {d.code for d in site.diagnostics} == CODES.get(name, {"broader-deep"} if name == "chain" else set())
    for url, route in site.routes.fixed.items():
        if url.endswith("/") and not url.startswith("/embed/"):
            assert len(site.render(route.url)) < PAGE_BYTES, url


def test_the_findings_of_a_scenario_are_of_many_kinds(tmp_path: Path):
    write_site(tmp_path, "findings", 40)
    found = [d.code for d in load(tmp_path).diagnostics]
    assert len(found) >= 40
    assert len(set(found)) >= 8
