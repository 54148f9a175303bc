"""Settings: what the file says, what stands instead of it, and findings at their lines."""

import datetime as dt
import os
import sys
from pathlib import Path

import pytest

from site_builder.config import Overrides, load_config
from site_builder.diagnostics import Severity
from tests.helpers.site import MKDOCS_YML, MakeSite, load_settings, overrides, write_site

OPTIONS = MKDOCS_YML.rstrip("\n") + ":\n"


def found_in(make_site: MakeSite, text: str) -> list[str]:
    _, found = load_config(make_site({"mkdocs.yml": text}) / "mkdocs.yml", overrides())
    return [f"{d.location.line}:{d.location.column} {d.code} {d.text} {d.hint}".strip() for d in found]


def test_defaults(make_site: MakeSite):
    root = make_site({})
    config, found = load_settings(root)
    assert not found
    assert (config.root, config.content, config.site_dir) == (root, "content", root / "site")
    assert (config.name, config.url, config.options.per_page) == ("Test site", "https://example.org/x/y/", 50)
    assert config.cache_dir == root / ".cache/site_builder"


def test_options_and_severities(make_site: MakeSite):
    text = OPTIONS + "      per_page: 7\n      language: de\n      severities: {image-alt: ignore, bom: error}\n"
    config, found = load_settings(make_site({"mkdocs.yml": text}))
    assert not found
    assert (config.options.per_page, config.options.language) == (7, "de")
    assert config.severities == {"image-alt": None, "bom": Severity.ERROR}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("per_pag: 7", '7:7 settings "per_pag" is not an option of site_builder did you mean "per_page"?'),
        ("per_page: 0", '7:7 settings "per_page" is 0, which is not 1 or more'),
        ("per_page: '7'", '7:7 settings "per_page" is "7", which is not a whole number'),
        ("severities: {bm: error}", '7:20 settings "bm" is not the code of a diagnostic did you mean "bom"?'),
        (
            "severities:\n        bom: bad",
            '8:9 settings "severities.bom" is "bad", which is not error, warning, info or ignore',
        ),
    ],
)
def test_wrong_options_are_told_at_their_line(make_site: MakeSite, lines: str, expected: str):
    assert found_in(make_site, f"{OPTIONS}      {lines}\n") == [expected]


@pytest.mark.parametrize(
    "text",
    ["", "a", "- a", "[", "a: b: c", "\tx: y", "a: *b", "site_name: !FOO x",
     "site_name: !ENV", "? [a]\n: b\n", "plugins: 7\n",
     "plugins: {site_builder: 7}\n", "site_name: [a]\n", "theme: {}\n",
     "markdown_extensions: {a: b}\n", "site_name: \x00\n",
     "plugins:\n  - site_builder: [a]\n", "INHERIT: gone.yml\n", "docs_dir: 7\n", "[" * 600],
    ids=range(20),
)  # fmt: skip
def test_no_settings_file_raises(make_site: MakeSite, text: str):
    config, found = load_config(make_site({"mkdocs.yml": text}) / "mkdocs.yml", overrides())
    assert config is None
    assert found
    assert {d.code for d in found} <= {"settings", "settings-ignored", "site-url-missing"}


def test_no_file(tmp_path: Path):
    config, (finding,) = load_config(tmp_path / "mkdocs.yml")
    assert config is None
    assert "does not exist" in finding.text
    assert "--config" in finding.hint


