"""The small workbook behind each chart, the one that « Modifier les données » opens."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from html import escape
from io import BytesIO
from zipfile import ZipFile

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from tasks.word.package import DECLARATION
from tasks.word.zipfiles import KEPT, Member, write_zip

SHEET = "Feuil1"
_SHEET_PART = "xl/worksheets/sheet1.xml"
_HEAD = (
    f'{DECLARATION}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>"
)
_TAIL = "</sheetData></worksheet>"

Cell = str | float | None


@lru_cache
def column_name(index: int) -> str:
    """Return the letters of a column counted from 0."""
    return str(xl_col_to_name(index))


@lru_cache(maxsize=1)
def _skeleton() -> tuple[Member, ...]:
    """Return everything of an empty workbook but its sheet."""
    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - a fixed date, no clock
    book.add_worksheet(SHEET)
    book.close()
    with ZipFile(stream) as archive:
        names = [name for name in archive.namelist() if name != _SHEET_PART]
        return tuple(Member.pack(name, archive.read(name), KEPT) for name in names)


def _cell(reference: str, value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):  # an inline string is never read as a formula
        text = escape(value, quote=False)
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c r="{reference}"><v>{value!r}</v></c>'


def _row(number: int, cells: Sequence[Cell]) -> str:
    filled = (_cell(f"{column_name(index)}{number}", cell) for index, cell in enumerate(cells))
    return f'<row r="{number}">{"".join(filled)}</row>'


def workbook_bytes(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return an .xlsx with these rows on its only sheet; same rows, same bytes."""
    lines = "".join(_row(number, row) for number, row in enumerate(rows, 1))
    sheet = Member.pack(_SHEET_PART, (_HEAD + lines + _TAIL).encode())
    return write_zip((*_skeleton(), sheet))
