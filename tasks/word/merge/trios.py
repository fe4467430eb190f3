"""Three versions of a row of things, each thing under one name. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

Thing = TypeVar("Thing")
Name = tuple[str, int]
Pairs = dict[int, int]


class Trio(NamedTuple, Generic[Thing]):
    """A thing in its three versions, None where it is not."""

    base: Thing | None
    edited: Thing | None
    new: Thing | None


@dataclass(frozen=True)
class Trios(Generic[Thing]):
    """The names of the three versions, and what stands behind them.

    Names are ("base", index), ("new", index) for what was not in base, and ("own", index) for
    what staff added.
    """

    base: tuple[Name, ...]
    edited: tuple[Name, ...]
    new: tuple[Name, ...]
    things: dict[Name, Trio[Thing]]
    edited_only: dict[Name, Thing]

    @classmethod
    def of(
        cls,
        base: Sequence[Thing],
        edited: Sequence[Thing],
        new: Sequence[Thing],
        to_edited: Pairs,
        to_new: Pairs,
        again: Callable[[Sequence[Thing], Iterable[int], Sequence[Thing], Iterable[int]], Pairs],
    ) -> "Trios[Thing]":
        """Name the things of three versions.

        Args:
            base: as generated last time.
            edited: as in the file of staff.
            new: as generated now.
            to_edited: base index → edited index.
            to_new: base index → new index.
            again: finds, for new things that base lacks, those that the file holds already.
        """
        known_already = set(to_new.values())
        fresh = [index for index in range(len(new)) if index not in known_already]
        taken = set(to_edited.values())
        free = [index for index in range(len(edited)) if index not in taken]
        known = again(new, fresh, edited, free)
        edited_names = {place: ("base", index) for index, place in to_edited.items()}
        edited_names |= {place: ("new", index) for index, place in known.items()}
        new_names = {place: ("base", index) for index, place in to_new.items()}
        things = {
            ("base", index): Trio(
                thing, _at(edited, to_edited.get(index)), _at(new, to_new.get(index))
            )
            for index, thing in enumerate(base)
        }
        things |= {("new", i): Trio(None, _at(edited, known.get(i)), new[i]) for i in fresh}
        names = tuple(edited_names.get(place, ("own", place)) for place in range(len(edited)))
        own = {name: edited[name[1]] for name in names if name[0] == "own"}
        return cls(
            base=tuple(("base", index) for index in range(len(base))),
            edited=names,
            new=tuple(new_names.get(place, ("new", place)) for place in range(len(new))),
            things=things,
            edited_only=own,
        )

    def __getitem__(self, name: Name) -> Trio[Thing]:
        return self.things[name]

    def in_order(self) -> Iterator[tuple[Name, Trio[Thing]]]:
        """Yield what is in base or new in the order of new; what the data dropped in between."""
        rank: dict[Name, tuple[int, int]] = {n: (i, 0) for i, n in enumerate(self.new)}
        last = -1
        for index, name in enumerate(self.base):
            if name in rank:
                last = rank[name][0]
            else:
                rank[name] = (last, index + 1)
        for name in sorted(rank, key=rank.__getitem__):
            yield name, self.things[name]


def _at(things: Sequence[Thing], index: int | None) -> Thing | None:
    return None if index is None else things[index]
