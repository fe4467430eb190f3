"""In which order the blocks of a merged story stand. Pure: names in, names out.

The order of staff rules. What the data dropped leaves; what the data moved moves, unless staff
moved it; what the data bring comes after its nearest surviving neighbour. What staff added
follows the block it was written under.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tasks.word.merge.alignment import longest_increasing

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Versions(Generic[Name]):
    """The same story three times, each block under one name; `levels` of headings (1 to 9).

    `away` names what the file holds elsewhere than in the story.
    """

    base: Sequence[Name]
    edited: Sequence[Name]
    new: Sequence[Name]
    levels: Mapping[Name, int]
    away: Collection[Name] = ()


def arrange(versions: Versions[Name], removed: Collection[Name]) -> list[Name]:
    """Return the names in their merged order.

    Args:
        versions: the three orders.
        removed: blocks of the edited version that leave.
    """
    order = _Order(versions, [name for name in versions.edited if name not in removed])
    order.move(moved_by_data(versions))
    known = deleted_sections(versions).union(versions.base)
    for name in versions.new:
        if name not in order.present and name not in known and name not in versions.away:
            order.insert(name)
    return order.names


def moved_by_data(versions: Versions[Name]) -> list[Name]:
    """Return what the data put elsewhere and staff did not, in the order of the data."""
    free = set(versions.edited) - set(_moved(versions.base, versions.edited))
    return _moved([name for name in versions.base if name in free], versions.new)


def deleted_sections(versions: Versions[Name]) -> set[Name]:
    """Return the new blocks of sections that staff deleted with their heading."""
    before = _sections(versions.base, versions.levels)
    edited = {*versions.edited, *versions.away}
    known = set(versions.base)
    skipped: set[Name] = set()
    for heading, section in _sections(versions.new, versions.levels).items():
        if heading in before and edited.isdisjoint([*before[heading], *section]):
            skipped.update(name for name in section if name not in known)
    return skipped


def _sections(names: Sequence[Name], levels: Mapping[Name, int]) -> dict[Name, list[Name]]:
    """Return each heading with all that stands under it, itself first."""
    found: dict[Name, list[Name]] = {}
    open_sections: list[tuple[int, list[Name]]] = []
    for name in names:
        level = levels.get(name, 0)
        if level:
            open_sections = [pair for pair in open_sections if pair[0] < level]
            found[name] = []
            open_sections.append((level, found[name]))
        for _, section in open_sections:
            section.append(name)
    return found


def _moved(before: Sequence[Name], after: Sequence[Name]) -> list[Name]:
    """Return the fewest blocks whose moves explain another order, in that order."""
    places = {name: index for index, name in enumerate(before)}
    common = [(index, places[name]) for index, name in enumerate(after) if name in places]
    stay = {index for index, _ in longest_increasing(common)}
    return [after[index] for index, _ in common if index not in stay]


class _Order(Generic[Name]):
    """A row of names under construction."""

    def __init__(self, versions: Versions[Name], names: list[Name]) -> None:
        self.names = names
        self.present = set(names)
        self._levels = versions.levels
        self._new = versions.new
        self._rank = {name: index for index, name in enumerate(versions.new)}

    def move(self, names: Sequence[Name]) -> None:
        """Move blocks, each with what staff wrote under it, to where the data have them."""
        trains = [self._cut(name) for name in names]
        for name, train in zip(names, trains, strict=True):
            place = self._place(name)
            self.names[place:place] = train
            self.present.add(name)

    def _cut(self, name: Name) -> list[Name]:
        start = self.names.index(name)
        end = self._end_of_train(start, name)
        train = self.names[start:end]
        del self.names[start:end]
        self.present.discard(name)
        return train

    def insert(self, name: Name) -> None:
        """Put a new block beside its nearest neighbour."""
        self.names.insert(self._place(name), name)
        self.present.add(name)

    def _place(self, name: Name) -> int:
        rank = self._rank[name]
        ahead = (i for i in range(rank - 1, -1, -1) if self._new[i] in self.present)
        behind = (i for i in range(rank + 1, len(self._new)) if self._new[i] in self.present)
        before, after = next(ahead, None), next(behind, None)
        if before is None and after is None:
            return len(self.names)
        if before is None or (after is not None and after - rank < rank - before):
            return self.names.index(self._new[after or 0])
        return self._end_of_train(self.names.index(self._new[before]), name)

    def _end_of_train(self, start: int, follower: Name) -> int:
        """Return where what staff wrote under a block ends.

        A section of their own (with a heading) is passed only by a heading that ranks as high.
        """
        level = self._levels.get(follower, 0)
        end = start + 1
        while end < len(self.names) and self.names[end] not in self._rank:
            own = self._levels.get(self.names[end], 0)
            if own and not (level and level <= own):
                break
            end += 1
        return end
