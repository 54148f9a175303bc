"""`site-builder report`, `site-builder fix` and the page `/report/`: what they say, when they write, how they end."""

import json
import os
import re
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main
from site_builder.cli.editing import fix as fix_command
from site_builder.cli.editing import report as report_command
from site_builder.editing.plan_fixes import ON_DEMAND, SAFE
from site_builder.pages.lists.report_page import MAX_ITEMS, ReportView
from site_builder.reports.editor_report import SECTIONS
from tests.helpers.output import files
from tests.helpers.site import DATE, MKDOCS_YML, MakeSite, article, codes, entity, load, page, topic, write_files

SITE: Final = {
    "content/articles/a.md": article("Alpha", "Mayo said [[dup]].\n", similar=["dup", "later"], topics=["old"]),
    "content/articles/b.md": article("Beta", "See [it](dup.md).\n", similar=["a", "a"]),
    "content/articles/c.md": article("Gamma", "[[B]]\n"),
    "content/articles/dup.md": article("Beta before", duplicate_of="b"),
    "content/articles/s.md": article("Sigma", "", status="stub"),
    "content/articles/draft.md": article("Secret", "[[unheard]]\n", status="draft"),
    "content/topics/t.md": topic("Tee"),
    "content/topics/old.md": topic("Old", replaced_by="t"),
    "content/entities/mayo.md": entity("Mayo"),
    "content/pages/about.md": page("About", "[[dup]]\n"),
}


def run(root: Path, *arguments: str, stdin: str | None = None) -> Result:
    """A command as from the site's folder, in this process."""
    before = Path.cwd()
    os.chdir(root)
    try:
        result = CliRunner().invoke(main, [arguments[0], "--date", str(DATE), "-j", "1", *arguments[1:]], input=stdin)
    finally:
        os.chdir(before)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_the_codes_of_the_commands_are_those_of_the_program():
    assert tuple(SECTIONS) == report_command.CODES
    assert (*SAFE, *ON_DEMAND) == fix_command.CODES
    text = CliRunner().invoke(main, ["fix", "--help"]).stdout
    assert all(re.search(rf"^  {code} ", text, re.MULTILINE) for code in fix_command.CODES)


def test_text(make_site: MakeSite):
    result = run(make_site(SITE), "report", "--only", "stub", "--only", "wanted")
    assert result.exit_code == 0
    assert result.stdout == (
        "Wanted pages (1)\n"
        "Readers see these names, but there is no page behind them.\n"
        "\n"
        'content/articles/a.md:9:3: info: "later": mentioned in 1 document: "Alpha" [wanted]\n'
        "  hint: write it, or remove the name where it is used\n"
        "\n"
        "Stubs (1)\n"
        "These pages promise an article that is not written yet.\n"
        "\n"
        'content/articles/s.md:1:1: info: "Sigma": a stub since 2026-06-03; 0 documents link to it [stub]\n'
        '  hint: write the text and the source, and remove "status: stub"\n'
        "\n"
        "2 items in 2 of 2 sections\n"
    )
    assert result.stderr == ""


def test_json_has_every_section(make_site: MakeSite):
    result = run(make_site(SITE), "report", "--format", "json")
    assert result.exit_code == 0
    sections = json.loads(result.stdout)["sections"]
    assert [s["code"] for s in sections] == list(SECTIONS)
    (mention,) = next(s for s in sections if s["code"] == "mention")["items"]
    assert (mention["path"], mention["line"], mention["url"]) == ("content/articles/a.md", 13, "/articles/a/")
    assert "Secret" not in result.stdout
    assert "Secret" in run(make_site(SITE), "report", "--format", "json", "--drafts").stdout


def test_nothing_to_report(make_site: MakeSite):
    assert run(make_site({}), "report").stdout == "nothing to report\n"


def test_other_formats(make_site: MakeSite):
    """The title stands in the text, because these formats have no field for it."""
    root = make_site(SITE)
    lines = run(root, "report", "--only", "stub", "--format", "github").stdout
    assert lines.startswith('::notice file=content/articles/s.md,line=1,col=1,title=stub::"Sigma": a stub since')
    log = json.loads(run(root, "report", "--only", "stub", "--format", "sarif").stdout)
    assert [(r["ruleId"], r["level"]) for r in log["runs"][0]["results"]] == [("stub", "note")]


def test_severities_count_but_never_for_the_exit_code(make_site: MakeSite):
    options = "- site_builder:\n      severities: {orphan: ignore, stub: error}\n"
    root = make_site({**SITE, "mkdocs.yml": MKDOCS_YML.replace("- site_builder\n", options)})
    result = run(root, "report")
    assert result.exit_code == 0
    assert "[orphan]" not in result.stdout
    assert re.search(r": error: .* \[stub\]$", result.stdout, re.MULTILINE)
    assert "Orphans" not in load(root).render("/report/").decode()


