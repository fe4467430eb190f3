"""Which breakdowns may be shown: small groups, and what would give them away by subtraction.

Rules of the method, for tables of groups × answers with a published total:

- a group of fewer than `min_group` people is withheld, in every table alike;
- what the shown groups leave of the total belongs to the withheld ones together. When these
  hold a small group, they must be at least two groups, hold `min_group` people, and not all have
  given the same answer; otherwise the smallest shown group is withheld too, and so on.

Source of the principle: A. Hundepool et al., "Statistical Disclosure Control" (2012), § 4 and 5:
primary and secondary suppression, singletons and zeros.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

from tasks.results import Withheld
from tasks.scoring.positions import Counts

Name = TypeVar("Name", bound=Hashable)
NO_SIDE = ""
"""The group of those whose side is not known: never shown by itself."""


def small(counts: Counts, min_group: int) -> bool:
    """True when so few people answered an item that their distribution is withheld.

    Nobody at all is no small group: there is nobody to recognise.
    """
    return 0 < counts.answers.total() < min_group


def withheld_groups(
    groups: Mapping[Name, Counter[str]],
    min_group: int,
    already: Mapping[Name, Withheld] | None = None,
) -> dict[Name, Withheld]:
    """Return the groups to withhold, with the reason of each.

    Args:
        groups: name → its people by answer. Of equally small groups the last is withheld first,
            so that the choice is always the same. Groups with nobody protect nobody.
        min_group: the smallest group that may be shown.
        already: groups withheld for a reason of their own.
    """
    reasons = dict(already or {})
    for name, answers in groups.items():
        if name not in reasons and answers.total() < min_group:
            reasons[name] = Withheld.SMALL_GROUP
    while _revealed(groups, reasons, min_group):
        shown = [name for name in groups if name not in reasons]
        if not shown:
            break
        smallest = min(reversed(shown), key=lambda name: groups[name].total())
        reasons[smallest] = Withheld.COMPLEMENTARY
    return reasons


def _revealed(
    groups: Mapping[Name, Counter[str]], reasons: Mapping[Name, Withheld], min_group: int
) -> bool:
    """True when the total minus the shown groups gives a small group away."""
    hidden = [answers for name, answers in groups.items() if name in reasons and answers.total()]
    if all(answers.total() >= min_group for answers in hidden):
        return False
    together = sum(hidden, Counter[str]())
    return len(hidden) < 2 or together.total() < min_group or len(together) < 2
