"""A person's sheets and rows leave a workbook; everybody else's stay as they are."""

import io
import zipfile
from collections.abc import Collection

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet


def without_people(content: bytes, pseudonyms: Collection[str]) -> bytes | None:
    """Return a workbook without the sheets and rows of some people.

    A row is theirs when one of its cells is a pseudonym of theirs and nothing else. On a hidden
    sheet, where cells beside each other have nothing in common, the cell alone is emptied.

    Returns:
        The workbook itself when it holds nothing of them; None when it cannot be read.
    """
    try:
        workbook = load_workbook(io.BytesIO(content))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        return None
    theirs = [name for name in workbook.sheetnames if name in pseudonyms]
    for name in theirs:
        del workbook[name]
    rows = sum(_clear(sheet, pseudonyms) for sheet in workbook.worksheets)
    if not theirs and not rows:
        return content
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _clear(sheet: Worksheet, pseudonyms: Collection[str]) -> int:
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    found = [
        (row, column)
        for row, values in rows
        for column, value in enumerate(values, start=1)
        if value in pseudonyms
    ]
    if sheet.sheet_state == "visible":
        for row in sorted({row for row, _ in found}, reverse=True):
            sheet.delete_rows(row)
    else:
        for row, column in found:
            sheet.cell(row=row, column=column).value = None
    return len(found)
