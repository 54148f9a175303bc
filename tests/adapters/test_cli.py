"""The command line: exit codes, what goes to which stream, and help that answers at once and by example."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from site_builder import __version__
from site_builder.cli import main
from site_builder.pipeline import STAGES
from tests.helpers.growth import assert_cost_ratio
from tests.helpers.output import files, stamps
from tests.helpers.site import DATE, MKDOCS_YML, MakeSite, article, page, topic, write_files

COMMANDS: Final = sorted(main.commands)
SITE: Final = {
    "content/articles/a.md": article("Alpha", "See [[b]].\n", topics=["t"]),
    "content/articles/b.md": article("Beta"),
    "content/articles/later.md": article("Later", publish="2026-07-02"),
    "content/topics/t.md": topic("Tee"),
}
WARNED: Final = {**SITE, "content/articles/c.md": article("Gamma", "[[nobody]]\n")}
BROKEN: Final = {**SITE, "content/articles/c.md": article("Gamma", "[x](nothing.md)\n")}
CLOSING: Final = re.compile(
    r"Built (\d+) files from (\d+) documents into (.+/): (\d+) written(?:, (\d+) removed)?, in \d+\.\d\d s\.\n"
    r"(?:.* held back by an embargo until .*\n)?"
)


def run(root: Path, *arguments: str, date: str = str(DATE)) -> Result:
    """A command as from the site's folder, in this process."""
    before = Path.cwd()
    os.chdir(root)
    try:
        result = CliRunner().invoke(main, [arguments[0], "--date", date, "--jobs", "1", *arguments[1:]])
    finally:
        os.chdir(before)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_help_lists_every_command_with_its_promise() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    assert "site-builder build" in result.stdout
    for name, command in main.commands.items():
        assert re.search(rf"^  {name}\s+\w.+", result.stdout, re.MULTILINE)
        assert command.get_short_help_str()


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_teaches_by_example(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert re.search(rf"^\s+site-builder {name}\b", result.stdout, re.MULTILINE)
    for parameter in main.commands[name].params:
        assert getattr(parameter, "help", "") or parameter.param_type_name == "argument", f"{parameter.name} is untold"


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_in_help_are_right(name: str) -> None:
    """Every option in an example is one of the command."""
    known = {option for parameter in main.commands[name].params for option in parameter.opts}
    examples = re.findall(
        rf"^\s+site-builder {name} (.*)$", CliRunner().invoke(main, [name, "--help"]).stdout, re.MULTILINE
    )
    assert {word for line in examples for word in re.findall(r"(?<!\S)--?[a-z][\w-]*", line)} <= known


def test_version() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert result.stdout == f"site-builder, version {__version__}\n"


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize(
    ("site", "arguments", "expected"),
    [
        (SITE, [], 0),
        (SITE, ["--strict"], 0),
        (WARNED, [], 0),
        (WARNED, ["--strict"], 1),
        (BROKEN, [], 1),
        (SITE, ["--no-such-option"], 2),
        (SITE, ["--date", "2026-02-30"], 2),
        (SITE, ["--jobs", "0"], 2),
        (SITE, ["--format", "yaml"], 2),
        (SITE, ["-f", "elsewhere.yml"], 2),
        ({**SITE, "mkdocs.yml": MKDOCS_YML.replace("site_name", "site_nam")}, [], 2),
    ],
    ids=[
        "clean",
        "strict",
        "warned",
        "warned-strict",
        "broken",
        "option",
        "date",
        "jobs",
        "format",
        "no-file",
        "settings",
    ],
)
def test_exit_codes(
    command: str, site: dict[str, str], arguments: list[str], expected: int, make_site: MakeSite
) -> None:
    result = run(make_site(site), command, *arguments)
    assert result.exit_code == expected, result.output


ARGUMENTS: Final = {
    "add": ["A title"],
    "mv": ["a", "b"],
    "suggest": ["a"],
    "explain": ["a", "b"],
    "graph": ["--graphml", "-"],
    "import": ["-"],
    "render": ["/"],
}
"""What a command cannot do without."""


def given(name: str, option: str, value: str) -> list[str]:
    return [name, *ARGUMENTS.get(name, ()), option, value]


def options(name: str) -> set[str]:
    return {option for parameter in main.commands[name].params for option in parameter.opts}


@pytest.mark.parametrize("name", [name for name in COMMANDS if "--date" in options(name)])
def test_every_command_reads_dates_alike(name: str) -> None:
    result = CliRunner().invoke(main, given(name, "--date", "2026-02-30"))
    assert result.exit_code == 2
    assert '"2026-02-30" is not a valid date in the form YYYY-MM-DD' in result.stderr


@pytest.mark.parametrize("name", [name for name in COMMANDS if "--config" in options(name)])
def test_every_command_ends_with_wrong_settings(name: str, make_site: MakeSite) -> None:
    root = make_site({**SITE, "mkdocs.yml": MKDOCS_YML.replace("site_name", "site_nam")})
    result = CliRunner().invoke(main, given(name, "--config", str(root / "mkdocs.yml")))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "[settings]" in result.stderr


def test_suggest_for_programs(make_site: MakeSite) -> None:
    """Standard output holds the findings only; `--json` is for the suggestions."""
    root = make_site(SITE)
    found = CliRunner().invoke(main, ["suggest", "aa", "-f", str(root / "mkdocs.yml"), "--format", "json"])
    assert [d["code"] for d in json.loads(found.stdout)] == ["document-unknown"]
    fine = CliRunner().invoke(main, ["suggest", "a", "-f", str(root / "mkdocs.yml"), "--format", "json"])
    assert (fine.exit_code, json.loads(fine.stdout)) == (0, [])
    assert "content/articles/a.md: Alpha" in fine.stderr
    both = CliRunner().invoke(main, ["suggest", "a", "--json", "--format", "json"])
    assert both.exit_code == 2


def test_build_says_what_an_embargo_decides(make_site: MakeSite) -> None:
    first = make_site({**SITE, "content/pages/late.md": page("Late", publish="2026-08-01")})
    held = "2 documents are held back by an embargo until 2026-07-02, the last until 2026-08-01"
    for _ in range(2):  # the second build finds everything as it was
        assert run(first, "build").stdout.endswith(f"{held} (today: {DATE}, timezone: UTC).\n")
    ended = run(first, "build", date="2026-08-01").stdout
    assert ended.endswith("\n1 document is published from today on (today: 2026-08-01, timezone: UTC).\n")
    assert "embargo" not in run(first, "build", "--drafts").stdout
    assert run(first, "build", date="2026-08-02").stdout.count("\n") == 1


def test_build_says_one_line(make_site: MakeSite) -> None:
    root = make_site(SITE)
    result = run(root, "build")
    match = CLOSING.fullmatch(result.stdout)
    assert match
    before = files(root / "site")
    assert match.groups() == (str(len(before)), "4", "site/", match[1], None)
    assert result.stderr == ""
    (root / "content/articles/b.md").unlink()
    write_files(root, {"content/articles/a.md": article("Alpha", topics=["t"])})
    match = CLOSING.fullmatch(run(root, "build").stdout)
    assert match
    assert match[5] == str(len(before.keys() - files(root / "site").keys()))
    assert "articles/b/index.html" in before


def test_findings_of_a_build_go_to_standard_error(make_site: MakeSite) -> None:
    result = run(make_site(WARNED), "build")
    assert CLOSING.fullmatch(result.stdout)
    assert result.stderr == (
        'content/articles/c.md:8:3: warning: nothing is called "nobody" yet [target-wanted]\n'
        "  hint: write content/articles/nobody.md, or remove the link\n"
        "1 warning in 1 of 5 files\n"
    )


def test_a_build_that_is_stopped_says_that_nothing_was_written(make_site: MakeSite) -> None:
    root = make_site(SITE)
    run(root, "build")
    before = stamps(root / "site")
    write_files(root, BROKEN)
    result = run(root, "build")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.endswith("1 error in 1 of 5 files\nNothing was written: site/ was not changed.\n")
    assert stamps(root / "site") == before


def test_check_writes_nothing(make_site: MakeSite) -> None:
    root = make_site(SITE)
    result = run(root, "check")
    assert (result.stdout, result.stderr) == ("nothing to report in 4 files\n", "")
    assert not (root / "site").exists()


@pytest.mark.parametrize("command", ["build", "check"])
def test_json(command: str, make_site: MakeSite) -> None:
    result = run(make_site(WARNED), command, "--format", "json")
    (finding,) = json.loads(result.stdout)
    assert (finding["path"], finding["line"], finding["code"]) == ("content/articles/c.md", 8, "target-wanted")
    assert "1 warning" in result.stderr


def test_github_and_sarif(make_site: MakeSite) -> None:
    root = make_site(WARNED)
    assert run(root, "check", "--format", "github").stdout.startswith(
        "::warning file=content/articles/c.md,line=8,col=3,"
    )
    assert json.loads(run(root, "check", "--format", "sarif").stdout)["version"] == "2.1.0"


def test_wrong_settings_are_findings_too(make_site: MakeSite) -> None:
    root = make_site({**SITE, "mkdocs.yml": MKDOCS_YML.replace("- site_builder", "- site_builder: {per_pag: 3}")})
    result = run(root, "check", "--format", "json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)[0]["hint"] == 'did you mean "per_page"?'


def explained(root: Path, *arguments: str, date: str = str(DATE)) -> dict[str, str]:
    output = run(root, "build", "--explain", *arguments, date=date).stdout
    lines = output[: output.index("Built ")].splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_timings_name_every_stage_in_order(make_site: MakeSite) -> None:
    root = make_site({"content/articles/a.md": article("A")})
    printed = run(root, "build", "--timings").stdout.splitlines()[:-1]
    assert [line.split()[0] for line in printed] == [stage for stage in STAGES if stage not in {"mentions", "copy"}]


def test_explain(make_site: MakeSite) -> None:
    root = make_site(SITE)
    assert set(explained(root).values()) == {"it is new"}
    assert explained(root) == {}
    write_files(root, {"content/articles/b.md": article("Beta", "More.\n")})
    changed = "content/articles/b.md (text)"
    told = {path: why for path, why in explained(root).items() if not path.startswith("search/")}
    assert told == {"articles/b/index.html": changed, "articles/b/index.md": changed}
    (root / "site/topics/t/index.html").unlink()
    (root / "site/robots.txt").write_text("x", encoding="utf-8")
    gone = "the file was changed or removed since it was written"
    assert explained(root) == {"robots.txt": gone, "topics/t/index.html": gone}
    write_files(root, {"templates/topic.html": "{{ page.title }}"})
    assert explained(root) == {"topics/t/index.html": "the template topic.html changed"}
    write_files(root, {"mkdocs.yml": MKDOCS_YML.replace("Test site", "Other name")})
    assert set(explained(root).values()) == {
        "name of the site changed, which every page shows; the setting site_name changed"
    }
    write_files(root, {"content/articles/d.md": article("Delta")})
    assert explained(root)["articles/d/index.html"] == "it is new"
    assert "articles/later/index.html" in explained(root, date="2026-07-02")


def test_options_of_a_build(make_site: MakeSite) -> None:
    root = make_site(SITE)
    assert "into out/sub/:" in run(root, "build", "--out", "out/sub", "--site-url", "https://other.example").stdout
    assert b"https://other.example/articles/a/" in files(root / "out/sub")["sitemap.xml"]
    assert "articles/later/index.html" not in files(root / "out/sub")
    run(root, "build", "--out", "drafts", "--drafts")
    assert "articles/later/index.html" in files(root / "drafts")
    run(root, "build", "--out", "dated", date="2026-07-02")
    assert "articles/later/index.html" in files(root / "dated")
    assert not (root / "site").exists()


def test_from_another_folder(make_site: MakeSite, tmp_path: Path) -> None:
    root = make_site(SITE)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    result = run(elsewhere, "build", "-f", str(root / "mkdocs.yml"))
    assert f"into {root}/site/:" in result.stdout
    assert list(elsewhere.iterdir()) == []
    result = run(elsewhere, "build", "-f", "../site/mkdocs.yml", "-o", "here")
    assert "into here/:" in result.stdout
    assert files(elsewhere / "here") == files(root / "site")


def test_no_settings_file(tmp_path: Path) -> None:
    result = run(tmp_path, "build")
    assert result.exit_code == 2
    assert result.stderr == (
        'mkdocs.yml:1:1: error: "mkdocs.yml" does not exist [settings]\n'
        "  hint: run this in the folder of your site, or name the file with --config\n"
        "1 error in 1 of 1 file\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "out", [".", "..", "/", "content", "content/articles", "content/x", "templates", "templates/x"]
)
def test_out_must_be_a_folder_of_its_own(out: str, make_site: MakeSite) -> None:
    root = make_site({**SITE, "templates/topic.html": "{{ page.title }}"})
    before = files(root)
    result = run(root, "build", "--out", out)
    assert result.exit_code == 2
    assert "the site cannot be written to" in result.stderr
    assert files(root) == before


@pytest.mark.parametrize("out", ["content-site", "../other", "a/b/c"])
def test_other_folders_are_fine(out: str, make_site: MakeSite) -> None:
    root = make_site(SITE)
    assert run(root, "build", "--out", out).exit_code == 0
    assert (root / out / "index.html").is_file()


def test_schema(tmp_path: Path) -> None:
    printed = CliRunner().invoke(main, ["schema"])
    assert json.loads(printed.stdout)["anyOf"]
    written = CliRunner().invoke(main, ["schema", "--out", str(tmp_path / "schema.json")])
    assert (written.stdout, written.exit_code) == ("", 0)
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == printed.stdout


def test_as_a_program(make_site: MakeSite) -> None:
    """Piped, nothing but the closing line; `python -m site_builder` is the same."""
    root = make_site(SITE)
    command = [sys.executable, "-m", "site_builder", "build", "--date", str(DATE)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    assert CLOSING.fullmatch(done.stdout)
    assert done.stderr == ""


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run without coverage, which has modules and a cost of its own."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


def test_help_needs_no_heavy_module(unmeasured: None) -> None:
    code = (
        "import sys, click\nfrom site_builder.cli import main\n"
        "main(['--help'], standalone_mode=False)\nprint(*sys.modules, sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    loaded = {line.split(".")[0] for line in done.stdout.splitlines()}
    assert (
        loaded & {"pydantic", "jinja2", "mkdocs", "markdown", "yaml", "msgspec", "numpy", "sqlite3", "watchdog"}
        == set()
    )


def test_help_answers_at_once(unmeasured: None) -> None:
    """Measured against a Python that starts and imports click, which no program on click can undercut."""

    def run(*arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], capture_output=True, timeout=60, check=True)

    assert_cost_ratio(lambda: run("-c", "import click"), lambda: run("-m", "site_builder", "--help"), at_most=3)


def test_explain_mentions_a_veto(make_site: MakeSite) -> None:
    def explanation(files: dict[str, str], *options: str) -> str:
        root = make_site(files)
        return CliRunner().invoke(main, ["explain", "a", "b", "-f", str(root / "mkdocs.yml"), *options]).stdout

    kept_apart = {**SITE, "content/articles/b.md": article("Beta", unrelated=["a"])}
    assert explanation(kept_apart).endswith('\nnever suggested to readers: b lists a under "unrelated"\n')
    assert json.loads(explanation(kept_apart, "--json"))["vetoed_by"] == ["b"]
    assert "unrelated" not in explanation(SITE)


@pytest.mark.parametrize(
    "arguments",
    [
        ("render", "/\x1b]0;x\x07"),
        ("render", "/a\n::error::x"),
        ("check", "\u202ex"),
        ("explain", "\x9b2J"),
        ("mv", "a\r\n ::error::x", "b"),
        ("\x1b]0;x\x07",),
        ("--\x1b]0;x\x07",),
        ("check", "--format", "\x1b]0;x\x07"),
        ("serve", "--port", "0", "--host", "\u202ex"),
    ],
)
def test_a_refusal_quotes_arguments_without_what_moves_a_terminal(
    arguments: tuple[str, ...], make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_site(SITE))
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code in {1, 2}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", result.output)
    assert not re.search(r"^\s*::", result.output, re.MULTILINE)


def test_pages_that_are_opened_from_a_disk_link_to_files(make_site: MakeSite) -> None:
    root = make_site(SITE)
    assert run(root, "build", "--index-links", "--out", "preview").exit_code == 0
    pages = [path for path in (root / "preview").rglob("*.html") if path.name != "404.html"]
    found = 0
    for path in pages:
        for url in re.findall(r'(?:href|src)="([^"#?:]+)(?:[#?][^"]*)?"', path.read_text(encoding="utf-8")):
            found += 1
            assert (path.parent / url).is_file(), f"{path}: {url}"
    assert found > 100
    assert run(root, "build", "--out", "preview").exit_code == 0
    assert 'href="../b/"' in (root / "preview/articles/a/index.html").read_text(encoding="utf-8")
