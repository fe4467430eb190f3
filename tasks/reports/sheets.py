"""Sheets that open well: frozen header, filters, widths; and that never run what people wrote.

Rows are written one after the other (openpyxl's write-only mode): twenty thousand respondents
cost no more memory than fifteen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from tasks.word.values import clean_text

LONGEST_CELL = 32_000  # Excel takes 32,767 characters; the rest is for the mark of the cut
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_HEADER = PatternFill("solid", start_color="FF1F5673", end_color="FF1F5673")
_TOP = Alignment(vertical="top", wrap_text=True)
_LINK = Font(color="FF1F5673", underline="single")


@dataclass(frozen=True)
class Column:
    """A column: its header, its width in characters, whether it holds addresses of cells."""

    header: str
    width: int
    link: bool = False


def write_sheet(
    book: Workbook,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    *,
    filters: bool = True,
    wrapped: bool = True,
) -> None:
    """Add a sheet with a header row that stays in sight, and a filter on every column.

    Args:
        book: a write-only workbook.
        name: of the sheet.
        columns: headers and widths.
        rows: one value per column; numbers stay numbers, all else becomes text.
        filters: whether the header offers filters.
        wrapped: wrap long texts; costs time on very long sheets.
    """
    sheet: Any = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.append([_header(sheet, column) for column in columns])
    number = 1
    for number, row in enumerate(rows, start=2):
        sheet.append(_cells(sheet, columns, row, number, wrapped=wrapped))
    if filters:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{number}"


def _header(sheet: Any, column: Column) -> Cell:  # noqa: ANN401 - openpyxl
    cell = _cell(sheet, column.header)
    cell.font, cell.fill, cell.alignment = Font(bold=True, color="FFFFFFFF"), _HEADER, _TOP
    return cell


def _cells(
    sheet: Any,  # noqa: ANN401 - its list of links has no type
    columns: Sequence[Column],
    row: Sequence[Any],
    number: int,
    *,
    wrapped: bool,
) -> list[Cell]:
    cells = []
    for place, (column, value) in enumerate(zip(columns, row, strict=True), start=1):
        cell = _cell(sheet, str(value).replace("'", "") if column.link else value)
        if wrapped:
            cell.alignment = _TOP
        if column.link and value:
            cell.font = _LINK
            at = f"{get_column_letter(place)}{number}"
            sheet._hyperlinks.append(Hyperlink(ref=at, location=str(value)))
        cells.append(cell)
    return cells


def _cell(sheet: Any, value: Any) -> Cell:  # noqa: ANN401 - openpyxl, a cell of a frame
    """A cell: numbers as numbers, everything else as text that Excel never evaluates."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "0" if float(value).is_integer() else "0.00"
        return cell
    text = "" if value is None else clean_text(str(value))
    if len(text) > LONGEST_CELL:
        text = f"{text[:LONGEST_CELL]} […]"
    cell = WriteOnlyCell(sheet, value=text or None)
    if text:
        cell.data_type = "s"
    if text.startswith(_RISKY):
        cell.quotePrefix = True
    return cell
