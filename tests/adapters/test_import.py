"""`site-builder import`: real files in, drafts that `check` accepts out, and nothing changed that was there."""

import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main
from tests.helpers.site import MKDOCS_YML, MakeSite, article, check, entity, topic, write_files

PARAGRAPHS: Final = (
    "The town council of Ebberston approved a plan on Monday that will close the old mill road to cars from next July.",
    "Residents had asked for the change for years, saying that lorries used the narrow street as a short cut to town.",
    "The council plans to plant trees along the old mill road, to widen the pavement and to put benches on both sides.",
    "The mayor, Anna Holt, told reporters after the vote that the decision had been difficult but safety came first.",
    "A second vote on the funding is expected in the autumn, when the European Commission will publish its own budget.",
    "Shop owners fear that fewer customers will come, and some of them have already announced that they will appeal.",
)
BODY: Final = "\n\n".join(PARAGRAPHS)
PAGE: Final = f"""\
Home
News

Mill Road in Ebberston Closes to Cars
By Jane Doe
June 3, 2026
Image source: : Ebba Lind

{BODY}

Featured tools
Quill
Freemium
Writes your letters.
Learn more

Similar Blogs

Harbour Wall Repaired Before the Storms
May 28, 2026
Divers closed the gaps in the wall.
Read more

A Cake for the Harbour
May 1, 2026
About cakes.
Read more

© 2026 Gazette. All rights reserved.
"""
HTML: Final = (
    '<!DOCTYPE html><html lang="en"><head><title>Mill Road in Ebberston Closes to Cars</title>'
    '<meta property="article:published_time" content="2026-06-03T10:00:00Z"></head><body><article>'
    "<h1>Mill Road in Ebberston Closes to Cars</h1>"
    + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    + "</article></body></html>"
)
FEED: Final = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>The Gazette</title><link>https://example.org/</link>'
    + "".join(
        f"<item><title>Entry number {i}</title><link>https://example.org/{i}</link>"
        f"<description>Short: {i}.</description>"
        f"<pubDate>Wed, 0{i} Jun 2026 10:00:00 GMT</pubDate></item>"
        for i in (1, 2, 3, 2)
    )
    + "</channel></rss>"
)
SITE: Final = {
    "content/articles/cake.md": article("A cake for the harbour", "Flour and eggs.\n", topics=["traffic"]),
    "content/topics/traffic.md": topic("Traffic", keywords=["cars", "lorries", "road"]),
    "content/entities/ec.md": entity("European Commission"),
    "page.txt": PAGE,
    "page.html": HTML,
    "feed.xml": FEED,
}
DRAFT: Final = "content/articles/mill-road-in-ebberston-closes-to-cars.md"
STUB: Final = "content/articles/harbour-wall-repaired-before-the-storms.md"


def run(root: Path, *arguments: str, stdin: bytes | None = None) -> Result:
    before = Path.cwd()
    os.chdir(root)
    try:
        result = CliRunner().invoke(main, ["import", *arguments], input=stdin)
    finally:
        os.chdir(before)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def content(root: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(root)): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and ".cache" not in str(p.relative_to(root))
    }


def new(root: Path, before: dict[str, bytes]) -> list[str]:
    """The files that came, the others being untouched."""
    after = content(root)
    assert {name: after.get(name) for name in before} == before
    return [name for name in after if name not in before]


def errors(root: Path) -> list[str]:
    return [line for line in check(root) if ": error: " in line]


@pytest.fixture
def root(make_site: MakeSite) -> Path:
    return make_site(SITE)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A folder that is no site."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    write_files(folder, {"page.txt": PAGE, "page.html": HTML, "feed.xml": FEED})
    return folder


