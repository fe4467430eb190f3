"""How many of each class can have given each answer, when sums over classes are published.

Every published row is an equation over the classes, and so is every difference of two rows. What
each equation leaves open narrows what the others leave open, until nothing narrows any more. Then
each end of each cell is tried: one that no equation can live with is taken off.

Source of the method: bounds on the cells of linked tables, L. Willenborg and T. de Waal, "Elements
of Statistical Disclosure Control" (2001), § 6; propagation of bounds as in constraint solvers.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

MOST_EQUATIONS = 300  # the differences about fewest people are kept: these tell most
MOST_ROUNDS = 60
MOST_TRIED = 60  # cells of a system whose ends are tried one by one
WIDEST_TRIED = 2  # with both ends off a cell as wide as this is known; a wider one is not


@dataclass(frozen=True)
class Bounds:
    """At least and at most how many of each class gave each answer (classes × answers).

    Several tries at once have one dimension more, in front.
    """

    least: Numbers
    most: Numbers

    @property
    def width(self) -> Numbers:
        """How much is still open over all cells, in each try."""
        return np.asarray((self.most - self.least).sum(axis=(-2, -1)))

    @property
    def impossible(self) -> NDArray[np.bool_]:
        """Is there no way at all, in each try?"""
        return np.asarray((self.least > self.most).any(axis=(-2, -1)))


@dataclass(frozen=True)
class System:
    """Equations over classes of people.

    Attributes:
        signs: 1 where the class is added, −1 where it is taken away, else 0 (equations × classes).
        counts: what each equation comes to (equations × answers).
        sizes: people per class; everybody gave exactly one answer.
    """

    signs: Numbers
    counts: Numbers
    sizes: Numbers

    @classmethod
    def of(cls, signs: Numbers, counts: Numbers, sizes: Numbers) -> "System":
        """The system of some rows, and of the differences of any two that share people."""
        pairs = [p for p in combinations(range(len(signs)), 2) if (signs[p[0]] & signs[p[1]]).any()]
        if pairs:
            first, second = (np.array(side) for side in zip(*pairs, strict=True))
            more, right = signs[first] - signs[second], counts[first] - counts[second]
            kept = np.argsort(np.abs(more) @ sizes, kind="stable")[:MOST_EQUATIONS]
            signs = np.concatenate([signs, more[kept]])
            counts = np.concatenate([counts, right[kept]])
        return cls(signs, counts, sizes)

    def narrow(self, asked: Collection[int]) -> Bounds:
        """What the equations leave open of each cell; the ends of the classes asked are tried."""
        shape = (len(self.sizes), self.counts.shape[1])
        start = Bounds(np.zeros(shape, dtype=np.int64), np.tile(self.sizes[:, None], shape[1]))
        found = self._narrowed(start)
        return self._tried(found, asked) if found.least.size <= MOST_TRIED else found

    def together(self, classes: Sequence[int], bounds: Bounds) -> tuple[Numbers, Numbers]:
        """At least and at most how many of some classes together gave each answer."""
        inside = np.zeros_like(self.sizes)
        inside[list(classes)] = 1
        signs = np.concatenate([self.signs, np.zeros_like(inside)[None]])
        counts = np.concatenate([self.counts, np.zeros_like(self.counts[:1])])
        low, high = _left(signs - inside, counts, bounds)
        return low.max(axis=0), high.min(axis=0)

    def _narrowed(self, bounds: Bounds) -> Bounds:
        for _ in range(MOST_ROUNDS):
            width = bounds.width
            bounds = self._by_sizes(self._by_rows(bounds))
            if ((bounds.width == width) | bounds.impossible).all():
                break
        return bounds

    def _tried(self, bounds: Bounds, asked: Collection[int]) -> Bounds:
        """Take off the ends of cells that no equation can live with, until none goes any more."""
        while not bounds.impossible.any():
            open_, narrow = bounds.least < bounds.most, bounds.most - bounds.least <= WIDEST_TRIED
            cells = [cell for cell in np.argwhere(open_ & narrow).tolist() if cell[0] in asked]
            if not cells:
                break
            tried = self._without_ends(bounds, np.array(cells))
            if tried.width == bounds.width:
                break
            bounds = self._narrowed(tried)
        return bounds

    def _without_ends(self, bounds: Bounds, cells: Numbers) -> Bounds:
        """Try each end of each of these cells, all at once; those that cannot be go."""
        one, rows, columns = np.arange(len(cells)), cells[:, 0], cells[:, 1]
        least = np.tile(bounds.least, (2 * len(cells), 1, 1))
        most = np.tile(bounds.most, (2 * len(cells), 1, 1))
        least[one, rows, columns] = bounds.most[rows, columns]
        most[one + len(cells), rows, columns] = bounds.least[rows, columns]
        gone = self._narrowed(Bounds(least, most)).impossible
        least, most = bounds.least.copy(), bounds.most.copy()
        most[rows, columns] -= gone[: len(cells)]
        least[rows, columns] += gone[len(cells) :]
        return Bounds(least, most)

    def _by_rows(self, bounds: Bounds) -> Bounds:
        """Narrow each cell by what the others in each equation leave for it."""
        low, high = (left[..., None, :] for left in _left(self.signs, self.counts, bounds))
        added, taken = (self.signs > 0)[:, :, None], (self.signs < 0)[:, :, None]
        least, most = bounds.least[..., None, :, :], bounds.most[..., None, :, :]
        at_least = np.where(added, low + most, np.where(taken, most - high, 0))
        at_most = np.where(added, high + least, np.where(taken, least - low, most))
        return Bounds(
            np.maximum(bounds.least, at_least.max(axis=-3)),
            np.minimum(bounds.most, at_most.min(axis=-3)),
        )

    def _by_sizes(self, bounds: Bounds) -> Bounds:
        """Narrow each cell by what the other answers leave of the class."""
        least, most, sizes = bounds.least, bounds.most, self.sizes[:, None]
        at_least = sizes - (most.sum(axis=-1, keepdims=True) - most)
        at_most = sizes - (least.sum(axis=-1, keepdims=True) - least)
        return Bounds(np.maximum(least, at_least), np.minimum(most, at_most))


def _left(signs: Numbers, counts: Numbers, bounds: Bounds) -> tuple[Numbers, Numbers]:
    """At least and at most what these equations leave, once these classes are taken off."""
    plus, minus = np.maximum(signs, 0), np.maximum(-signs, 0)
    largest = plus @ bounds.most - minus @ bounds.least
    smallest = plus @ bounds.least - minus @ bounds.most
    return np.asarray(counts - largest, np.int64), np.asarray(counts - smallest, np.int64)
