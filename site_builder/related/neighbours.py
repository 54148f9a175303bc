"""Related documents: scored neighbours of each, with reasons in plain words.

Takes documents as mappings: `id`, `title`, `summary`, `body`, `topics`, `entities`, `date`, `links`; all but `id` may
be missing. Two documents are alike by the rare words and pairs of words that both have, by rare topics and entities, by
links between them or to and from the same documents; all of this counts for more the closer their dates are. Nothing is
learned or downloaded, and the order of the documents does not matter.

`rank` is for measuring: long lists, nothing left out. `update_related` is for pages: short lists without weak entries,
vetoed ones and near-duplicates of each other, made from the last run's state as far as that is still valid.
`related_to` makes the list of one document alone.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, pairwise, repeat
from typing import Any, Final, TypeAlias

from site_builder.config.option_values import Weights
from site_builder.i18n import english
from site_builder.parallel import Executors
from site_builder.related.explain_pairs import PairExplainer
from site_builder.related.nearest import NeighbourRows
from site_builder.related.ranking import Ranking, ReadBodies, Workers, compute_ranking, compute_rows, take_snapshot
from site_builder.related.reasons import Explanation, ReasonPhrases, reason_phrases
from site_builder.related.state_codec import Related, RelatedState

__all__ = [
    "THRESHOLD",
    "Explanation",
    "Related",
    "RelatedState",
    "Weights",
    "explain",
    "nearest",
    "rank",
    "related",
    "related_to",
    "update_related",
]

DocumentData: TypeAlias = Mapping[str, Any]

THRESHOLD: Final = 0.08
"""Score below which a page lists nothing. Among the first ten entries for 571 proposals, people had linked 5 % of those
from 0.05 to 0.07, 10 % up to 0.10, 16 % up to 0.13, 35 % up to 0.25 and 42 % above."""
SPARE_ENTRIES: Final = 20
"""Entries beyond the limit, which replace vetoed ones and near-duplicates."""
EXPLAINED_ENTRIES: Final = 10
"""Entries of each list that `rank` gives reasons for; a reason takes 20 µs."""
_DEFAULT: Final = Weights()
_RowScore: TypeAlias = tuple[int, float]
"""Row and score of a neighbour."""


def rank(
    documents: Iterable[DocumentData],
    *,
    limit: int = 100,
    weights: Weights = _DEFAULT,
    threshold: float = 0.0,
    explained: int = EXPLAINED_ENTRIES,
    jobs: int | None = None,
) -> dict[str, list[Related]]:
    """Rank the nearest documents of every document.

    Gives id -> at most `limit` entries, and at most MOST_CANDIDATES of `nearest`, with a score above 0 and at least
    `threshold`, best first, ties by id. The first `explained` entries of each list carry reasons, for the rest they are
    empty.
    """
    ordered = _sorted_by_id(documents)
    with _executors(jobs) as executors, Workers(executors) as workers:
        ranking = compute_ranking(ordered, limit, weights, workers)
        rows = ranking.rows
        # Best first, filled up with zeros.
        counts = (rows.scores >= max(threshold, 1e-9)).sum(axis=1).tolist()
        neighbours = rows.neighbours.tolist()
        scores = rows.scores.tolist()
        explained_counts = [min(count, explained) for count in counts]
        pairings = [
            (row, list(zip(neighbours[row][:n], scores[row][:n], strict=True)))
            for row, n in enumerate(explained_counts)
        ]
        why = iter(_explainer(ranking, ordered).reasons(pairings) if explained else ())
    ids = ranking.ids
    lists = {}
    for row, count in enumerate(counts):
        named = map(ids.__getitem__, neighbours[row][:count])
        reasons = chain((next(why) for _ in range(explained_counts[row])), repeat(()))
        lists[ids[row]] = list(zip(named, scores[row], reasons, strict=False))
    return lists


def related(
    documents: Iterable[DocumentData],
    *,
    limit: int = 10,
    threshold: float = THRESHOLD,
    threshold_alone: float | None = None,
    exclude: Mapping[str, Collection[str]] | None = None,
    weights: Weights = _DEFAULT,
    jobs: int | None = None,
) -> dict[str, list[Related]]:
    """Give the lists that pages show: see `update_related`."""
    return update_related(
        None,
        documents,
        limit=limit,
        threshold=threshold,
        threshold_alone=threshold_alone,
        exclude=exclude,
        weights=weights,
        jobs=jobs,
    )[0]


def update_related(  # noqa: PLR0913 (settings, each by its name)
    state: RelatedState | None,
    documents: Iterable[DocumentData],
    *,
    limit: int = 10,
    threshold: float = THRESHOLD,
    threshold_alone: float | None = None,
    exclude: Mapping[str, Collection[str]] | None = None,
    weights: Weights = _DEFAULT,
    phrases: ReasonPhrases | None = None,
    read_bodies: ReadBodies | None = None,
    jobs: int | Executors | None = None,
) -> tuple[dict[str, list[Related]], RelatedState]:
    """Give the lists that pages show, and the state for the next time.

    Gives id -> at most `limit` entries with reasons, best first, ties by id: none below `threshold`, none that
    `exclude` names for this id, no near-duplicates of a better entry. With `threshold_alone`, entries that have only
    text and time in common need that score. Reasons are made of `phrases`, by default English ones. A state only spares
    work: without it, or with one of other settings, the lists are the same.
    `read_bodies` is asked for the bodies that are needed, where documents hold a `body_digest` instead of a `body`.
    `jobs`: processes at most, by default one for each core, or where the work of a run is done.
    """
    phrases = phrases or reason_phrases(english())
    ordered = _sorted_by_id(documents)
    thresholds = (threshold, max(threshold, threshold_alone or 0.0))
    with _executors(jobs) as executors, Workers(executors) as workers:
        earlier = state.snapshot if state else None
        ranking = compute_ranking(
            ordered, limit + SPARE_ENTRIES, weights, workers, earlier=earlier, read_bodies=read_bodies
        )
        asked = (ranking.limit, weights, phrases)
        if state is not None and (state.snapshot.limit, state.snapshot.weights, state.phrases) != asked:
            state = None
        ids = ranking.ids
        duplicates = _near_duplicates(range(len(ids)), ranking.rows)
        named = {ids[row]: sorted(ids[t] for t in found) for row, found in duplicates.items()}
        vetoes = {one: sorted(exclude[one]) for one in ids if exclude.get(one)} if exclude else {}
        same = _unchanged_rows(state, ranking, named, vetoes, thresholds) if state else frozenset()
        rows = [row for row in range(len(ids)) if row not in same]
        explainer = PairExplainer(ranking, ordered, phrases)
        chosen = _choose(ranking, explainer, rows, vetoes, thresholds)
        entries = [_without_duplicates(own, duplicates, limit) for own in chosen]
        before = state.lists if state else {}
        known = [
            {} if row in ranking.recomputed else {n: why for n, _, why in before.get(ids[row], ())} for row in rows
        ]
        new = [[e for e in own if ids[e[0]] not in why] for own, why in zip(entries, known, strict=True)]
        found = iter(explainer.reasons([(row, others) for row, others in zip(rows, new, strict=True) if others]))
    made: dict[str, list[Related]] = {}
    for row, own, why, others in zip(rows, entries, known, new, strict=True):
        why |= {ids[n]: next(found) for n, _ in others}
        made[ids[row]] = [(ids[n], score, why[ids[n]]) for n, score in own if why[ids[n]]]
    lists = {one: made[one] if one in made else before[one] for one in ids}
    return lists, RelatedState(take_snapshot(ranking), lists, named, vetoes, thresholds, phrases)


def nearest(
    document: DocumentData,
    others: Iterable[DocumentData],
    *,
    limit: int = 10,
    threshold: float = THRESHOLD,
    threshold_alone: float | None = None,
    weights: Weights = _DEFAULT,
    jobs: int | None = None,
) -> list[Related]:
    """Give the list that `related` gives for one document among others, without those of the others."""
    return related_to(
        str(document["id"]),
        None,
        [document, *others],
        limit=limit,
        threshold=threshold,
        threshold_alone=threshold_alone,
        weights=weights,
        jobs=jobs,
    )


def related_to(  # noqa: PLR0913 (settings, each by its name)
    one: str,
    state: RelatedState | None,
    documents: Iterable[DocumentData],
    *,
    limit: int = 10,
    threshold: float = THRESHOLD,
    threshold_alone: float | None = None,
    exclude: Collection[str] = (),
    weights: Weights = _DEFAULT,
    phrases: ReasonPhrases | None = None,
    read_bodies: ReadBodies | None = None,
    jobs: int | Executors | None = None,
) -> list[Related]:
    """Give the list that `update_related` gives for one document, without those of the others.

    `one`: its id; `exclude`: ids that its list must not name. A state only spares work.
    """
    ordered = _sorted_by_id(documents)
    row = next(i for i, d in enumerate(ordered) if d["id"] == one)
    with _executors(jobs) as executors, Workers(executors) as workers:
        earlier = state.snapshot if state else None
        ranking = compute_ranking(
            ordered, limit + SPARE_ENTRIES, weights, workers, earlier=earlier, only=(row,), read_bodies=read_bodies
        )
        explainer = PairExplainer(ranking, ordered, phrases or reason_phrases(english()))
        (entries,) = _entries(ranking.rows, (0,), threshold)
        allowed = [entry for entry in entries if ranking.ids[entry[0]] not in exclude]
        (found,) = _without_weak(explainer, (row,), [allowed], max(threshold, threshold_alone or 0.0))
        # Which of the entries are near-duplicates of each other is known from their own lists.
        rows = sorted(other for other, _ in found)
        found = _without_duplicates(found, _near_duplicates(rows, compute_rows(ranking, rows)), limit)
        why = explainer.reasons([(row, found)])
    return [(ranking.ids[n], score, reasons) for (n, score), reasons in zip(found, why, strict=True) if reasons]


def _unchanged_rows(
    state: RelatedState,
    ranking: Ranking,
    duplicates: Mapping[str, Sequence[str]],
    vetoes: Mapping[str, Sequence[str]],
    thresholds: tuple[float, float],
) -> Collection[int]:
    """Rows whose list cannot have changed: neither the row itself nor anything else that the list depends on."""
    if state.thresholds != thresholds:
        return ()
    ids = ranking.ids
    places = {one: row for row, one in enumerate(ids)}
    duplicates_changed = {
        one for one in duplicates.keys() | state.duplicates.keys() if duplicates.get(one) != state.duplicates.get(one)
    }
    rows = [places[one] for one in duplicates_changed if one in places]
    again = set(ranking.recomputed)
    if rows:
        marked = [False] * (len(ids) + 1)  # the last is for -1
        for row in rows:
            marked[row] = True
        again.update(
            row for row, others in enumerate(ranking.rows.neighbours.tolist()) if any(marked[o] for o in others)
        )
    again.update(row for row, one in enumerate(ids) if vetoes.get(one) != state.vetoes.get(one))
    return set(range(len(ids))) - again


def explain(
    documents: Iterable[DocumentData],
    one: str,
    other: str,
    *,
    weights: Weights = _DEFAULT,
    read_bodies: ReadBodies | None = None,
) -> Explanation:
    """Take the score of a pair apart, signal by signal, with the arithmetic of `rank`. KeyError for an unknown id."""
    ordered = _sorted_by_id(documents)
    places = {d["id"]: i for i, d in enumerate(ordered)}
    row, column = places[one], places[other]
    with Workers(Executors()) as workers:
        ranking = compute_ranking(ordered, 1, weights, workers, only=(), read_bodies=read_bodies)
        return _explainer(ranking, ordered).explain(row, column)


def _explainer(ranking: Ranking, documents: Sequence[DocumentData]) -> PairExplainer:
    return PairExplainer(ranking, documents, reason_phrases(english()))


def _sorted_by_id(documents: Iterable[DocumentData]) -> list[DocumentData]:
    """By id, so that nothing depends on the order given. ValueError for an id that is used twice."""
    ordered = sorted(documents, key=lambda d: str(d["id"]))
    for one, other in pairwise(ordered):
        if one["id"] == other["id"]:
            raise ValueError(f'two documents have the id "{one["id"]}"')
    return ordered


def _choose(
    ranking: Ranking,
    explainer: PairExplainer,
    rows: Sequence[int],
    vetoes: Mapping[str, Sequence[str]],
    thresholds: tuple[float, float],
) -> list[list[_RowScore]]:
    """The neighbours of rows, best first, without vetoed and weak ones."""
    ids = ranking.ids
    entries = []
    for row, own in zip(rows, _entries(ranking.rows, rows, thresholds[0]), strict=True):
        veto = vetoes.get(ids[row], ())
        entries.append([e for e in own if ids[e[0]] not in veto] if veto else own)
    return _without_weak(explainer, rows, entries, thresholds[1])


def _entries(rows: NeighbourRows, places: Sequence[int], threshold: float) -> list[list[_RowScore]]:
    """The neighbours at these places, from `threshold`."""
    neighbours, scores = rows.neighbours[list(places)].tolist(), rows.scores[list(places)].tolist()
    return [
        [(n, s) for n, s in zip(own, worth, strict=True) if n >= 0 and s >= threshold]
        for own, worth in zip(neighbours, scores, strict=True)
    ]


def _without_weak(
    explainer: PairExplainer, rows: Sequence[int], entries: Sequence[list[_RowScore]], threshold_alone: float
) -> list[list[_RowScore]]:
    """Leave out entries below the threshold that have only text and time in common."""
    weak = [[e for e in own if e[1] < threshold_alone] for own in entries]
    alone = iter(explainer.are_text_alone([(row, others) for row, others in zip(rows, weak, strict=True) if others]))
    return [[e for e in own if e[1] >= threshold_alone or not next(alone)] for own in entries]


def _near_duplicates(numbers: Sequence[int], rows: NeighbourRows) -> dict[int, set[int]]:
    """Row -> near-duplicates of it; `numbers`: the numbers of `rows`."""
    at, ranks = rows.duplicates.nonzero()
    found: dict[int, set[int]] = {}
    for place, other in zip(at.tolist(), rows.neighbours[at, ranks].tolist(), strict=True):
        found.setdefault(numbers[place], set()).add(other)
        found.setdefault(other, set()).add(numbers[place])
    return found


def _without_duplicates(entries: list[_RowScore], duplicates: dict[int, set[int]], limit: int) -> list[_RowScore]:
    """The first entries that are not near-duplicates of an earlier one."""
    if duplicates.keys().isdisjoint([other for other, _ in entries[:limit]]):
        return entries[:limit]
    picked: list[_RowScore] = []
    covered: set[int] = set()
    for other, score in entries:
        if len(picked) == limit:
            break
        if other not in covered:
            picked.append((other, score))
            covered.update(duplicates.get(other, ()))
    return picked


@contextmanager
def _executors(jobs: int | Executors | None) -> Iterator[Executors]:
    """Where the work is done; what is made for these lists alone ends with them."""
    if isinstance(jobs, Executors):
        yield jobs
        return
    with Executors(jobs or os.cpu_count() or 1) as made:
        yield made