def test_notes_of_fix_for_programs(make_site: MakeSite):
    """Standard output holds the notes only; the changes are on standard error."""
    similar = [{"to": "b", "why": "one"}, {"to": "dup", "why": "two"}]
    root = make_site({**SITE, "content/articles/d.md": article("Delta", similar=similar)})
    result = run(root, "fix", "--dry-run", "--format", "json")
    assert [(d["code"], d["severity"]) for d in json.loads(result.stdout)] == [("fix-undecided", "info")]
    assert "+Mayo said [[b]].\n" in result.stderr
    assert result.exit_code == 0
    options = "- site_builder:\n      severities: {fix-undecided: ignore}\n"
    write_files(root, {"mkdocs.yml": MKDOCS_YML.replace("- site_builder\n", options)})
    assert json.loads(run(root, "fix", "--dry-run", "--format", "json").stdout) == []


def test_wrong_usage(make_site: MakeSite):
    root = make_site(SITE)
    assert run(root, "report", "--only", "wonted").exit_code == 2
    assert run(root, "fix", "--only", "nothing").exit_code == 2
    assert run(root, "report", "--config", "other.yml").exit_code == 2


def test_fix_shows_and_asks_before_it_writes(make_site: MakeSite):
    root = make_site(SITE)
    before = files(root / "content")
    silent = run(root, "fix")
    assert silent.exit_code == 1
    assert silent.stderr == "Nothing was written: 4 files would change; --yes writes without asking.\n"
    dry = run(root, "fix", "--dry-run")
    assert (dry.exit_code, dry.stdout, dry.stderr) == (0, silent.stdout, "")
    assert "\n-- dup\n+- b\n - later\n" in dry.stdout
    assert "-Mayo said [[dup]].\n+Mayo said [[b]].\n" in dry.stdout
    assert files(root / "content") == before


@pytest.mark.parametrize(("answer", "is_written"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_the_answer_counts(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, answer: str, is_written: bool):
    monkeypatch.setattr(fix_command, "_has_terminal", lambda: True)
    root = make_site(SITE)
    before = files(root / "content")
    result = run(root, "fix", stdin=answer)
    assert result.exit_code == 0
    assert "Write 4 files?" in result.stderr
    assert (files(root / "content") != before) == is_written
    assert ("Fixed 4 files." if is_written else "Nothing was written.") in result.stderr


def test_fixed_once_is_fixed(make_site: MakeSite):
    root = make_site(SITE)
    assert run(root, "fix", "--yes").exit_code == 0
    after = files(root / "content")
    assert after["articles/a.md"].decode() == article(
        "Alpha", "Mayo said [[b]].\n", similar=["b", "later"], topics=["t"]
    )
    assert after["articles/b.md"].decode() == article("Beta", "See [it](dup.md).\n", similar=["a"])
    assert after["articles/c.md"].decode() == article("Gamma", "[[b]]\n")
    again = run(root, "fix", "--yes")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "Nothing to fix.\n")
    assert files(root / "content") == after


@pytest.mark.parametrize("arguments", [("report",), ("fix", "--yes")])
def test_files_with_errors_are_left_out_and_told(make_site: MakeSite, arguments: tuple[str, ...]):
    root = make_site({**SITE, "content/articles/bad.md": "---\ntitle: [\n---\n"})
    result = run(root, *arguments)
    assert result.exit_code == 0
    assert "note: 1 file has errors and is left out; run site-builder check\n" in result.stderr


def test_mentions_and_ways_back_on_demand(make_site: MakeSite):
    root = make_site(SITE)
    assert run(root, "fix", "--only", "mention", "--yes").exit_code == 0
    assert "[[mayo|Mayo]] said" in (root / "content/articles/a.md").read_text(encoding="utf-8")
    assert codes(root) == codes(make_site(SITE))
    assert json.loads(run(root, "report", "--only", "mention", "--format", "json").stdout)["sections"][0]["items"] == []


def test_pages_are_the_same_after_links_to_the_moved_are_mended(make_site: MakeSite):
    root = make_site(SITE)
    site = load(root)
    urls = [
        url
        for url, r in site.routes.fixed.items()
        if r.format.name in {"article.html", "topic.html", "page.html", "redirect.html"}
    ]
    before = {url: site.render(url) for url in urls}
    assert run(root, "fix", "--only", "merged", "--only", "duplicate", "--only", "repeated", "--yes").exit_code == 0
    mended = load(root)
    assert {url: mended.render(url) for url in urls} == before


def test_the_page(make_site: MakeSite):
    site = load(make_site(SITE))
    html = site.render("/report/").decode()
    assert '<meta name="robots" content="noindex">' in html
    assert 'href="../articles/s/">Sigma</a>' in html
    assert "near-duplicates, unlinked mentions and one-way similar articles." in html
    assert "Secret" not in html
    assert "unheard" not in html
    assert b"/report/" not in site.render("/sitemap.xml")
    assert b'href="../report/"' in site.render("/wanted/")
    assert b"report/" not in site.render("/")


def test_the_page_shows_the_first_of_many(make_site: MakeSite):
    site = load(make_site({f"content/articles/a{n}.md": article(f"A{n}") for n in range(MAX_ITEMS + 1)}))
    view = site.view("/report/")
    assert isinstance(view, ReportView)
    orphans = next(s for s in view.sections if s.code == "orphan")
    assert (orphans.total, len(orphans.items)) == (MAX_ITEMS + 1, MAX_ITEMS)
    assert b"The first 50 of 51." in site.render("/report/")


def test_the_page_of_a_site_without_content(make_site: MakeSite):
    assert b"There is nothing to do." in load(make_site({})).render("/report/")
