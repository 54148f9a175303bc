"""The editorial diff tells no more and no less than a comparison of the two built trees does, whatever was edited."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.diagnostics import Severity
from site_builder.editions.document_changes import Effect
from site_builder.editions.editorial_diff import EditorialDiff, compare_sides
from site_builder.editions.git_revision import find_revision
from site_builder.editions.side import FolderPlace, RevisionPlace, open_sides
from site_builder.render.templating.template_set import forget_templates
from tests.helpers.output import clean_pages
from tests.helpers.site import overrides
from tests.properties.test_incremental import EDITS, Edit, World

EXAMPLES: Final = 100 if os.environ.get("SITE_BUILDER_TORTURE") == "full" else 5
NOBODY: Final = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=/dev/null"]


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(EDITS, min_size=1, max_size=6))
def test_it_equals_the_difference_of_the_built_trees(edits: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "now", {}, [])
        for arguments in (["init", "--quiet"], ["add", "--all"], [*NOBODY, "commit", "--quiet", "-m", "A"]):
            subprocess.run(["git", *arguments], cwd=world.root, check=True)
        shutil.copytree(world.root, Path(folder) / "before", ignore=shutil.ignore_patterns(".git"))
        for function, *chosen in edits:
            function(world, *chosen)
        before = clean_pages(Path(folder) / "before", **world.options())
        after = clean_pages(world.root, **world.options())
        forget_templates()
        for _ in ("first", "from the cache"):
            _assert_same(_diff(world), before, after)


def _diff(world: World) -> EditorialDiff:
    revision = RevisionPlace(find_revision(world.root, "HEAD"), "mkdocs.yml")
    here = world.root / "mkdocs.yml"
    with open_sides(revision, FolderPlace(here, "now"), here, overrides(**world.options())) as sides:
        return compare_sides(sides)


Pages = dict[str, bytes]


def _assert_same(diff: EditorialDiff, before: object, after: object) -> None:
    assert (diff.base.errors > 0, diff.head.errors > 0) == (before is None, after is None)
    if not isinstance(before, tuple) or not isinstance(after, tuple):
        return
    (old, found_before), (new, found_after) = before, after
    files = diff.files
    assert files.is_exact
    assert {(one.path, one.after) for one in files.added} == {(p, len(new[p])) for p in new.keys() - old.keys()}
    assert {(one.path, one.before) for one in files.removed} == {(p, len(old[p])) for p in old.keys() - new.keys()}
    changed = {p for p in old.keys() & new.keys() if old[p] != new[p]}
    assert {(one.path, one.before, one.after) for one in files.changed} == {
        (p, len(old[p]), len(new[p])) for p in changed
    }
    assert {d.code for d in diff.findings} <= {d.code for d in found_after}
    assert {d.code for d in diff.findings_gone} <= {d.code for d in found_before}
    assert not [d for d in diff.findings if d.severity is Severity.ERROR]
    assert (*files.faults_before, *files.faults_after) == ()
    _assert_documents(diff, old, new)


def _assert_documents(diff: EditorialDiff, old: Pages, new: Pages) -> None:
    for one in diff.documents:
        if "#" in one.url or one.url == "/":  # a card on a list; the home page is there without a text too
            continue
        had, has = (_is_page(pages, url) for pages, url in ((old, one.former_url or one.url), (new, one.url)))
        assert {Effect.ADDED: (False, True), Effect.REMOVED: (True, False)}.get(one.effect, (had, has)) == (had, has)
    assert not [lost for lost in diff.lost if f"{lost.url}index.html".lstrip("/") in new]
    told = {one.url for one in diff.lost} | {one.url for one in diff.documents if one.effect is Effect.REMOVED}
    articles = {p for p in old.keys() - new.keys() if p.startswith("articles/") and p.endswith("/index.html")}
    assert {f"/{p.removesuffix('index.html')}" for p in articles if p.count("/") == 2} <= told


def _is_page(pages: Pages, url: str) -> bool:
    page = pages.get(f"{url}index.html".lstrip("/"), b"")
    return bool(page) and b'http-equiv="refresh"' not in page
