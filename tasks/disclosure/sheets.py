"""Does a finished workbook tell the figures of the issue, and no others?"""

from collections.abc import Iterator
from io import BytesIO
from math import isclose
from typing import Any

from openpyxl import load_workbook

from tasks.disclosure.tables import Values

FIGURES = ("dimension.", "other.", "participation.", "quadrant.", "study.", "subject.")
"""How the names of figures begin; a row that starts with one tells its value."""


def unpublished_figures(data: bytes, values: Values) -> Iterator[str]:
    """The cells, hidden sheets included, whose number is not that of the figure of their row.

    Args:
        data: an .xlsx that the software has made itself.
        values: the figures published, by name.
    """
    book = load_workbook(BytesIO(data), read_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            name = row[0].value if row else None
            if isinstance(name, str) and name.startswith(FIGURES):
                yield from (
                    f"{sheet.title}!{cell.coordinate}"
                    for cell in row
                    if _is_number(cell.value) and not _same(cell.value, values.get(name))
                )


def _is_number(value: Any) -> bool:  # noqa: ANN401 - whatever a cell holds
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same(told: Any, value: Any) -> bool:  # noqa: ANN401 - a number, a figure
    return _is_number(value) and isclose(told, value, abs_tol=1e-9)
