"""Which dimensions a report puts forward: widely shared, most divided, worth a question.

Nothing here is a rank: what is chosen is listed in the order of the model.
"""

from collections.abc import Callable, Iterable, Sequence

from config.maturity_model import MaturityModel
from tasks.results import DimensionResult, Distribution, ReadingKind

SHARED_FROM = 0.6
"""Agreement from which a dimension counts as widely shared (told in the method note)."""

DIVIDED_UNDER = 0.3
"""Agreement under which views are told as divided (told in the method note)."""

MOST_LISTED = 5
"""A synthesis names this many dimensions of a kind at most."""


def told(results: Iterable[DimensionResult]) -> tuple[DimensionResult, ...]:
    """The dimensions whose distribution may be shown and holds at least one answer."""
    silent = (ReadingKind.NOBODY, ReadingKind.WITHHELD)
    return tuple(one for one in results if one.reading.kind not in silent)


def agreement(result: DimensionResult) -> float:
    """The agreement of a dimension; 0 where there is none to tell."""
    return result.reading.agreement or 0.0


def shared(results: Sequence[DimensionResult]) -> tuple[DimensionResult, ...]:
    """The dimensions on which views meet most, in the order of the model."""
    found = [one for one in told(results) if agreement(one) >= SHARED_FROM]
    return _first(found, results, key=lambda one: -agreement(one))


def divided(results: Sequence[DimensionResult]) -> tuple[DimensionResult, ...]:
    """The dimensions on which views part most, in the order of the model."""
    found = [one for one in told(results) if is_divided(one)]
    return _first(found, results, key=agreement)


def is_divided(result: DimensionResult) -> bool:
    """True when two readings stand side by side, or when answers are widely spread."""
    two = result.reading.kind is ReadingKind.TWO_READINGS
    return two or (result.distribution.n > 1 and agreement(result) < DIVIDED_UNDER)


def is_shared(result: DimensionResult) -> bool:
    """True when most answers meet."""
    return bool(told([result])) and agreement(result) >= SHARED_FROM


def to_discuss(
    results: Sequence[DimensionResult], model: MaturityModel, number: int = 3
) -> tuple[DimensionResult, ...]:
    """The dimensions whose question goes to the workshop: divided ones, gaps, doubts on means.

    One per axis first, so that the workshop looks at the whole study; then the next ones.
    """
    axis_of = {d.code: axis.code for axis in model.axes for d in axis.dimensions}
    ordered = sorted(told(results), key=_urgency)
    chosen: list[DimensionResult] = []
    for fresh_axis_only in (True, False):
        for one in ordered:
            taken = {axis_of.get(other.code) for other in chosen}
            if one in chosen or (fresh_axis_only and axis_of.get(one.code) in taken):
                continue
            if len(chosen) < number:
                chosen.append(one)
    return tuple(one for one in results if one in chosen)


def lacking_means(result: DimensionResult) -> bool:
    """True when more than half of the answers lie in the lower half of the coherence scale."""
    return _half(result.coherence, lambda place, width: place < width // 2)


def fitting_means(result: DimensionResult) -> bool:
    """True when more than half of the answers lie in the upper half of the coherence scale."""
    return _half(result.coherence, lambda place, width: place >= width - width // 2)


def _half(distribution: Distribution | None, inside: Callable[[int, int], bool]) -> bool:
    if distribution is None or not distribution.counts:
        return False
    width = len(distribution.counts)
    people = sum(n for place, n in enumerate(distribution.counts) if inside(place, width))
    return people * 2 > distribution.n


def _urgency(result: DimensionResult) -> tuple[bool, float, bool, float]:
    two = result.reading.kind is ReadingKind.TWO_READINGS
    widest = max((gap.levels for gap in result.gaps), default=0.0)
    return (not two, -widest, not lacking_means(result), agreement(result))


def _first(
    found: Sequence[DimensionResult],
    order: Sequence[DimensionResult],
    key: Callable[[DimensionResult], float],
) -> tuple[DimensionResult, ...]:
    kept = sorted(found, key=key)[:MOST_LISTED]
    return tuple(one for one in order if one in kept)
