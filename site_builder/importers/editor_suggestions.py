"""Suggest topics, entities and similar articles to the editor, each with its reason. None is written as a fact."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.importers.name_candidates import name_candidates
from site_builder.urls import SourcePath

if TYPE_CHECKING:
    from site_builder.importers.existing_content import ExistingContent
    from site_builder.topic_suggestions.features import ReadTexts

MAX_TOPICS: Final = 5
MAX_SIMILAR: Final = 6
MAX_NAMES: Final = 12
MIN_SCORE_ALONE: Final = 0.15
"""Score from which an article is suggested for its words alone."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion."""

    id: str
    """Slug of what is there, or the name as written."""
    title: str
    score: float
    """0..1."""
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All suggestions for one text, best first."""

    topics: tuple[Suggestion, ...] = ()
    entities: tuple[Suggestion, ...] = ()
    names: tuple[Suggestion, ...] = ()
    """Capitalised names that belong to no entity: candidates for a new one."""
    similar: tuple[Suggestion, ...] = ()


def suggest_all(text: Mapping[str, Any], content: "ExistingContent") -> Suggestions:
    """Suggestions for a document in the form that the ranking takes (`id`, `title`, `summary`, `body`, `date` …).

    What the document has already is left out.
    """
    prose = "\n".join(str(text.get(field) or "") for field in ("summary", "body"))
    entities, names = _entities(str(text.get("title") or ""), prose, content, frozenset(text.get("entities") or ()))
    return Suggestions(_topics(text, content), entities, names, _similar(text, content))


def suggestion_findings(suggestions: Suggestions, path: SourcePath) -> tuple[Diagnostic, ...]:
    """The suggestions for a page: topic-suggested, entity-suggested, similar-suggested and entity-candidates."""
    rows = [("topic-suggested", f"topic {s.id} ({s.score:.2f}): {s.reason}") for s in suggestions.topics]
    rows += [("entity-suggested", f"entity {s.id}: {s.reason}") for s in suggestions.entities]
    rows += [("similar-suggested", f"similar {s.id} ({s.score:.2f}): {s.reason}") for s in suggestions.similar]
    if suggestions.names:
        names = ", ".join(f"{s.title} ({s.reason})" for s in suggestions.names)
        rows.append(("entity-candidates", f"names without an entity page: {names}"))
    return tuple(diagnostic(code, Location(path), text) for code, text in rows)


def _topics(text: Mapping[str, Any], content: "ExistingContent") -> tuple[Suggestion, ...]:
    if not content.topics:
        return ()
    from site_builder.importers.existing_content import as_ranked_document, topics_as_ranked  # noqa: PLC0415 (the site)
    from site_builder.topic_suggestions.suggest_topics import suggest  # noqa: PLC0415 (numpy, which not every import needs)

    titles: dict[str, str] = {d.slug: d.title for d in content.topics}
    known = frozenset(text.get("topics") or ())
    examples = [as_ranked_document(d, content) for d in content.articles if d.slug != text.get("id")]
    found = suggest([text], topics_as_ranked(content.topics), [e for e in examples if e["labels"]], known=_known())
    best = [
        Suggestion(slug, titles[slug], score, "; ".join(reasons))
        for slug, score, reasons in found.get(str(text["id"]), [])
        if slug not in known and slug in titles
    ]
    return tuple(best[:MAX_TOPICS])


@cache
def _known() -> "ReadTexts":
    """What was read of the site's articles, for the next page of the same run."""
    from site_builder.topic_suggestions.features import ReadTexts  # noqa: PLC0415 (the site, if there is one)

    return ReadTexts()


def _entities(
    title: str, prose: str, content: "ExistingContent", known: frozenset[str]
) -> tuple[tuple[Suggestion, ...], tuple[Suggestion, ...]]:
    from site_builder.links.mentions import Names  # noqa: PLC0415 (the site, if there is one)

    corpus = content.corpus
    names = Names((d.slug, corpus.entity_names(d)) for d in content.entities if corpus)
    titles: dict[str, str] = {d.slug: d.title for d in content.entities}
    mentions = names.find(prose)
    in_title = names.find(title)
    counts = Counter(m.id for m in (*in_title, *mentions))
    first = {m.id: m.text for m in reversed((*in_title, *mentions))}
    found = tuple(
        Suggestion(slug, titles[slug], 1.0, f'the text names "{first[slug]}" {_times(count)}')
        for slug, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
        if slug not in known
    )
    return found, suggest_names(prose, [(m.start, m.end) for m in mentions])


def suggest_names(prose: str, mentions: Sequence[tuple[int, int]] = ()) -> tuple[Suggestion, ...]:
    """Capitalised names in a text, outside of what is mentioned by name already."""
    unknown = name_candidates(prose, list(mentions))
    return tuple(Suggestion(name, name, 0.0, _times(count)) for name, count in unknown[:MAX_NAMES])


def _similar(text: Mapping[str, Any], content: "ExistingContent") -> tuple[Suggestion, ...]:
    """Published articles, without those that a curator calls unrelated, in either of the two."""
    if not content.articles:
        return ()
    from site_builder.importers.existing_content import as_ranked_document  # noqa: PLC0415 (the site, if there is one)

    own = str(text["id"])
    others = [
        as_ranked_document(d, content) for d in content.articles if d.slug != own and d.slug not in content.unpublished
    ]
    if not others:
        return ()
    from site_builder.related.neighbours import nearest  # noqa: PLC0415 (as above)

    titles: dict[str, str] = {d.slug: d.title for d in content.articles}
    have = {*(text.get("links") or ()), *(text.get("unrelated") or ())}
    have |= {d.slug for d in content.articles if own in d.meta.unrelated}
    names: dict[str, str] = {d.slug: d.title for d in content.topics}
    names.update((d.slug, d.title) for d in content.entities)
    named, *rest = (_with_names(t, names) for t in (text, *others))
    found = nearest(named, rest, limit=MAX_SIMILAR + len(have), threshold_alone=MIN_SCORE_ALONE)
    kept = [Suggestion(s, titles[s], score, "; ".join(reasons)) for s, score, reasons in found if s not in have]
    return tuple(kept[:MAX_SIMILAR])


def _with_names(text: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    """The same with titles for slugs: reasons call topics and entities by their titles."""
    named = {field: [titles.get(slug, slug) for slug in text.get(field) or ()] for field in ("topics", "entities")}
    return {**text, **named}


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"
