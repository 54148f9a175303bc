"""Our own options, under `plugins: - site_builder:`: their types, defaults and meaning."""

import json
from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, Strict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as model

from site_builder.config.form_backend import FormOptions, form_options
from site_builder.config.mkdocs_settings.beside_mkdocs import folder_in_docs
from site_builder.config.option_values import (
    colour,
    file_patterns,
    language_tag,
    menu_item,
    menu_link,
    suggest_address,
    time_zone,
    usable_weights,
    web_address,
)
from site_builder.config.positions import PLUGIN, Positions
from site_builder.config.program_version import too_old, version_of_site
from site_builder.diagnostics import CODES, Diagnostic, Location, diagnostic, did_you_mean
from site_builder.urls import SourcePath

_Level = Literal["error", "warning", "info", "ignore"]
_Signal = Literal["text", "topics", "entities", "direct", "coupling", "cocited", "time", "days"]
_Count = Annotated[int, Strict(), Field(ge=1)]


_HomeSection = Literal["lead", "latest", "linked", "topics", "tools"]


@model(frozen=True, slots=True, config=ConfigDict(extra="forbid", defer_build=True))
class MenuLink:
    """A link of one's own in the menu or at the foot of all pages."""

    title: str
    """Its text."""
    url: str
    """From the root of the site, such as `/about/`, or on the web."""


