"""Which block of one version is which block of another.

First line: the anchors. Second line, for what lost its anchor or never had one: the texts in
their order (difflib), then a text found once on each side. Pure: knows no XML.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import count, takewhile
from typing import Protocol

from tasks.word.merge.reading import plain_text

_ALIKE = 0.6  # share of common characters from which two texts are versions of each other
_WIDEST = 40  # blocks on a side of a gap beyond which likeness is not searched for
_MANY = 10  # blocks of which not one has its anchor: then the file is of another template
_READ = 300  # characters of each text that are compared


class Item(Protocol):
    """What can be aligned: a paragraph, a table, a row."""

    @property
    def kind(self) -> str:
        """Only items of the same kind are versions of each other."""

    @property
    def anchors(self) -> tuple[str, ...]:
        """Names that survive."""

    @property
    def text(self) -> str:
        """What a reader sees."""


Pairs = dict[int, int]


def align_edited(
    base: Sequence[Item], edited: Sequence[Item], standing: Container[str] = ()
) -> Pairs:
    """Return base index → edited index; what staff deleted has none.

    Args:
        base: the last generation; its anchors are unique.
        edited: the file of staff: anchors lost, doubled, moved.
        standing: anchors that stand anywhere in the file: what bears one and is not here was
            carried elsewhere, whatever else looks like it.
    """
    pairs = _by_anchor(base, edited)
    orphans = set(range(len(edited))) - set(pairs.values())
    if pairs or len(base) < _MANY:  # a passage of an earlier generation may stand here, anchored
        orphans = {index for index in orphans if not edited[index].anchors}
    lost = {
        index
        for index in _missing(base, pairs)
        if not any(name in standing for name in base[index].anchors)
    }
    return pairs | _by_text(base, edited, pairs, lost, orphans)


def align_new(base: Sequence[Item], new: Sequence[Item]) -> Pairs:
    """Return base index → index in the new generation; what the data dropped has none.

    Two passages with different anchors are different ones, however alike, unless most anchors
    changed: then the template did, and passages that say the same are the same.
    """
    pairs = _by_anchor(base, new)
    left = _missing(base, pairs)
    right = set(range(len(new))) - set(pairs.values())
    if not _trusted(base, pairs):
        same = _by_text(base, new, pairs, left, right, least=1.0)
        telling = {i: place for i, place in same.items() if plain_text(base[i].text)}
        if not _trusted(base, telling):  # the data changed: a chart alone says nothing
            same = telling
        pairs, left, right = pairs | same, left - same.keys(), right - set(same.values())
    left = {index for index in left if not base[index].anchors}
    right = {index for index in right if not new[index].anchors}
    return pairs | _by_text(base, new, pairs, left, right, alone=True)


def align_inserted(
    new: Sequence[Item], wanted: Iterable[int], edited: Sequence[Item], free: Iterable[int]
) -> Pairs:
    """Return new index → edited index for new passages that the file holds already.

    So it is when the same generation is merged a second time, or comes back after an absence.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    texts: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index in free:
        item = edited[index]
        for name in item.anchors:
            places[name].append(index)
        if not item.anchors and plain_text(item.text):
            texts[item.kind, item.text].append(index)
    pairs: Pairs = {}
    for index in wanted:
        item = new[index]
        found = [place for name in item.anchors for place in places[name]]
        found += texts[item.kind, item.text]
        taken = pairs.values()
        place = next((p for p in found if p not in taken and edited[p].kind == item.kind), None)
        if place is not None:
            pairs[index] = place
    return pairs


def _missing(items: Sequence[Item], pairs: Pairs) -> set[int]:
    return set(range(len(items))) - pairs.keys()


def _trusted(base: Sequence[Item], pairs: Pairs) -> bool:
    """Tell whether most anchors are on both sides."""
    anchored = {index for index, item in enumerate(base) if item.anchors}
    return 2 * len(pairs.keys() & anchored) >= len(anchored)


