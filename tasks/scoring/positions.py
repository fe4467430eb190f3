"""Counts per level and what may be said of them: one level, an interval, or two readings."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, combinations, groupby

import pandas as pd

from config.maturity_model import CODED_KINDS, ItemKind, OutOfScale, ReadingRule
from config.study import Study
from tasks.frames import ANSWERED
from tasks.results import Distribution, Reading, ReadingKind, Withheld
from tasks.scoring.agreement import agreement, agreement_word

Cell = tuple[str, str]
"""State of an answer, and its level or option code (empty when out of scale)."""

Tally = Mapping[str, Mapping[str, Counter[Cell]]]
"""Item code → side (empty: none known) → cell → people."""

UNANSWERED = OutOfScale.UNANSWERED.value
MEDIAN_KINDS = (ReadingKind.ONE_LEVEL, ReadingKind.BETWEEN)


@dataclass(frozen=True)
class Counts:
    """What a group of people answered to one item, before anything is withheld."""

    codes: tuple[str, ...]
    counts: tuple[int, ...]
    out_of_scale: Mapping[str, int] = field(default_factory=dict)
    quarantined: int = 0  # codes that the model does not know: no level, and no refusal either

    @property
    def n(self) -> int:
        """People who gave a level."""
        return sum(self.counts)

    @property
    def answers(self) -> Counter[str]:
        """People per answer of any kind; those who left the item empty gave none."""
        spoken = {kind: n for kind, n in self.out_of_scale.items() if kind != UNANSWERED}
        levels = {f"={code}": n for code, n in zip(self.codes, self.counts, strict=True)}
        return +Counter({**levels, **spoken, "quarantined": self.quarantined})

    def shown(self) -> Distribution:
        """These counts as a distribution that may be shown."""
        return Distribution(self.codes, self.counts, dict(self.out_of_scale))


def withheld(codes: tuple[str, ...], reason: Withheld) -> Distribution:
    """A distribution that says nothing but why."""
    return Distribution(codes, None, {}, reason)


def tally(answers: pd.DataFrame, sides: Mapping[str, str]) -> Tally:
    """Count all answers to coded items in one pass.

    Args:
        answers: a frame of the ANSWERS contract.
        sides: respondent → side; people without one count under the empty name.
    """
    coded = answers[answers["kind"].isin([kind.value for kind in CODED_KINDS])]
    stage = coded["kind"] == ItemKind.STAGE.value
    codes = coded["level"].astype(object).where(stage, coded["option"]).fillna("")
    groups = coded["respondent"].astype(object).map(sides).fillna("")
    people = Counter(zip(coded["item"], groups, coded["state"], codes, strict=True))
    counted: dict[str, dict[str, Counter[Cell]]] = {}
    for (item, side, state, code), count in people.items():
        cells = counted.setdefault(item, {}).setdefault(side, Counter())
        cells[state, code if state == ANSWERED else ""] += count
    return counted


def group_counts(codes: tuple[str, ...], groups: Iterable[Counter[Cell]]) -> Counts:
    """Put the cells of one or several groups into the order of the scale."""
    cells = sum(groups, Counter[Cell]())
    levels = tuple(cells[ANSWERED, code] for code in codes)
    outside = {kind.value: cells[kind.value, ""] for kind in OutOfScale}
    known = {kind: people for kind, people in outside.items() if people}
    return Counts(codes, levels, known, cells.total() - sum(levels) - sum(known.values()))


def median_places(counts: Sequence[int]) -> tuple[int, ...]:
    """The place of the median level, or the two middle places when they differ.

    Empty when nobody gave a level. Places count from 0, lowest level first.
    """
    total = sum(counts)
    if not total:
        return ()
    up_to = list(accumulate(counts))
    middle = ((total + 1) // 2, total // 2 + 1)  # the middle people; the same one when odd
    found = (next(i for i, people in enumerate(up_to) if people >= rank) for rank in middle)
    return tuple(dict.fromkeys(found))


def two_modes(counts: Sequence[int]) -> tuple[int, ...]:
    """The places of the two modes of divided opinions.

    A mode is a level, or a run of equal levels, that has more people than its neighbours. Of
    more than two the most frequent are taken, and among equals those farthest apart, then the
    lowest. A run is named by its outer level; when there is a single run (everybody spread
    evenly), by its two ends.
    """
    runs = _peaks(counts)
    if len(runs) == 1:
        return tuple(dict.fromkeys(runs[0]))
    (first, _), (_, last) = max(combinations(runs, 2), key=lambda pair: _weight(counts, pair))
    return first, last


def reading(
    distribution: Distribution,
    study: Study,
    rule: ReadingRule = ReadingRule.DISTRIBUTION,
    population: int | None = None,
) -> Reading:
    """Say what a distribution allows to say.

    `distribution`, `median` and `axis_threshold` read alike: the median where A > 0, otherwise
    two modes (the thresholds of an axis apply to respondents, see `quadrant`). `mode` names the
    most frequent level, or two readings when several are equally frequent. `mean` adds the mean
    rank of the level (1: the lowest), for the models alone that declare it.

    Args:
        distribution: counts that may be shown, or withheld ones.
        study: its words for agreement, and its language.
        rule: the model's reading rule.
        population: people who could have given a level (invited when known): those missing give
            the bounds of the median if they all sat at one end. None: no bounds wanted.
    """
    counts = distribution.counts
    if counts is None:
        return Reading(ReadingKind.WITHHELD, (), None, "")
    value = agreement(counts)
    if value is None:
        return Reading(ReadingKind.NOBODY, (), None, "")
    kind, places = _read(counts, value, rule)
    low, high = _bounds(counts, population) if kind in MEDIAN_KINDS else ((), ())
    codes = distribution.codes
    return Reading(
        kind,
        _named(codes, places),
        value,
        agreement_word(value, study.thresholds.agreement_words, study.language),
        _named(codes, low),
        _named(codes, high),
        _mean_rank(counts) if rule is ReadingRule.MEAN else None,
    )


def _read(
    counts: Sequence[int], value: float, rule: ReadingRule
) -> tuple[ReadingKind, tuple[int, ...]]:
    if rule is ReadingRule.MODE:
        modes = [place for place, people in enumerate(counts) if people == max(counts)]
        places = tuple(dict.fromkeys((modes[0], modes[-1])))
        return (ReadingKind.MODE if len(places) == 1 else ReadingKind.TWO_READINGS), places
    if value <= 0:
        return ReadingKind.TWO_READINGS, two_modes(counts)
    places = median_places(counts)
    return (ReadingKind.ONE_LEVEL if len(places) == 1 else ReadingKind.BETWEEN), places


def _bounds(
    counts: tuple[int, ...], population: int | None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    missing = (population or 0) - sum(counts)
    if missing <= 0:
        return (), ()
    low = (counts[0] + missing, *counts[1:])
    high = (*counts[:-1], counts[-1] + missing)
    return median_places(low), median_places(high)


def _mean_rank(counts: Sequence[int]) -> float:
    return sum(rank * people for rank, people in enumerate(counts, start=1)) / sum(counts)


def _named(codes: Sequence[str], places: Iterable[int]) -> tuple[str, ...]:
    return tuple(codes[place] for place in places)


def _peaks(counts: Sequence[int]) -> list[tuple[int, int]]:
    """First and last place of every run of equal counts above both its neighbours."""
    runs = [list(run) for _, run in groupby(range(len(counts)), key=lambda place: counts[place])]
    heights = [0, *(counts[run[0]] for run in runs), 0]
    return [
        (run[0], run[-1])
        for run, before, here, after in zip(runs, heights, heights[1:], heights[2:], strict=False)
        if before < here > after
    ]


def _weight(
    counts: Sequence[int], pair: tuple[tuple[int, int], tuple[int, int]]
) -> tuple[int, int, int, int]:
    (first, _), (_, last) = pair
    high, low = sorted((counts[first], counts[last]), reverse=True)
    return high, low, last - first, -first