def test_a_page_becomes_a_draft_and_its_cards_stubs(root: Path) -> None:
    before = content(root)
    result = run(root, "page.txt", "--retrieved", "2026-06-20")
    assert result.exit_code == 0, result.output
    assert new(root, before) == [STUB, DRAFT, "content/tools/quill.md"]
    text = (root / DRAFT).read_text(encoding="utf-8")
    assert text.startswith("---\ntitle: Mill Road in Ebberston Closes to Cars\ndate: 2026-06-03\n")
    assert "\nstatus: draft\n" in text
    assert "\n  retrieved: 2026-06-20\n" in text
    assert '\n  sha256: "' in text
    assert "\ntopics: []\n#   traffic: " in text
    assert "\nentities: []\n#   ec: the text names" in text
    assert "\nsimilar:\n  - harbour-wall-repaired-before-the-storms\n  - cake\n" in text
    assert PARAGRAPHS[0] in text
    assert PARAGRAPHS[3] not in text
    assert "Quill" not in text
    assert errors(root) == []
    wrote = f"  wrote {DRAFT}\n  wrote {STUB} (stub)\n  wrote content/tools/quill.md (draft of a tool)\n"
    assert f"{wrote}  similar article cake exists already\n" in result.stdout
    assert "\npricing: freemium\n" in (root / "content/tools/quill.md").read_text(encoding="utf-8")
    assert "Image source" not in text
    assert "credit Ebba Lind" in text


def test_the_same_page_again_changes_no_byte(root: Path) -> None:
    run(root, "page.txt")
    before = content(root)
    os.utime(root / "page.txt", (1_700_000_000, 1_700_000_000))
    result = run(root, "page.txt")
    assert (result.exit_code, new(root, before)) == (0, [])
    assert f"  nothing to do: this page is already imported as {DRAFT}\n" in result.stdout


def test_a_changed_page_shows_a_diff_and_leaves_the_draft(root: Path) -> None:
    run(root, "page.txt")
    (root / DRAFT).write_text((root / DRAFT).read_text(encoding="utf-8") + "\nMy own words.\n", encoding="utf-8")
    (root / "page.txt").write_text(PAGE.replace("June 3", "June 4"), encoding="utf-8")
    before = content(root)
    result = run(root, "page.txt")
    assert (result.exit_code, new(root, before)) == (0, [])
    assert "    -date: 2026-06-03\n    +date: 2026-06-04\n" in result.stdout
    assert "which is left as it is" in result.stdout
    assert "hint: to import it again" in result.stderr


def test_a_dry_run_shows_the_files_and_writes_none(root: Path) -> None:
    before = content(root)
    result = run(root, "page.txt", "--dry-run")
    assert (result.exit_code, new(root, before)) == (0, [])
    assert f"  would write {DRAFT}\n    ---\n    title: Mill Road in Ebberston Closes to Cars\n" in result.stdout
    assert f"  would write {STUB} (stub)\n" in result.stdout
    run(root, "page.txt", "--retrieved", "2026-06-20")
    assert all(f"    {row}".rstrip() in result.stdout for row in (root / STUB).read_text(encoding="utf-8").split("\n")
               if "retrieved" not in row)  # fmt: skip


def test_json_is_one_object_a_page_and_writes_nothing(root: Path) -> None:
    before = content(root)
    result = run(root, "page.txt", "feed.xml", "--json")
    assert (result.exit_code, new(root, before)) == (0, [])
    page, *entries = map(json.loads, result.stdout.splitlines())
    assert [e["title"] for e in entries] == ["Entry number 1", "Entry number 2", "Entry number 3"]
    assert (page["title"], page["date"], page["author"]) == (
        "Mill Road in Ebberston Closes to Cars",
        "2026-06-03",
        "Jane Doe",
    )
    assert page["body"] == BODY
    assert (page["summary"], page["source"]) == (None, {"name": "Gazette", "url": None})
    assert page["image"] == {"credit": "Ebba Lind", "src": None, "alt": None}
    assert page["tools"] == [{"name": "Quill", "pricing": "Freemium", "summary": "Writes your letters.", "tags": []}]
    assert [s["date"] for s in page["similar"]] == ["2026-05-28", "2026-05-01"]
    assert (page["topics"], page["entities"]) == ([], [])
    assert any(w.startswith("entity ec: ") for w in page["warnings"])


