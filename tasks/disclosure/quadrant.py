"""The last word on the points between two axes: one person each, no name, no side, no order.

Their places are a table like any other, over everybody, and are attacked as one.
"""

from collections.abc import Sequence

from config.maturity_model import MaturityModel
from tasks.disclosure.attack import tells
from tasks.disclosure.tables import EVERYBODY, QUADRANT, Issue, Table, tables
from tasks.results import QuadrantPoint
from tasks.scoring.publication import Plan
from tasks.scoring.quadrant import asked_alike, places


def shown_quadrant(
    points: tuple[QuadrantPoint, ...] | None,
    plan: Plan,
    history: Sequence[Issue],
    model: MaturityModel,
    *,
    after_erasure: bool = False,
) -> tuple[QuadrantPoint, ...] | None:
    """The points, unless they tell sides apart, or give somebody away beside earlier issues.

    Args:
        points: those of this issue; None where there are none.
        plan: who the issue is about.
        history: the earlier issues of the wave, oldest first.
        model: its axes, and who is asked what.
        after_erasure: staff chose to let be known what the figures tell of those erased since.
    """
    groups = plan.publication.groups
    sides = [side for side, people in groups.items() if people]
    if points is None or not asked_alike(model, sides) or _few_moved(plan, history):
        return None
    row = {".".join(map(str, place)): people for place, people in places(points).items()}
    former = [table for issue in history for table in tables(model, issue).get(QUADRANT, ())]
    now = [Table(groups, {EVERYBODY: row})]
    return None if tells(former, now, plan.min_group, after_erasure) else points


def _few_moved(plan: Plan, history: Sequence[Issue]) -> bool:
    """Do fewer than `min_group` people tell this issue from an earlier one?"""
    now = {sheet for group in plan.publication.groups.values() for sheet in group.items()}
    for issue in history:
        then = {sheet for group in issue.groups.values() for sheet in group.items()}
        if 0 < len({person for person, _ in now ^ then}) < plan.min_group:
            return True
    return False
