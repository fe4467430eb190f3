"""What an issue may show beside everything published before it: the gate and the plan.

The rule within one table is in `disclosure`; that over all tables and issues, in `sums`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

import pandas as pd

from config.maturity_model import Item, MaturityModel
from config.study import Study
from tasks.interviews.merging import Positions
from tasks.interviews.words import Heard, Words, is_waiting, may_renew, renewed
from tasks.results import Withheld
from tasks.scoring.disclosure import NO_SIDE, withheld_groups
from tasks.scoring.ledger import (
    Group,
    Ledger,
    Publication,
    is_erased,
    people_of,
    still_there,
    without_erased,
)
from tasks.scoring.participation import side_of
from tasks.scoring.sums import Block, discloses

NOTHING_HEARD = Heard()


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
    words_withheld: Withheld | None = None  # why some words of the interviews wait

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
    nobody or at least `min_group` people are new, changed or gone, whatever is added up and
    subtracted. The closing of the wave lifts the comparison once: what is corrected after that
    waits like everything else.

    Args:
        ledger: what was published so far.
        now: all respondents with the fingerprints of their clean answers.
        min_group: the study's smallest group.
        closed: the wave is closed.
    """
    if len(now) < min_group:
        return False
    if _is_free(ledger, closed):
        return True
    return not discloses(_blocks(ledger), [frozenset(now.items())], min_group)


def waits_after_erasure(ledger: Ledger, now: Group, min_group: int, closed: bool) -> bool:
    """Would results computed anew make the answers of somebody erased known, by subtraction?

    They would while somebody erased since is counted in the last issue, and the `gate` is shut
    or, whether the wave is closed or not, fewer than `min_group` people tell these responses from
    an issue that counts them. What was published then stays; computed without them on the same
    responses, it would be their questionnaire taken from the rest.

    Args:
        ledger: what was published so far.
        now: all respondents with the fingerprints of their clean answers.
        min_group: the study's smallest group.
        closed: the wave is closed.
    """
    counting = [people for one in ledger if _erased(people := _people(one))]
    if not ledger or not _erased(_people(ledger[-1])):
        return False
    told = {frozenset(now.items()) ^ people for people in counting}
    few = any(len({person for person, _ in one}) < min_group for one in told)
    return few or not gate(ledger, now, min_group, closed)


def _people(publication: Publication) -> Block:
    return frozenset().union(*publication.blocks)


def _erased(people: Block) -> bool:
    return any(is_erased(person) for person, _ in people)


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
    after_erasure: bool = False,
    heard: Heard = NOTHING_HEARD,
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
        after_erasure: staff chose to show everything without those erased since: what this makes
            known of them is not held against it.
        heard: what the notes of the interviews hold, and how far its review is.
    """
    min_group = study.confidentiality.min_group
    groups = side_groups(respondents, fingerprints, study)
    known = without_erased(ledger) if after_erasure else ledger
    compared = () if _is_free(ledger, closed) else known
    reasons = _side_reasons(groups, compared, min_group)
    positions, kept = _interviews(known, interviews, min_group, interviews_over)
    shown = frozenset(groups.keys() - reasons.keys())
    issue = Publication(groups, shown, positions, closing=closed)
    asked = {
        sides: _asked(sides, issue, compared, min_group, reasons)
        for sides in {(), *(item.asked_of for item in model.items)}
    }
    plan = Plan(issue, ledger, min_group, reasons, asked, kept)
    former = known[-1].words if known else {}
    return _with_words(plan, former, heard, over=interviews_over)


def _with_words(plan: Plan, former: Words, now: Heard, *, over: bool) -> Plan:
    """The plan with the words of the interviews that the issue may print.

    Where it shows nothing at all it is no part of the ledger: no words come in with it.
    """
    issue, words = plan.publication, former
    if not plan.whole and may_renew(former, now, plan.min_group, over=over):
        sides = {person: side for side, people in issue.groups.items() for person in people}
        words = renewed(former, now, sides, issue.shown)
    reason = Withheld.SMALL_GROUP if over else Withheld.NOT_RENEWED
    waiting = reason if is_waiting(words, now) else None
    return replace(plan, publication=replace(issue, words=words), words_withheld=waiting)


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
    published = _blocks(_shown(former, sides, min_group) if sides else former)
    known = discloses(published, now.blocks, min_group)
    return Withheld.NOT_RENEWED if known else None, hidden


def _shown(former: Ledger, sides: tuple[str, ...], min_group: int) -> Ledger:
    """The issues that showed the items asked of these sides; the others had withheld them."""
    shown: Ledger = ()
    for issue in (earlier.asked(sides, min_group) for earlier in former):
        enough = sum(map(len, issue.blocks)) >= min_group
        if enough and (issue.closing or not discloses(_blocks(shown), issue.blocks, min_group)):
            shown = (*shown, issue)
    return shown


def _blocks(ledger: Ledger) -> list[Block]:
    return [block for issue in ledger for block in issue.blocks]


def _side_reasons(
    groups: Mapping[str, Group], ledger: Ledger, min_group: int
) -> dict[str, Withheld]:
    """Withhold small sides, then as few others as no earlier issue gives away."""
    reasons = withheld_groups(people_of(groups), min_group, {NO_SIDE: Withheld.SMALL_GROUP})
    for shown in _choices(groups, [side for side in groups if side not in reasons]):
        if not discloses(_blocks(ledger), Publication(groups, shown).blocks, min_group):
            break
    waiting = dict.fromkeys(groups.keys() - reasons.keys() - shown, Withheld.NOT_RENEWED)
    return {**reasons, **waiting}


def _choices(groups: Mapping[str, Group], sides: list[str]) -> list[frozenset[str]]:
    """The sets of sides that could be shown: most sides first, of these most people; none last."""
    sets = (chosen for size in range(len(sides) + 1) for chosen in combinations(sides, size))
    order = sorted(sets, key=lambda s: (-len(s), -sum(len(groups[side]) for side in s)))
    return [frozenset(chosen) for chosen in order]


def _interviews(
    ledger: Ledger, now: Positions, min_group: int, over: bool
) -> tuple[Positions, Withheld | None]:
    """What the interviews changed, as far as it may be told, and why not the rest."""
    former = [publication.interviews for publication in ledger if publication.interviews]
    if len(now) < min_group:
        return {}, Withheld.SMALL_GROUP if now else None
    published, this = [_sheets(said) for said in former], _sheets(now)
    if over or not discloses(published, [this], min_group):
        return now, None
    return still_there(former[-1]), Withheld.NOT_RENEWED


def _sheets(said: Positions) -> Block:
    return frozenset((person, repr(sorted(done.items()))) for person, done in said.items())
