"""`mkdocs.yml` of any form: every setting of MkDocs and of ours with values of every type, and everything around them."""

from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config.defaults import MkDocsConfig

from site_builder.config.plugin_options import Options
from tests.helpers.fuzzing import EXAMPLES, as_entry, hold, sized, sound_site

pytestmark = pytest.mark.fuzz

NOT_TRIED: Final = {"hooks", "docs_dir", "site_dir"}
"""Code that others run, and folders, which have values of their own below."""
SETTINGS: Final = sorted({key for key, _ in MkDocsConfig()._schema} - NOT_TRIED)
OPTIONS: Final = sorted(Options.__dataclass_fields__)

SCALARS: Final = (
    "", "~", "x", "true", "false", "yes", "0", "1", "-1", "2", "1.5", ".inf", ".nan", "99999999999999999999999", "1e400", "2026-06-03",
    "2026-06-03T10:00:00Z", '""', '" "', '"\\0"', '"\\x07"', '"\\e[31m"', '"\\ud800"', '"a\\nb"', '"\\u202e"', "é", "<b>x</b>", "&amp;", "Map<K,V>",
    "https://example.org/", "https://example.org/a b/", "http://[::1", "ftp://x/", "//x", "https://", "https://user:pw@h:1/", "/x", "..", "../..",
    "../x", "/", ".", "content", "content/articles", "site", "templates", "mkdocs.yml", "a\\b", "C:\\x", "~root", "$HOME", "*", "[", "!", "**/*", "***",
    "!x", "a/**/", "\\", "en", "de", "xx-YY", "EN_us", "Europe/Berlin", "../../etc/passwd", "Nowhere/Land", "off", "{path}", "{", "blob/main/{path}",
    "!!binary aGk=", "!!set {a}", "!!omap [a: 1]", "!!timestamp x", "!!int x", "!!python/name:os.system", "!!python/name:no.such",
    "!!python/object/apply:os.getcwd []", "!ENV NO_SUCH", "!ENV [A, B, x]", "!ENV {a: b}", "!relative", "!relative $docs_dir", "!relative $x", "!x y",
    "*a", "&a x", "&a [*a]", "|\n  a\n  b", "|\n  *.md\n  !index.md\n", "site_builder", "mkdocs", "material", "readthedocs", "null", "toc", "tables",
)  # fmt: skip
KEYS: Final = ("name", "custom_dir", "locale", "palette", "features", "a", "1", "~", "''", "toc", "tables", "permalink", "baselevel", "text", "t-x",
               "links", "nav", "error", "link-missing", "note", "title", "url", "static_templates", "site_builder", "search", "folder", "per_page", *OPTIONS)  # fmt: skip
one_line = st.sampled_from([s for s in SCALARS if "\n" not in s])
listed = st.recursive(
    one_line,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(st.tuples(st.sampled_from(KEYS), inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{k}: {v}" for k, v in pairs) + "}"
        )
    ),
    max_leaves=5,
)
values = st.sampled_from(SCALARS) | listed

