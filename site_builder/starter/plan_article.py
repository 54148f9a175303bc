"""A new article: a draft with a place for everything that an article needs."""

import datetime as dt
from collections.abc import Sequence

from site_builder.importers.draft import NewFile, field, scalar


def article_draft(title: str, slug: str, day: dt.date, topics: Sequence[str]) -> NewFile:
    """A valid draft; comments say what it lacks before it can be published. `day`: that of the source."""
    rows = [
        field("title", title),
        f"date: {day.isoformat()}   # of the source",
        "# summary: one or two sentences that make sense on their own, in a list or a feed",
        "# source: {name: who published it, url: https://…, author: who wrote it}",
        f"topics: [{', '.join(map(scalar, topics))}]",
        "entities: []   # who and what it is about",
        "similar: []   # what to read next: {to: a-slug, why: what a reader finds there}",
        "status: draft   # published, when it is done",
    ]
    return NewFile(slug, "\n".join(["---", *rows, "---", "", "%% Your own summary of the source goes here. %%"]) + "\n")
