"""Related documents: scored neighbours of each, with reasons in plain words.

Takes documents as mappings: `id`, `title`, `summary`, `body`, `topics`, `entities`, `date`, `links`; all but `id` may
be missing. Two documents are alike by the rare words and pairs of words that both use, by rare topics and entities that
both have, by links between them or to and from the same documents; and what is alike counts for more the closer their
dates are. Nothing is learned or downloaded, and the order of the documents plays no part.

`rank` is for measuring: long lists, nothing left out. `rank_again` is for pages: short lists without weak entries,
vetoed ones and near-duplicates of each other, worked out from the last run's state as far as that is still right.
"""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from site_builder.links.ranking import Ranking, keep, work_out
from site_builder.links.reasons import Explainer, Explanation
from site_builder.links.state import Related, State
from site_builder.links.weighing import Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["THRESHOLD", "Explanation", "Related", "State", "Weights", "explain", "rank", "rank_again", "related"]

Document: TypeAlias = Mapping[str, Any]

THRESHOLD: Final = 0.08
"""Score below which a page lists nothing. Among the first ten entries for 571 proposals, people had linked 5 % of those
from 0.05 to 0.07, 10 % up to 0.10, 16 % up to 0.13, 35 % up to 0.25 and 42 % above."""
SPARE: Final = 20
"""Entries beyond the limit, from which vetoed ones and near-duplicates are replaced."""
NEAR_DUPLICATE: Final = 0.7
"""Likeness of two texts, 1 for the same one, from which entries tell the same: the
same release note for two versions, a text published twice."""
_DEFAULT: Final = Weights()


def rank(
    documents: Iterable[Document],
    *,
    limit: int = 100,
    weights: Weights = _DEFAULT,
    threshold: float = 0.0,
    explained: int = 0,
    jobs: int | None = None,
) -> dict[str, list[Related]]:
    """Rank the nearest documents of every document.

    Gives id -> at most `limit` entries, and at most MOST_CANDIDATES of `nearest`, with a score above 0 and at least
    `threshold`, best first, ties by id. The first `explained` entries of each list carry reasons, for the rest they are
    empty: a reason takes 40 µs, and whoever measures has no use for it.
    """
    ordered = _in_order(documents)
    ranking = work_out(ordered, limit, weights, jobs or os.cpu_count() or 1)
    explainer = Explainer(ranking, ordered)
    ids = ranking.ids
    lists = {}
    for row, (neighbours, scores) in enumerate(
        zip(ranking.rows.neighbours.tolist(), ranking.rows.scores.tolist(), strict=True)
    ):
        # Best first, filled up with zeros.
        count = sum(map(max(threshold, 1e-9).__le__, scores))
        named = map(ids.__getitem__, neighbours[:count])
        why = explainer.reasons(row, neighbours[: min(count, explained)])
        lists[ids[row]] = list(zip(named, scores, chain(why, repeat(())), strict=False))
    return lists


def related(
    documents: Iterable[Document],
    *,
    limit: int = 10,
    threshold: float = THRESHOLD,
    exclude: Mapping[str, Collection[str]] | None = None,
    weights: Weights = _DEFAULT,
    jobs: int | None = None,
) -> dict[str, list[Related]]:
    """Give the lists that pages show: see `rank_again`."""
    return rank_again(None, documents, limit=limit, threshold=threshold, exclude=exclude, weights=weights, jobs=jobs)[0]


def rank_again(
    state: State | None,
    documents: Iterable[Document],
    *,
    limit: int = 10,
    threshold: float = THRESHOLD,
    exclude: Mapping[str, Collection[str]] | None = None,
    weights: Weights = _DEFAULT,
    jobs: int | None = None,
) -> tuple[dict[str, list[Related]], State]:
    """Give the lists that pages show, and the state for the next time.

    Gives id -> at most `limit` entries with reasons, best first, ties by id, none below `threshold`, none of those that
    `exclude` names for this id, and no near-duplicates of a better entry. A state only spares work: without it, or with
    one of other settings, the lists are the same.
    """
    ordered = _in_order(documents)
    kept = state.kept if state else None
    ranking = work_out(ordered, limit + SPARE, weights, jobs or os.cpu_count() or 1, keeping=True, kept=kept)
    if state is not None and (state.kept.limit, state.kept.weights) != (ranking.limit, weights):
        state = None
    ids = ranking.ids
    explainer = Explainer(ranking, ordered)
    twins = _twins(ranking, explainer, state.twins if state else {})
    named = {ids[row]: sorted(ids[t] for t in found) for row, found in twins.items()}
    vetoes = {one: sorted(exclude[one]) for one in ids if exclude.get(one)} if exclude else {}
    told = state.lists if state else {}
    same_lists = _same_lists(state, ranking, named, vetoes, threshold) if state else frozenset()
    lists: dict[str, list[Related]] = {}
    for row, one in enumerate(ids):
        if row in same_lists:
            lists[one] = told[one]
            continue
        entries = [(n, s) for n, s in _entries(ranking, row) if s >= threshold and ids[n] not in vetoes.get(one, ())]
        entries = _diverse(entries, twins, limit)
        why = {} if row in ranking.again else {other: reasons for other, _, reasons in told.get(one, ())}
        if new := [n for n, _ in entries if ids[n] not in why]:
            why |= zip([ids[n] for n in new], explainer.reasons(row, new), strict=True)
        lists[one] = [(ids[n], s, why[ids[n]]) for n, s in entries]
    return lists, State(keep(ranking), lists, named, vetoes, threshold)


