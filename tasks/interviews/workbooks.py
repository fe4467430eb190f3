"""Open a workbook that the software made, and find its columns wherever staff moved them."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from config.errors import NotesError
from tasks.interviews.form import LISTS_SHEET, Column, Form

LARGEST = 100 * 1024 * 1024  # bytes once unpacked; a notes workbook is well under 1 MB
SEARCHED_ROWS = 12  # a header stands in the first rows, even when staff inserted some


def find_columns(
    sheet: Worksheet, form: Form, wanted: Sequence[Column]
) -> tuple[int, Mapping[Column, int]]:
    """Return the header row and the place of each wanted column, found by its heading.

    Raises:
        NotesError: a heading is missing or stands twice; names the sheet and the heading.
    """
    headings = {form.headings[column]: column for column in wanted}
    for row in range(1, min(sheet.max_row, SEARCHED_ROWS) + 1):
        values = [str(cell.value or "").strip() for cell in sheet[row]]
        found = [value for value in values if value in headings]
        if len(found) * 2 <= len(wanted):
            continue
        missing = [heading for heading in headings if found.count(heading) != 1]
        if missing:
            raise _heading_error(sheet, form, row, missing)
        return row, {headings[v]: i for i, v in enumerate(values, start=1) if v in headings}
    raise _heading_error(sheet, form, 1, list(headings))


def _heading_error(sheet: Worksheet, form: Form, row: int, missing: Sequence[str]) -> NotesError:
    return NotesError(
        form.say(
            "Onglet « {sheet} », ligne {row} : intitulé absent ou en double : {missing}.",
            sheet=sheet.title,
            row=row,
            missing=", ".join(f"« {heading} »" for heading in missing),
        ),
        form.say("Rétablissez l’intitulé ; les colonnes peuvent être déplacées, pas renommées."),
    )


def open_workbook(content: bytes, form: Form, name: str) -> Workbook:
    """Open a workbook that the software made for this form.

    Raises:
        NotesError: not a workbook, out of all proportion, or of another study.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST:
                raise InvalidFileException("too large once unpacked")
        workbook = load_workbook(io.BytesIO(content))
        identity = str(workbook[LISTS_SHEET]["A1"].value)
    except Exception as error:  # damaged or hostile XML makes openpyxl raise anything
        raise NotesError(
            form.say("« {name} » n’est pas un classeur de notes lisible.", name=name),
            form.say("Reprenez le classeur produit par « maturity notes » et copiez-y vos notes."),
        ) from error
    if identity != form.identity:
        raise NotesError(
            form.say("« {name} » est le classeur d’une autre étude : {found}.", name=name,
                     found=identity),
            form.say("Classeur attendu : {expected}.", expected=form.identity),
        )  # fmt: skip
    return workbook
