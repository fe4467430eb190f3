"""Where staff have the columns of a generated table: they add, remove, move and rename some."""

from collections.abc import Sequence

from lxml import etree

from tasks.word.merge.grids import Row
from tasks.word.merge.names import TC, P
from tasks.word.merge.trios import Trios

Pair = tuple[Row, Row]


class Columns:
    """The columns of a table, learnt from the rows that the last generation and the file share."""

    def __init__(self, trios: Trios[Row]) -> None:
        """Compare the rows that both versions have; the first one names the columns."""
        both = [(trio.base, trio.edited) for _, trio in trios.in_order()]
        rows = [(old, own) for old, own in both if old is not None and own is not None]
        self._widths: tuple[int, int] | None = None
        self._places: dict[int, int] = {}
        self._unsure: frozenset[int] = frozenset()
        if rows and _reshaped(rows):
            self._widths = len(rows[0][0].cells), len(rows[0][1].cells)
            self._learn([pair for pair in rows if _width(pair) == self._widths])

    def _learn(self, rows: Sequence[Pair]) -> None:
        """Pair columns by what their cells say, then those that are left in order."""
        widths = _width(rows[0])
        self._places = _alike(rows)
        ours = [column for column in range(widths[0]) if column not in self._places]
        taken = set(self._places.values())
        theirs = [column for column in range(widths[1]) if column not in taken]
        if len(ours) == len(theirs):
            self._places |= dict(zip(ours, theirs, strict=True))
        elif theirs:  # which of them it is, nobody can tell
            self._unsure = frozenset(ours)

    def of(self, base: Row, edited: Row) -> dict[int, int] | None:
        """Return base column → edited column of a row; None when staff reshaped this row."""
        widths = _width((base, edited))
        if widths == self._widths:
            return self._places
        return {i: i for i in range(widths[0])} if widths[0] == widths[1] else None

    def unsure(self, base: Row, new: Row, places: dict[int, int]) -> bool:
        """Tell whether the data moved in a column that cannot be found in the file."""
        return places is self._places and any(
            base.cells[column].text != new.cells[column].text for column in self._unsure
        )

    def shaped(self, row: etree._Element) -> etree._Element:
        """Return a new row with the columns that staff have: theirs empty, removed ones gone."""
        cells = row.findall(TC)
        if self._widths is None or len(cells) != self._widths[0]:
            return row
        by_place = {place: cells[column] for column, place in self._places.items()}
        for cell in cells:
            row.remove(cell)
        row.extend([by_place.get(place, _empty_cell()) for place in range(self._widths[1])])
        return row


def _width(pair: Pair) -> tuple[int, int]:
    return len(pair[0].cells), len(pair[1].cells)


def _reshaped(rows: Sequence[Pair]) -> bool:
    """Tell whether staff added, removed or moved columns."""
    if any(len(old.cells) != len(own.cells) for old, own in rows):
        return True
    before, after = ([cell.text for cell in row.cells] for row in rows[0])
    return before != after and sorted(before) == sorted(after)


def _alike(rows: Sequence[Pair]) -> dict[int, int]:
    """Pair the columns that share most texts; the name of a column outweighs all its cells."""
    width, other = _width(rows[0])
    scores = {
        (i, j): sum(
            (len(rows) if number == 0 else 1)
            for number, (old, own) in enumerate(rows)
            if old.cells[i].text and old.cells[i].text == own.cells[j].text
        )
        for i in range(width)
        for j in range(other)
    }
    found: dict[int, int] = {}
    for i, j in sorted(scores, key=lambda pair: (-scores[pair], abs(pair[0] - pair[1]))):
        if scores[i, j] and i not in found and j not in found.values():
            found[i] = j
    return found


def _empty_cell() -> etree._Element:
    cell = etree.Element(TC)
    etree.SubElement(cell, P)
    return cell
