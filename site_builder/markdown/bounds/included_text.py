"""A limit for what snippets include.

Each can include others, so that ten files of ten lines may stand for ten thousand million lines.
"""

from typing import Any, Final, cast

from markdown import Markdown

SNIPPETS: Final = "snippet"
MAX_CHARACTERS: Final = 2_000_000
"""Characters that one text may include; the longest article of an encyclopedia has a quarter of that."""

MAX_SNIPPETS: Final = 1_000
"""As many as one text may include, those of snippets counted."""


def register_included_text(converter: Markdown) -> None:
    """Change the extension's own methods, if the settings use `pymdownx.snippets`.

    Its step then raises ValueError for a text that includes too much.
    """
    if SNIPPETS not in converter.preprocessors:
        return
    snippets = cast(Any, converter.preprocessors[SNIPPETS])
    run, parse = snippets.run, snippets.parse_snippets
    taken = count = 0

    def run_from_none(lines: list[str]) -> Any:
        nonlocal taken, count
        taken, count = -_size(lines), -1  # the text itself is parsed first
        return run(lines)

    def parse_within_limit(lines: list[str], *arguments: Any, **options: Any) -> Any:
        nonlocal taken, count
        taken, count = taken + _size(lines), count + 1
        if count > MAX_SNIPPETS:
            raise ValueError(f"it includes more than {MAX_SNIPPETS:,} snippets")
        if taken > MAX_CHARACTERS:
            raise ValueError(f"its snippets include more than {MAX_CHARACTERS:,} characters")
        return parse(lines, *arguments, **options)

    snippets.run, snippets.parse_snippets = run_from_none, parse_within_limit


def _size(lines: list[str]) -> int:
    return sum(map(len, lines)) + len(lines)
