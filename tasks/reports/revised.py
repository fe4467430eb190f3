"""How many answers the interviews revised, as far as the subjects tell."""

from dataclasses import dataclass

from config.maturity_model import ItemKind, MaturityModel
from tasks.results import CollectiveResults


@dataclass(frozen=True)
class Revised:
    """The answers that were revised.

    Attributes:
        told: those of the subjects that tell how many.
        all_told: every subject does, of all those met. Where one does not, the true total would
            give away by subtraction what is withheld there.
    """

    told: int
    all_told: bool


def revised_answers(model: MaturityModel, results: CollectiveResults) -> Revised:
    """The revised answers over all subjects."""
    met = results.participation.interviewed
    views = [
        one.interviews
        for one in results.dimensions
        if model.dimension(one.code).item(ItemKind.STAGE) is not None
    ]
    counts = [view.revised if view and view.interviewed >= met else None for view in views]
    told = sum(view.revised or 0 for view in views if view)
    return Revised(told, met == 0 or None not in counts)