@pytest.mark.parametrize("source", ["page.txt", "page.html", "feed.xml"])
def test_json_works_outside_of_a_site(empty: Path, source: str) -> None:
    before = content(empty)
    result = run(empty, source, "--json")
    assert (result.exit_code, result.stderr, new(empty, before)) == (0, "", [])
    assert all(json.loads(line)["title"] for line in result.stdout.splitlines())


@pytest.mark.parametrize("options", [["--json"], ["--into", "drafts", "--dry-run"]], ids=["json", "draft"])
def test_outside_of_a_site_nothing_of_a_site_is_loaded(empty: Path, options: list[str]) -> None:
    """Nor other commands, or the reader of feeds: loading them takes longer than reading a page."""
    code = "import sys\nfrom site_builder.cli import main\nmain(sys.argv[1:], standalone_mode=False)"
    show = "import atexit, sys\natexit.register(lambda: print(*sys.modules, sep='\\n', file=sys.stderr))\n"
    called = subprocess.run(
        [sys.executable, "-c", show + code, "import", "page.html", *options],
        cwd=empty, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True,
    )  # fmt: skip
    loaded = set(called.stderr.split())
    assert "site_builder.importers.read.html.read_html" in loaded
    heavy = ("config", "content.document", "markdown.convert", "importers.read.feed", "importers.read.text", "cli.site")
    assert not [name for name in loaded if name.startswith(tuple(f"site_builder.{part}" for part in heavy))]
    assert not loaded & {"pydantic", "yaml", "markdown", "mkdocs", "numpy", "sqlite3", "feedparser"}


def test_into_a_folder_outside_of_a_site(empty: Path) -> None:
    before = content(empty)
    assert run(empty, "page.txt", "feed.xml", "--into", "new/drafts").exit_code == 0
    assert len(new(empty, before)) == 7
    assert (empty / "new/drafts/tools/quill.md").is_file()
    before = content(empty)
    result = run(empty, "page.txt", "feed.xml", "--into", "new/drafts")
    assert (result.exit_code, new(empty, before)) == (0, [])
    assert result.stdout.count("nothing to do: this page is already imported as") == 4


