"""A person's sheets and rows leave a workbook; everybody else's stay as they are."""

import io
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True)
class Results:
    """How a results workbook is known, and what becomes of it.

    It has counts beside the answers of single people: the counts less the answers that are left
    would be those of the person who is not. So the answers of everybody leave it, until results
    are published anew; the figures stay, as they stay in the report.

    Attributes:
        answers: its sheets with rows of single people.
        figures: its sheets of figures, which stay.
        labels: what its answers call the responses of the person that have no pseudonym.
        gone: what its first sheet then says of those that left.
    """

    answers: frozenset[str]
    figures: frozenset[str]
    labels: frozenset[str]
    gone: str

    def made(self, workbook: Workbook) -> bool:
        """Whether this is one."""
        return self.answers | self.figures <= {*workbook.sheetnames}


def without_people(
    content: bytes, pseudonyms: Collection[str], results: Results | None = None
) -> bytes | None:
    """Return a workbook without the sheets and rows of some people.

    A row is theirs when one of its cells is a pseudonym of theirs and nothing else. On a hidden
    sheet, where cells beside each other have nothing in common, the cell alone is emptied.

    Args:
        content: the workbook.
        pseudonyms: what a cell says of which the row is theirs.
        results: how a results workbook is known; of one that holds them only figures are left.

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
    whole = results if results is not None and results.made(workbook) else None
    known = {*pseudonyms, *(whole.labels if whole else ())}
    rows = sum(_clear(sheet, known) for sheet in workbook.worksheets)
    if not theirs and not rows:
        return content
    if whole is not None:
        _keep_figures(workbook, whole)
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


def _keep_figures(workbook: Workbook, results: Results) -> None:
    """Take out the sheets of answers, and the links that lead to them; the first sheet says so."""
    for name in results.answers:
        del workbook[name]
    for cell in _cells(workbook):
        if cell.hyperlink is not None and str(cell.value).startswith(_leading(results)):
            cell.hyperlink, cell.value = None, None
    for row in workbook.worksheets[0].iter_rows(max_col=2):
        if len(row) > 1 and row[0].value in results.answers:
            row[1].value = results.gone


def _leading(results: Results) -> tuple[str, ...]:
    return tuple(f"{name}!" for name in results.answers)


def _cells(workbook: Workbook) -> Iterator[Cell | MergedCell]:
    return (cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row)
