"""Write `docs/reference/`: pages made from the program itself, so that they cannot say what it does not do.

    python -m tools.reference        (make docs)

Each function below takes nothing and gives one page; `PAGES` names them. `tests/docs` fails when a page is not fresh.
"""

import ast
import importlib
import inspect
import json
import pkgutil
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

import click
import msgspec
from pydantic import TypeAdapter

from site_builder import config, diagnostics, pages
from site_builder.cli import main as command_line
from site_builder.config import MarkdownOptions
from site_builder.config.form_backend import FormOptions
from site_builder.config.mkdocs_settings.meanings import SETTINGS
from site_builder.config.plugin_options import MenuLink, Options
from site_builder.content.document import load_document
from site_builder.content.listing.discover import SourceFile
from site_builder.content.schema import FOLDERS, MODELS, json_schema
from site_builder.content.vocabulary import Kind
from site_builder.field_docs import field_docs
from site_builder.render.site_view import SiteView
from site_builder.render.templating.environment import FILTERS
from site_builder.render.templating.template import Template
from site_builder.urls import SourcePath

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "docs" / "reference"
INVALID: Final = ROOT / "tests" / "invalid"
NOTE: Final = "<!-- Made by `make docs`: change the program instead, then run it again. -->\n"

EXAMPLES: Final[Mapping[Kind, str]] = {
    Kind.ARTICLE: """\
        ---
        title: A hospital plans its own language model
        date: 2026-06-03
        summary: The hospital and a software company will train a model on its records.
        source: {name: Hospital news, url: https://example.org/news/model, language: en}
        topics: [healthcare-ai, privacy]
        entities: [mayo-clinic]
        similar: [gdpr, {to: eu-ai-act, why: sets the duties for such systems, kind: background}]
        curator: Ida
        ---
        They begin with radiology; see [the law](gdpr.md) and [[privacy]].
        """,
    Kind.TOPIC: """\
        ---
        title: Privacy
        summary: Who may know what about whom.
        broader: [regulation]
        synonyms: [data protection]
        ---
        An introduction, which stands above the list of articles.
        """,
    Kind.ENTITY: """\
        ---
        name: World Health Organization
        kind: organisation
        synonyms: [WHO]
        same_as: [https://www.wikidata.org/wiki/Q7817]
        ---
        """,
    Kind.TOOL: """\
        ---
        name: Gauge Reader
        pricing: free
        summary: Reads the level of a river every ten minutes.
        tags: [data]
        url: https://example.org/gauge
        ---
        """,
    Kind.PAGE: """\
        ---
        title: About this site
        order: 1
        ---
        Who we are, and how we choose what we sum up.
        """,
}
"""A short document of each kind; one that the program finds fault with is refused."""

NAMES: Final[Mapping[str, str]] = {
    "site": "[SiteView](#siteview): what every page knows of the whole site.",
    "page": "The view of this page; [which one](#templates-and-their-views) goes by the template.",
    "url": "The page's address from the root of the site: `/topics/privacy/`.",
    "t": "The [words](#words) of the interface.",
}
"""Names in a template that are no functions."""


def front_matter() -> str:
    """`front-matter.md`: the fields of every kind of document."""
    definitions = json_schema()["$defs"]
    shown = {model.__name__ for model in MODELS.values()}
    lines = [
        "# Front matter",
        "",
        "Every document starts with YAML between two lines `---`. Its folder says which kind it is, its file name is",
        "the last part of its address. `site-builder schema` prints the same as a JSON Schema, for editors that check",
        "as you type.",
        "",
    ]
    for kind, model in MODELS.items():
        folder = next(name for name, k in FOLDERS.items() if k is kind)
        lines += _definition(f"`content/{folder}/`: {kind}", model.__name__, definitions)
        lines += ["", "```markdown", _checked_example(kind, folder), "```", ""]
    for name in (n for n in definitions if n not in shown and "properties" in definitions[n]):
        lines += [*_definition(name, name, definitions), ""]
    return "\n".join(lines)


def _definition(heading: str, name: str, definitions: Mapping[str, Any]) -> list[str]:
    schema = definitions[name]
    required = schema.get("required", ())
    rows = [
        (f"`{key}`", _schema_type(field, definitions), _default(key, field, required), field["description"])
        for key, field in schema["properties"].items()
    ]
    return [f"## {heading}", "", _one_line(schema["description"]), "", *_table("field type default meaning", rows)]


