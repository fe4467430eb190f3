"""The slow attacker: writes down every state of the answers that fits what was published.

It shares nothing with the product's attacker but the tables they are both given.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from tasks.disclosure.tables import EVERYBODY, Table
from tests.scoring.attackers import Row, rows_of

Sheets = frozenset[tuple[str, str]]
Equation = tuple[Sheets, Row]


def equations(issues: Sequence[Table], columns: Sequence[str]) -> list[Equation]:
    """Everybody's row and each side's row of each issue, with a column for the others."""
    found = []
    for table in issues:
        for side, row in table.rows.items():
            groups = table.groups.values() if side == EVERYBODY else [table.groups[side]]
            people = frozenset(chain.from_iterable(group.items() for group in groups))
            told = tuple(row.get(column, 0) for column in columns)
            found.append((people, (*told, len(people) - sum(told))))
    return found


def worlds(issues: Sequence[Table], columns: Sequence[str]) -> Iterator[dict[Sheets, Row]]:
    """Every way in which classes of people can have answered: class → people per column."""
    known = equations(issues, columns)
    sides = [frozenset(g.items()) for table in issues for g in table.groups.values()]
    together: dict[tuple[bool, ...], set[tuple[str, str]]] = {}
    for sheet in frozenset().union(*(people for people, _ in known)):
        key = tuple(sheet in people for people in (*(p for p, _ in known), *sides))
        together.setdefault(key, set()).add(sheet)
    classes = [frozenset(sheets) for sheets in together.values()]
    yield from _filled(classes, known)


def _filled(classes: list[Sheets], known: list[Equation]) -> Iterator[dict[Sheets, Row]]:
    if not classes:
        if not any(any(row) for _, row in known):
            yield {}
        return
    first, *others = classes
    room = tuple(map(min, zip(*(row for people, row in known if first <= people), strict=True)))
    for row in rows_of(len(first), room):
        left = [
            (
                people,
                tuple(r - n for r, n in zip(all_, row, strict=True)) if first <= people else all_,
            )
            for people, all_ in known
        ]
        for rest in _filled(others, left):
            yield {first: row, **rest}


def found_out(
    issues: Sequence[Table], columns: Sequence[str], min_group: int
) -> set[tuple[frozenset[str], str]]:
    """People of whom every world says the same: cells of small sides, everyone of a small class."""
    all_worlds = list(worlds(issues, columns))
    found = set()
    sides = {frozenset(g.items()) for table in issues for g in table.groups.values()}
    for side in sides:
        if 0 < len(side) < min_group:
            rows = {_sum(world, side, len(columns)) for world in all_worlds}
            for place, column in enumerate(columns):
                cells = {row[place] for row in rows}
                if len(cells) == 1 and cells != {0}:
                    found.add((_people(side), column))
    for one in (people for people in all_worlds[0] if len(people) < min_group):
        for place, column in enumerate(columns):
            if all(world[one][place] == len(one) for world in all_worlds):
                found.add((_people(one), column))
    return found


def _sum(world: dict[Sheets, Row], side: Sheets, columns: int) -> Row:
    inside = [row for people, row in world.items() if people <= side]
    return tuple(sum(row[place] for row in inside) for place in range(columns))


def _people(sheets: Sheets) -> frozenset[str]:
    return frozenset(person for person, _ in sheets)
