"""Whole sites compared with `expected/`: what every address holds, byte for byte, in the real theme.

`make golden` re-makes the expected files; review the difference. `files.txt` names every file of the site, so that
nothing appears or vanishes unseen; of the pages, one of each kind is kept.
"""

import os
import shutil
from pathlib import Path
from typing import Final

import pytest

from tests.helpers.output import build, files
from tests.helpers.sites import GOLDEN, copy_golden

pytestmark = pytest.mark.golden

KEPT: Final = {
    "tiny": """
        2026/05/hollen/index.html
        404.html
        about/index.html
        api/articles/1.json
        api/entities/1.json
        api/graph.graphml
        api/graph.json
        api/graph/0.json
        api/index.json
        api/topics/1.json
        articles/flood-marks/index.html
        articles/hollen-dam/index.html
        articles/hollen-dam/index.md
        articles/hollen-press/index.html
        articles/index.html
        articles/river-heat/index.html
        atom.xml
        digest/2026-06/index.html
        digest/2026-W23/index.html
        digest/feed.json
        digest/index.html
        embed/hollen-dam/index.html
        entities/arvel-council/index.html
        entities/index.html
        feed.json
        feed.xml
        feeds.opml
        feeds/index.html
        graph/index.html
        index.html
        llms.txt
        report/index.html
        robots.txt
        search/facets/topic-1.json
        search/index.html
        search/index.json
        search/t/_.json
        sitemap.xml
        timeline/2026/06/index.html
        timeline/2026/index.html
        timeline/index.html
        tools/index.html
        topics/hydropower/entity/water-act/index.html
        topics/hydropower/feed.xml
        topics/hydropower/index.html
        topics/hydropower/index.md
        topics/hydropower/page/2/index.html
        topics/index.html
        wanted/index.html
    """.split(),
}
SECRETS: Final = ("SECRET-DRAFT", "SECRET-EMBARGO")
"""Words of the tiny site that stand in what readers must not see."""


@pytest.fixture(params=sorted(KEPT))
def built(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, dict[str, bytes]]:
    name: str = request.param
    root = copy_golden(name, tmp_path / name)
    build(root)
    return name, files(root / "site")


def test_golden(built: tuple[str, dict[str, bytes]]):
    name, made = built
    listed = "".join(f"{path}\n" for path in sorted(made))
    kept = {path: made[path] for path in KEPT[name]} | {"files.txt": listed.encode()}
    expected = GOLDEN / name / "expected"
    if os.environ.get("SITE_BUILDER_UPDATE_GOLDEN"):
        shutil.rmtree(expected, ignore_errors=True)
        for path, data in kept.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(data)
    before = files(expected)
    assert sorted(before) == sorted(kept)
    for path, data in kept.items():
        assert data.decode() == before[path].decode(), path


def test_nothing_hidden_leaks(built: tuple[str, dict[str, bytes]]):
    _, made = built
    for path, data in made.items():
        assert not any(word.encode() in data or word.lower() in path for word in SECRETS), path


def test_unlisted_is_named_by_its_own_pages_only(built: tuple[str, dict[str, bytes]]):
    """It has an address, but appears in no list, feed or sitemap."""
    _, made = built
    naming = {path for path, data in made.items() if b"UNLISTED" in data}
    assert naming == {"hidden/index.html", *(path for path in made if path.startswith("articles/minutes/"))}
    for address in (b"articles/minutes/", b"hidden/"):
        assert not any(address in data for path, data in made.items() if path not in naming)
