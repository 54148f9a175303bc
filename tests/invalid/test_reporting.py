"""A run reports all findings at once, in every form, with an honest exit code."""

import json
from pathlib import Path

import pytest

from tests.helpers.site import Files, MakeSite, article
from tests.invalid.run import run_check

BROKEN: Files = {
    "01": b"",
    "02": b"\xff\xfe",
    "03": "no front matter\n",
    "04": "---\ntitle: A\n",
    "05": "---\ntitle: A: B\n---\n",
    "06": "---\n- a\n---\n",
    "07": article(date="2026-02-30"),
    "08": article(zebra=1),
    "09": article("A", "[x](gone.md)\n"),
    "10": article("A", "- " * 3000 + "x\n"),
}
CODES = [
    "file-empty", "not-utf8", "front-matter-missing", "front-matter-unclosed", "front-matter-yaml",
    "front-matter-shape", "date-invalid", "key-unknown", "link-missing", "markdown-failed",
]  # fmt: skip


@pytest.fixture
def broken(make_site: MakeSite) -> Path:
    return make_site({f"content/articles/{name}.md": text for name, text in BROKEN.items()})


def test_no_finding_hides_another(broken: Path):
    exit_code, output, _ = run_check(broken, "--format", "json")
    found = json.loads(output)
    assert exit_code == 1
    assert [(d["path"], d["code"]) for d in found] == [
        (f"content/articles/{name}.md", code) for name, code in zip(BROKEN, CODES, strict=True)
    ]


@pytest.mark.parametrize("name", ["text", "json", "github", "sarif"])
def test_every_form_has_them_all(broken: Path, name: str):
    _, output, errors = run_check(broken, "--format", name)
    for number, code in zip(BROKEN, CODES, strict=True):
        assert f"content/articles/{number}.md" in output
        assert code in output
    assert "10 errors in 10 of 10 files" in (output if name == "text" else errors)


def test_a_second_run_says_the_same(broken: Path):
    """The second is told by the cache."""
    assert run_check(broken) == run_check(broken)


@pytest.mark.parametrize(
    ("files", "arguments", "exit_code"),
    [
        ({}, [], 0),
        ({"content/articles/a.md": article(similar=["b"])}, [], 0),
        ({"content/articles/a.md": article(similar=["b"])}, ["--strict"], 1),
        ({"content/articles/a.md": ""}, [], 1),
        ({"mkdocs.yml": "site_name: A: B\n"}, [], 2),
        ({}, ["--config", "gone.yml"], 2),
        ({}, ["--date", "2026-02-30"], 2),
        ({}, ["--format", "xml"], 2),
    ],
)
def test_exit_codes(make_site: MakeSite, files: dict[str, str], arguments: list[str], exit_code: int):
    assert run_check(make_site(files), *arguments)[0] == exit_code


@pytest.mark.parametrize("name", ["json", "sarif"])
def test_a_clean_site_is_valid_output_too(make_site: MakeSite, name: str):
    exit_code, output, errors = run_check(make_site({}), "--format", name)
    assert exit_code == 0
    assert json.loads(output) is not None
    assert "nothing to report" in errors


@pytest.mark.parametrize("name", ["json", "sarif", "github"])
def test_wrong_settings_come_in_every_form(make_site: MakeSite, name: str):
    exit_code, output, _ = run_check(make_site({"mkdocs.yml": "- x\n"}), "--format", name)
    assert exit_code == 2
    assert "mkdocs.yml" in output