def _schema_type(field: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """A JSON Schema type in words."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        values = definitions[name].get("enum")
        return ", ".join(f"`{v}`" for v in values) if values else f"[{name}](#{name.lower()})"
    if "anyOf" in field:
        options = [_schema_type(option, definitions) for option in field["anyOf"] if option.get("type") != "null"]
        return " or ".join(options)
    if field["type"] == "array":
        return f"list of {_schema_type(field['items'], definitions)}"
    if field["type"] == "object":
        return f"group of name: {_schema_type(field['additionalProperties'], definitions)}"
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    names = {"string": "text", "boolean": "`true` or `false`", "integer": "whole number", "number": "number"}
    return {"date": "date, YYYY-MM-DD", "uri": "web address"}.get(field.get("format", ""), names[field["type"]])


def _default(key: str, field: Mapping[str, Any], required: Iterable[str]) -> str:
    if key in required:
        return "**required**"
    value = field.get("default")
    return "" if value in (None, [], {}) else f"`{value if isinstance(value, str) else json.dumps(value)}`"


def _checked_example(kind: Kind, folder: str) -> str:
    text = textwrap.dedent(EXAMPLES[kind])
    source = SourceFile(SourcePath(f"content/{folder}/example.md"), kind, "example")
    loaded = load_document(source, text.encode(), MarkdownOptions())
    if loaded.document is None or loaded.diagnostics:
        raise ValueError(f"the example of {kind} is not valid: {list(map(str, loaded.diagnostics))}")
    return text.rstrip("\n")


def findings() -> str:
    """`diagnostics.md`: every finding that a command can report."""
    rows = [
        (f"[`{name}`](#{name})", str(code.severity), code.meaning) for name, code in sorted(diagnostics.CODES.items())
    ]
    lines = [
        "# Diagnostics",
        "",
        "A finding of `site-builder check` or another command gives its place, what is wrong, its code, and usually",
        "what to do about it. An error stops a build, a warning stops a strict build, and info stops nothing.",
        "[`severities`](settings.md) in the settings can change that:",
        "",
        "```yaml",
        "plugins:",
        "  - site_builder:",
        "      severities: {target-wanted: ignore, image-alt: error}",
        "```",
        "",
        "The exit code of `report` is 0 whatever the severities, and `mv` and `suggest` still refuse what they refuse.",
        "",
        *_table("code severity meaning", rows),
        "",
    ]
    for name, code in sorted(diagnostics.CODES.items()):
        lines += [f"## {name}", "", f"{str(code.severity).capitalize()}. {code.meaning}", ""]
        example = _example_finding(name)
        if example:
            lines += ["```text", example, "```", ""]
    return "\n".join(lines)


def _example_finding(code: str) -> str:
    """The first message with this code among the expected ones, with its hint."""
    longer = [c for c in diagnostics.CODES if c.startswith(f"{code}-")]
    for folder in sorted(INVALID.glob(f"{code}*")):
        belongs = folder.name == code or folder.name.startswith(f"{code}-")
        if not belongs or any(folder.name.startswith(c) for c in longer) or not (folder / "expected.txt").is_file():
            continue
        lines = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if line.endswith(f"[{code}]"):
                hint = lines[number + 1 : number + 2]
                return "\n".join([line, *(h for h in hint if h.startswith("  hint: "))])
    return ""


def settings() -> str:
    """`settings.md`: what stands in `mkdocs.yml`."""
    read = set(re.findall(r"\bsettings\.([a-z_]+)\b(?!\()", inspect.getsource(config)))
    known = {key for key, _ in config._mkdocs_config_class()()._schema}  # noqa: SLF001 (MkDocs names its settings nowhere else)
    if (read & known) - set(SETTINGS):
        raise ValueError(f"tools/reference.py says nothing of the settings {sorted((read & known) - set(SETTINGS))}")
    if {key for key, meaning in SETTINGS.items() if meaning} - known:
        raise ValueError("tools/reference.py names a setting that MkDocs does not know")
    schema, meanings = TypeAdapter(Options).json_schema(), field_docs(Options)
    options = [
        (f"`{key}`", _schema_type(field, schema["$defs"]), _default(key, field, ()), meanings[key])
        for key, field in schema["properties"].items()
    ]
    links = [(f"`{key}`", meaning) for key, meaning in field_docs(MenuLink).items()]
    of_form = [(f"`{key}`", meaning) for key, meaning in field_docs(FormOptions).items()]
    return "\n".join([
        "# Settings",
        "",
        "One file, `mkdocs.yml`, serves `site-builder` and `mkdocs` alike. It is read with MkDocs' own loader, so",
        "`!ENV` and `INHERIT` work, and a setting that MkDocs does not know is reported.",
        "",
        "## Settings of MkDocs that count here",
        "",
        *_table("setting meaning", [(f"`{key}`", meaning) for key, meaning in SETTINGS.items() if meaning]),
        "",
        "Every other setting that changes what MkDocs' own pages look like (`nav`, `extra_templates`, `extra`,",
        "`theme.palette` …) has no effect here and is reported (`settings-ignored`) at its line. `hooks` are run by",
        "`mkdocs` only: `site-builder` does not import them, and says so. With the option `folder` all of them count",
        "for the pages that MkDocs renders, so none is reported ([beside MkDocs](../mkdocs.md)).",
        "",
        "## Options of the plugin",
        "",
        *_table("option type default meaning", options),
        "",
        "### MenuLink",
        "",
        *_table("part meaning", links),
        "",
        "### FormOptions",
        "",
        *_table("key meaning", of_form),
        "",
        "Codes for `severities` are listed under [diagnostics](diagnostics.md). An example:",
        "",
        "```yaml",
        "plugins:",
        "  - site_builder:",
        "      per_page: 25",
        "      language: de",
        "      severities:",
        "        target-wanted: ignore",
        "```",
        "",
        "## Environment",
        "",
        "`SOURCE_DATE_EPOCH` (seconds since 1970) sets the moment of the build, and so the day in `timezone` by which",
        "embargoes are judged; `--date` comes before it.",
        "",
    ])  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class _Class:
    name: str
    meaning: str
    fields: tuple[_Field, ...]


def templates() -> str:
    """`templates.md`: what a template may see."""
    used = template_views()
    classes = [_documented(view) for view in _reachable(used.values())]
    known = {c.name for c in classes}
    functions = dict(_template_functions())
    names = [
        *((f"`{name}`", NAMES[name]) for name in NAMES),
        *((f"`{call}`", meaning) for call, meaning in sorted(functions.items())),
    ]
    filters = [(f"`{name}`", _first(function.__doc__)) for name, function in sorted(FILTERS.items())]
    lines = [
        "# Templates",
        "",
        "Templates are Jinja2. Everything is escaped unless it is already HTML, and an undefined name is an error. A",
        "file in `templates/` beside `mkdocs.yml` replaces the theme's file of the same name; files under",
        "`templates/assets/` are published under `/assets/`.",
        "",
        "## Names",
        "",
        *_table("name meaning", names),
        "",
        "Addresses in views start at the root of the site: write `href(card.url)` in HTML, `absolute(item.url)` in",
        "feeds.",
        "",
        "## Words",
        "",
        "Templates hold no texts: `words/en.yml` has them all, and a file beside it those of another language. In a",
        "template `t` gives one by its key.",
        "",
        *_table(
            "in a template gives",
            [
                ('`{{ t("latest") }}`', "The text itself."),
                ('`{{ t("summary_by", name=page.curator) }}`', "The text with its `{name}` filled in."),
                ('`{{ t("count_articles", count=page.total) }}`', "The form of the plural that goes with the number."),
                ('`{{ t("moved_to", link=link) }}`', "With a link in it, if `link` is HTML: `{% set link %}`."),
                ('`{{ t.language("de-AT") }}`', "The name of a language."),
            ],
        ),
        "",
        "A key that there is not is an error. [Another language](../words.md) tells how a site gets its own words.",
        "",
        "## Filters",
        "",
        *_table("filter gives", filters),
        "",
        "## Templates and their views",
        "",
        "In each template, `page` is the view that this table names.",
        "",
        *_table("template view", [(f"`{name}`", _anchor(view.__name__)) for name, view in sorted(used.items())]),
        "",
        "`base.html` is what the pages extend, `partials/` holds macros, and `main.html` is for pages that other",
        "plugins of MkDocs generate: it sees what MkDocs gives it.",
        "",
    ]
    for class_ in classes:
        rows = [(f"`{f.name}`", _python_type(f.type, known), f.meaning) for f in class_.fields]
        lines += [f"## {class_.name}", "", class_.meaning, "", *_table("field type meaning", rows), ""]
    return "\n".join(lines)


def template_views() -> dict[str, type]:
    """Template -> the view that it is given: what the annotations of all `Template` constants of `pages/` say."""
    views: dict[str, type] = {}
    for found in pkgutil.walk_packages(pages.__path__, f"{pages.__name__}."):
        module = importlib.import_module(found.name)
        for name, annotation in getattr(module, "__annotations__", {}).items():
            template = getattr(module, name, None)
            if isinstance(template, Template):
                (generic,) = get_args(annotation)
                (view,) = get_args(generic)
                if views.setdefault(template.name, view) is not view:
                    raise ValueError(f"{template.name} is given two kinds of views")
    return views


def _reachable(views: Iterable[type]) -> list[type]:
    """All views that a template can reach from those of the routes, and from `site`."""
    known: dict[type, None] = {}
    waiting: list[Any] = [SiteView, *views]
    while waiting:
        current = waiting.pop()
        if isinstance(current, type) and issubclass(current, msgspec.Struct):
            if current not in known:
                known[current] = None
                waiting += get_type_hints(current).values()
        else:
            waiting += get_args(current)
    return sorted(known, key=lambda class_: class_.__name__)


def _documented(view: type) -> _Class:
    """A view with the docstrings under its fields."""
    tree = ast.parse(inspect.getsource(sys.modules[view.__module__]))
    node = next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == view.__name__)
    meanings = field_docs(view)
    fields = tuple(
        _Field(item.target.id, ast.unparse(item.annotation), _one_line(meanings.get(item.target.id, "")))
        for item in node.body
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
    )
    return _Class(node.name, _one_line(ast.get_docstring(node) or ""), fields)


def _template_functions() -> Iterator[tuple[str, str]]:
    """`href(target)` and its like -> what it gives; they are the functions inside `Template._names`."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(Template._names)))  # noqa: SLF001 (what it gives is what this page tells)
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    given = next(
        node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
    )
    for key in given.keys:
        name = str(key.value) if isinstance(key, ast.Constant) else ""
        if name in NAMES:
            continue
        function = functions[name]
        yield f"{name}({', '.join(a.arg for a in function.args.args)})", _first(ast.get_docstring(function))


def _python_type(annotation: str, known: set[str]) -> str:
    """A type in words: `tuple[Label, ...]` -> list of [Label](#label)."""
    words = {"str": "text", "int": "number", "bool": "true or false", "dt.date": "date", "Permalink": "address"}
    words |= {
        "None": "none",
        "Source": "[Source](front-matter.md#source)",
        "float": "number",
        "object": "any",
        "bytes": "bytes",
    }
    if of := re.fullmatch(r"tuple\[([^\[\]]+ \| [^\[\]]+), \.\.\.\]", annotation):
        return f"list, each entry {_python_type(of[1], known)}"
    if " | " in annotation:
        return " or ".join(_python_type(part, known) for part in annotation.split(" | "))
    if listed := re.fullmatch(r"tuple\[(.+), \.\.\.\]", annotation):
        return f"list of {_python_type(listed[1], known)}"
    if several := re.fullmatch(r"tuple\[(.+)\]", annotation):
        return " and ".join(_python_type(part, known) for part in several[1].split(", "))
    return _anchor(annotation) if annotation in known else words[annotation]


def _anchor(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def commands() -> str:
    """`command-line.md`: the help of every command."""
    lines = [
        "# Command line",
        "",
        "The `--help` of each command. Exit codes: 0 clean, 1 errors in the content (or warnings in a strict run)",
        "or a fault of the disk, 2 wrong usage, and those of [an interrupted command](../interrupted.md). With",
        "`--format json`, `github` or `sarif`, standard output holds the findings and nothing else;",
        "messages for people go to standard error.",
        "",
        *_help(command_line, "site-builder"),
    ]
    for name, command in sorted(command_line.commands.items()):
        lines += _help(command, f"site-builder {name}")
    return "\n".join(lines)


def _help(command: click.Command, name: str) -> list[str]:
    given = {**command.context_settings, "terminal_width": 100, "max_content_width": 100, "color": False}
    parent = click.Context(command_line, info_name="site-builder", help_option_names=["-h", "--help"])
    is_group = command is command_line
    context = click.Context(
        command, None if is_group else parent, info_name=name if is_group else name.split(" ", 1)[1], **given
    )
    return [f"## {name}", "", "```text", command.get_help(context), "```", ""]


def _table(head: str, rows: Iterable[Iterable[str]]) -> list[str]:
    """A Markdown table; `head` names the columns, one word each."""
    columns = head.split()
    lines = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    return lines + ["| " + " | ".join(_one_line(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _first(docstring: str | None) -> str:
    """The first paragraph."""
    return _one_line(inspect.cleandoc(docstring or "").split("\n\n")[0])


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "front-matter.md": front_matter,
    "diagnostics.md": findings,
    "settings.md": settings,
    "templates.md": templates,
    "command-line.md": commands,
}


def make(name: str) -> str:
    """The text of one page."""
    text = PAGES[name]()
    heading, _, rest = text.partition("\n")
    return f"{heading}\n\n{NOTE}{rest}".rstrip("\n") + "\n"


def write_all() -> None:
    """Write every page and say so."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        (FOLDER / name).write_text(make(name), encoding="utf-8")
        print(f"Wrote {(FOLDER / name).relative_to(ROOT)}.")


if __name__ == "__main__":
    write_all()
