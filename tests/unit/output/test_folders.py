"""Folders of a site whose files went by other hands."""

import shutil

from tests.helpers.output import build
from tests.helpers.site import MakeSite, article, topic, write_files


def test_a_folder_that_empties_while_files_come_is_there_for_them(make_site: MakeSite):
    """MkDocs empties the site folder before each build of `serve`."""
    root = make_site(
        {
            "content/articles/a.md": article("A", topics=["t"]),
            "content/articles/b.md": article("B", source={"name": "Another"}),
            "content/topics/t.md": topic("T"),
        }
    )
    build(root)
    site = root / "site"
    for path in site.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
    write_files(root, {"content/articles/a.md": article("A")})  # there is no search by topics any more, but by sources
    build(root)
    assert (site / "search/facets/source-1.json").is_file()
    assert not (site / "search/facets/topic-1.json").exists()
