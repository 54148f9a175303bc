"""The benchmark of builds: a synthetic site that is the same each time and has no findings, built in two ways."""

from pathlib import Path

import pytest

from bench import __main__ as bench
from bench import commands, growth
from bench.process import FailedRunError, Run, run
from bench.synthetic import make_site
from site_builder.config import load_config
from site_builder.pipeline import Site


def test_everything_is_switched_on(tmp_path: Path):
    make_site(tmp_path, 30)
    config, _ = load_config(tmp_path / "mkdocs.yml")
    assert config is not None
    options = config.options
    for name in ("search", "social_images", "link_mentions", "related_items", "newsletter_action", "suggest_url"):
        assert getattr(options, name), name
    articles = (tmp_path / "content/articles").glob("*.md")
    assert {article.read_text(encoding="utf-8").count("{to: ") for article in articles} == {6}


def test_different_bytes_are_reported(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def build(root: Path, command: str, *options: str) -> Run:
        (root / "site").mkdir(exist_ok=True)
        (root / ".cache").mkdir(exist_ok=True)
        if command == "build":
            (root / "site" / "file").write_text(" ".join(options), encoding="utf-8")
        return Run(1.0, 1.0, 2.0)

    monkeypatch.setattr(growth, "_run", build)
    with pytest.raises(SystemExit, match="not give the same bytes"):
        bench.main(["10", "--no-peers"])
    assert "DIFFER" in capsys.readouterr().out


def test_a_command_that_fails_says_why(tmp_path: Path):
    with pytest.raises(FailedRunError, match=r"(?s)ended with 3:\nthe reason"):
        run(("sh", "-c", "echo the reason >&2; exit 3"), tmp_path)


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
    assert site.content.files_read == 52
    site.close()


def test_commands_are_measured_after_an_edit(tmp_path: Path):
    seconds = commands.measure(tmp_path, articles=12, rounds=1)
    assert set(seconds) == {"check", "render", "mv", "build"}
    assert all(value > 0 for value in seconds.values())
    assert (tmp_path / "ours" / commands.EDITED).read_text(encoding="utf-8").count("One more line") == 4