def _same_lists(
    state: State,
    ranking: Ranking,
    twins: Mapping[str, Sequence[str]],
    vetoes: Mapping[str, Sequence[str]],
    threshold: float,
) -> Collection[int]:
    """Rows whose list is what it was: not worked out again, and nothing else that a list depends on has changed."""
    if state.threshold != threshold:
        return ()
    ids = ranking.ids
    places = {one: row for row, one in enumerate(ids)}
    twins_changed = {one for one in twins.keys() | state.twins.keys() if twins.get(one) != state.twins.get(one)}
    rows = [places[one] for one in twins_changed if one in places]
    again = set(ranking.again)
    if rows:
        marked = [False] * (len(ids) + 1)  # the last is for -1
        for row in rows:
            marked[row] = True
        again.update(
            row for row, others in enumerate(ranking.rows.neighbours.tolist()) if any(marked[o] for o in others)
        )
    again.update(row for row, one in enumerate(ids) if vetoes.get(one) != state.vetoes.get(one))
    return set(range(len(ids))) - again


def explain(documents: Iterable[Document], one: str, other: str, *, weights: Weights = _DEFAULT) -> Explanation:
    """Take the score of a pair apart, signal by signal, with the arithmetic of `rank`. KeyError for an unknown id."""
    ordered = _in_order(documents)
    places = {d["id"]: i for i, d in enumerate(ordered)}
    row, column = places[one], places[other]
    return Explainer(work_out(ordered, 1, weights, 1, only=()), ordered).explain(row, column)


def _in_order(documents: Iterable[Document]) -> list[Document]:
    """By id, so that nothing depends on the order given. ValueError for an id that is used twice."""
    ordered = sorted(documents, key=lambda d: str(d["id"]))
    for one, other in pairwise(ordered):
        if one["id"] == other["id"]:
            raise ValueError(f'two documents have the id "{one["id"]}"')
    return ordered


def _entries(ranking: Ranking, row: int) -> list[tuple[int, float]]:
    rows = ranking.rows
    pairs = zip(rows.neighbours[row].tolist(), rows.scores[row].tolist(), strict=True)
    return [(n, s) for n, s in pairs if n >= 0]


def _twins(ranking: Ranking, explainer: Explainer, known: Mapping[str, Collection[str]]) -> dict[int, set[int]]:
    """Row -> rows that tell nearly the same; looked up in the last run's for rows that are still the same."""
    weights, ids = ranking.weights, ranking.ids
    # Far apart in time, a near-duplicate has no higher score than this.
    least = NEAR_DUPLICATE * weights.text / (1 + weights.time)
    scores: NDArray[Any] = ranking.rows.scores
    found: dict[int, set[int]] = {}
    for row in sorted(set((scores >= least).nonzero()[0].tolist())):
        others = ranking.rows.neighbours[row, scores[row] >= least].tolist()
        if row in ranking.again:
            alike = explainer.text_likeness(row, others)
            twins = [other for other, a in zip(others, alike, strict=True) if a >= NEAR_DUPLICATE]
        else:
            named = known.get(ids[row], ())
            twins = [other for other in others if ids[other] in named]
        for other in twins:
            found.setdefault(row, set()).add(other)
            found.setdefault(other, set()).add(row)
    return found


def _diverse(entries: list[tuple[int, float]], twins: dict[int, set[int]], limit: int) -> list[tuple[int, float]]:
    """The first entries that are no near-duplicate of one before them."""
    if twins.keys().isdisjoint([other for other, _ in entries[:limit]]):
        return entries[:limit]
    picked: list[tuple[int, float]] = []
    told: set[int] = set()
    for other, score in entries:
        if len(picked) == limit:
            break
        if other not in told:
            picked.append((other, score))
            told.update(twins.get(other, ()))
    return picked
