"""Why a page is made again: the first reason that applies, from what it was made of before and is made of now."""

from pathlib import Path
from typing import Any, Final

import pytest

from site_builder.output.fingerprint import Fingerprint
from site_builder.output.manifest import PENDING, Written
from site_builder.output.stale import Stale, in_batches, why_stale
from site_builder.pages.route import Route
from site_builder.render.copy_file import Copy
from site_builder.render.graphml import GraphML
from site_builder.urls import Permalink

NOW: Final = Fingerprint(program="p", template="t", site="s", data="d")


def written(**changed: str) -> Written:
    """A file that was written whole, from what NOW says but for the changed parts."""
    return Written(NOW._replace(**changed), digest="b", size=1, mtime_ns=1)


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        pytest.param(written(), "", id="nothing changed"),
        pytest.param(None, "it is new", id="new"),
        pytest.param(PENDING, "nothing is known of its last build", id="build cut off, or cache lost"),
        pytest.param(written(program="x"), "the program or a library changed", id="program"),
        pytest.param(written(template="x"), "the template article.html changed", id="template"),
        pytest.param(written(site="x"), "the site's name, menu or settings changed", id="site"),
        pytest.param(written(data="x"), "its content changed, or something it shows of other pages", id="data"),
        pytest.param(
            written(program="x", template="x", site="x", data="x"), "the program or a library changed", id="all"
        ),
        pytest.param(
            written(template="x", site="x", data="x"), "the template article.html changed", id="all but program"
        ),
        pytest.param(written(site="x", data="x"), "the site's name, menu or settings changed", id="site and data"),
    ],
)
def test_the_first_reason(before: Written | None, reason: str) -> None:
    assert why_stale(NOW, before, "article.html") == reason


def test_every_part_of_a_fingerprint_counts() -> None:
    for part in Fingerprint._fields:
        assert why_stale(NOW, written(**{part: "x"}), "article.html") != "", part


@pytest.mark.parametrize(
    ("name", "changed", "is_intact"),
    [
        pytest.param("page.html", {}, True, id="as it was left"),
        pytest.param("other.html", {}, False, id="gone"),
        pytest.param("page.html", {"size": 4}, False, id="another size"),
        pytest.param("page.html", {"mtime_ns": 2_000_000_000}, False, id="another time"),
    ],
)
def test_a_file_is_intact(tmp_path: Path, name: str, changed: dict[str, Any], is_intact: bool) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(b"abc")
    status = file.stat()
    fields = {"size": status.st_size, "mtime_ns": status.st_mtime_ns, **changed}
    assert Written(NOW, digest="b", **fields).is_intact(tmp_path, name) is is_intact


def test_a_part_of_the_graph_is_a_batch_by_itself() -> None:
    """Whatever it is among: a page of megabytes must not wait in one process for others of its kind."""
    kinds = "cccggcgcccc"
    stale = [
        Stale(Route(Permalink(f"/{n}"), GraphML() if kind == "g" else Copy("x"), dict), None, NOW, "")
        for n, kind in enumerate(kinds)
    ]
    batches = list(in_batches(iter(stale), 3))
    assert [one for batch in batches for one in batch] == stale
    assert [len(batch) for batch in batches] == [3, 1, 1, 1, 1, 3, 1]