def test_outside_of_a_site_the_place_must_be_told(empty: Path) -> None:
    result = run(empty, "page.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--into" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_feed_gives_each_new_entry_once(root: Path) -> None:
    before = content(root)
    result = run(root, "feed.xml")
    assert result.exit_code == 0
    assert new(root, before) == [f"content/articles/entry-number-{i}.md" for i in (1, 2, 3)]
    assert errors(root) == []
    before = content(root)
    result = run(root, "feed.xml")
    assert (result.exit_code, new(root, before)) == (0, [])
    assert result.stderr == "feed.xml: nothing new: the 4 entries of the feed have been imported already\n"
    (root / "feed.xml").write_text(
        FEED.replace("number 3", "number 4").replace("example.org/3", "example.org/4"), encoding="utf-8"
    )
    run(root, "feed.xml")
    assert "content/articles/entry-number-4.md" in content(root)


def test_standard_input(root: Path) -> None:
    assert run(root, "-", stdin=PAGE.encode("utf-16")).exit_code == 0
    assert DRAFT in content(root)


def test_saved_html(root: Path) -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    result = run(root, "page.html", "--url", "https://Example.org/mill?utm_source=x", "--full-text")
    assert result.exit_code == 0
    text = (root / DRAFT).read_text(encoding="utf-8")
    assert '  url: "https://example.org/mill"\n' in text
    assert text.count(PARAGRAPHS[5]) == 1
    assert errors(root) == []


def test_the_form_may_be_said(root: Path) -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    assert (
        json.loads(run(root, "page.html", "--json", "--as", "html").stdout)["title"]
        == "Mill Road in Ebberston Closes to Cars"
    )
    assert (
        json.loads(run(root, "page.html", "--json", "--as", "text").stdout)["title"]
        != "Mill Road in Ebberston Closes to Cars"
    )
    result = run(root, "page.txt", "--as", "feed")
    assert result.exit_code == 1
    assert "[source-unreadable]" in result.stderr


@pytest.fixture
def address() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = {"/mill": ("text/html", HTML), "/feed": ("application/rss+xml", FEED)}.get(self.path, ("", ""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_address_is_fetched(root: Path, address: str) -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    result = run(root, f"{address}/mill", "--allow-private")
    assert result.exit_code == 0, result.output
    assert f'  url: "{address}/mill"\n' in (root / DRAFT).read_text(encoding="utf-8")
    assert run(root, f"{address}/feed", "--allow-private").exit_code == 0
    assert "content/articles/entry-number-3.md" in content(root)
    assert errors(root) == []


@pytest.mark.parametrize("extra", [["/mill"], ["/nowhere", "--allow-private"]], ids=["private", "missing"])
def test_what_cannot_be_fetched_is_told(root: Path, address: str, extra: list[str]) -> None:
    before = content(root)
    result = run(root, address + extra[0], *extra[1:])
    assert (result.exit_code, new(root, before)) == (1, [])
    assert "[source-unreadable]\n  hint: " in result.stderr


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("missing.txt", None, "cannot be read"),
        ("a.pdf", b"%PDF-1.7", "the source is a PDF [source-unreadable]"),
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b"\r\n ", "is empty"),
    ],
    ids=["missing", "pdf", "empty", "blank"],
)
def test_a_bad_source_is_told_and_the_others_are_read(root: Path, name: str, data: bytes | None, told: str) -> None:
    (root / name).unlink(missing_ok=True)
    if data is not None:
        (root / name).write_bytes(data)
    result = run(root, name, "page.txt")
    assert result.exit_code == 1
    assert told in result.stderr
    assert "Traceback" not in result.output
    assert DRAFT in content(root)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Missing argument"),
        (["page.txt", "--retrieved", "yesterday"], "YYYY-MM-DD"),
        (["page.txt", "--duplicate-of", "nobody"], 'there is no article "nobody"'),
        (["page.txt", "--url", "javascript:alert(1)"], "is not the address"),
        (["page.txt", "feed.xml", "--url", "https://example.org"], "several sources"),
        (["page.txt", "--as", "pdf"], "'pdf' is not one of"),
        (["page.txt", "--json", "--format", "json"], "give one of them"),
        (["page.txt", "--config", "nowhere.yml"], "nowhere.yml"),
        (["page.txt", "--into", "page.txt"], "is a file"),
    ],
    ids=["nothing", "day", "duplicate", "address", "one address", "form", "two outputs", "settings", "into a file"],
)
def test_wrong_usage(root: Path, arguments: list[str], told: str) -> None:
    before = content(root)
    result = run(root, *arguments)
    assert (result.exit_code, result.stdout, new(root, before)) == (2, "", [])
    assert told in result.stderr


def test_a_disk_that_takes_nothing_leaves_nothing(root: Path) -> None:
    """A link that leads nowhere stands where the stub should be."""
    (root / STUB).symlink_to(root / "nowhere/at/all.md")
    before = content(root)
    result = run(root, "page.txt")
    assert (result.exit_code, new(root, before), result.stdout) == (1, [], "")
    assert "nothing was written [write-failed]" in result.stderr


def test_a_feed_is_written_whole_or_not_at_all(root: Path) -> None:
    (root / "content/articles/entry-number-3.md").symlink_to(root / "nowhere/at/all.md")
    before = content(root)
    assert run(root, "feed.xml").exit_code == 1
    assert new(root, before) == []


