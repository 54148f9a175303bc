"""MkDocs' own validation of its settings, in which no value ends the program."""

import traceback
from typing import Any, Final

Problems = list[tuple[str, Any]]
"""Setting -> what is wrong with it."""

_LOOPS: Final = frozenset({"_pre_validate", "_validate", "_post_validate"})
"""MkDocs' functions that look at one setting after another, as `key`."""


def validate(settings: Any) -> tuple[Problems, Problems]:
    """Errors and warnings. Where MkDocs fails on a value that it did not expect, that is the error of its setting.

    Raises SystemExit where an extension ends the program while it is imported.
    """
    try:
        errors, warnings = settings.validate()
    except Exception as error:  # noqa: BLE001 (MkDocs, its plugins and extensions promise nothing)
        problem = f"its value cannot be used ({type(error).__name__}: {error})"
        return [(_setting_at_work(error), problem)], []
    return errors, warnings


def _setting_at_work(error: BaseException) -> str:
    """The setting that was looked at when an error came up."""
    frames = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
    return next((str(f.f_locals["key"]) for f in frames if f.f_code.co_name in _LOOPS and "key" in f.f_locals), "")