def test_environment_tags(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TEST_SITE_URL", "https://example.org/from/env/")
    text = MKDOCS_YML.replace("https://example.org/x/y/", "!ENV [TEST_SITE_URL, 'https://example.org/']")
    config, _ = load_settings(make_site({"mkdocs.yml": text}))
    assert config.url == "https://example.org/from/env/"
    monkeypatch.delenv("TEST_SITE_URL")
    config, _ = load_settings(make_site({"mkdocs.yml": text}))
    assert config.url == "https://example.org/"


def test_overrides_stand_before_the_file(make_site: MakeSite, tmp_path: Path):
    given = {"site_url": "http://localhost:8000", "site_dir": tmp_path / "out", "drafts": True, "strict": True}
    config, _ = load_settings(make_site({}), **given)
    assert (config.url, config.site_dir) == ("http://localhost:8000/", tmp_path / "out")
    assert config.drafts
    assert config.strict


@pytest.mark.parametrize("name", ["Berlin/Europe", "", "Europe", "../etc", "7"])
def test_an_unknown_time_zone_is_found_at_its_line(make_site: MakeSite, name: str):
    (finding,) = found_in(make_site, f'{OPTIONS}      timezone: "{name}"\n')
    assert finding.startswith(f'7:7 settings "timezone" is "{name}", which is not the name of a time zone')


def test_the_day_of_a_build_is_that_of_its_time_zone(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(23 * 3600))
    text = OPTIONS + "      timezone: Asia/Tokyo\n"
    assert load_settings(make_site({}), date=None)[0].date == dt.date(1970, 1, 1)
    assert load_settings(make_site({"mkdocs.yml": text}), date=None)[0].date == dt.date(1970, 1, 2)


def test_edit_address(make_site: MakeSite):
    text = MKDOCS_YML + "repo_url: https://github.com/me/kb\nedit_uri: edit/main/content/\n"
    config, _ = load_settings(make_site({"mkdocs.yml": text}))
    assert config.edit_url == "https://github.com/me/kb/edit/main/content/{path}"


@pytest.mark.parametrize(
    ("code", "says"),
    [("import sys; sys.exit('enough')", "SystemExit: enough"), ("1 / 0", "ZeroDivisionError: division by zero")],
)
def test_code_that_fails_where_the_settings_name_it(
    make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, says: str
):
    (tmp_path / "named_code.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    as_emoji = "markdown_extensions:\n- pymdownx.emoji:\n    emoji_index: !!python/name:named_code.index\n"
    found = found_in(make_site, MKDOCS_YML + as_emoji)
    assert found == [f"9:1 settings code that the settings name cannot be imported: {says}"]
    (found_as_extension,) = found_in(make_site, f"{MKDOCS_YML}markdown_extensions: [named_code]\n")
    assert found_as_extension.startswith("7:1 settings ")
    assert says in found_as_extension


@pytest.mark.parametrize("untrusted", [False, True])
@pytest.mark.parametrize(
    "more",
    [
        "theme: {name: [a], custom_dir: x}\n", 'site_dir: "a\\0b"\n', 'docs_dir: "a\\0b"\n', 'INHERIT: "a\\0b"\n',
        "INHERIT: 5\n", "INHERIT: mkdocs.yml\n", "INHERIT: content\n", "hooks: 5\n", "config_file_path: x.yml\n",
        "extra: 2001-99-99\n", "plugins: 5\n", "plugins: [[a]]\n", "? [a, b]\n: c\n", "1: 2\n", "extra: &a {x: *a}\n",
        "markdown_extensions: [5, [a], {b: 5}, ':', 'toc:', '..']\n",
    ],
)  # fmt: skip
def test_odd_values_are_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, untrusted: bool):
    """Whatever is in the file, nothing is raised."""
    monkeypatch.setattr(sys, "path", [*sys.path])  # an untrusted run shortens it
    key = more.partition(":")[0]
    kept = [line for line in MKDOCS_YML.splitlines(keepends=True) if not line.startswith((f"{key}:", "plugins", " "))]
    root = write_site(tmp_path, {"mkdocs.yml": "".join(kept) + more})
    _, found = load_config(root / "mkdocs.yml", Overrides(untrusted=untrusted))
    assert all("Traceback" not in str(one) for one in found)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("markdown_extensions: [{}]", '"markdown_extensions": its value cannot be used (KeyError: '),
        ('site_dir: "a\\0b"', '"site_dir" holds the character U+0000, which is not allowed'),
        ("site_dir: mkdocs.yml", 'the site cannot be written to "mkdocs.yml": "mkdocs.yml" is not a folder'),
        ("site_dir: mkdocs.yml/x", 'the site cannot be written to "mkdocs.yml/x": "mkdocs.yml" is not a folder'),
    ],
)
def test_a_value_that_mkdocs_does_not_expect_is_found_at_its_line(make_site: MakeSite, line: str, expected: str):
    config, found = load_config(make_site({"mkdocs.yml": f"{MKDOCS_YML}{line}\n"}) / "mkdocs.yml", overrides())
    assert config is None
    error = next(d for d in found if d.severity is Severity.ERROR)
    assert error.text.startswith(expected)
    assert error.location.line == MKDOCS_YML.count("\n") + line.count("\n") + 1


def test_the_name_of_a_theme_that_is_a_list_is_found_at_its_line(make_site: MakeSite):
    text = MKDOCS_YML.replace("theme: site_builder", "theme: {name: [a]}")
    config, (error,) = load_config(make_site({"mkdocs.yml": text}) / "mkdocs.yml", overrides())
    assert config is None
    assert error.text.startswith('"theme": its value cannot be used (TypeError: unhashable')
    assert error.location.line == 4


@pytest.mark.parametrize("key", ["1", "~", "2026-06-03", "1.5", "true"])
def test_a_setting_whose_name_is_no_text_is_unknown(make_site: MakeSite, key: str):
    config, found = load_config(make_site({"mkdocs.yml": f"{MKDOCS_YML}{key}: x\n"}) / "mkdocs.yml", overrides())
    assert config is not None
    assert [(d.code, "Unrecognised configuration name" in d.text) for d in found] == [("settings-ignored", True)]


def test_a_finding_of_mkdocs_does_not_name_the_folder_of_the_project(make_site: MakeSite):
    root = make_site({"mkdocs.yml": f"{MKDOCS_YML}site_dir: ''\n"})
    _, (error, *_) = load_config(root / "mkdocs.yml", overrides())
    assert str(root) not in error.text
    assert "(site_dir: '.', docs_dir: 'content')" in error.text


