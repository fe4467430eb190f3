"""Rows of a generated table that staff put into another one: split off, joined or dragged."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tasks.word.merge.grids import Row
from tasks.word.merge.names import TBL, TR, P, detach
from tasks.word.merge.trios import Name, Trios
from tasks.word.merge.work import Work


@dataclass(frozen=True)
class RowsAway:
    """The rows of a table that stand in another one.

    Attributes:
        trios: their three versions, the edited one where it stands.
        rows: their elements by name.
    """

    trios: Trios[Row]
    rows: dict[Name, etree._Element]

    @classmethod
    def of(cls, work: Work, trios: Trios[Row]) -> "RowsAway":
        """Look for the rows that a table lacks."""
        found = {}
        for name, trio in trios.in_order():
            row = trio.base or trio.new
            stray = None if trio.edited or row is None else work.where.row(row.anchors)
            if stray is not None:
                found[name] = trio._replace(edited=stray)
        base, new = (
            tuple(name for name in names if name in found) for names in (trios.base, trios.new)
        )
        elements = {n: trio.edited.element for n, trio in found.items() if trio.edited is not None}
        return cls(Trios(base, tuple(found), new, found, {}), elements)

    def __contains__(self, name: object) -> bool:
        return name in self.trios.things

    def __iter__(self) -> Iterator[Name]:
        return iter(self.trios.things)

    def beside(self, trios: Trios[Row]) -> list[Name]:
        """Return the new rows whose nearest neighbour above is away; or below, if none is above."""
        return [
            name
            for name in trios.new
            if trios[name].base is None
            and trios[name].edited is None
            and name not in self
            and self._neighbour(name, trios) in self.rows
        ]

    def _neighbour(self, name: Name, trios: Trios[Row]) -> Name | None:
        place = trios.new.index(name)
        around = (*reversed(trios.new[:place]), *trios.new[place + 1 :])
        present = (n for n in around if n in self.rows or trios[n].edited is not None)
        return next(present, None)

    def insert(self, name: Name, element: etree._Element, trios: Trios[Row]) -> None:
        """Put a new row next to its neighbour."""
        neighbour = self._neighbour(name, trios)
        if neighbour is None:
            return
        if trios.new.index(neighbour) < trios.new.index(name):
            self.rows[neighbour].addnext(element)
        else:
            self.rows[neighbour].addprevious(element)
        self.rows[name] = element


def remove_row(row: etree._Element) -> None:
    """Take a row out, and a table that it leaves without any."""
    table = next(row.iterancestors(TBL), None)
    detach(row)
    if table is None or table.find(TR) is not None:
        return
    parent = table.getparent()
    detach(table)
    if parent is not None and (len(parent) == 0 or parent[-1].tag == TBL):
        etree.SubElement(parent, P)
