"""The attacker: works answers out of the tables of all issues, as anybody with patience could.

It is a worst case: it knows who answered in each issue, on which side, and whose questionnaire
changed in between; not what anybody answered. It looks for people who cannot be told apart (a
class: same side, in the same rows), and works out how many of each class gave each answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from tasks.disclosure.bounds import Numbers, System
from tasks.disclosure.tables import EVERYBODY, Table
from tasks.scoring.sums import Sheet

UNTOLD = ""
"""The column of those whom a row does not mention: they gave none of the answers it counts."""

NOBODY = ""
"""Whoever a row counts that nobody should be in: found out like anybody else."""

NO_ANSWER = frozenset({UNTOLD, "silent.unanswered"})


@dataclass(frozen=True)
class Rebuilt:
    """What the attacker found: how many of these people gave this answer, at least one."""

    people: frozenset[str]
    answer: str


@dataclass(frozen=True)
class _Row:
    """People whose answers are published as one row."""

    people: frozenset[Sheet]
    counts: dict[str, int]


def rebuilt(issues: Sequence[Table], min_group: int) -> frozenset[Rebuilt]:
    """What the tables of one question give away, over all issues.

    That is: a cell of a side of fewer than `min_group` people in which somebody is; and the
    answer of each person of a class of fewer than `min_group` people. That a side large enough to
    be shown, or everybody asked, is of one mind is a result that the report is there to tell.

    Args:
        issues: the table of this question in each issue that shows it, oldest first.
        min_group: the smallest group that may be shown.
    """
    rows = [row for table in issues for row in _rows(table)]
    classes = _classes(issues, rows)
    if not classes:
        return frozenset()
    columns = sorted({column for row in rows for column in row.counts})
    system = System.of(
        np.array([[int(who <= row.people) for who in classes] for row in rows]),
        np.array([[row.counts.get(column, 0) for column in columns] for row in rows]),
        np.array([len(who) for who in classes]),
    )
    sides = _sides(issues, classes)
    bounds = system.narrow(_about_few(classes, sides, min_group))
    found = []
    for numbers, size in sides:
        least, most = system.together(numbers, bounds)
        if size < min_group or _few(most, columns, min_group):
            found += [(numbers, place) for place in _known(least, most, columns)]
    sizes = system.sizes[:, None]
    alike = (bounds.least == bounds.most) & (bounds.least == sizes) & (sizes < min_group)
    one_mind = np.argwhere(alike).tolist()
    found += [([n], place) for n, place in one_mind if columns[place] not in NO_ANSWER]
    named = ((_people(classes, numbers), columns[place]) for numbers, place in found)
    told = _unanimous(issues)
    return frozenset(
        Rebuilt(people, answer) for people, answer in named if not people <= told.get(answer, set())
    )


def tells(
    former: Sequence[Table],
    now: Sequence[Table],
    min_group: int,
    whole_known: bool = False,
) -> bool:
    """Do these tables of a question, beside earlier ones, give away more than these did?

    Args:
        former: the tables of the earlier issues, oldest first.
        now: those to be shown.
        min_group: the smallest group that may be shown.
        whole_known: staff chose to show everybody's row whatever it gives away; what is shown
            beside it must not give away more.
    """
    found, known = rebuilt([*former, *now], min_group), list(former)
    if whole_known:
        whole, *_ = now
        known.append(Table(whole.groups, {EVERYBODY: whole.rows[EVERYBODY]}))
    return bool(found and found - rebuilt(known, min_group))


def _known(least: Numbers, most: Numbers, columns: Sequence[str]) -> list[int]:
    """The answers that somebody is known to have given, and how many did."""
    return [
        place
        for place, column in enumerate(columns)
        if column not in NO_ANSWER and 0 < least[place] == most[place]
    ]


def _few(most: Numbers, columns: Sequence[str], min_group: int) -> bool:
    """Is it known that fewer than `min_group` of these people gave an answer?"""
    spoken = (column not in NO_ANSWER for column in columns)
    return sum(int(count) for count, told in zip(most, spoken, strict=True) if told) < min_group


def _people(classes: Sequence[frozenset[Sheet]], numbers: Sequence[int]) -> frozenset[str]:
    return frozenset(person for number in numbers for person, _ in classes[number])


def _rows(table: Table) -> list[_Row]:
    """The shown sides, and what they leave of everybody."""
    shown = [side for side in table.rows if side != EVERYBODY]
    rows = [_row(table.groups[side].items(), table.rows[side], side) for side in shown]
    hidden = [group.items() for side, group in table.groups.items() if side not in shown]
    left = dict(table.rows[EVERYBODY])
    for side in shown:
        for column, count in table.rows[side].items():
            left[column] = left.get(column, 0) - count
    rows.append(_row(chain.from_iterable(hidden), left, EVERYBODY))
    return [row for row in rows if row.people]


def _row(sheets: Iterable[Sheet], counts: Mapping[str, int], place: str) -> _Row:
    """A row in which each person counts once."""
    people, told = frozenset(sheets), sum(counts.values())
    more = {(NOBODY, f"{place} {n}") for n in range(told - len(people))}
    silent = max(0, len(people) - told)
    return _Row(people | more, {**counts, UNTOLD: silent})


def _classes(issues: Sequence[Table], rows: Sequence[_Row]) -> list[frozenset[Sheet]]:
    """People of the same sides who stand in the same rows."""
    sets = [row.people for row in rows]
    sets += [frozenset(group.items()) for table in issues for group in table.groups.values()]
    stands: dict[Sheet, int] = {}
    for number, people in enumerate(sets):
        for sheet in people:
            stands[sheet] = stands.get(sheet, 0) | 1 << number
    counted = frozenset().union(*(row.people for row in rows))
    together: dict[int, set[Sheet]] = {}
    for sheet in counted:
        together.setdefault(stands[sheet], set()).add(sheet)
    return [frozenset(people) for _, people in sorted(together.items())]


def _sides(
    issues: Sequence[Table], classes: Sequence[frozenset[Sheet]]
) -> list[tuple[list[int], int]]:
    """The classes that each side is made of in each issue, and how many people it has."""
    sides = {frozenset(group.items()) for table in issues for group in table.groups.values()}
    return [
        ([number for number, who in enumerate(classes) if who <= side], len(side))
        for side in sides
        if side
    ]


def _about_few(
    classes: Sequence[frozenset[Sheet]], sides: Sequence[tuple[list[int], int]], min_group: int
) -> frozenset[int]:
    """The classes of few people, and those of sides with few people."""
    few = [number for number, who in enumerate(classes) if len(who) < min_group]
    return frozenset(few).union(*(numbers for numbers, size in sides if size < min_group))


def _unanimous(issues: Sequence[Table]) -> dict[str, set[str]]:
    """Answer → the people of whom an issue says that all gave it."""
    told: dict[str, set[str]] = {}
    for table in issues:
        people = set(chain.from_iterable(table.groups.values()))
        for column, count in table.rows[EVERYBODY].items():
            if count >= len(people):
                told.setdefault(column, set()).update(people)
    return told
