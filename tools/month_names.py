"""Write the names of the months in all languages: `python -m tools.month_names`.

They come from the Unicode CLDR, as Babel ships it (`make dev` installs it), so that reading a page needs no package and
no data file for them.
"""

from collections import defaultdict
from pathlib import Path
from textwrap import wrap
from typing import Final

from babel import Locale, __version__

from site_builder.importers.read.dates import fold_month

LANGUAGES: Final = """
ar ar_DZ ar_MA ar_SY az be bg bn bs ca cs cy da de de_AT el en es es_PE et fa fi fil fr ga gl gu he hi hr hu hy id is it
ka kk km kn lo lt lv mk ml mr ms my nb ne nl nn pa pl pt ro ru si sk sl sq sr sr_Latn sv sw ta te th tr uk ur uz
""".split()
TARGET: Final = Path("site_builder/importers/read/calendars/month_names.py")
HEAD: Final = '''# ruff: noqa: RUF001 (letters of every alphabet)
"""Names and abbreviations of the months in {count} languages, folded (`fold_month`).

Written by `python -m tools.month_names`: change that, and run it again.

Origin: Unicode CLDR, as shipped with Babel {version}. Unicode License v3, https://www.unicode.org/license.txt.
"""

from typing import Final

MONTHS: Final = (
{months})
"""January to December, in all languages at once."""
MONTHS_OF_LANGUAGE: Final = {{
{apart}}}
"""Language -> names that mean another month elsewhere -> 1 to 12."""
'''
SERBIAN_OF: Final = "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра".split()
"""The months as dates have them, which the CLDR gives in Latin script alone."""
HEBREW_IN: Final = "\N{HEBREW LETTER BET}"


def names_of(locale: Locale) -> dict[str, int]:
    """Folded name -> 1 to 12."""
    found: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, written in locale.months[form][width].items():
                name = fold_month(written.strip().rstrip("."))
                name = name.removeprefix("de ").removeprefix("d’")
                if len(name) > 1 and not any(c.isdigit() for c in name):
                    found[name] = number
                    if "\N{HEBREW LETTER ALEF}" <= name[0] <= "\N{HEBREW LETTER TAV}":
                        found[HEBREW_IN + name] = number
    return found


def main() -> None:
    """Write the module. A name of two months goes to the language with more speakers, or to both by name."""
    by_name: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for tag in LANGUAGES:
        found = names_of(Locale.parse(tag))
        if tag == "sr":
            found |= {fold_month(name): number for number, name in enumerate(SERBIAN_OF, 1)}
        for name, number in found.items():
            by_name[name][number].append(tag)
    months: list[list[str]] = [[] for _ in range(12)]
    apart: dict[str, dict[str, int]] = defaultdict(dict)
    for name, numbers in by_name.items():
        usual = max(numbers, key=lambda number: (len(set(numbers[number]) - {"hr"}), -number))
        months[usual - 1].append(name)
        for number, tags in numbers.items():
            for tag in tags if number != usual else []:
                apart[tag][name] = number
    rows = ""
    for names in months:
        lines = wrap(" ".join(sorted(name.replace(" ", "_") for name in names)), 108, break_on_hyphens=False)
        rows += '    """' + "\n    ".join(lines) + '""",\n'
    others = "".join(f"    {tag!r}: {dict(sorted(names.items()))!r},\n" for tag, names in sorted(apart.items()))
    text = HEAD.format(count=len({t[:3] for t in LANGUAGES}), version=__version__, months=rows, apart=others)
    TARGET.write_text(text.replace("'", '"'), encoding="utf-8")


if __name__ == "__main__":
    main()
