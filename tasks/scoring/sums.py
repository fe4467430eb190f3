"""What published sums give away together, over any number of tables and issues.

Every table shows, for some sets of questionnaires, the sum of their answers. Whoever holds all
of them may add and subtract as they like. So no such combination may be about fewer people than
a group that may be shown: each is about nobody, or about at least `min_group` people.

Questionnaires that stand in the same sets cannot be told apart: they form one class. A
combination is a vector over the classes, in the space that the sets span. One about few people
is zero on every class of `min_group` people or more; these vectors form the narrow space. With P
the projection onto it, one of them is about some few classes alone exactly when the part of P on
these classes has the eigenvalue 1. The trace of that part is then at least 1, which spares most
of the tries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby, islice

import numpy as np
from numpy.typing import NDArray

Sheet = tuple[str, str]
"""Pseudonym and fingerprint: one questionnaire in one version."""

Block = frozenset[Sheet]
"""Questionnaires whose answers are published as one sum."""

Matrix = NDArray[np.float64]
ONE = 1 - 1e-9  # 1, as far as sums of zeros and ones over a few dozen sets are exact
MOST_CHOICES = 100_000  # more small sets of people than this are not tried one by one
AT_ONCE = 500  # so that a yes comes early


def discloses(former: Sequence[Block], now: Sequence[Block], min_group: int) -> bool:
    """True when these sets, beside former ones, give away fewer than `min_group` people.

    What the former ones gave away already is not held against the new ones. Should there be too
    many small sets of people to try, the answer is yes.

    Args:
        former: sets already published.
        now: sets to be published.
        min_group: the smallest number of people that a sum may be about.
    """
    before, after = _narrow(former, min_group), _narrow((*former, *now), min_group)
    choices, tried = after.choices(min_group), 0
    while some := list(islice(choices, AT_ONCE)):
        tried += len(some)
        if tried > MOST_CHOICES or any(not before.tells(who) for who in after.told(some)):
            return True
    return False


@dataclass(frozen=True)
class _Narrow:
    """The combinations that leave out all large classes."""

    classes: tuple[frozenset[str], ...]  # the small classes that they are about
    projection: Matrix  # onto them, classes × classes

    def alone(self, choices: NDArray[np.int64]) -> NDArray[np.bool_]:
        """For each row of class numbers: is some combination about these classes alone?"""
        parts = self.projection[choices[:, :, None], choices[:, None, :]]
        return np.asarray(np.linalg.eigvalsh(parts)[:, -1] > ONE)

    def tells(self, people: frozenset[str]) -> bool:
        """Is some combination about these people alone, or some of them?"""
        inside = [number for number, who in enumerate(self.classes) if who <= people]
        return bool(inside) and bool(self.alone(np.array([inside]))[0])

    def told(self, choices: list[tuple[int, ...]]) -> Iterator[frozenset[str]]:
        """The people of those choices that some combination is about."""
        for _, group in groupby(sorted(choices, key=len), key=len):
            same_length = np.array(list(group))
            for choice in same_length[self.alone(same_length)]:
                yield frozenset[str]().union(*(self.classes[number] for number in choice))

    def choices(self, min_group: int) -> Iterator[tuple[int, ...]]:
        """The choices of classes, of fewer than `min_group` people, whose trace may reach 1."""
        most = [0.0, *accumulate(sorted(self.shares.values(), reverse=True))]
        growing: list[tuple[tuple[int, ...], frozenset[str]]] = [((), frozenset())]
        while growing:
            chosen, before = growing.pop()
            for number in range(chosen[-1] + 1 if chosen else 0, len(self.classes)):
                people = before | self.classes[number]
                room = min_group - 1 - len(people)
                if room >= 0 and self._trace(people) + most[min(room, len(most) - 1)] > ONE:
                    growing.append(((*chosen, number), people))
                    yield (*chosen, number)

    @cached_property
    def shares(self) -> dict[str, float]:
        """Each person's share of the trace: that of their classes, divided among its people."""
        shares: dict[str, float] = {}
        for who, weight in zip(self.classes, self.projection.diagonal(), strict=True):
            for person in who:
                shares[person] = shares.get(person, 0.0) + float(weight) / len(who)
        return shares

    def _trace(self, people: frozenset[str]) -> float:
        return sum(self.shares[person] for person in people)


def _narrow(blocks: Sequence[Block], min_group: int) -> _Narrow:
    classes, matrix = _classes(blocks)
    large = np.array([len(who) >= min_group for who in classes], dtype=bool)
    space = _spanned(matrix)
    narrow = _leaving_out(space[:, large]) @ space
    about = np.flatnonzero(np.abs(narrow).max(axis=0, initial=0) > 1 - ONE)
    return _Narrow(tuple(classes[i] for i in about), narrow[:, about].T @ narrow[:, about])


def _classes(blocks: Sequence[Block]) -> tuple[list[frozenset[str]], Matrix]:
    """The people of each class, and which set holds which class (sets × classes)."""
    sets_of: dict[Sheet, int] = {}  # the sets a questionnaire stands in, as bits
    for number, block in enumerate(blocks):
        for sheet in block:
            sets_of[sheet] = sets_of.get(sheet, 0) | 1 << number
    people: dict[int, set[str]] = {}
    for (person, _), sets in sorted(sets_of.items()):
        people.setdefault(sets, set()).add(person)
    rows = [[float(sets >> number & 1) for sets in people] for number in range(len(blocks))]
    shape = (len(blocks), len(people))  # both may be 0
    return [frozenset(who) for who in people.values()], np.array(rows).reshape(shape)


def _spanned(matrix: Matrix) -> Matrix:
    """Orthonormal rows that span the rows of a matrix."""
    _, sizes, rows = np.linalg.svd(matrix, full_matrices=False)
    return np.asarray(rows[sizes > 1 - ONE])


def _leaving_out(columns: Matrix) -> Matrix:
    """Orthonormal weights of rows, as rows, for which these columns come to nothing."""
    weights, sizes, _ = np.linalg.svd(columns)
    rank = int((sizes > 1 - ONE).sum())
    return np.asarray(weights[:, rank:].T)
