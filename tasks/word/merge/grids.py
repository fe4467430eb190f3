"""Tables as the merge sees them: rows with anchors, cells that know their place's look."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from lxml import etree

from tasks.word.merge.looks import NOTHING, Partial, fill_of
from tasks.word.merge.names import (
    OBJECTS,
    SDT,
    SDT_CONTENT,
    SHADING,
    TBL,
    TC,
    TC_PR,
    TR,
    P,
    T,
    child_value,
    first_child,
    story_elements,
    w,
)
from tasks.word.merge.paragraphs import Paragraph, commented
from tasks.word.merge.reading import OBJECT, Passage, Setting, fold
from tasks.word.merge.source import Source


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell of a table."""

    element: etree._Element
    source: Source
    table: Partial
    fill: str = ""  # that the table style gives it

    @cached_property
    def shade(self) -> str:
        """The colour behind the text, nothing when there is none."""
        own = first_child(first_child(self.element, TC_PR), SHADING)
        return self.fill if own is None else fill_of(own)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its paragraphs, without those of tables inside."""
        found = story_elements(self.element)
        return tuple(Paragraph(p, self.source, self.table) for p in found if p.tag == P)

    @cached_property
    def nested(self) -> str:
        """Text of the tables inside, with a mark for each object; empty when there is none."""
        tables = self.element.iterchildren(TBL)
        return "\n".join(fold("".join(map(_inside, table.iter(T, *OBJECTS)))) for table in tables)

    @cached_property
    def look(self) -> tuple[tuple[Passage, ...], str]:
        """What a reader sees; equal for two cells that look the same."""
        return tuple(paragraph.passage for paragraph in self.paragraphs), self.nested

    @cached_property
    def text(self) -> str:
        """The text, a line per paragraph."""
        lines = [paragraph.text for paragraph in self.paragraphs]
        return "\n".join(filter(None, [*lines, self.nested]))

    @property
    def commented(self) -> bool:
        """True when a comment points here."""
        return commented(self.element)

    @cached_property
    def exact(self) -> str:
        """The XML without ids."""
        return self.source.exact(self.element)


@dataclass(frozen=True, eq=False)
class Row:
    """A row of a table."""

    element: etree._Element
    source: Source
    cells: tuple[Cell, ...]

    kind = "row"
    level = 0
    computed = False

    @cached_property
    def anchors(self) -> tuple[str, ...]:
        """Anchors of the row, in practice one in its first cell."""
        return self.source.anchors(self.element)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the cells."""
        return tuple(paragraph for cell in self.cells for paragraph in cell.paragraphs)

    @property
    def text(self) -> str:
        """The texts of the cells."""
        return " | ".join(cell.text for cell in self.cells)

    @cached_property
    def exact(self) -> str:
        """The XML without ids."""
        return "".join(cell.exact for cell in self.cells)

    @property
    def look(self) -> tuple[object, ...]:
        """What a reader sees."""
        return tuple(cell.look for cell in self.cells)

    @property
    def shade(self) -> tuple[str, ...]:
        """The colours behind the cells."""
        return tuple(cell.shade for cell in self.cells)

    @property
    def commented(self) -> bool:
        """True when a comment points here."""
        return commented(self.element)


def _inside(element: etree._Element) -> str:
    return element.text or "" if element.tag == T else OBJECT


def replaced_look(paragraph: Paragraph, edited: Paragraph) -> Paragraph:
    """Return a generated paragraph read as if it stood in the cell where staff put it."""
    return replace(paragraph, table=edited.table)


def as_placed(row: Row, edited: Row) -> Row:
    """Return a generated row read as if it stood where the row of staff stands.

    When staff delete the head of a table, the next row takes its bold and its colour from the
    table style: an effect, no edit.
    """
    pairs = list(zip(row.cells, edited.cells, strict=False))
    same = all((a.table, a.fill) == (b.table, b.fill) for a, b in pairs)
    if len(row.cells) != len(edited.cells) or same:
        return row
    placed = (replace(cell, table=own.table, fill=own.fill) for cell, own in pairs)
    return replace(row, cells=tuple(placed))


