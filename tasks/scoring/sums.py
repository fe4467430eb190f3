"""What published sums give away together, over any number of tables and issues.

Every table shows, for some sets of questionnaires, the sum of their answers. Whoever holds all
of them may add and subtract as they like. So no such combination may be about fewer people than
a group that may be shown: each is about nobody, or about at least `min_group` people.

Questionnaires that stand in the same sets cannot be told apart; they form one class. A
combination is a row of the space spanned by the sets; one that is about a few people alone is
zero on the classes of all others. With P the projection onto that space, there is one exactly
when the part of P on the classes of those few has the eigenvalue 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

import numpy as np
from numpy.typing import NDArray

Sheet = tuple[str, str]
"""Pseudonym and fingerprint: one questionnaire in one version."""

Block = frozenset[Sheet]
"""Questionnaires whose answers are published as one sum."""

TOLERANCE = 1e-9  # of sums of zeros and ones over a few dozen sets
MOST_CHOICES = 100_000  # more small sets of people than this are not tried one by one


@dataclass(frozen=True)
class _Sums:
    """Published sets, seen as classes of people."""

    classes: tuple[frozenset[str], ...]
    space: NDArray[np.float64]  # orthonormal rows over the classes

    def alone(self, choices: NDArray[np.int64]) -> NDArray[np.bool_]:
        """For rows of class numbers: is some combination about these classes alone?"""
        projection = self.space.T @ self.space
        parts = projection[choices[:, :, None], choices[:, None, :]]
        return np.asarray(np.linalg.eigvalsh(parts)[:, -1] > 1 - TOLERANCE)

    def tell(self, people: frozenset[str]) -> bool:
        """Is some combination about these people alone, or some of them?"""
        inside = [number for number, who in enumerate(self.classes) if who <= people]
        return bool(inside) and bool(self.alone(np.array([inside]))[0])

    def told(self, choices: list[tuple[int, ...]]) -> Iterator[frozenset[str]]:
        """The people of the choices that some combination is about."""
        for _, group in groupby(sorted(choices, key=len), key=len):
            same_length = np.array(list(group))
            for choice in same_length[self.alone(same_length)]:
                yield frozenset[str]().union(*(self.classes[number] for number in choice))

    def covered(self, min_group: int) -> bool:
        """True when no combination leaves out all classes of `min_group` people or more."""
        large = [number for number, who in enumerate(self.classes) if len(who) >= min_group]
        return bool(np.linalg.matrix_rank(self.space[:, large]) == len(self.space))


def discloses(former: Sequence[Block], now: Sequence[Block], min_group: int) -> bool:
    """True when these sets, beside former ones, give away fewer than `min_group` people.

    What the former ones gave away already is not held against the new ones. Should there be too
    many small sets of people to try, the answer is yes.

    Args:
        former: sets already published.
        now: sets to be published.
        min_group: the smallest number of people that a sum may be about.
    """
    after = _sums((*former, *now))
    if after.covered(min_group):
        return False
    choices = list(islice(_few(after.classes, min_group), MOST_CHOICES + 1))
    if len(choices) > MOST_CHOICES:
        return True
    before = _sums(former)
    return any(not before.tell(people) for people in after.told(choices))


def _sums(blocks: Sequence[Block]) -> _Sums:
    sets_of: dict[Sheet, int] = {}  # the sets a questionnaire stands in, as bits
    for number, block in enumerate(blocks):
        for sheet in block:
            sets_of[sheet] = sets_of.get(sheet, 0) | 1 << number
    people: dict[int, set[str]] = {}
    for (person, _), sets in sets_of.items():
        people.setdefault(sets, set()).add(person)
    matrix = [[float(sets >> number & 1) for sets in people] for number in range(len(blocks))]
    _, sizes, rows = np.linalg.svd(np.array(matrix).reshape(len(blocks), len(people)))
    space = rows[: len(sizes)][sizes > TOLERANCE]
    return _Sums(tuple(map(frozenset, people.values())), space)


def _few(classes: Sequence[frozenset[str]], min_group: int) -> Iterator[tuple[int, ...]]:
    """Every choice of classes that holds fewer than `min_group` people in all."""
    small = [number for number, who in enumerate(classes) if len(who) < min_group]
    growing: list[tuple[tuple[int, ...], frozenset[str], int]] = [((), frozenset(), 0)]
    while growing:
        chosen, people, start = growing.pop()
        for place in range(start, len(small)):
            more = people | classes[small[place]]
            if len(more) < min_group:
                choice = (*chosen, small[place])
                yield choice
                growing.append((choice, more, place + 1))
