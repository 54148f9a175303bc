"""Findings: sorted, counted, and in four forms that lose nothing."""

import json

import pytest

from site_builder.diagnostics import (
    CODES,
    FORMATS,
    MAX_OF_CODE,
    MAX_SHOWN,
    Diagnostic,
    KnownWords,
    Location,
    Severity,
    apply_severities,
    as_github,
    as_json,
    as_sarif,
    as_text,
    count_line,
    diagnostic,
    did_you_mean,
    has_errors,
    nearest,
)
from site_builder.urls import SourcePath


def at(
    path: str, line: int = 1, column: int = 1, code: str = "link-missing", text: str = "no", hint: str = ""
) -> Diagnostic:
    return diagnostic(code, Location(SourcePath(path), line, column), text, hint)


NASTY = at("content/a,b:c%d.md", 3, 5, text='100% "sure"\r\nof: it, <b>&', hint="naïve\n::error::x")


def test_sorted_by_path_line_and_column():
    found = [at("b.md"), at("a.md", 10), at("a.md", 2, 3), at("a.md", 2, 1)]
    assert [str(d.location) for d in apply_severities(found, {})] == ["a.md:2:1", "a.md:2:3", "a.md:10:1", "b.md:1:1"]


def test_the_same_finding_twice_is_one():
    assert len(apply_severities([at("a.md"), at("a.md")], {})) == 1


def test_many_equal_findings_are_counted_in_text_and_kept_elsewhere():
    found = [at(f"{n}.md", text="the same", hint=f"write {n}") for n in range(5)]
    assert as_text(found) == "0.md:1:1: error: the same [link-missing]\n  hint: write 0\n  … and 4 more like this"
    assert len(json.loads(as_json(found))) == 5
    assert len(as_github(found).splitlines()) == 5
    assert len(json.loads(as_sarif(found))["runs"][0]["results"]) == 5


def test_a_few_equal_findings_are_all_shown():
    found = [at(f"{n}.md", text="the same") for n in range(3)]
    assert as_text(found).count("the same") == 3


def test_severities_may_be_changed():
    found = [at("a.md"), at("a.md", code="image-alt")]
    changed = apply_severities(found, {"link-missing": Severity.INFO, "image-alt": None})
    assert [(d.code, d.severity) for d in changed] == [("link-missing", Severity.INFO)]


def test_what_stops_a_build():
    warning = at("a.md", code="image-alt")
    assert has_errors([at("a.md")])
    assert not has_errors([warning])
    assert has_errors([warning], strict=True)
    assert not has_errors([at("a.md", code="asset-unused")], strict=True)


@pytest.mark.parametrize(
    ("found", "files", "line"),
    [
        ([], 1204, "nothing to report in 1204 files"),
        ([at("a.md")], 1, "1 error in 1 of 1 file"),
        ([at("a.md"), at("a.md", 2), at("b.md", code="bom")], 1204, "2 errors, 1 warning in 2 of 1204 files"),
        ([at("a.md", code="asset-unused")], 3, "1 note in 1 of 3 files"),
        ([at("a b.md"), at("c d.md")], 0, "2 errors in 2 of 2 files"),
    ],
)
def test_count_line(found: list[Diagnostic], files: int, line: str):
    assert count_line(found, files) == line


def test_text():
    assert as_text([at("a.md", 3, 5, text="no x", hint="write x")]) == (
        "a.md:3:5: error: no x [link-missing]\n  hint: write x"
    )


def test_json_holds_everything():
    assert json.loads(as_json([NASTY])) == [
        {
            "path": "content/a,b:c%d.md",
            "line": 3,
            "column": 5,
            "severity": "error",
            "code": "link-missing",
            "text": '100% "sure"\r\nof: it, <b>&',
            "hint": "naïve\n::error::x",
        }
    ]


def test_github_escapes():
    """docs.github.com, "Workflow commands": `%`, LF in messages, `:` and `,` in properties too."""
    assert as_github([NASTY]) == (
        "::error file=content/a%2Cb%3Ac%25d.md,line=3,col=5,title=link-missing"
        '::100%25 "sure"\\r%0Aof: it, <b>&%0Anaïve%0A::error::x'
    )
    assert as_github([at("a.md", code="asset-unused")]).startswith("::notice ")


def test_sarif_holds_everything():
    log = json.loads(as_sarif([NASTY, at("b.md", code="bom"), at("c.md", code="asset-unused")]))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted({r["ruleId"] for r in run["results"]})
    assert [r["level"] for r in run["results"]] == ["error", "warning", "note"]
    physical = run["results"][0]["locations"][0]["physicalLocation"]
    assert physical["region"] == {"startLine": 3, "startColumn": 5}
    assert run["results"][0]["message"]["text"].endswith("::error::x")
    # A URI reference (RFC 3986): no bare `%`, no space, nothing that reads as a scheme.
    assert physical["artifactLocation"]["uri"] == "content/a%2Cb%3Ac%25d.md"


@pytest.mark.parametrize("name", FORMATS)
def test_every_form_tells_every_finding(name: str):
    found = [at(f"file{n}.md", n, code=code) for n, code in enumerate(CODES, 1)]
    shown = FORMATS[name](found)
    assert all(f"file{n}.md" in shown and code in shown for n, code in enumerate(CODES, 1))


def test_meanings_are_sentences():
    assert all(
        code.meaning.endswith(".") and code.meaning[0] in "`ABCDEFGHIJKLMNOPQRSTUVWXYZ" for code in CODES.values()
    )


def test_nearest():
    assert nearest("privcy", ["privacy", "piracy", "law"])[0] == "privacy"
    assert nearest("zebra", ["privacy"]) == ()
    assert did_you_mean("Privacy", ["privacy"]) == 'did you mean "privacy"?'
    assert did_you_mean("abcd", ["abce", "abcf", "abcg"]) == 'did you mean "abce", "abcf" or "abcg"?'
    assert did_you_mean("x", []) == ""


def test_many_findings_of_one_code_are_counted_below_all():
    found = [at("a.md", line=n, text=f"no {n}") for n in range(1, 1001)] + [at("b.md", code="bom")]
    lines = as_text(found).splitlines()
    assert sum("[link-missing]" in line for line in lines) == MAX_OF_CODE + 1
    assert lines[-1] == "… and 800 more [link-missing]; site-builder check --format json lists each"
    assert any(line.startswith("b.md") for line in lines)
    assert len(json.loads(as_json(found))) == 1001


def test_findings_of_many_codes_share_what_a_text_shows():
    kinds = ["link-missing", "image-missing", "anchor-missing", "html-removed"]
    found = [at("a.md", line=n, text=f"no {n}", code=kinds[n % 4]) for n in range(1, 2001)]
    lines = as_text(found).splitlines()
    assert len(lines) == MAX_SHOWN + len(kinds)
    assert lines[-1] == "… and 400 more [link-missing]; site-builder check --format json lists each"


def test_github_gets_so_many_of_a_code_and_the_number_of_the_others():
    found = [at("a.md", line=n, text=f"no {n}") for n in range(1, 1001)] + [at("b.md", code="bom")]
    lines = as_github(found).splitlines()
    assert len(lines) == MAX_OF_CODE + 2
    assert lines[-1] == "::notice::800 more [link-missing]; site-builder check --format json lists each"


def test_known_words_give_what_a_search_among_them_gives():
    words = ["Privacy", "piracy", "law", "lawn", "Laws"]
    known = KnownWords(words)
    for word in ("privcy", "LAWS", "lwa", "zebra", "law"):
        for _ in range(2):
            assert known.nearest(word) == nearest(word, words)
