"""The profile of a build: whose time it is, and where the tables go."""

import cProfile
import pstats
from pathlib import Path

import pytest

from bench import profile
from bench.peers.environment import ROOT
from bench.peers.record import PAGE
from site_builder.urls import slugify


@pytest.mark.parametrize(
    ("file", "part"),
    [
        (str(ROOT / "site_builder/pages/plan.py"), "site_builder/pages"),
        (str(ROOT / "site_builder/urls.py"), "site_builder/urls.py"),
        (str(ROOT / "templates/article.html"), "templates"),
        ("/x/lib/python3.12/site-packages/jinja2/runtime.py", "jinja2"),
        ("/x/lib/python3.12/site-packages/typing_extensions.py", "typing_extensions"),
        ("/x/lib/python3.12/re/_parser.py", "Python: re"),
        ("/x/lib/python3.12/pathlib.py", "Python: pathlib"),
        ("~", "Python: built in"),
        ("<frozen importlib._bootstrap>", "Python: built in"),
        ("<template>", "templates"),
    ],
)
def test_parts(file: str, part: str):
    assert profile.part_of(file) == part


def test_code_in_c_counts_for_its_caller():
    ours, c = (str(ROOT / "site_builder/urls.py"), 1, "f"), ("~", 0, "<built-in method sorted>")
    shares = profile.by_part({ours: (1, 1, 1.0, 4.0, {}), c: (2, 2, 3.0, 3.0, {ours: (2, 2, 3.0, 3.0)})})
    assert shares == {"site_builder/urls.py": 4.0}


def test_a_profile_of_python_can_be_read(tmp_path: Path):
    with cProfile.Profile() as run:
        for number in range(200):
            slugify(f"Some title {number}")
    run.dump_stats(tmp_path / "profile")
    stats = pstats.Stats(str(tmp_path / "profile")).stats  # type: ignore[attr-defined] # not in the stubs
    shares = profile.by_part(stats)
    assert shares["site_builder/urls.py"] > 0
    assert list(shares.values()) == sorted(shares.values(), reverse=True)


def test_the_page_has_a_place_for_it():
    text = profile.with_profile(PAGE.read_text(encoding="utf-8"), "THE PROFILE")
    assert text.count("THE PROFILE") == 1
    assert profile.with_profile(text, "ANOTHER").count("THE PROFILE") == 0
    with pytest.raises(ValueError, match="no place"):
        profile.with_profile("# A page\n", "x")
