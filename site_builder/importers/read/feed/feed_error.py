"""Why a feed could not be read."""

from site_builder.importers.import_error import SourceImportError


class FeedError(SourceImportError):
    """Bytes that are not a feed, or not one that is safe to read."""

    def __init__(self, why: str, todo: str) -> None:
        super().__init__(f"cannot read the feed: {why}", todo)
