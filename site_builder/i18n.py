"""The texts of the interface, which pages show around what writers wrote: one YAML file per language.

The theme's `words/en.yml` has every key. Other languages are files beside it, or in `templates/words/` of a site. A
site's file may also replace single texts. Texts that a language does not have are shown in English.

A text may contain `{names}` that are filled in. A list of texts has one for each plural form, in the order given by
`plural` (an expression as in gettext's Plural-Forms; `n != 1` for English).
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py
from pathlib import Path
from string import Formatter
from typing import Final, TypeAlias

import yaml
from markupsafe import Markup, escape

from site_builder.characters import forbidden_in, name_of_character
from site_builder.diagnostics import Diagnostic, Location, diagnostic, did_you_mean
from site_builder.theme import theme_dir
from site_builder.urls import SourcePath
from site_builder.yaml_bounds import compose

ENGLISH: Final = "en"
FOLDER: Final = "words"

TranslatedText: TypeAlias = str | tuple[str, ...]
"""A text, or one for each plural form; `months` has twelve."""


@dataclass(frozen=True, slots=True)
class Translations:
    """All texts of the interface in one language."""

    texts: Mapping[str, TranslatedText]

    def __call__(self, key: str, count: int | None = None, **values: object) -> str:
        """Fill in a text; `count` selects the plural form. The result is markup if one of the values is.

        Raises KeyError for an unknown key or name.
        """
        text = self.texts[key]
        if not isinstance(text, str):
            text = text[min(_plural(self._text("plural"))(count or 0), len(text) - 1)]
        elif count is None and not values and "{" not in text:
            return text
        if count is not None:
            values["count"] = self.number(count)
        if any(hasattr(value, "__html__") for value in values.values()):
            return Markup(escape(text)).format(**values)  # noqa: S704 (format escapes values that are not markup)
        return text.format(**values)

    def number(self, value: int) -> str:
        """`12,000`"""
        return f"{value:,}".replace(",", self._text("thousands"))

    def month(self, month: int) -> str:
        """`June` for 6."""
        return self.texts["months"][month - 1]

    def day(self, value: dt.date) -> str:
        """`3 June 2026`"""
        return self("day", day=value.day, month=self.month(value.month), year=value.year)

    def day_of_year(self, value: dt.date) -> str:
        """`3 June`, below a heading that has the year"""
        return self("day_of_year", day=value.day, month=self.month(value.month))

    def month_of(self, year: int, month: int) -> str:
        """`June 2026`"""
        return self("month_of", month=self.month(month), year=year)

    def language(self, tag: str) -> str:
        """`German` for `de` and `de-AT`; the tag itself if there is no text for it."""
        name = self.texts.get(f"language_{tag.partition('-')[0].lower()}", tag)
        return name if isinstance(name, str) else tag

    def listed_plainly(self, items: Sequence[str]) -> str:
        """`a, b, c`"""
        return self("list_comma").join(items)

    def listed(self, items: Sequence[str]) -> str:
        """`a, b and c`"""
        if len(items) < 2:
            return "".join(items)
        return self("list_end", first=self._text("list_comma").join(items[:-1]), last=items[-1])

    def _text(self, key: str) -> str:
        text = self.texts[key]
        return text if isinstance(text, str) else text[0]


@lru_cache(maxsize=32)
def _plural(rule: str) -> Callable[[int], int]:
    return c2py(rule)


_RTL_LANGUAGES: Final = frozenset("ar arc ckb dv fa he iw ji ks nqo pnb prs ps sd syr ug ur yi".split())
_RTL_SCRIPTS: Final = frozenset("adlm arab hebr nkoo rohg syrc thaa".split())


def direction(tag: str) -> str:
    """`rtl` or `ltr`, by the script that a language tag names (BCP 47: four letters), else by the language."""
    language, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return "rtl" if script in _RTL_SCRIPTS or (not script and language in _RTL_LANGUAGES) else "ltr"


def load_translations(folders: Sequence[Path], language: str, root: Path) -> tuple[Translations, list[Diagnostic]]:
    """Load the texts of a language from the template folders; earlier folders take precedence.

    May report words-invalid, words-unknown and words-missing, with paths relative to `root`.
    """
    found: list[Diagnostic] = []
    model = _read_all(folders, ENGLISH, root, {}, found)
    texts = dict(model)
    names = list(dict.fromkeys((language.partition("-")[0].lower(), language)))
    for name in names:
        if name != ENGLISH:
            texts |= _read_all(folders, name, root, model, found)
    if texts == model and not any((f / FOLDER / f"{n}.yml").is_file() for n in names for f in folders):
        text = f'the interface is not translated into "{language}", so its texts are in English'
        hint = f"write templates/{FOLDER}/{names[0]}.yml with the keys of the theme's {FOLDER}/{ENGLISH}.yml"
        found.append(diagnostic("words-missing", Location(SourcePath("mkdocs.yml")), text, hint))
    return Translations(texts), found


@lru_cache(maxsize=1)
def english() -> Translations:
    """The theme's English texts, for callers without a site."""
    return load_translations([theme_dir()], ENGLISH, theme_dir())[0]


