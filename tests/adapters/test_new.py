"""`new` and `add`: a site from nothing, and an article in it."""

import json
import re
import shlex
from pathlib import Path
from typing import Final

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from site_builder import __version__
from site_builder.cli import main
from site_builder.cli.site.check import BEGIN, END
from site_builder.starter.plan_site import SiteAnswers, starter_files
from tests.helpers.site import DATE

COMMIT: Final = re.compile(r"uses:\s*(\S+)@([0-9a-f]{40})")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site; commands run in its folder."""
    result = run("new", str(tmp_path / "my-field"))
    assert result.exit_code == 0, result.output
    monkeypatch.chdir(tmp_path / "my-field")
    return tmp_path / "my-field"


class TestNew:
    def test_has_no_finding_and_builds(self, site: Path):
        assert run("check", "--strict").output == "nothing to report in 3 files\n"
        assert run("build", "--strict").exit_code == 0
        home = (site / "site/index.html").read_text(encoding="utf-8")
        assert "<title>My field</title>" in home
        assert "CommonMark says exactly" in home

    def test_says_what_was_written_and_what_comes_next(self, tmp_path: Path):
        said = run("new", str(tmp_path / "a")).output
        assert {path for path in said.split() if (tmp_path / "a" / path).is_file()} == {
            str(path.relative_to(tmp_path / "a")) for path in (tmp_path / "a").rglob("*") if path.is_file()
        }
        assert f"cd {tmp_path / 'a'}\n" in said

    @pytest.mark.parametrize("job", ["check", "build"])
    def test_the_commands_of_its_workflow_run(self, site: Path, job: str):
        steps = yaml.safe_load((site / ".github/workflows/pages.yml").read_text(encoding="utf-8"))["jobs"][job]["steps"]
        commands = [str(step["run"]) for step in steps if "run" in step]
        assert commands[0] == "pip install -r requirements.txt"
        of_history = ("git worktree", "diff HEAD^1")  # see test_workflows.py
        for command in (one for one in commands[1:] if not any(word in one for word in of_history)):
            command = command.replace("$RUNNER_TEMP", str(site))  # noqa: PLW2901 (as the shell does)
            program, *arguments = shlex.split(command.replace("$SITE_URL", "https://someone.example/kb/"))
            assert program == "site-builder"
            result = run(*arguments)
            assert result.exit_code == 0, result.output

    def test_its_actions_are_those_of_this_repository(self, site: Path):
        theirs = sorted((site / ".github/workflows").glob("*.yml"))
        assert len(theirs) > 1
        for path in theirs:
            ours = (Path(__file__).parents[2] / ".github/workflows" / path.name).read_text(encoding="utf-8")
            assert set(COMMIT.findall(path.read_text(encoding="utf-8"))) == set(COMMIT.findall(ours))

    def test_text_editors_find_what_check_prints(self, site: Path):
        """A line of a finding, and those around each check of `--watch`."""
        task = json.loads((site / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"][0]
        matcher = task["problemMatcher"]
        (site / "content/articles/b.md").write_text("---\ntitle: 5\n---\n", encoding="utf-8")
        first = run("check").output.splitlines()[0]
        found = re.fullmatch(matcher["pattern"]["regexp"], first)
        assert found
        assert found[matcher["pattern"]["file"]] == "content/articles/b.md"
        assert found[matcher["pattern"]["severity"]] == "error"
        assert re.match(matcher["background"]["beginsPattern"], BEGIN)
        assert re.match(matcher["background"]["endsPattern"], END)

    def test_the_schema_of_its_settings_knows_them(self, site: Path):
        schema = json.loads((site / ".vscode/mkdocs.schema.json").read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        settings = yaml.safe_load((site / "mkdocs.yml").read_text(encoding="utf-8"))
        assert validator.is_valid(settings)
        for wrong in ({"accnt": "#fff"}, {"per_page": "many"}, {"menu": ["topic"]}, {"home": ["tools", "x"]}):
            assert not validator.is_valid({**settings, "plugins": [{"site_builder": wrong}]})
        assert schema["$defs"]["Options"]["properties"]["accent"]["description"].startswith("Colour of links")
        assert json.loads(run("schema", "--settings").output) == schema

    def test_any_name_is_a_name(self):
        files = starter_files(SiteAnswers('No: "it" \\ is # *x*', "https://example.org/"), DATE)
        texts = {str(file.path): file.text for file in files}
        assert yaml.safe_load(texts["mkdocs.yml"])["site_name"] == 'No: "it" \\ is # *x*'
        assert f"=={__version__}\n" in texts["requirements.txt"]

    def test_files_of_a_clone_stay_as_they_are(self, tmp_path: Path):
        (tmp_path / "README.md").write_text("Mine\n")
        result = run("new", str(tmp_path))
        assert "Left as they were: README.md." in result.output
        assert (tmp_path / "README.md").read_text() == "Mine\n"

    def test_beside_texts_of_ones_own_no_example_is_written(self, tmp_path: Path):
        (tmp_path / "content").mkdir()
        (tmp_path / "content/notes.md").write_text("Mine\n")
        run("new", str(tmp_path))
        assert [path.name for path in (tmp_path / "content").rglob("*")] == ["notes.md"]
        assert (tmp_path / "mkdocs.yml").is_file()

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["."], "it is a site"),
            (["mkdocs.yml"], "is a file"),
            (["x", "--url", "example"], "must start with https://"),
        ],
    )
    def test_what_cannot_be_made_is_said(self, site: Path, arguments: list[str], said: str):
        before = sorted(site.rglob("*"))
        result = run("new", *arguments)
        assert result.exit_code == 2
        assert said in " ".join(result.output.split())
        assert sorted(site.rglob("*")) == before


class TestAdd:
    def test_makes_a_draft_that_needs_no_mending(self, site: Path):
        result = run("add", 'Größe: "what" it says', "--topic", "Writing", "--date", "2026-06-03")
        assert result.exit_code == 0, result.output
        path = site / "content/articles/grosse-what-it-says.md"
        front = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
        assert front["title"] == 'Größe: "what" it says'
        assert (str(front["date"]), front["topics"], front["status"]) == ("2026-06-03", ["writing"], "draft")
        assert run("check", "--strict", "--drafts").output == "nothing to report in 4 files\n"

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["A", "--topic", "writting"], 'did you mean "writing"?'),
            (["A", "--topic", "law"], "write topics/law.md first"),
            (["CommonMark spec"], "already; choose another name with --slug"),
            (["A", "--slug", "a/b"], "cannot be the name of a page"),
            (["?!"], "needs a letter or a digit"),
        ],
    )
    def test_what_cannot_be_added_is_said(self, site: Path, arguments: list[str], said: str):
        result = run("add", *arguments)
        assert result.exit_code == 2
        assert said in " ".join(result.output.split())
        assert len(list((site / "content/articles").iterdir())) == 1
