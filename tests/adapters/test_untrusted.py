"""`--untrusted` runs nothing that belongs to the repository, reads and writes nothing outside, and says why.

Each attack would leave a mark if its code ran. All of them leave one without the option, as far as they can work there.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from site_builder.cli import main
from site_builder.trust import installed_code
from tests.helpers.site import DATE, MKDOCS_YML, article, topic, write_site
from tests.invalid.run import run_command

MARK: Final = "MARK"
"""Stands for the path of the file that code of the repository would write."""
SECRET: Final = "zqsecret"

EVIL: Final = """
open('MARK', 'w').close()
def makeExtension(**k):
    from markdown.extensions import Extension
    return Extension()
class Ext:
    def __init__(self, **k): open('MARK', 'w').close()
"""
TOUCH: Final = "!!python/object/apply:os.system ['touch MARK']"
JINJA: Final = "{{ cycler.__init__.__globals__.os.system('touch MARK') }}"


Files = Mapping[str, str]


def settings(**more: Any) -> str:
    """Settings with more keys; those that end with `_yml` are written as they are."""
    plain = yaml.safe_dump({key: value for key, value in more.items() if not key.startswith("yml")}) if more else ""
    return MKDOCS_YML + plain


def raw(text: str) -> str:
    return MKDOCS_YML + text


def ours(option: str) -> str:
    return MKDOCS_YML.replace("- site_builder", f"- site_builder: {{{option}}}")


def extension(name: str, **options: Any) -> str:
    return settings(markdown_extensions=[{name: options}] if options else [name])


CODE: Final[dict[str, Files]] = {
    "hook": {"mkdocs.yml": settings(hooks=["evil.py"]), "evil.py": EVIL},
    "hook of a folder": {"mkdocs.yml": settings(hooks=["content/evil.py"]), "content/evil.py": EVIL},
    "hook as a mapping": {"mkdocs.yml": raw("hooks: {evil.py: {}}\n"), "evil.py": EVIL},
    "inherited hook": {"mkdocs.yml": raw("INHERIT: base.yml\n"), "base.yml": "hooks: [evil.py]\n", "evil.py": EVIL},
    "hook inherited twice": {
        "mkdocs.yml": raw("INHERIT: more/base.yml\n"), "more/base.yml": "INHERIT: ../last.yml\n",
        "last.yml": "hooks: [evil.py]\n", "evil.py": EVIL,
    },
    "python/object/apply": {"mkdocs.yml": raw(f"extra: {{x: {TOUCH}}}\n")},
    "python/object/new": {"mkdocs.yml": raw("extra: {x: !!python/object/new:os.system ['touch MARK']}\n")},
    "python/name": {"mkdocs.yml": raw("extra: {x: !!python/name:evil.x }\n"), "evil.py": EVIL},
    "python/module": {"mkdocs.yml": raw("extra: {x: !!python/module:evil }\n"), "evil.py": EVIL},
    "a tag in full": {
        "mkdocs.yml": raw("extra: {x: !<tag:yaml.org,2002:python/object/apply:os.system> ['touch MARK']}\n")
    },
    "a tag by another name": {
        "mkdocs.yml": "%TAG !p! tag:yaml.org,2002:python/object/\n---\n"
        + raw("extra: {x: !p!apply:os.system ['touch MARK']}\n")
    },
    "a tag on a key": {"mkdocs.yml": raw(f"extra: {{? {TOUCH} : 1}}\n")},
    "a tag in an alias": {"mkdocs.yml": raw(f"extra: {{x: &a [{TOUCH}], y: *a}}\n")},
    "a tag in our options": {"mkdocs.yml": ours(f"per_page: {TOUCH}")},
    "a tag in options of an extension": {
        "mkdocs.yml": raw("markdown_extensions: [{toc: {slugify: !!python/object/apply:evil.f {}}}]\n"), "evil.py": EVIL
    },
    "inherited tag": {
        "mkdocs.yml": raw("INHERIT: base.yml\n"), "base.yml": f"extra: {{x: {TOUCH}}}\n"
    },
    "extension beside the settings": {"mkdocs.yml": extension("evil"), "evil.py": EVIL},
    "extension as a package": {"mkdocs.yml": extension("evil"), "evil/__init__.py": EVIL},
    "extension in a namespace package": {"mkdocs.yml": extension("evil.inner"), "evil/inner.py": EVIL},
    "class of an extension": {"mkdocs.yml": extension("evil:Ext"), "evil.py": EVIL},
    "class in a package": {"mkdocs.yml": extension("evil.inner:Ext"), "evil/inner.py": EVIL},
    "extension in the content": {"mkdocs.yml": extension("content.evil"), "content/evil.py": EVIL},
    "inherited extension": {
        "mkdocs.yml": raw("INHERIT: base.yml\n"), "base.yml": "markdown_extensions: [evil]\n", "evil.py": EVIL
    },
    "extensions as a mapping": {"mkdocs.yml": raw("markdown_extensions: {evil: {}}\n"), "evil.py": EVIL},
    "entry point in the repository": {
        "mkdocs.yml": extension("nice"), "evil.py": EVIL,
        "evil-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1\n",
        "evil-1.dist-info/entry_points.txt": "[markdown.extensions]\nnice = evil:Ext\n",
    },
    "a program as an extension": {"mkdocs.yml": extension("subprocess:Popen", args=["touch", MARK])},
    "a shell as an extension": {"mkdocs.yml": extension("os:system", command=f"touch {MARK}")},
    "a loader as an extension": {
        "mkdocs.yml": extension("yaml:unsafe_load", stream="!!python/object/apply:os.system ['touch MARK']")
    },
    "a template as an extension": {
        "mkdocs.yml": extension("jinja2:Template", source=JINJA)
    },
    "a runner as an extension": {"mkdocs.yml": extension("numpy.testing:runstring", astr="open('MARK', 'w')", dict={})},
    "a command line as an extension": {"mkdocs.yml": extension("site_builder.__main__")},
    "a module of Python as an extension": {"mkdocs.yml": extension("antigravity")},
}  # fmt: skip
"""What would run code, and is refused as `untrusted-code`."""

HELD: Final[dict[str, Files]] = {
    "template": {"templates/base.html": JINJA},
    "template of an article": {"templates/article.html": JINJA},
    "custom_dir": {
        "mkdocs.yml": MKDOCS_YML.replace("theme: site_builder", "theme: {name: site_builder, custom_dir: own}"),
        "own/base.html": JINJA,
    },
    "custom_dir alone": {
        "mkdocs.yml": MKDOCS_YML.replace("theme: site_builder", "theme: {name: null, custom_dir: own}"),
        "own/base.html": JINJA,
    },
    "plugin in the repository": {
        "mkdocs.yml": MKDOCS_YML + "  - nice\n", "evil.py": EVIL,
        "evil-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1\n",
        "evil-1.dist-info/entry_points.txt": "[mkdocs.plugins]\nnice = evil:Ext\n",
    },
    "modules that shadow": dict.fromkeys(("markdown.py", "pickle.py", "yaml.py", "sitecustomize.py"), EVIL),
    "formula in a title": {"content/articles/b.md": article("{{ 7*7 }} {% include 'x' %}")},
    "front matter": {"content/articles/b.md": f"---\ntitle: {TOUCH}\n---\nText.\n"},
    "words": {"templates/words/en.yml": f"home: {TOUCH}\n"},
    "a name of the repository's": {"conftest.py": EVIL, "setup.py": EVIL, "pyproject.toml": "[x]\n"},
    "a pth file": {"evil.pth": "import os; open('MARK', 'w').close()\n"},
}  # fmt: skip
"""What would run code, and is not used: no reason for a site not to be checked."""


def write(root: Path, files: Files, mark: Path) -> Path:
    whole = {"content/articles/a.md": article(), **files}
    return write_site(root, {path: text.replace(MARK, str(mark)) for path, text in whole.items()})


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Run a command in this process, whose import path it may shorten."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def run(root: Path, command: str, *arguments: str) -> tuple[int, str]:
        monkeypatch.syspath_prepend(str(root))  # as `python -m` and PYTHONPATH would
        code, output, errors = run_command(root, command, *arguments)
        return code, output + errors

    return run


@pytest.mark.parametrize("name", CODE)
def test_code_is_refused(name: str, tmp_path: Path, run: Callable[..., tuple[int, str]]):
    root = write(tmp_path / "site", CODE[name], tmp_path / "mark")
    code, output = run(root, "build", "-o", str(tmp_path / "out"), "--untrusted")
    assert not (tmp_path / "mark").exists()
    assert code == 2
    assert "[untrusted-code]" in output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", HELD)
def test_what_would_run_code_is_not_used(name: str, tmp_path: Path, run: Callable[..., tuple[int, str]]):
    root = write(tmp_path / "site", HELD[name], tmp_path / "mark")
    code, output = run(root, "build", "-o", str(tmp_path / "out"), "--untrusted")
    assert not (tmp_path / "mark").exists()
    assert code == (1 if name == "front matter" else 0), output
    assert ("[untrusted-ignored]" in output) == (name.startswith(("template", "custom_dir")))


@pytest.mark.parametrize(
    "name", ["hook", "python/object/apply", "extension beside the settings", "a shell as an extension"]
)
def test_the_attacks_are_real(name: str, tmp_path: Path, run: Callable[..., tuple[int, str]]):
    """Otherwise the tests above would show nothing. Hooks are run by MkDocs alone."""
    root = write(tmp_path / "site", CODE[name], tmp_path / "mark")
    if name == "hook":
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        command = [str(Path(sys.executable).parent / "mkdocs"), "build", "-q", "-d", str(tmp_path / "out")]
        subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
    else:
        run(root, "check")
    sys.modules.pop("evil", None)
    assert (tmp_path / "mark").exists()
    (tmp_path / "mark").unlink()
    run(root, "check", "--untrusted")
    assert not (tmp_path / "mark").exists()


def test_templates_run_code_without_the_option(tmp_path: Path, run: Callable[..., tuple[int, str]]):
    root = write(tmp_path / "site", HELD["template of an article"], tmp_path / "mark")
    run(root, "build")
    assert (tmp_path / "mark").exists()
    (tmp_path / "mark").unlink()
    run(root, "build", "--untrusted")
    assert not (tmp_path / "mark").exists()


OUTSIDE: Final[dict[str, Files]] = {
    "site_dir": {"mkdocs.yml": settings(site_dir="../out")},
    "site_dir, absolute": {"mkdocs.yml": settings(site_dir="/var/tmp/out")},
    "site_dir, home": {"mkdocs.yml": settings(site_dir="..")},
    "site_dir, git": {"mkdocs.yml": settings(site_dir=".git"), "content/static/config": "[core]\n"},
    "site_dir, git's hooks": {"mkdocs.yml": settings(site_dir="x/../.git/hooks")},
    "docs_dir, git": {"mkdocs.yml": settings().replace("docs_dir: content", "docs_dir: .git")},
    "cache_dir": {"mkdocs.yml": MKDOCS_YML + "      cache_dir: ../cache\n"},
    "docs_dir": {"mkdocs.yml": settings().replace("docs_dir: content", "docs_dir: ..")},
    "INHERIT": {"mkdocs.yml": raw("INHERIT: ../base.yml\n"), "../base.yml": "site_author: x\n"},
    "snippets": {"mkdocs.yml": extension("pymdownx.snippets", base_path=["..", "."])},
    "snippets, one path": {"mkdocs.yml": extension("pymdownx.snippets", base_path="/")},
    "snippets, inherited": {
        "mkdocs.yml": raw("INHERIT: b.yml\n"), "b.yml": "markdown_extensions: [{pymdownx.snippets: {base_path: /}}]\n"
    },
    "snippets, appended": {"mkdocs.yml": extension("pymdownx.snippets", auto_append=["/etc/passwd"])},
    "snippets, fetched": {"mkdocs.yml": extension("pymdownx.snippets", url_download=True)},
    "snippets, fetched, as a class": {"mkdocs.yml": extension("pymdownx.snippets:SnippetExtension", url_download=True)},
    "pictures": {"mkdocs.yml": extension("pymdownx.b64", base_path="/etc")},
}  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_settings_stay_inside(name: str, tmp_path: Path, run: Callable[..., tuple[int, str]]):
    files = {path.replace("cache_dir", ""): text for path, text in OUTSIDE[name].items()}
    if name == "cache_dir":
        files["mkdocs.yml"] = ours("cache_dir: ../cache")
    root = write(tmp_path / "site", files, tmp_path / "mark")
    code, output = run(root, "build", "--untrusted")
    assert code == 2
    assert "[untrusted-path]" in output
    assert {p.name for p in tmp_path.iterdir()} <= {"site", "base.yml"}


def test_a_folder_named_on_the_command_line_may_be_anywhere(tmp_path: Path, run: Callable[..., tuple[int, str]]):
    root = write(tmp_path / "site", {"mkdocs.yml": settings(site_dir="/etc/x")}, tmp_path / "mark")
    assert run(root, "build", "--untrusted", "--out", str(tmp_path / "out"))[0] == 0
    assert (tmp_path / "out/index.html").is_file()


@pytest.mark.parametrize("place", ["", "/lib", "/bin", "/lib/site-packages"])
def test_an_environment_in_the_repository_is_not_written_to(
    place: str, tmp_path: Path, run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
):
    """A `sitecustomize.py` there would run with the next start of Python."""
    root = write(tmp_path / "site", {"mkdocs.yml": settings(site_dir=f"env{place}")}, tmp_path / "mark")
    folders = (str(root / "env/lib/site-packages"), str(root / "env/bin"), *installed_code._installed_folders())
    monkeypatch.setattr(installed_code, "_installed_folders", lambda: folders)
    code, output = run(root, "build", "--untrusted")
    assert (code, "[untrusted-path]" in output) == (2, True)
    assert not list(root.glob("env/**/*"))


def test_a_link_in_place_of_the_folder_named_on_the_command_line(tmp_path: Path, run: Callable[..., tuple[int, str]]):
    root = write(tmp_path / "site", {}, tmp_path / "mark")
    (tmp_path / "other").mkdir()
    (root / "public").symlink_to(tmp_path / "other")
    code, output = run(root, "build", "--untrusted", "--out", "public")
    assert (code, "[untrusted-path]" in output) == (2, True)
    assert list((tmp_path / "other").iterdir()) == []


@pytest.mark.parametrize("out", ["link.graphml", "folder/x.graphml"])
def test_a_link_in_place_of_the_file_of_a_graph(out: str, tmp_path: Path, run: Callable[..., tuple[int, str]]):
    root = write(tmp_path / "site", {}, tmp_path / "mark")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/x").write_text("mine")
    (root / "link.graphml").symlink_to(tmp_path / "other/x")
    (root / "folder").symlink_to(tmp_path / "other")
    code, output = run(root, "graph", "--graphml", out, "--untrusted")
    assert (code, "[untrusted-path]" in output) == (2, True)
    assert [(path.name, path.read_text()) for path in (tmp_path / "other").iterdir()] == [("x", "mine")]
    assert run(root, "graph", "--graphml", str(tmp_path / "out.graphml"), "--untrusted")[0] == 0


@pytest.mark.parametrize("options", [[], ["--untrusted"], ["--into", "content/articles/sub", "--untrusted"]])
def test_drafts_are_not_written_through_links(options: list[str], tmp_path: Path, run: Callable[..., tuple[int, str]]):
    root = write(tmp_path / "site", {"page.txt": "A page\n\nWords."}, tmp_path / "mark")
    (tmp_path / "other").mkdir()
    place = root / "content/articles" / ("sub" if "--into" in options else "")
    shutil.rmtree(place, ignore_errors=True)
    place.symlink_to(tmp_path / "other")
    code, output = run(root, "import", "page.txt", *options)
    assert (code, "[untrusted-path]" in output or "[symlink-outside]" in output) == (2, True)
    assert list((tmp_path / "other").iterdir()) == []


@pytest.mark.parametrize("link", ["mkdocs.yml", "content", "templates/words/en.yml", "base.yml", "site"])
def test_links_that_lead_outside_are_not_followed(link: str, tmp_path: Path, run: Callable[..., tuple[int, str]]):
    other = write_site(tmp_path / "other", {"content/articles/a.md": article(SECRET)})
    (other / "en.yml").write_text(f"home: {SECRET}\n")
    (other / "site").mkdir()
    files = {"mkdocs.yml": raw("INHERIT: base.yml\n")} if link == "base.yml" else {}
    root = write(tmp_path / "site", files, tmp_path / "mark")
    target = {"templates/words/en.yml": other / "en.yml", "base.yml": other / "mkdocs.yml"}.get(link, other / link)
    place = root / link
    shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)
    code, output = run(root, "build", "--untrusted")
    assert code == 2
    assert "[untrusted-path]" in output
    assert SECRET not in output
    assert list((other / "site").iterdir()) == []


READS: Final = {
    "a snippet": ("pymdownx.snippets", {}, '--8<-- "../outside.txt"'),
    "a snippet without limits": ("pymdownx.snippets", {"restrict_base_path": False}, '--8<-- "../outside.txt"'),
    "a linked snippet": ("pymdownx.snippets", {}, '--8<-- "link.txt"'),
    "a snippet of git": ("pymdownx.snippets", {}, '--8<-- ".git/config"'),
    "a fetched snippet": ("pymdownx.snippets", {}, '--8<-- "http://127.0.0.1:9/x"'),
    "a picture": ("pymdownx.b64", {}, "![x](../outside.png)"),
    "a linked picture": ("pymdownx.b64", {}, "![x](link.png)"),
}


@pytest.mark.parametrize("name", READS)
def test_texts_read_nothing_outside(name: str, tmp_path: Path, run: Callable[..., tuple[int, str]]):
    extension_name, options, body = READS[name]
    (tmp_path / "outside.txt").write_text(SECRET)
    (tmp_path / "outside.png").write_text(SECRET)
    files = {
        "mkdocs.yml": extension(extension_name, **options),
        "content/articles/b.md": article("B", f"Text.\n\n{body}\n"),
    }
    root = write(tmp_path / "site", {**files, ".git/config": SECRET, "ok.txt": "included words"}, tmp_path / "mark")
    (root / "link.txt").symlink_to(tmp_path / "outside.txt")
    (root / "link.png").symlink_to(tmp_path / "outside.png")
    _, output = run(root, "build", "--untrusted")
    published = "".join(path.read_text(errors="replace") for path in (root / "site").rglob("*") if path.is_file())
    for text in (output, published):
        assert SECRET not in text
        assert "enFzZWNyZXQ" not in text  # the same in base64


def test_a_snippet_of_the_site_is_included(tmp_path: Path, run: Callable[..., tuple[int, str]]):
    files = {
        "mkdocs.yml": extension("pymdownx.snippets"),
        "content/articles/b.md": article("B", 'Text.\n\n--8<-- "ok.txt"\n'),
    }
    root = write(tmp_path / "site", {**files, "ok.txt": "included words"}, tmp_path / "mark")
    code, output = run(root, "build", "--untrusted")
    assert code == 0, output
    assert "included words" in (root / "site/articles/b/index.html").read_text()


@pytest.mark.parametrize("untrusted", [False, True])
def test_snippets_that_include_each_other_are_bounded(
    tmp_path: Path, run: Callable[..., tuple[int, str]], untrusted: bool
):
    """Ten files of ten lines would stand for ten thousand million."""
    files = {
        "mkdocs.yml": extension("pymdownx.snippets", base_path=["s"]),
        **{f"s/{n}": f'--8<-- "{n + 1}"\n' * 10 for n in range(9)},
        "s/9": "Text.\n", "s/long": "x" * 1_100_000,
        "content/articles/b.md": article("B", '--8<-- "0"\n'),
        "content/articles/c.md": article("C", '--8<-- "long"\n\n--8<-- "long"\n'),
        "content/articles/d.md": article("D", '--8<-- "7"\n'),
    }  # fmt: skip
    root = write(tmp_path / "site", files, tmp_path / "mark")
    code, output = run(root, "check", *(["--untrusted"] if untrusted else []))
    assert code == 1
    assert "b.md:8:1: error: the text could not be read as Markdown: ValueError: it includes more than 1,000" in output
    assert "ValueError: its snippets include more than 2,000,000 characters" in output
    assert "d.md" not in output


def test_no_cache_of_the_repository_is_used(tmp_path: Path, run: Callable[..., tuple[int, str]]):
    root = write(tmp_path / "site", {}, tmp_path / "mark")
    assert run(root, "build")[0] == 0
    before = {path: path.read_bytes() for path in (root / ".cache").rglob("*") if path.is_file()}
    for path in before:
        path.write_bytes(b"planted")
    assert run(root, "check", "--untrusted")[0] == 0
    assert run(root, "build", "--untrusted", "-o", str(tmp_path / "out"))[0] == 0
    assert {path.read_bytes() for path in before} == {b"planted"}
    shutil.rmtree(root / ".cache")
    assert run(root, "build", "--untrusted")[0] == 0
    assert not (root / ".cache").exists()


def test_the_environment_is_not_read(
    tmp_path: Path, run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TOKEN", SECRET)
    for setting in ("copyright: !ENV TOKEN\n", "copyright: !ENV [TOKEN, x]\n"):
        root = write(tmp_path / "site", {"mkdocs.yml": raw(setting)}, tmp_path / "mark")
        code, output = run(root, "build", "--untrusted")
        assert (code, "[untrusted-code]" in output, SECRET in output) == (2, True, False)


def test_places_are_those_of_the_settings(tmp_path: Path, run: Callable[..., tuple[int, str]]):
    """Also in files that the settings inherit from."""
    files = {
        "mkdocs.yml": raw("INHERIT: conf/base.yml\n"),
        "conf/base.yml": "site_author: x\nmarkdown_extensions:\n  - toc\n  - evil:\n      a: 1\nhooks:\n  - x.py\n",
    }
    root = write(tmp_path / "site", files, tmp_path / "mark")
    _, output = run(root, "check", "--untrusted", "--format", "json")
    places = {(f["path"], f["line"], f["column"]) for f in json.loads(output.split("\n1 ")[0].split("\n2 ")[0])}
    assert places == {("conf/base.yml", 4, 5), ("conf/base.yml", 6, 1)}


def test_settings_inherit_as_mkdocs_has_it(tmp_path: Path, run: Callable[..., tuple[int, str]]):
    files = {
        "mkdocs.yml": "INHERIT: base.yml\nsite_name: Mine\ntheme: {name: site_builder}\n"
        "plugins: {site_builder: {per_page: 7}}\n",
        "base.yml": "site_name: Base\nsite_url: https://e.example/\ndocs_dir: content\n"
        "plugins: {site_builder: {per_page: 9, feed_items: 3}}\n",
    }
    root = write(tmp_path / "site", files, tmp_path / "mark")
    outs = []
    for option in ((), ("--untrusted",)):
        assert run(root, "build", "-o", str(tmp_path / "out"), *option)[0] == 0
        outs.append({p: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()})
        shutil.rmtree(tmp_path / "out")
    assert outs[0] == outs[1]


ALL_COMMANDS: Final = {
    "add": ["A title"], "deploy": [], "diff": [".", "."], "form": [], "render": ["/articles/a/"],
    "links": [], "report": [], "urls": [],
    "graph": ["--graphml", "x.graphml"],
    "suggest": ["content/articles/a.md"],
    "explain": ["a", "b"], "mv": ["a", "c", "--dry-run"], "fix": ["--dry-run"], "import": ["page.txt", "--dry-run"],
}  # fmt: skip


@pytest.mark.parametrize("command", ALL_COMMANDS)
def test_every_command_that_reads_a_site_takes_it(command: str, tmp_path: Path, run: Callable[..., tuple[int, str]]):
    files = {"content/articles/b.md": article("B"), "page.txt": "A page\n\nWords."}
    root = write(tmp_path / "site", {**CODE["python/object/apply"], **files}, tmp_path / "mark")
    code, output = run(root, command, *ALL_COMMANDS[command], "--untrusted")
    assert code == 2
    assert "[untrusted-code]" in output
    assert not (tmp_path / "mark").exists()
    (root / "mkdocs.yml").write_text(MKDOCS_YML)
    assert run(root, command, *ALL_COMMANDS[command], "--untrusted")[0] in {0, 1}


def test_all_commands_with_settings_are_listed():
    with_settings = {name for name, c in main.commands.items() if any("--config" in p.opts for p in c.params)}
    with_option = {name for name, c in main.commands.items() if any("--untrusted" in p.opts for p in c.params)}
    assert with_settings == with_option == {*ALL_COMMANDS, "check", "build", "serve"}


WATCHED: Final = """
import os, sys
root, out, seen = sys.argv[1], sys.argv[2], []
def below(path):
    try:
        if os.fsdecode(path).startswith("<"): return False
        return os.path.realpath(os.fsdecode(path)).startswith(root + os.sep)
    except (TypeError, ValueError):
        return False