def _read_all(
    folders: Sequence[Path], language: str, root: Path, model: Mapping[str, TranslatedText], found: list[Diagnostic]
) -> dict[str, TranslatedText]:
    """Merge the files of one language. The theme's English file, which is the last, defines the keys."""
    texts: dict[str, TranslatedText] = {}
    for folder in reversed(folders):
        file = folder / FOLDER / f"{language}.yml"
        known = model or dict(texts)
        entries = _read(file, root, found) if file.is_file() else ()
        texts |= {key: text for key, text, place in entries if not known or _is_right(key, text, known, place, found)}
    return texts


def _read(file: Path, root: Path, found: list[Diagnostic]) -> Iterator[tuple[str, TranslatedText, Location]]:
    """The entries of a file, with their positions."""
    path = SourcePath(file.relative_to(root).as_posix() if file.is_relative_to(root) else f"theme/{FOLDER}/{file.name}")
    try:
        node = compose(file.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
        why = getattr(error, "problem", None) or str(error)
        found.append(
            diagnostic("words-invalid", place, f"this is not valid YAML: {why}", "write one `key: text` per line")
        )
        return
    if node is None:
        return
    if not isinstance(node, yaml.MappingNode):
        hint = "write one `key: text` per line"
        found.append(diagnostic("words-invalid", Location(path), "this is not a translation file", hint))
        return
    for key, value in node.value:
        place = Location(path, key.start_mark.line + 1, key.start_mark.column + 1)
        text = _text_of(value)
        if text is None:
            hint = "write a text, or a list with one text for each plural form"
            found.append(diagnostic("words-invalid", place, f'"{key.value}" has no text', hint))
        else:
            yield str(key.value), text, place


def _text_of(node: yaml.Node) -> TranslatedText | None:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode) and node.value and all(isinstance(n, yaml.ScalarNode) for n in node.value):
        return tuple(str(n.value) for n in node.value)
    return None


def _is_right(
    key: str, text: TranslatedText, known: Mapping[str, TranslatedText], place: Location, found: list[Diagnostic]
) -> bool:
    """Whether a text can replace the English one; reports the problem if not."""
    wrong, hint = "", ""
    if key not in known:
        found.append(diagnostic("words-unknown", place, f'there is no text called "{key}"', did_you_mean(key, known)))
        return False
    model = known[key]
    if bad := forbidden_in(text if isinstance(text, str) else "".join(text)):
        wrong, hint = f'"{key}" holds the character {name_of_character(bad[0])}', "delete its escape"
    elif key == "plural":
        wrong = "" if isinstance(text, str) and _is_rule(text) else "this is not a plural rule"
        hint = 'an expression with n, such as "n != 1"'
    elif isinstance(text, str) != isinstance(model, str):
        wrong = f'"{key}" must be ' + ("one text" if isinstance(model, str) else "a list of texts")
    elif key == "months" and len(text) != 12:
        wrong = f'"months" must be a list of twelve texts, not {len(text)}'
    elif unknown := sorted(set(_names(text)) - set(_names(model))):
        wrong = f'"{key}" uses {{{unknown[0]}}}, which is not available there'
        hint = f"it can use {', '.join(f'{{{n}}}' for n in sorted(set(_names(model)))) or 'nothing'}"
    if wrong:
        found.append(diagnostic("words-invalid", place, wrong, hint))
    return not wrong


_PLURAL: Final = re.compile(r"[n\d\s!=<>&|?:%()+*/-]+")


def _is_rule(rule: str) -> bool:
    try:
        return bool(_PLURAL.fullmatch(rule)) and all(_plural(rule)(n) >= 0 for n in range(201))
    except (ValueError, ZeroDivisionError, RecursionError):
        return False


def _names(text: TranslatedText) -> Iterator[str]:
    """The names in braces, with what follows them there; "?" for a brace that is not closed."""
    for one in (text,) if isinstance(text, str) else text:
        try:
            for _, name, width, form in Formatter().parse(one):
                if name is not None:
                    yield name + (f"!{form}" if form else "") + (f":{width}" if width else "")
        except ValueError:
            yield "?"
