"""Attackers: obvious, slow programs that try to work withheld answers out of published tables.

They are worst cases: they know everybody who answered, on which side, and (the second one) even
which questionnaire went into which issue.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from tasks.scoring.ledger import Publication

Row = tuple[int, ...]


def rows_of(size: int, room: Row) -> Iterator[Row]:
    """Every way in which `size` people can sit in these columns."""
    if not room:
        if not size:
            yield ()
        return
    for here in range(min(size, room[0]) + 1):
        for rest in rows_of(size - here, room[1:]):
            yield (here, *rest)


def solutions(
    total: Row, shown: Mapping[str, Row], sizes: Mapping[str, int]
) -> list[dict[str, Row]]:
    """Every table of the hidden groups that fits what is published.

    Args:
        total: the published row of everybody.
        shown: the published rows of groups.
        sizes: people of every group, hidden ones too.
    """
    room = tuple(t - sum(row[i] for row in shown.values()) for i, t in enumerate(total))
    hidden = [group for group in sizes if group not in shown]
    found: list[dict[str, Row]] = [{}]
    for group in hidden:
        found = [
            {**table, group: row}
            for table in found
            for row in rows_of(sizes[group], _left(room, table))
        ]
    return [table for table in found if not any(_left(room, table))]


def worked_out(total: Row, shown: Mapping[str, Row], sizes: Mapping[str, int]) -> set[str]:
    """The hidden groups with somebody in them whose rows can only be one thing."""
    tables = solutions(total, shown, sizes)
    hidden = {group for group in sizes if group not in shown and sizes[group]}
    return {group for group in hidden if len({table[group] for table in tables}) == 1}


def _left(room: Row, table: Mapping[str, Row]) -> Row:
    return tuple(r - sum(row[i] for row in table.values()) for i, r in enumerate(room))


def singled_out(issues: Sequence[Publication], min_group: int) -> set[tuple[str, ...]]:
    """Sets of fewer than `min_group` people whose answers follow from published sums.

    Every published set of questionnaires is a linear equation; people are found when some
    combination of all equations of all issues, with any coefficients, has them alone in it.
    """
    blocks = [block for issue in issues for block in issue.blocks]
    sheets = sorted({sheet for block in blocks for sheet in block})
    matrix = np.array([[sheet in block for sheet in sheets] for block in blocks], dtype=float)
    rank = np.linalg.matrix_rank(matrix) if blocks else 0
    owner = np.array([person for person, _ in sheets])
    return {
        few
        for size in range(1, min_group)
        for few in combinations(sorted(set(owner)), size)
        if np.linalg.matrix_rank(matrix[:, ~np.isin(owner, few)]) < rank
    }