@pytest.mark.parametrize("name", ["site", ".cache", "templates"])
def test_a_folder_that_is_a_link_to_itself_ends_nothing(make_site: MakeSite, name: str):
    root = make_site({})
    (root / name).symlink_to(name)
    config, found = load_config(root / "mkdocs.yml", overrides())
    assert (config is None, [d.code for d in found]) == ((True, ["settings"]) if name == "site" else (False, []))


@pytest.mark.parametrize("parent", ["INHERIT: mkdocs.yml\n", "INHERIT: parent.yml\n", "extra: " + "[" * 5000])
def test_settings_that_inherit_without_end_are_found_at_their_line(make_site: MakeSite, parent: str):
    root = make_site({"parent.yml": parent})
    (root / "mkdocs.yml").write_text(f"{MKDOCS_YML}INHERIT: parent.yml\n", encoding="utf-8")
    config, (error,) = load_config(root / "mkdocs.yml", overrides())
    assert config is None
    assert error.text == (
        "the file that the settings inherit from cannot be used: it inherits from itself, or is nested too deeply"
    )
    assert error.location.line == MKDOCS_YML.count("\n") + 1


def doubled(anchor: str, form: str, times: int = 40) -> str:
    """Lines of YAML that stand for 2^times values."""
    lines = [f"    {anchor}0: &{anchor}0 {{x: 1}}"]
    lines += [f"    {anchor}{n}: &{anchor}{n} " + form.replace("*", f"*{anchor}{n - 1}") for n in range(1, times)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("untrusted", [False, True])
@pytest.mark.parametrize(
    ("more", "place", "text"),
    [
        ("extra:\n" + doubled("a", "[*, *]"), "7:1", "more than 100,000 values"),
        ("extra:\n" + doubled("a", "{<<: [*, *]}"), "7:1", "more than 100,000 values"),
        ("markdown_extensions:\n- toc:\n" + doubled("a", "[*, *]"), "7:1", "more than 100,000 values"),
        ("markdown_extensions: [{toc: &a {title: *a}}]\n", "7:1", "more than 100,000 values"),
        ("  - site_builder:\n      severities:\n" + doubled("      a", "[*, *]").replace("&      ", "&").replace(
            "*      ", "*"), "5:1", "more than 100,000 values"),
        (f"extra: {{a: 1{':59' * 400}}}\n", "7:12", "a number has more than 1,000 characters"),
    ],
)  # fmt: skip
def test_values_that_are_too_many_are_never_made(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, more: str, place: str, text: str, untrusted: bool
):
    """Each of these would take hours, or end in a RecursionError."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    before = MKDOCS_YML.replace("  - site_builder\n", "") if more.startswith("  - ") else MKDOCS_YML
    config, found = load_config(make_site({"mkdocs.yml": before + more}) / "mkdocs.yml", Overrides(untrusted=untrusted))
    assert config is None
    (error,) = found
    assert (f"{error.location.line}:{error.location.column}", text in error.text) == (place, True), error


def test_values_that_are_too_many_are_not_inherited_either(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "path", [*sys.path])
    files = {"mkdocs.yml": MKDOCS_YML + "INHERIT: base.yml\n", "base.yml": "extra:\n" + doubled("a", "[*, *]")}
    _, found = load_config(make_site(files) / "mkdocs.yml", Overrides(untrusted=True))
    assert [(one.location.path, one.location.line) for one in found] == [("base.yml", 1)]
    files["base.yml"] = "markdown_extensions: [{toc: &a {title: *a}}]\n"
    config, found = load_config(make_site(files) / "mkdocs.yml", Overrides())
    assert (config, len(found)) == (None, 1)


@pytest.mark.parametrize("untrusted", [False, True])
@pytest.mark.parametrize("pipe", ["mkdocs.yml", "base.yml"])
def test_settings_in_a_pipe_are_not_waited_for(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, pipe: str, untrusted: bool
):
    if pipe == "base.yml" and not untrusted:
        pytest.skip("MkDocs reads that file")
    monkeypatch.setattr(sys, "path", [*sys.path])
    root = make_site({"mkdocs.yml": MKDOCS_YML + "INHERIT: base.yml\n"})
    (root / pipe).unlink(missing_ok=True)
    os.mkfifo(root / pipe)
    _, found = load_config(root / "mkdocs.yml", Overrides(untrusted=untrusted))
    assert ["it is a pipe or a device" in one.text for one in found] == [True]


@pytest.mark.parametrize(
    "option",
    [
        "related_weights: {days: 0}", "related_weights: {text: 2}", "related_weights: {days: 1.0e-320, text: 1.0e+308}",
        'allow_files: ["!"]', 'allow_files: ["[z-a]"]', 'allow_files: [x, "[b-a]"]',
    ],
)  # fmt: skip
def test_what_no_build_could_use_is_wrong_usage(make_site: MakeSite, option: str):
    text = MKDOCS_YML.replace("- site_builder", f"- site_builder:\n      {option}")
    config, found = load_config(make_site({"mkdocs.yml": text}) / "mkdocs.yml", overrides())
    assert config is None
    assert [(one.code, one.location.line) for one in found] == [("settings", 7)]