def test_a_likely_duplicate_is_held_and_the_editor_decides(root: Path) -> None:
    write_files(root, {"content/articles/mine.md": article("The road is shut", BODY, date="2026-06-05")})
    before = content(root)
    result = run(root, "page.txt")
    assert (result.exit_code, new(root, before)) == (1, [])
    assert "[duplicate-text]" in result.stderr
    assert "--duplicate-of mine" in result.stderr
    assert run(root, "page.txt", "--duplicate-of", "mine").exit_code == 0
    assert "\nduplicate_of: mine\n" in (root / DRAFT).read_text(encoding="utf-8")
    assert errors(root) == []


def test_findings_for_programs_stand_alone_on_standard_output(root: Path) -> None:
    (root / "bad.pdf").write_bytes(b"%PDF-1.7")
    (root / "page.txt").write_text(PAGE.replace("June 3, 2026", "06/08/2026"), encoding="utf-8")
    result = run(root, "bad.pdf", "page.txt", "--format", "json")
    assert result.exit_code == 1
    findings = json.loads(result.stdout)
    assert [(f["path"], f["severity"], f["code"]) for f in findings[:2]] == [
        ("bad.pdf", "error", "source-unreadable"),
        ("page.txt", "warning", "date-ambiguous"),
    ]
    assert findings[1]["line"] == 6
    assert {f["code"] for f in findings[2:]} == {"topic-suggested", "entity-suggested", "entity-candidates"}
    assert f"wrote {DRAFT}" in result.stderr


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_other_forms_of_the_findings(root: Path, form: str) -> None:
    (root / "empty.txt").write_bytes(b"")
    result = run(root, "empty.txt", "--format", form)
    assert result.exit_code == 1
    assert "source-unreadable" in result.stdout
    assert "empty.txt" in result.stdout
    assert result.stderr == ""


def test_severities_of_the_settings_hold_for_imports(root: Path) -> None:
    settings = MKDOCS_YML.replace("- site_builder\n", "- site_builder:\n      severities: {date-ambiguous: ignore}\n")
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (root / "page.txt").write_text(PAGE.replace("June 3, 2026", "06/08/2026"), encoding="utf-8")
    assert "date-ambiguous" not in run(root, "page.txt").output


def test_sources_of_one_run_know_of_each_other(root: Path) -> None:
    (root / "other.txt").write_text(
        PAGE.replace("Mill Road in Ebberston Closes", "Bridge of Thorne Opens"), encoding="utf-8"
    )
    result = run(root, "page.txt", "page.txt", "other.txt", "--anyway")
    assert result.exit_code == 0
    assert result.stdout.count("nothing to do") == 1
    assert result.stdout.count("(stub)") == 1
    assert errors(root) == []


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 20, b"\0" * 500, "\ufeff\n".encode("utf-16"), b"\xff" * 300, b"<html>" * 300, b"---\n" * 50,
     b"title: a\n---\n[x](nothing.md)\n" * 20, b"{" * 3000, b"Index\n\nSome words of a page called index.\n"],
    ids=["all bytes", "nulls", "marks", "high", "tags", "fences", "front matter", "braces", "index"],
)  # fmt: skip
@pytest.mark.parametrize("options", [["--full-text"], ["--json"]], ids=["draft", "json"])
def test_any_bytes_give_a_valid_draft_or_an_error_but_no_traceback(root: Path, data: bytes, options: list[str]) -> None:
    (root / "odd").write_bytes(data)
    result = run(root, "odd", *options)
    assert result.exit_code in {0, 1}
    assert errors(root) == []


def test_the_command_as_it_is_called(empty: Path) -> None:
    """As its own process: standard input and output, and no site needed."""
    called = subprocess.run(
        [sys.executable, "-m", "site_builder", "import", "-", "--json"],
        input=PAGE.encode("cp1252"), cwd=empty, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (called.returncode, called.stderr) == (0, b"")
    assert json.loads(called.stdout)["date"] == "2026-06-03"