@model(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid", defer_build=True))
class Options:
    """The options under `plugins: - site_builder:`."""

    folder: Annotated[str, BeforeValidator(folder_in_docs)] = ""
    """The folder of `docs_dir` that this program renders, such as `kb`, with its pages at `/kb/`; MkDocs and its theme
    render the rest ([beside MkDocs](../mkdocs.md)). Default: all of `docs_dir`."""
    site_name: str = ""
    """Name of the knowledge site in that folder. Default: that of the whole site."""
    site_description: str = ""
    """What it is about, in one sentence. Default: that of the whole site."""
    per_page: _Count = 50
    """Articles per page of a list."""
    feed_items: _Count = 30
    """Entries per feed."""
    feed_articles: _Count = 3
    """Articles from which a topic or an entity has feeds of its own; its field `feed` may decide otherwise. With `feed:
    true`, a feed that has readers keeps its address however few articles are left."""
    list_articles: _Count = 5
    """Articles from which a part of a list has a page of its own: those of a topic that name one entity, have one
    source or are of one year."""
    home_items: _Count = 12
    """Latest articles on the home page."""
    accent: Annotated[str, BeforeValidator(colour)] = ""
    """Colour of links, such as `"#0b5cad"`. From it a darker one is made where it is hard to read on white, and a
    lighter one for the dark: both with a contrast of 4.5:1 at least (WCAG 2.2, success criterion 1.4.3)."""
    logo: str = ""
    """Picture before the name of the site: a file in `content/static/`, such as `logo.svg`."""
    favicon: str = ""
    """Picture that browsers show on a tab: a file in `content/static/`. Default: the theme's."""
    web_font: Annotated[bool, Strict()] = True
    """Whether pages load the theme's typeface. Without it they use one that the reader's system has."""
    menu: tuple[Annotated[str | MenuLink, BeforeValidator(menu_item)], ...] = ()
    """What the menu shows, in this order: of the lists `articles`, `topics`, `entities`, `timeline`, `graph` and
    `tools` those that you name, and links of your own as `{title: About, url: /about/}`. Default: all lists."""
    footer: Annotated[str, Strict()] = ""
    """A line at the foot of every page, above `copyright`."""
    footer_links: tuple[Annotated[MenuLink, BeforeValidator(menu_link)], ...] = ()
    """Links at the foot of every page, before the others: `{title: Mastodon, url: https://…}`."""
    home: tuple[_HomeSection, ...] = ("lead", "latest", "linked", "topics", "tools")
    """Parts of the home page: the first articles, the latest ones, those with the most links, topics, tools. The last
    two appear in the order in which they are named."""
    related_items: Annotated[int, Strict(), Field(ge=0)] = 5
    """Related articles suggested on an article's page, in addition to the curated ones; 0 for none."""
    related_threshold: Annotated[float, Field(ge=0, le=1)] = 0.14
    """Score from which an article counts as related: an empty list is better than a random one."""
    related_threshold_text: Annotated[float, Field(ge=0, le=1)] = 0.25
    """The same for articles that share only words and dates: no topic, entity or link."""
    related_weights: Annotated[dict[_Signal, Annotated[float, Field(ge=0)]], AfterValidator(usable_weights)] = field(
        default_factory=dict
    )
    """Signal -> the most that it adds to a score. Defaults: text 1, topics 0.4, entities 0.2, direct 0.3, coupling 0.1,
    cocited 0.1, time 0.5 (the increase of the rest for two articles of the same day), days 30 (after which that
    increase is halved). The first six add up to 2.5 at most."""
    newsletter_action: Annotated[str, BeforeValidator(web_address)] = ""
    """Address to which the newsletter's sign-up form is sent; your mail service tells you which. Without it no page has
    the form."""
    newsletter_field: str = "email"
    """Name of the form field for the reader's address, as that service expects it."""
    suggest_url: Annotated[str, BeforeValidator(suggest_address)] = ""
    """Address where readers suggest an article or a tool and report mistakes. Default: the issue forms of `repo_url`,
    if that is a repository on GitHub; `off` for no such links."""
    social_images: bool = False
    """Draw a picture for each article and topic, which other sites show when they link to it. Needs `site_url`, and
    `pip install 'site-builder[images]'`; without that, it is an error."""
    feed_base_url: Annotated[str, BeforeValidator(web_address)] = ""
    """Address of the site that the ids in feeds begin with, such as `https://kb.example.org/`; leave it as it is when
    `site_url` changes. Only for sites whose feeds had such ids before: by default ids depend on no address."""
    form: Annotated[
        FormOptions | None, BeforeValidator(form_options, json_schema_input_type=bool | FormOptions | None)
    ] = None
    """Publish [the browser form](../browser-form.md) at `/admin/`: `true`, or a mapping with keys such as `repo` and
    `branch`. What it needs beside this program is fetched by `site-builder form --install`."""
    search: bool = True
    """Publish the search page `/search/` and its index."""
    link_mentions: bool = False
    """Link the first mention of each entity in an article's text to the entity's page."""
    language: Annotated[str, BeforeValidator(language_tag)] = "en"
    """Language of the site, as a BCP 47 tag. The interface is available in English and German, and in any language that
    you [translate](../words.md) it into."""
    timezone: Annotated[str, BeforeValidator(time_zone)] = "UTC"
    """Time zone of the site, by its name in the IANA database, such as `Europe/Berlin`. Embargoes end and ages are
    judged by the day that it is there, wherever the site is built. `--date` replaces that day, and SOURCE_DATE_EPOCH
    the moment."""
    cache_dir: str = ".cache/site_builder"
    """Folder for the cache, relative to that of `mkdocs.yml`; safe to delete."""
    allow_files: Annotated[tuple[str, ...], AfterValidator(file_patterns)] = ()
    """Published files that browsers can run, such as HTML and scripts, and that are meant to be there: patterns like
    those of .gitignore, relative to the content folder. Others are reported
    ([`file-can-run`](diagnostics.md#file-can-run)).
    An SVG that pages show is published without what can run in it, unless it is named here."""
    min_version: Annotated[str, BeforeValidator(version_of_site)] = ""
    """The oldest version of the program that can build this site, such as `"1.2"`. An older one says so, and nothing
    else."""
    severities: dict[str, _Level] = field(default_factory=dict)
    """Code of a diagnostic -> error, warning, info or ignore."""


_OPTIONS: Final = TypeAdapter(Options)


_KEYS_BELOW: Final[Mapping[str, Any]] = {"form": FormOptions}
"""Options that are mappings with keys of their own."""

_WANTED: Final = {
    "int_type": "a whole number",
    "greater_than_equal": "1 or more",
    "less_than_equal": "1 or less",
    "string_type": "text",
    "dict_type": "a mapping of codes to severities",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
}


def read_options(
    raw: Mapping[str, Any], name: SourcePath, positions: Positions
) -> tuple[Options | None, list[Diagnostic]]:
    """Check what is written under `site_builder:`. May report settings; then there are no options."""
    found: list[Diagnostic] = []
    options: Options | None = None
    if old := too_old(raw.get("min_version"), name, positions):
        return None, [old]
    try:
        options = _OPTIONS.validate_python(dict(raw))
    except ValidationError as error:
        for e in error.errors(include_url=False):
            key = str(e["loc"][0]) if e["loc"] else ""
            place = Location(name, *positions.get(f"{PLUGIN}.{key}", (1, 1)))
            if e["type"] == "unexpected_keyword_argument":
                inner = str(e["loc"][-1])
                known = list(_KEYS_BELOW.get(key if len(e["loc"]) > 1 else "", Options).__dataclass_fields__)
                whole = ".".join(map(str, e["loc"]))
                place = Location(name, *positions.get(f"{PLUGIN}.{whole}", (place.line, place.column)))
                owner = f'a key of "{key}"' if inner != whole else f"an option of {PLUGIN}"
                text = f'"{inner}" is not {owner}'
                found.append(
                    diagnostic("settings", place, text, did_you_mean(inner, known) or f"known: {', '.join(known)}")
                )
            else:
                where = ".".join(str(part) for part in e["loc"])
                place = Location(name, *positions.get(f"{PLUGIN}.{where}", (place.line, place.column)))
                expected = e.get("ctx", {}).get("expected", "").replace("'", "")
                wanted = expected if e["type"] == "literal_error" else _WANTED.get(e["type"], e["msg"])
                text = f'"{where}" is {json.dumps(e["input"], default=str)}, which is not {wanted}'
                found.append(diagnostic("settings", place, text))
    for code in options.severities if options else ():
        if code not in CODES:
            place = Location(name, *positions.get(f"{PLUGIN}.severities.{code}", (1, 1)))
            found.append(
                diagnostic("settings", place, f'"{code}" is not the code of a diagnostic', did_you_mean(code, CODES))
            )
    return options, found