@dataclass(frozen=True, eq=False)
class Table:
    """A table of the story."""

    element: etree._Element
    source: Source
    computed: bool = False

    kind = "tbl"
    level = 0

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows; each cell knows what the table style says of it."""
        elements = self.element.findall(TR)
        look = _TableLook.read(self.element, self.source.setting, len(elements))
        return tuple(self._row(element, number, look) for number, element in enumerate(elements))

    def _row(self, element: etree._Element, number: int, look: "_TableLook") -> Row:
        found = list(_cells(element))
        cells = (
            Cell(cell, self.source, *look.of(number, column, len(found)))
            for column, cell in enumerate(found)
        )
        return Row(element, self.source, tuple(cells))

    @cached_property
    def anchors(self) -> tuple[str, ...]:
        """The anchors of its rows."""
        return tuple(anchor for row in self.rows for anchor in row.anchors)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the rows."""
        return tuple(paragraph for row in self.rows for paragraph in row.paragraphs)

    @cached_property
    def text(self) -> str:
        """The texts of the rows."""
        return "\n".join(row.text for row in self.rows)

    @cached_property
    def exact(self) -> str:
        """The XML without ids."""
        return self.source.exact(self.element)

    @property
    def look(self) -> tuple[object, ...]:
        """What a reader sees."""
        return tuple(row.look for row in self.rows)

    @property
    def shade(self) -> tuple[tuple[str, ...], ...]:
        """The colours behind the cells."""
        return tuple(row.shade for row in self.rows)

    @property
    def commented(self) -> bool:
        """True when a comment points here."""
        return commented(self.element)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """Yield the cells of a row, also those in content controls."""
    for child in row:
        if child.tag == TC:
            yield child
        elif child.tag in (SDT, SDT_CONTENT):
            yield from _cells(child)


_Place = tuple[bool, bool, bool, bool, bool]


@dataclass(frozen=True)
class _TableLook:
    """What a table's style says of its cells and the text in them, by place."""

    setting: Setting
    style: str
    options: frozenset[str]
    height: int
    shapes: bool
    known: dict[_Place, tuple[Partial, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, table: etree._Element, setting: Setting, height: int) -> "_TableLook":
        properties = first_child(table, w("tblPr"))
        style = child_value(properties, w("tblStyle"))
        look = first_child(properties, w("tblLook"))
        styles = setting.styles
        shapes = styles.shapes_text(style) or styles.shapes_cells(style)
        return cls(setting, style, _options(look), height, shapes)

    def of(self, row: int, column: int, width: int) -> tuple[Partial, str]:
        """Return the look of the text of a cell, and the colour behind it."""
        styles = self.setting.styles
        if not self.shapes:
            return NOTHING, ""
        last = row == self.height - 1, column == width - 1
        kind = (row == 0, row % 2 == 1, last[0], column == 0, last[1])
        if kind not in self.known:
            conditions = _conditions(self.options, *kind)
            format_ = styles.table_format(self.style, conditions)
            self.known[kind] = format_, styles.table_fill(self.style, conditions)
        return self.known[kind]


@lru_cache(maxsize=1024)
def _conditions(
    options: frozenset[str], top: bool, odd: bool, bottom: bool, left: bool, right: bool
) -> tuple[str, ...]:
    """Return the parts of a table style that apply to a cell, the stronger one last."""
    band = 1 + (odd - ("firstRow" in options)) % 2
    places = (
        ("firstColumn", "firstCol", left),
        ("lastColumn", "lastCol", right),
        ("firstRow", "firstRow", top),
        ("lastRow", "lastRow", bottom),
    )
    bands = () if "noHBand" in options else (f"band{band}Horz",)
    own = (condition for option, condition, here in places if here and option in options)
    return ("wholeTable", *bands, *own)


_BITS = {
    "firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100,
    "noHBand": 0x200, "noVBand": 0x400,
}  # fmt: skip


def _options(look: etree._Element | None) -> frozenset[str]:
    """Return the conditions that a table asks for (`w:tblLook`, either way of writing it)."""
    if look is None:
        return frozenset(("noHBand", "noVBand"))
    try:
        bits = int(look.get(w("val"), "0"), 16)
    except ValueError:
        bits = 0
    return frozenset(
        name
        for name, bit in _BITS.items()
        if (look.get(w(name)) in ("1", "true") if look.get(w(name)) is not None else bits & bit)
    )