def _by_anchor(left: Sequence[Item], right: Sequence[Item]) -> Pairs:
    """Pair what shares anchors: most shared first, then same text, then in order."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(right):
        for name in item.anchors:
            places[name].append(index)
    claims = []
    for index, item in enumerate(left):
        votes = Counter(place for name in item.anchors for place in places.get(name, ()))
        for place, shared in votes.items():
            if right[place].kind == item.kind:
                claims.append((-shared, _rivalry(votes, item, right[place]), index, place))
    pairs: Pairs = {}
    taken: set[int] = set()
    for _, _, index, place in sorted(claims):
        if index not in pairs and place not in taken:
            pairs[index] = place
            taken.add(place)
    return pairs


def _rivalry(votes: Counter[int], item: Item, other: Item) -> float:
    """Return how far two texts are, 0 when nobody else claims the place."""
    return 0.0 if len(votes) == 1 else 1 - _likeness(item.text, other.text)


def _likeness(one: str, other: str) -> float:
    """Return how alike the beginnings of two texts are, from 0 to 1."""
    one, other = one[:_READ], other[:_READ]
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()


def _by_text(
    left: Sequence[Item],
    right: Sequence[Item],
    pairs: Pairs,
    lefts: set[int],
    rights: set[int],
    *,
    alone: bool = False,
    least: float = _ALIKE,
) -> Pairs:
    """Pair by text: the same in a gap, the same elsewhere, alike in a gap, alike nearby.

    Args:
        left: one version.
        right: the other one.
        pairs: known already.
        lefts: indexes that may be paired.
        rights: indexes that they may be paired with.
        alone: what is left over alone on each side of a gap is the same, however unlike.
        least: likeness from which two texts are versions of each other.
    """
    found: Pairs = {}
    for ours, theirs in _gaps(left, right, pairs, lefts, rights):
        found |= _same(left, right, ours, theirs)
    found |= _elsewhere(left, right, lefts - found.keys(), rights - set(found.values()))
    lefts, rights = lefts - found.keys(), rights - set(found.values())
    for ours, theirs in _gaps(left, right, pairs | found, lefts, rights):
        found |= _alike(left, right, ours, theirs, alone=alone, least=least)
    lefts, rights = lefts - found.keys(), rights - set(found.values())
    for ours, theirs in _neighbourhoods(pairs | found, lefts, rights):
        found |= _alike(left, right, ours, theirs, alone=False, least=least)
    return found


def _neighbourhoods(
    pairs: Pairs, lefts: set[int], rights: set[int]
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield what may be paired next to one pair, in or out of the common order.

    A section that was moved is no part of that order, but its passages still follow each other.
    """
    for index, place in sorted(pairs.items()):
        ours = [*takewhile(lefts.__contains__, count(index + 1))]
        theirs = [*takewhile(rights.__contains__, count(place + 1))]
        if ours and theirs:
            yield ours, theirs
            rights = rights - set(theirs)


def _gaps(
    left: Sequence[Item], right: Sequence[Item], pairs: Pairs, lefts: set[int], rights: set[int]
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield what may be paired between two pairs that are in the same order on both sides."""
    spine = longest_increasing([(index, pairs[index]) for index in sorted(pairs)])
    last = (-1, -1)
    for point in (*spine, (len(left), len(right))):
        ours = [index for index in range(last[0] + 1, point[0]) if index in lefts]
        theirs = [index for index in range(last[1] + 1, point[1]) if index in rights]
        if ours and theirs:
            yield ours, theirs
        last = point


def longest_increasing(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence whose second members increase (patience sorting)."""
    tails: list[int] = []  # index of the point that ends the best sequence of each length
    values: list[int] = []  # and its second member
    previous: list[int] = []
    for index, (_, value) in enumerate(points):
        length = bisect_left(values, value)
        previous.append(tails[length - 1] if length else -1)
        tails[length : length + 1] = [index]
        values[length : length + 1] = [value]
    chain, index = [], tails[-1] if tails else -1
    while index >= 0:
        chain.append(points[index])
        index = previous[index]
    return chain[::-1]


def _same(left: Sequence[Item], right: Sequence[Item], ours: list[int], theirs: list[int]) -> Pairs:
    """Pair what says the same in the same order."""
    keys = [(left[index].kind, left[index].text) for index in ours]
    others = [(right[index].kind, right[index].text) for index in theirs]
    blocks = SequenceMatcher(None, keys, others, autojunk=False).get_matching_blocks()
    return {ours[a + step]: theirs[b + step] for a, b, size in blocks for step in range(size)}


def _alike(
    left: Sequence[Item],
    right: Sequence[Item],
    ours: list[int],
    theirs: list[int],
    *,
    alone: bool,
    least: float,
) -> Pairs:
    """Pair versions of each other, in order."""
    if max(len(ours), len(theirs)) > _WIDEST:
        return {}
    if alone and len(ours) == len(theirs) == 1:
        least = 0.0
    found: Pairs = {}
    rest = list(theirs)
    for index in ours:
        item = left[index]
        likeness = {
            place: _likeness(item.text, right[place].text)
            for place in rest
            if right[place].kind == item.kind
        }
        best = max(likeness, key=likeness.__getitem__, default=-1)
        if best in likeness and likeness[best] >= least:
            found[index] = best
            rest = [place for place in rest if place > best]
    return found


def _elsewhere(
    left: Sequence[Item], right: Sequence[Item], lefts: set[int], rights: set[int]
) -> Pairs:
    """Pair texts that stand once on each side, wherever: moved, and the anchor lost."""
    ours, theirs = _once(left, lefts), _once(right, rights)
    return {ours[key]: theirs[key] for key in ours.keys() & theirs.keys()}


def _once(items: Sequence[Item], indexes: set[int]) -> dict[tuple[str, str], int]:
    keys = {index: (items[index].kind, items[index].text) for index in indexes}
    counts = Counter(keys.values())
    return {key: index for index, key in keys.items() if counts[key] == 1 and plain_text(key[1])}