def hook(event, args):
    if event == "exec" and below(args[0].co_filename): seen.append((event, args[0].co_filename))
    if event == "compile" and args[1] and below(args[1]): seen.append((event, str(args[1])))
    if event == "import" and args[1] and below(args[1]): seen.append((event, args[1]))
    if event == "open" and below(args[0]) and str(args[0]).endswith((".py", ".pyc", ".so", ".pth", ".html")):
        if not str(args[0]).startswith((out, root + "/content/")): seen.append((event, str(args[0])))
    if event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR) and not isinstance(args[0], int):
        path, places = os.path.realpath(os.fsdecode(args[0])), (out, out.replace("/out", "/.out"), os.environ["TMPDIR"])
        if not path.startswith((*places, "/dev/null")) and "__pycache__" not in path: seen.append((event, path))
    if event in ("os.system", "os.exec", "os.posix_spawn", "os.fork", "subprocess.Popen", "socket.connect"):
        seen.append((event, str(args)))
sys.addaudithook(hook)
os.chdir(root)
from site_builder.cli import main
from site_builder.trust import installed_code
for command in (["check"], ["build", "-o", out]):
    try:
        main([*command, "--untrusted", "-j", "1"], standalone_mode=False)
    except SystemExit as end:
        assert not end.code, end.code
