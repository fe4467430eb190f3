"""Tables whose columns come from a loop: the grid is made to fit the cells.

docxtpl does so for all tables by parsing the document again; only the tables marked at
compilation need it, and only their `w:tblGrid` changes. The arithmetic of widths is docxtpl's
(`DocxTemplate.fix_tables`), and a test compares the two.
"""

import re
from collections.abc import Iterator

from tasks.word import marks

_GRID = re.compile(r"<w:tblGrid>(.*?)</w:tblGrid>|<w:tblGrid/>", re.DOTALL)
_WIDTH = re.compile(r'<w:gridCol\b(?:[^>]*? w:w="(\d+)")?[^>]*/>')
_EDGE = re.compile(r"<(/?)w:(tbl|tr|tc)(?=[ >])|<w:gridSpan w:val=\"(\d+)\"/>")


def repair_grids(text: str) -> str:
    """Return a rendered part in which the grid of each marked table fits its rows."""
    pieces = text.split(f"<w:tbl>{marks.GRID}")
    repaired = [pieces[0]]
    for piece in pieces[1:]:
        widths = [int(width or 0) for width in _WIDTH.findall(_grid(piece))]
        cells, spans = _row_sizes(piece)
        new = _fitted(widths, cells, spans)
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in new)
        grid = f"<w:tblGrid>{columns}</w:tblGrid>"
        repaired.append(f"<w:tbl>{_GRID.sub(grid, piece, count=1)}")
    return "".join(repaired)


def _grid(table: str) -> str:
    found = _GRID.search(table)
    return found[0] if found else ""


def _row_sizes(table: str) -> tuple[int, int]:
    """Return the most cells, and the most columns covered, of the rows of a table.

    Args:
        table: the XML after its opening tag; tables inside its cells do not count.
    """
    cells, spans = [0], [0]
    for depth, kind, span in _steps(table):
        if depth > 1:
            continue
        if kind == "tr":
            cells.append(0)
            spans.append(0)
        elif kind == "tc":
            cells[-1] += 1
            spans[-1] += 1
        else:
            spans[-1] += span - 1
    return max(cells), max(spans)


def _steps(table: str) -> Iterator[tuple[int, str, int]]:
    """Yield rows, cells and spans of a table with their depth, to the table's end."""
    depth = 1
    for found in _EDGE.finditer(table):
        closing, kind, span = found.groups()
        if kind == "tbl":
            depth += -1 if closing else 1
            if depth == 0:
                return
        elif not closing:
            yield depth, kind or "span", int(span or 0)


def _fitted(widths: list[int], cells: int, spans: int) -> list[int]:
    """Return the widths of as many columns as there are; the table keeps its own."""
    whole = sum(widths)
    if cells > len(widths) and whole:
        old, new = whole / len(widths), whole / cells
        missing = cells - len(widths)
        widths = [int(width * new / old) for width in widths] + [int(new)] * missing
    surplus = len(widths) - spans
    if 0 < surplus < len(widths):
        extra = int(sum(widths[spans:]) / spans)
        widths = [width + extra for width in widths[:spans]]
    return widths
