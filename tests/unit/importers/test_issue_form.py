"""What readers write into the issue form: answers by their labels, and nothing that an answer could reach."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.importers.issue_form import ADDRESS, LABELS, TEXT, parse_answers, read_issue
from site_builder.importers.source import SourceError, SourceForm
from tests.helpers.site import MakeSite, article, check

ROOT = Path(__file__).parents[3]
FORMS = (ROOT / ".github/ISSUE_TEMPLATE", ROOT / "site_builder/starter/files/dot-github/ISSUE_TEMPLATE")
TODAY = dt.date(2026, 6, 10)
PAGE = """\
Mayo Clinic and Microsoft plan a frontier model for medicine
June 3, 2026
By Jane Doe

Mayo Clinic and Microsoft said on Wednesday that they will build a model for medicine together. The model will be
trained on records without names. Hospitals will be able to use it from next year on, the two said in a statement.

The plan has been criticised by people who work on privacy. They ask who may look at the records, and for how long.
"""
URL = "https://news.example.org/2026/06/model"


def issue(address: str = URL, text: str = "", why: str = "It matters.") -> str:
    """The text of an issue, as GitHub makes it from the form."""
    fenced = f"```text\n{text}\n```" if text else "_No response_"
    answers = (address, why, "Privacy, Law", "_No response_", fenced)
    return "".join(f"### {label}\n\n{said}\n\n" for label, said in zip(LABELS, answers, strict=True))


@pytest.mark.parametrize("folder", FORMS, ids=["ours", "starter"])
def test_the_form_asks_what_is_read(folder: Path) -> None:
    form = yaml.safe_load((folder / "suggest-article.yml").read_text(encoding="utf-8"))
    assert tuple(field["attributes"]["label"] for field in form["body"]) == LABELS
    assert "article" in form["labels"]
    assert form["body"][-1]["attributes"]["render"] == "text"  # a page's text mentions nobody and links no issue


def test_a_new_site_has_our_forms() -> None:
    ours, starter = ({path.name: path.read_text() for path in folder.glob("*.yml")} for folder in FORMS)
    assert ours == starter


def test_answers() -> None:
    found = parse_answers(issue(text=PAGE))
    assert found == {ADDRESS: URL, "Why it belongs here": "It matters.", "Topics": "Privacy, Law", TEXT: PAGE.strip()}
    longer = f"{PAGE}\n### Topics\n\nNone."
    assert parse_answers(issue(text=longer)) == {**found, TEXT: longer}
    assert parse_answers(issue(text=PAGE).replace("\n", "\r\n")) == found
    assert parse_answers("Just words.") == parse_answers("") == {}
    assert parse_answers(f"### {ADDRESS}\n\n{URL}\n\n### {ADDRESS}\n\nhttps://other.example/\n")[ADDRESS].startswith(
        URL
    )


def read(tmp_path: Path, text: str | bytes) -> Any:
    file = tmp_path / "issue"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_issue(str(file), TODAY)


def test_the_text_is_read_where_there_is_one(tmp_path: Path) -> None:
    source, form = read(tmp_path, issue(text=PAGE))
    assert (source.url, form, source.data.decode()) == (URL, SourceForm.TEXT, PAGE.strip())


@pytest.mark.parametrize("shape", [lambda i: {"issue": i, "action": "labeled"}, lambda i: i], ids=["event", "issue"])
def test_githubs_json(shape: Any, tmp_path: Path) -> None:
    told = json.dumps(shape({"body": issue(text=PAGE), "title": "Article: x", "number": 3}))
    assert read(tmp_path, told)[0].data.decode() == PAGE.strip()


@pytest.mark.parametrize(
    "address",
    [
        "/etc/passwd", "mkdocs.yml", "-", "file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/a", "",
        "$(touch x)", "`touch x`", "--into=/tmp", "--help", "https://", "https:///a", "http://[", "https://a b",
        f"{URL}\n/etc/passwd", f"see {URL}", "\\\\server\\share",
    ],
)  # fmt: skip
def test_what_is_no_address_is_asked_for_nothing(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "site_builder.importers.fetch.fetch_page.fetch", lambda *_a, **_k: pytest.fail("it was fetched")
    )
    monkeypatch.setattr("site_builder.importers.issue_form.read_source", lambda *_a, **_k: pytest.fail("it was read"))
    with pytest.raises(SourceError, match="neither the address of a page nor its text"):
        read(tmp_path, issue(address))


@pytest.mark.parametrize("given", [b"", b"{}", b'{"issue": 3}', b'{"body": null}', b"{" * 5000, b"\xff\xfe", b"[" * 9])
def test_what_is_no_issue_is_refused(given: bytes, tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read(tmp_path, given)
    with pytest.raises(SourceError, match="larger than 2 MB"):
        read(tmp_path, b"x" * 3_000_000)
    with pytest.raises(SourceError, match="cannot be read"):
        read_issue(str(tmp_path / "none"), TODAY)


def test_an_issue_becomes_a_draft_like_any_other(make_site: MakeSite) -> None:
    """The same file as the text alone gives, and a site that passes `check`."""
    root = make_site({"content/articles/a.md": article()})
    (root / "issue.json").write_text(json.dumps({"issue": {"body": issue(text=PAGE)}}))
    (root / "page.txt").write_text(PAGE.strip())
    arguments = ["import", "-f", str(root / "mkdocs.yml"), "--retrieved", "2026-06-10", "--untrusted"]
    made = []
    for more in (["--issue", str(root / "issue.json")], [str(root / "page.txt"), "--url", URL]):
        done = CliRunner().invoke(main, [*arguments, *more])
        assert done.exit_code == 0, done.output
        (path,) = [path for path in (root / "content/articles").glob("*.md") if path.name != "a.md"]
        made.append(path.read_text())
        assert [line for line in check(root) if ": error" in line] == []
        path.unlink()
    assert made[0] == made[1]
    assert URL in made[0]
    assert "status: draft" in made[0]


HOSTILE = [
    "---\ntitle: x\nstatus: published\n---\n\n<script>alert(1)</script>\n\n" + PAGE,
    "$(touch hacked) `touch hacked` ${{ github.token }}\n\n" + PAGE,
    PAGE.replace("Mayo", "{{ config }} {% raw %} <img src=x onerror=alert(1)>"),
    PAGE + "\n```\n### Address of the source\n\n/etc/passwd\n",
    "\x1b[2J\x00\u202e" + PAGE,
    "::error file=x::y\n::set-output name=a::b\n" + PAGE,
]


@pytest.mark.parametrize("text", HOSTILE, ids=["markup", "shell", "templates", "fence", "control", "commands"])
def test_hostile_texts_stay_text(text: str, make_site: MakeSite) -> None:
    root = make_site({"content/articles/a.md": article()})
    (root / "issue.md").write_text(issue(text=text))
    done = CliRunner().invoke(
        main, ["import", "-f", str(root / "mkdocs.yml"), "--untrusted", "--issue", str(root / "issue.md")]
    )
    assert done.exit_code == 0, done.output
    assert "\x1b" not in done.output
    written = sorted(path for path in (root / "content").rglob("*.md") if path.name != "a.md")
    assert written
    assert all(path.parent.name in {"articles", "tools"} for path in written)
    for path in written:
        assert "published" not in yaml.safe_load(path.read_text().split("---\n")[1]).get("status", "")
    assert [line for line in check(root, drafts=True) if ": error" in line and "file-can-run" in line] == []
    assert [line for line in check(root) if ": error" in line] == []


def test_a_feed_is_not_one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = b'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title></channel></rss>'
    fetched = type("Fetched", (), {"data": feed, "url": URL})
    monkeypatch.setattr("site_builder.importers.fetch.fetch_page.fetch", lambda *_a, **_k: fetched)
    with pytest.raises(SourceError, match="is a feed"):
        read(tmp_path, issue())


def test_the_address_is_the_issues_own() -> None:
    done = CliRunner().invoke(main, ["import", "--issue", "-", "--url", URL])
    assert done.exit_code == 2
    assert "give neither --url nor --as" in done.stderr
