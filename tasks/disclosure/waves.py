"""The last word on the paths between two waves: what a few more people add is not told.

Each path is of `min_group` people or more (`tasks.scoring.cycle`); between two issues it must
differ by nobody or by as many, or the one who joined it would be known with both their answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tasks.disclosure.tables import Values, path_counts
from tasks.results import DimensionResult, WaveChange
from tasks.scoring.publication import Plan


def shown_changes(
    changes: Sequence[WaveChange],
    dimensions: Sequence[DimensionResult],
    plan: Plan,
    held: frozenset[str],
    history: Sequence[Values],
) -> tuple[WaveChange, ...]:
    """The changes since the former wave, without paths that would tell of a few people.

    Args:
        changes: as this issue counts them.
        dimensions: as this issue shows them; one that is withheld, or as it was, has no paths.
        plan: its smallest group.
        held: names of the tables that are as they were.
        history: the figures of the earlier issues of the wave, oldest first.
    """
    told = {
        one.code
        for one in dimensions
        if one.distribution.counts is not None and f"dimension.{one.code}" not in held
    }
    return tuple(
        change
        if change.dimension in told
        and not few_joined(
            change.paths,
            [path_counts(values, f"dimension.{change.dimension}") for values in history],
            plan.min_group,
        )
        else replace(change, paths={}, new_turns=0, withheld=change.withheld or bool(change.paths))
        for change in changes
    )


def few_joined(now: Mapping[str, int], former: Sequence[Mapping[str, int]], min_group: int) -> bool:
    """Does a path differ by somebody, but fewer than `min_group` people, from an earlier issue?"""
    steps = [now[path] - one[path] for one in former for path in now.keys() & one.keys()]
    return any(0 < abs(step) < min_group for step in steps)
