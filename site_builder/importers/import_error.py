"""The base of the errors that end the import of one source: each becomes one diagnostic."""

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath


class SourceImportError(Exception):
    """A source that cannot be imported. `text` says why, `hint` what to do."""

    code = "source-unreadable"

    def __init__(self, text: str, hint: str) -> None:
        super().__init__(text, hint)
        self.text = text
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.text}; {self.hint}" if self.hint else self.text

    def diagnostic(self, source: str) -> Diagnostic:
        """The finding about `source`, as the editor named it."""
        return diagnostic(self.code, Location(SourcePath(source)), self.text, self.hint)
