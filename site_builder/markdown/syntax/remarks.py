"""What steps of the reading notice about a text, for its author."""

from dataclasses import dataclass
from typing import Final

AS_CODE: Final = "if readers should see it, write it as code between backticks; otherwise remove it"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that is shown as written, or not as its author meant."""

    written: str
    """As it stands in the source."""
    what: str
    """What follows `"…" is` in the message."""
    hint: str
    near: str = ""
    """A text of the source that is easier to find than what is written: around it, or on the next line."""
    code: str = "markup-unknown"
    """Of the finding."""
