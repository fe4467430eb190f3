"""What an issue may show beside everything published before it: the gate and the plan.

The rule that keeps two issues apart is in `ledger`; that within one table, in `disclosure`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from config.maturity_model import Item, MaturityModel
from config.study import Study
from tasks.interviews.merging import Positions
from tasks.results import Withheld
from tasks.scoring.disclosure import NO_SIDE, smallest, withheld_groups
from tasks.scoring.ledger import Group, Ledger, Publication, apart, far, people_of
from tasks.scoring.participation import side_of


@dataclass(frozen=True)
class Plan:
    """What an issue may show.

    The interviews of `publication` may be those of the issue before; `interviews_withheld` then
    says so.
    """

    publication: Publication
    former: Ledger
    min_group: int
    sides: Mapping[str, Withheld]  # sides withheld in every table
    asked: Mapping[tuple[str, ...], tuple[Withheld | None, Mapping[str, Withheld]]]
    interviews_withheld: Withheld | None = None

    @property
    def whole(self) -> Withheld | None:
        """Why nothing at all may be shown; None when something may."""
        return self.asked[()][0]

    def withheld(self, item: Item) -> Withheld | None:
        """Why nothing may be shown of an item; it may be asked of some sides only."""
        return self.asked[item.asked_of][0]

    def side_reasons(self, item: Item) -> Mapping[str, Withheld]:
        """The sides asked this item that no table of it may show, and why."""
        return self.asked[item.asked_of][1]

    @property
    def ledger(self) -> Ledger:
        """What to store once the issue is published; the former one when it says nothing new."""
        if self.whole or self.publication in self.former:
            return self.former
        return (*self.former, self.publication)


def gate(ledger: Ledger, now: Group, min_group: int, closed: bool) -> bool:
    """May the collective results be computed anew on these responses?

    Yes when they are at least `min_group` and, compared with everything published so far, either
    nobody or at least `min_group` people are new, changed or gone. The closing of the wave lifts
    the comparison once: what is corrected after that waits like everything else.

    Args:
        ledger: what was published so far.
        now: all respondents with the fingerprints of their clean answers.
        min_group: the study's smallest group.
        closed: the wave is closed.
    """
    if len(now) < min_group:
        return False
    return _is_free(ledger, closed) or apart(ledger, (frozenset(now.items()),), min_group)


def plan_publication(
    respondents: pd.DataFrame,
    fingerprints: Group,
    interviews: Positions,
    model: MaturityModel,
    study: Study,
    ledger: Ledger = (),
    *,
    closed: bool,
    interviews_over: bool = False,
) -> Plan:
    """Decide what an issue may show, beside everything published before it.

    Args:
        respondents: a frame of the RESPONDENTS contract: those of now when the `gate` opens, else
            those last published.
        fingerprints: pseudonym → fingerprint of the clean answers, of the same people.
        interviews: what the interviews did so far.
        model: the model, for the sides each item is asked of.
        study: sides and smallest group.
        ledger: what was published so far.
        closed: the wave is closed: tables are renewed once, whatever changed.
        interviews_over: no interview is still to come: what they changed is renewed as it is.
    """
    min_group = study.confidentiality.min_group
    groups = side_groups(respondents, fingerprints, study)
    compared = () if _is_free(ledger, closed) else ledger
    reasons = _side_reasons(groups, compared, min_group)
    positions, kept = _interviews(ledger, interviews, min_group, interviews_over)
    shown = frozenset(groups.keys() - reasons.keys())
    issue = Publication(groups, shown, positions, closing=closed)
    asked = {
        sides: _asked(sides, issue, compared, min_group, reasons)
        for sides in {(), *(item.asked_of for item in model.items)}
    }
    return Plan(issue, ledger, min_group, reasons, asked, kept)


def side_groups(respondents: pd.DataFrame, fingerprints: Group, study: Study) -> dict[str, Group]:
    """Respondents by side, in the study's order; those of no known side come last."""
    codes = [side.code for side in study.sides]
    groups: dict[str, dict[str, str]] = {side: {} for side in (*codes, NO_SIDE)}
    for person, side in side_of(respondents, study).items():
        groups[side][person] = fingerprints[person]
    return dict(groups)


def _is_free(ledger: Ledger, closed: bool) -> bool:
    return closed and not any(publication.closing for publication in ledger)


def _asked(
    sides: tuple[str, ...],
    issue: Publication,
    former: Ledger,
    min_group: int,
    reasons: Mapping[str, Withheld],
) -> tuple[Withheld | None, Mapping[str, Withheld]]:
    """Of the items asked of these sides: why the whole is withheld, and why which sides are."""
    now = issue.asked(sides, min_group)
    hidden = {
        side: reasons.get(side, Withheld.COMPLEMENTARY) for side in now.groups.keys() - now.shown
    }
    if sum(map(len, now.blocks)) < min_group:
        return Withheld.SMALL_GROUP, hidden
    published = tuple(earlier.asked(sides, min_group) for earlier in former)
    renewed = apart(published, now.blocks, min_group)
    return None if renewed else Withheld.NOT_RENEWED, hidden


def _side_reasons(
    groups: Mapping[str, Group], ledger: Ledger, min_group: int
) -> dict[str, Withheld]:
    """Withhold small sides, then the smallest others until no earlier issue gives them away."""
    people = people_of(groups)
    reasons = withheld_groups(people, min_group, {NO_SIDE: Withheld.SMALL_GROUP})
    while shown := [side for side in groups if side not in reasons]:
        if apart(ledger, Publication(groups, frozenset(shown)).blocks, min_group):
            break
        reasons[smallest(people, shown)] = Withheld.NOT_RENEWED
    return reasons


def _interviews(
    ledger: Ledger, now: Positions, min_group: int, over: bool
) -> tuple[Positions, Withheld | None]:
    """What the interviews changed, as far as it may be told, and why not the rest."""
    former = [publication.interviews for publication in ledger if publication.interviews]
    if len(now) < min_group:
        return {}, Withheld.SMALL_GROUP if now else None
    if over or all(far(_changed(before, now), min_group) for before in former):
        return now, None
    return former[-1], Withheld.NOT_RENEWED


def _changed(before: Positions, now: Positions) -> int:
    return sum(before.get(person) != now.get(person) for person in {*before, *now})
