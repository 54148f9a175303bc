"""The synthetic site that benchmarks build: the same each time, and without a fault."""

from pathlib import Path

from bench.synthetic import make_site
from site_builder.config import load_config
from site_builder.pipeline import Site


def test_it_is_sound_and_the_same_each_time(tmp_path: Path):
    for name in ("a", "b"):
        make_site(tmp_path / name, 30)
    files = [sorted((tmp_path / name / "content").rglob("*.md")) for name in ("a", "b")]
    assert [f.read_bytes() for f in files[0]] == [f.read_bytes() for f in files[1]]
    config, found = load_config(tmp_path / "a/mkdocs.yml")
    assert config is not None
    assert found == []
    site = Site.load(config)
    assert site.diagnostics == ()
    assert site.files == 46
    site.close()
