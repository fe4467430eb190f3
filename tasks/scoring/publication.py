"""Between two refreshes: what was published so far, and what may now be published beside it.

One answer more this week, and the difference of the two tables *is* that person's questionnaire.
So every issue leaves behind the sets of answers its tables were made of (pseudonyms and
fingerprints, no answer), and the rule for the next one is: any published set, or union of sets,
of an issue equals any of another issue, or differs from it by at least `min_group` people.

The rule looks at issues two by two; it does not follow sums over three issues, which give
nothing away unless whole groups of people take back what they sent.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import chain, product
from typing import TypeVar

import numpy as np
import pandas as pd

from config.maturity_model import Item
from config.study import Study
from tasks.results import Withheld
from tasks.scoring.disclosure import NO_SIDE, smallest, withheld_groups

Group = Mapping[str, str]
"""Pseudonym → fingerprint of that person's clean answers."""

Block = frozenset[tuple[str, str]]
InterviewPositions = Mapping[str, Mapping[str, str]]
"""Pseudonym of a person interviewed → dimension → what the interview did (see `merging`)."""

State = TypeVar("State")


@dataclass(frozen=True)
class Publication:
    """The sets of answers that one issue made public. Pseudonyms: never in a report."""

    groups: Mapping[str, Group]  # side → its people; the empty side: side not known
    shown: tuple[str, ...]  # sides shown by themselves
    interviews: InterviewPositions = field(default_factory=dict)
    closing: bool = False  # the issue of the closed wave

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The disjoint sets whose counts can be read: shown sides, and the others together."""
        apart = [frozenset(self.groups[side].items()) for side in self.shown]
        rest = [people.items() for side, people in self.groups.items() if side not in self.shown]
        return tuple(block for block in (*apart, frozenset(chain(*rest))) if block)

    def asked(self, sides: tuple[str, ...], min_group: int) -> "Publication":
        """What is made public of an item that only these sides are asked (empty: all of them)."""
        if not sides:
            return self
        groups = {side: people for side, people in self.groups.items() if side in sides}
        hidden = {side: Withheld.COMPLEMENTARY for side in groups if side not in self.shown}
        reasons = withheld_groups(_people(groups), min_group, hidden)
        return replace(self, groups=groups, shown=tuple(s for s in groups if s not in reasons))


Ledger = tuple[Publication, ...]
"""Everything published of a wave so far, oldest first."""


@dataclass(frozen=True)
class Plan:
    """What an issue may show.

    `ledger` is what to store once the issue is published. `interviews` may be those of the issue
    before; `interviews_withheld` then says so.
    """

    publication: Publication
    former: Ledger
    min_group: int
    free: bool  # the wave has just closed: everything may be renewed once
    reasons: Mapping[str, Withheld]  # sides withheld in every table
    interviews_withheld: Withheld | None = None

    def withheld(self, item: Item | None = None) -> Withheld | None:
        """Why nothing may be shown of the whole, or of an item that only some sides are asked."""
        sides = item.asked_of if item else ()
        now = self.publication.asked(sides, self.min_group)
        if sum(map(len, now.blocks)) < self.min_group:
            return Withheld.SMALL_GROUP
        former = tuple(issue.asked(sides, self.min_group) for issue in self.former)
        if self.free or _apart(former, now.blocks, self.min_group):
            return None
        return Withheld.NOT_RENEWED

    def side_reasons(self, item: Item) -> Mapping[str, Withheld]:
        """The sides asked this item that no table of it may show, and why."""
        now = self.publication.asked(item.asked_of, self.min_group)
        hidden = (side for side in now.groups if side not in now.shown)
        return {side: self.reasons.get(side, Withheld.COMPLEMENTARY) for side in hidden}

    @property
    def ledger(self) -> Ledger:
        """The ledger once this issue is published; the former one when it says nothing new."""
        if self.withheld() or self.publication in self.former:
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
    return _is_free(ledger, closed) or _apart(ledger, (frozenset(now.items()),), min_group)


def published_state(
    ledger: Ledger,
    former: State | None,
    now: State,
    fingerprints: Group,
    study: Study,
    closed: bool,
) -> State:
    """Return the clean answers to publish: those of now, or those last published.

    Args:
        ledger: what was published so far.
        former: the clean answers of the last publication; None: nothing published yet.
        now: the clean answers of this refresh.
        fingerprints: those of `now`.
        study: holds the smallest group.
        closed: the wave is closed.
    """
    renewed = gate(ledger, fingerprints, study.confidentiality.min_group, closed)
    return now if renewed or former is None else former


def plan_publication(
    respondents: pd.DataFrame,
    fingerprints: Group,
    interviews: InterviewPositions,
    study: Study,
    ledger: Ledger = (),
    *,
    closed: bool,
    interviews_over: bool = False,
) -> Plan:
    """Decide what an issue may show, beside everything published before it.

    Args:
        respondents: a frame of the RESPONDENTS contract, as `published_state` chose it.
        fingerprints: pseudonym → fingerprint of the clean answers, of the same state.
        interviews: what the interviews did so far.
        study: sides and smallest group.
        ledger: what was published so far.
        closed: the wave is closed: tables are renewed once whatever changed.
        interviews_over: no interview is still to come: what they changed is renewed once more.
    """
    min_group = study.confidentiality.min_group
    groups = side_groups(respondents, fingerprints, study)
    free = _is_free(ledger, closed)
    reasons = _side_reasons(groups, () if free else ledger, min_group)
    shown = tuple(side for side in groups if side not in reasons)
    positions, kept = _interviews(ledger, interviews, min_group, interviews_over)
    publication = Publication(groups, shown, positions, closing=closed)
    return Plan(publication, ledger, min_group, free, reasons, kept)


def side_groups(respondents: pd.DataFrame, fingerprints: Group, study: Study) -> dict[str, Group]:
    """Respondents by side, in the study's order; those of no known side come last."""
    known = [side.code for side in study.sides]
    groups: dict[str, dict[str, str]] = {side: {} for side in (*known, NO_SIDE)}
    for person, side in zip(respondents["respondent"], respondents["side"], strict=True):
        groups[side if side in known else NO_SIDE][person] = fingerprints[person]
    return dict(groups)