PLUGINS: Final = (
    "site_builder", "[site_builder]", "[search, site_builder]", "{site_builder: {}}", "{site_builder: ~}", "[site_builder: ~]", "[site_builder: []]",
    "[site_builder: x]", "[site_builder, site_builder]", "[{site_builder: {}, search: {}}]", "[no-such]", "[]", "~", "{}", "0", "[[]]", "[~]", "[1]",
    "[{}]", "[{1: {}}]", "[{~: {}}]", "[site_builder: {1: 2}]", "[site_builder: {~: x}]", "[site_builder: {[a]: x}]", "[site_builder: {? {a: b} : c}]",
    "[tags]", "[search: {lang: [xx]}]", "[site_builder: {enabled: false}]", "[site_builder: !!set {a}]", "{site_builder: {folder: articles}}",
)  # fmt: skip
EXTENSIONS: Final = (
    "toc", "[toc]", "[no.such.extension]", "[toc: x]", "[toc: []]", "[toc: {permalink: []}]", "[toc: {baselevel: x}]", "[toc: {no_such: 1}]", "[toc: ~]",
    "{toc: {permalink: true}}", "[toc: {toc_depth: 9-1}]", "[toc: {slugify: x}]", "[toc: {slugify: !!python/name:os.system }]", "[os]", "[os.path]", "[1]",
    "[~]", "[[]]", "[{}]", "['']", "[codehilite: {guess_lang: x}]", "[codehilite: {pygments_style: no-such}]", "[pymdownx.highlight: {linenums: x}]",
    "[pymdownx.superfences: {custom_fences: x}]", "[pymdownx.superfences: {custom_fences: [{name: a}]}]", "[pymdownx.snippets: {base_path: 1}]",
    "[pymdownx.snippets: {base_path: [/, x], check_paths: true}]", "[pymdownx.emoji: {emoji_index: x}]", "[footnotes: {BACKLINK_TEXT: []}]", "[admonition, meta]",
    "[pymdownx.tabbed: {alternate_style: []}]", "[pymdownx.blocks.admonition: {types: 1}]", "[pymdownx.magiclink: {provider: x}]", "[wikilinks: {html_class: []}]",
    "[smarty: {substitutions: x}]", "[pymdownx.tasklist: {custom_checkbox: []}]", "[markdown.extensions.toc, toc]", "[toc: {separator: 1}]", "[toc: {title: [x]}]",
    "[pymdownx.arithmatex: {generic: x}]", "[attr_list: {x: 1}]", "[fenced_code: {lang_prefix: []}]", "[pymdownx.betterem: {smart_enable: x}]", "[md_in_html, extra]",
)  # fmt: skip
WHOLE: Final = (
    "INHERIT: mkdocs.yml", "INHERIT: no-such.yml", "INHERIT: .", "INHERIT: content", "INHERIT: other.yml", "INHERIT: ../outside.yml", "INHERIT: ~", "INHERIT: []",
    "INHERIT: [other.yml]", "INHERIT: 1", "INHERIT: ''", 'INHERIT: "\\0"', "docs_dir: nowhere", "docs_dir: .", "docs_dir: ..", "docs_dir: /", "docs_dir: ~",
    "docs_dir: []", "docs_dir: mkdocs.yml", "docs_dir: ''", 'docs_dir: "a\\0b"', "docs_dir: content/articles", "docs_dir: content/", "docs_dir: ./content", "site_dir: .",
    "site_dir: ..", "site_dir: content", "site_dir: content/out", "site_dir: mkdocs.yml", "site_dir: ~", "site_dir: []", "site_dir: ''", 'site_dir: "a\\0b"',
    "site_dir: out/deep/er", "site_dir: templates", "hooks: [no-such.py]", "hooks: x", "hooks: [1]", "hooks: ~", "no_such: 1", "1: 2", "~: x", "[a]: b", "? {a: b}\n: c",
    "<<: {site_name: x}", "<<: x", "site_name: twice", "theme: {name: ~}", "theme: {custom_dir: nowhere}", "theme: {custom_dir: content}", "theme: {name: no-such}",
    "theme: {name: ~, custom_dir: templates}", "theme: {name: ~, custom_dir: .}", "theme: {name: [a]}", "theme: []", "theme: {}", "theme: {1: 2}", "theme: {~: x}",
    "nav: x", "nav: [x]", "nav: [{a: b.md}]", "nav: [{a: [{b: c.md}]}]", "nav: [[x]]", "nav: {}", "nav: [~]", "nav: [1]", "nav: {a: ~}", "%YAML 1.1", "...", "--- x", "a", "\ta: b", "[",
)  # fmt: skip

BASE: Final = {
    "site_name": "Test site", "site_url": "https://example.org/x/y/", "docs_dir": "content", "theme": "site_builder", "plugins": "[site_builder]",
}  # fmt: skip


@st.composite
def settings_files(draw: st.DrawFn) -> str:
    """A valid file in which some settings and options have other values, and some lines more stand between."""
    lines = dict(BASE)
    options = {name: draw(values) for name in draw(st.lists(st.sampled_from(OPTIONS), max_size=3, unique=True))}
    if options:
        written = "".join(
            f"\n      {name}: {value.replace(chr(10), chr(10) + '      ')}" for name, value in options.items()
        )
        lines["plugins"] = f"\n  - site_builder:{written}"
    for name in draw(st.lists(st.sampled_from(SETTINGS), max_size=2, unique=True)):
        lines[name] = draw(values)
    if draw(st.integers(0, 5)) == 0:
        lines["plugins"] = draw(st.sampled_from(PLUGINS))
    if draw(st.integers(0, 5)) == 0:
        lines["markdown_extensions"] = draw(st.sampled_from(EXTENSIONS))
    written_lines = [f"{name}: {value}" for name, value in lines.items()]
    for line in draw(st.lists(st.sampled_from(WHOLE), max_size=1)):
        name = line.partition(":")[0]
        written_lines = [one for one in written_lines if name in {"site_name", "1"} or not one.startswith(f"{name}:")]
        written_lines.insert(draw(st.integers(0, len(written_lines))), line)
    return "\n".join(written_lines) + "\n"


def project(settings_text: str) -> dict[str, Any]:
    """The sound site with other settings, and a file that they may inherit from, which inherits from them."""
    return {**sound_site(), "mkdocs.yml": settings_text, "other.yml": "INHERIT: mkdocs.yml\nsite_author: x\n"}


@sized(10)
@given(text=settings_files())
def test_any_settings_are_used_or_reported(text):
    hold(project(text))


EACH_FORM: Final = [*WHOLE, *(f"plugins: {p}" for p in PLUGINS), *(f"markdown_extensions: {e}" for e in EXTENSIONS)]


@pytest.mark.parametrize("line", EACH_FORM if EXAMPLES else EACH_FORM[::12])
def test_each_form_of_a_setting(line):
    name = line.partition(":")[0]
    kept = [f"{key}: {value}" for key, value in BASE.items() if key != name]
    hold(project("\n".join([*kept, line]) + "\n"))


@sized(5)
@given(
    text=settings_files(),
    encoding=st.sampled_from(["utf-8-sig", "utf-16", "latin-1", "utf-32"]),
    cut=st.integers(0, 200),
)
def test_settings_that_are_no_text_are_reported(text, encoding, cut):
    hold({**sound_site(), "mkdocs.yml": as_entry(text.encode(encoding, "replace")[cut:])})
