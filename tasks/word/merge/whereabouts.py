"""Where generated passages stand that staff carried elsewhere: a cell, another table, a box."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from lxml import etree

from tasks.word.merge.blocks import Block
from tasks.word.merge.grids import Row, Table
from tasks.word.merge.names import TBL, TR, P, story_elements
from tasks.word.merge.paragraphs import Paragraph
from tasks.word.merge.source import Source


class Whereabouts:
    """Anchors survive cut and paste: they tell where a passage of a story stands now."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        """Start from the blocks of the edited story."""
        self._blocks = blocks
        self._source: Source | None = blocks[0].source if blocks else None

    @cached_property
    def _homes(self) -> dict[str, etree._Element]:
        return {} if self._source is None else self._source.homes

    @cached_property
    def _known(self) -> dict[etree._Element, Paragraph | Row | Table]:
        """What stands in the tables of the story, tables inside tables as well."""
        tables = [block for block in self._blocks if isinstance(block, Table)]
        return {thing.element: thing for table in tables for thing in _inside(table)}

    @cached_property
    def _top(self) -> set[etree._Element]:
        return {block.element for block in self._blocks}

    def __contains__(self, anchor: object) -> bool:
        """Tell whether an anchor stands anywhere in the story."""
        return anchor in self._homes

    def home(self, anchors: Sequence[str]) -> etree._Element | None:
        """Return the paragraph in which the first of these anchors stands, wherever that is."""
        return next((self._homes[name] for name in anchors if name in self._homes), None)

    def paragraph(self, anchors: Sequence[str]) -> Paragraph | None:
        """Return the paragraph of these anchors when it stands inside something else."""
        home = self.home(anchors)
        if home is None or home in self._top or self._source is None:
            return None
        known = self._known.get(home)
        found = known if isinstance(known, Paragraph) else Paragraph(home, self._source)
        return found if set(found.anchors[:1]) <= set(anchors) else None

    def row(self, anchors: Sequence[str]) -> Row | None:
        """Return the row of these anchors, in whatever table."""
        home = self.home(anchors)
        element = None if home is None else next(home.iterancestors(TR), None)
        found = None if element is None else self._known.get(element)
        if not isinstance(found, Row) or not set(found.anchors[:1]) <= set(anchors):
            return None
        return found

    def nested(self, anchors: Sequence[str]) -> Table | None:
        """Return the table inside a table that holds most of these anchors."""
        homes = [self._homes[name] for name in anchors if name in self._homes]
        tables = Counter(table for home in homes for table in list(home.iterancestors(TBL))[:1])
        for element, count in tables.most_common(1):
            found = self._known.get(element)
            if element not in self._top and isinstance(found, Table) and 2 * count > len(anchors):
                return found
        return None


def _inside(table: Table) -> Iterator[Paragraph | Row | Table]:
    yield table
    for row in table.rows:
        yield row
        for cell in row.cells:
            yield from cell.paragraphs
            for element in story_elements(cell.element):
                if element.tag != P:
                    yield from _inside(Table(element, table.source))