def write_ledger(ledger: Ledger) -> str:
    """The ledger as JSON, for the store."""
    return json.dumps([asdict(publication) for publication in ledger], ensure_ascii=False)


def read_ledger(text: str) -> Ledger:
    """The ledger that `write_ledger` wrote."""
    return tuple(
        Publication(**{**entry, "shown": tuple(entry["shown"])}) for entry in json.loads(text)
    )


def _is_free(ledger: Ledger, closed: bool) -> bool:
    return closed and not any(publication.closing for publication in ledger)


def _side_reasons(
    groups: Mapping[str, Group], ledger: Ledger, min_group: int
) -> dict[str, Withheld]:
    """Withhold small sides, then the smallest others until no earlier issue gives them away."""
    people = _people(groups)
    reasons = withheld_groups(people, min_group, {NO_SIDE: Withheld.SMALL_GROUP})
    while shown := [side for side in groups if side not in reasons]:
        if _apart(ledger, Publication(groups, tuple(shown)).blocks, min_group):
            break
        reasons[smallest(people, shown)] = Withheld.NOT_RENEWED
    return reasons


def _interviews(
    ledger: Ledger, now: InterviewPositions, min_group: int, over: bool
) -> tuple[InterviewPositions, Withheld | None]:
    """What the interviews changed, as far as it may be told, and why not the rest."""
    former = [publication.interviews for publication in ledger if publication.interviews]
    if len(now) < min_group:
        return {}, Withheld.SMALL_GROUP if now else None
    if over or all(_far(_changed(before, now), min_group) for before in former):
        return now, None
    return former[-1], Withheld.NOT_RENEWED


def _changed(before: InterviewPositions, now: InterviewPositions) -> int:
    return sum(before.get(person) != now.get(person) for person in {*before, *now})


def _far(people: int, min_group: int) -> bool:
    return people == 0 or people >= min_group


def _people(groups: Mapping[str, Group]) -> dict[str, Counter[str]]:
    return {side: Counter(list(group)) for side, group in groups.items()}


def _apart(ledger: Ledger, now: tuple[Block, ...], min_group: int) -> bool:
    """True when no union of these blocks comes close to one of an earlier issue."""
    issues = (publication.blocks for publication in ledger)
    published = (blocks for blocks in issues if sum(map(len, blocks)) >= min_group)
    return all(
        _far(distance, min_group) for former in published for distance in _distances(former, now)
    )


def _distances(former: tuple[Block, ...], now: tuple[Block, ...]) -> list[int]:
    """For each union of blocks of now: by how many people the nearest former union differs.

    Blocks of one issue are disjoint, so that each former block is taken into the nearest union
    or left out by itself, whichever differs less.
    """
    shared = np.array([[len(block & earlier) for earlier in former] for block in now])
    new = np.array([len(block) for block in now]) - shared.sum(axis=1)
    unions = np.array(list(product((0, 1), repeat=len(now))))
    overlaps = unions @ shared
    lacking = np.array([len(earlier) for earlier in former]) - overlaps
    nearest = unions @ new + np.minimum(overlaps, lacking).sum(axis=1)
    return [int(distance) for distance in np.unique(nearest)]