assert not seen, seen
"""


def test_nothing_of_the_repository_is_executed_or_compiled(tmp_path: Path):
    """Watched by an audit hook from the start, for a site with code in every place that Python or MkDocs knows."""
    root = tmp_path.resolve() / "site"
    names = ["sitecustomize.py", "usercustomize.py", "conftest.py", "setup.py", "hooks.py", "main.py", "content/x.py"]
    names += [
        "markdown/__init__.py",
        "yaml/__init__.py",
        "pymdownx/evil.py",
        "templates/x.py",
        "site_builder/__init__.py",
    ]
    files = {**dict.fromkeys(names, EVIL), **HELD["template"], **HELD["plugin in the repository"]}
    files |= {
        "content/topics/t.md": topic(),
        "content/articles/b.md": article("B", "$x^2$\n\n```python\nx\n```\n", topics=["t"]),
    }
    write(root, files, tmp_path / "mark")
    (tmp_path / "tmp").mkdir()
    environment = {**os.environ, "TMPDIR": str(tmp_path.resolve() / "tmp"), "SOURCE_DATE_EPOCH": "1782864000"}
    environment.pop("PYTHONPATH", None)
    out = str(tmp_path.resolve() / "out")
    command = [sys.executable, "-P", "-c", WATCHED, str(root), out]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/articles/b/index.html").is_file()
    assert not (tmp_path / "mark").exists()
    assert list((tmp_path / "tmp").iterdir()) == []  # the cache of the run is gone


@pytest.mark.parametrize("start", ["module", "script"])
def test_the_current_folder_is_no_place_for_modules(start: str, tmp_path: Path):
    """`python -m` puts it first; workers started with `-c` would as well."""
    names = (
        "click.py",
        "yaml.py",
        "markdown.py",
        "json.py",
        "pickle.py",
        "struct.py",
        "typing_extensions.py",
        "site_builder/__main__.py",
    )
    files = {f"content/articles/a{n}.md": article(f"A {n}") for n in range(410)} | dict.fromkeys(names, EVIL)
    if start == "module":
        files = {name: text for name, text in files.items() if "site_builder" not in name and "a4" not in name}
    root = write(tmp_path / "site", files, tmp_path / "mark")
    program = (
        [sys.executable, "-m", "site_builder"]
        if start == "module"
        else [str(Path(sys.executable).parent / "site-builder")]
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [*program, "check", "--untrusted", "--date", str(DATE), "-j", "2"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not (tmp_path / "mark").exists()
    assert done.returncode == 0, done.stderr


def test_python_path_into_the_repository_is_reported(tmp_path: Path):
    """Python runs it before this program can refuse anything; that is said, and nothing more happens."""
    root = write(tmp_path / "site", {"sitecustomize.py": "X = 1\n"}, tmp_path / "mark")
    program = str(Path(sys.executable).parent / "site-builder")
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(
        [program, "check", "--untrusted"], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "sitecustomize.py" in done.stdout + done.stderr
    assert "[untrusted-code]" in done.stdout + done.stderr


def test_python_path_into_the_repository_provides_nothing(tmp_path: Path):
    """No plugin, theme or extension, also under the names of installed ones."""
    groups = (
        "[mkdocs.plugins]\nsite_builder = evil:Ext",
        "[mkdocs.themes]\nsite_builder = evil",
        "[markdown.extensions]\ntoc = evil:Ext",
    )
    points = "\n".join(groups)
    files = {
        "evil.py": EVIL,
        "evil-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1\n",
        "evil-1.dist-info/entry_points.txt": points,
    }
    root = write(tmp_path / "site", files, tmp_path / "mark")
    program = str(Path(sys.executable).parent / "site-builder")
    codes = []
    for options in ([], ["--untrusted"]):
        (tmp_path / "mark").unlink(missing_ok=True)
        command = [program, "check", *options]
        environment = {**os.environ, "PYTHONPATH": str(root)}
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
        codes.append(((tmp_path / "mark").exists(), done.returncode))
    assert codes[0][0]
    assert codes[1] == (False, 0)
