"""What each side answers, and where two sides see a dimension differently.

No p-value: fifteen people are a census, and the smallest exact p of 3 against 3 is 0.10. A gap is
worded elsewhere, as a question for the interview or the workshop.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, combinations

from config.maturity_model import Item, ReadingRule
from config.study import Study
from tasks.results import Gap, SideView, Withheld
from tasks.scoring.disclosure import withheld_groups
from tasks.scoring.positions import (
    MEDIAN_KINDS,
    Cell,
    Counts,
    group_counts,
    reading,
    withheld,
)
from tasks.scoring.publication import Plan


def side_views(
    item: Item,
    codes: tuple[str, ...],
    cells: Mapping[str, Counter[Cell]],
    plan: Plan,
    study: Study,
    rule: ReadingRule = ReadingRule.DISTRIBUTION,
) -> tuple[SideView, ...]:
    """One view per side that is asked this item, withheld where it must be.

    Args:
        item: the item that is counted.
        codes: its levels, lowest first.
        cells: side → cell → people, from `positions.tally`.
        plan: what this issue may show.
        study: its sides, words and smallest group.
        rule: the model's reading rule.
    """
    asked = [side for side in plan.publication.groups if side in item.asked_of or not item.asked_of]
    counts = {side: group_counts(codes, [cells.get(side, Counter())]) for side in asked}
    reasons = _reasons(item, counts, plan)
    views = []
    for side in (side.code for side in study.sides if side.code in counts):
        reason = reasons.get(side)
        shown = withheld(codes, reason) if reason else counts[side].shown()
        size = None if side in plan.sides else len(plan.publication.groups[side])
        views.append(SideView(side, size, shown, reading(shown, study, rule)))
    return tuple(views)


def _reasons(item: Item, counts: Mapping[str, Counts], plan: Plan) -> Mapping[str, Withheld]:
    """Why sides are withheld; one that is large enough and gave no answer has nothing to hide."""
    if whole := plan.withheld(item):
        return dict.fromkeys(counts, whole)
    answers = {side: group.answers for side, group in counts.items() if group.answers}
    return withheld_groups(answers, plan.min_group, plan.side_reasons(item))


def gaps(dimension: str, views: Sequence[SideView]) -> tuple[Gap, ...]:
    """The sides whose medians differ, widest gap first; only sides that may be shown.

    A side whose views are divided (A ≤ 0) has no median, hence no gap. A median between two
    levels stands halfway: gaps may be halves.
    """
    found = []
    for pair in combinations([view for view in views if view.reading.kind in MEDIAN_KINDS], 2):
        low, high = sorted(pair, key=_median)
        if _median(high) > _median(low):
            delta = cliffs_delta(low.distribution.counts or (), high.distribution.counts or ())
            found.append(Gap(dimension, low.side, high.side, _median(high) - _median(low), delta))
    return tuple(sorted(found, key=lambda gap: (-gap.levels, gap.low_side, gap.high_side)))


def cliffs_delta(low: Sequence[int], high: Sequence[int]) -> float:
    """Cliff's delta of two counts over the same levels: P(high > low) − P(high < low).

    Source: N. Cliff, "Dominance statistics", Psychological Bulletin 114 (1993), pp. 494-509.

    Args:
        low: people per level of one side, at least one in all.
        high: the same for the other side.

    Returns:
        −1 … 1; 0 when neither side dominates.
    """
    total_low, up_to = sum(low), accumulate(low)
    wins = sum(
        people * ((reached - here) - (total_low - reached))
        for people, here, reached in zip(high, low, up_to, strict=True)
    )
    return wins / (total_low * sum(high))


def _median(view: SideView) -> float:
    """The place of a side's median on the scale; between two levels, halfway."""
    places = [view.distribution.codes.index(level) for level in view.reading.levels]
    return (places[0] + places[-1]) / 2
