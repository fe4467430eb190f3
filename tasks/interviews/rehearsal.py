"""Fill in a notes workbook as staff would, cell by cell: for the demo and for training."""

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from ruamel.yaml import YAML

from tasks.interviews.form import DONE_CELL, Column, Form
from tasks.interviews.making import PERSON_COLUMNS, REMARK_COLUMNS, SUBJECT_COLUMNS
from tasks.interviews.model import Consent, NoteKind, PositionChange
from tasks.interviews.review_workbook import COLUMNS, ReviewForm
from tasks.interviews.workbooks import find_columns

Row = Mapping[Column, str]


def fill_in(content: bytes, form: Form, script: Path, pseudonyms: Mapping[int, str]) -> bytes:
    """Return the workbook with the interviews of a script typed into it.

    Args:
        content: the workbook as the software made it.
        form: its words.
        script: a YAML file of interviews, subjects and remarks (see `config/demo`).
        pseudonyms: number of a respondent in the script → the sheet they have.
    """
    told = YAML(typ="safe").load(script)
    workbook = load_workbook(io.BytesIO(content))
    for interview in told["interviews"]:
        sheet = workbook[pseudonyms[interview["number"]]]
        sheet[DONE_CELL] = _word(form.yes_no, True)
        for note in interview["notes"]:
            _type_note(sheet, form, note)
    _type_shared(workbook, form, told, pseudonyms)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def confirm_reviewed(content: bytes, form: ReviewForm, by: str) -> bytes:
    """Return the review workbook with « oui » on every passage that the notes call reviewed.

    Args:
        content: the workbook as the software made it.
        form: its words.
        by: who has reviewed.
    """
    workbook = load_workbook(io.BytesIO(content))
    sheet = workbook[form.sheet]
    header, columns = find_columns(sheet, form, tuple(COLUMNS))
    for row in range(header + 1, sheet.max_row + 1):
        if sheet.cell(row, columns[Column.STATE]).value == form.noted:
            decision = {Column.REVIEWED: _word(form.yes_no, True), Column.BY: by}
            _type(sheet, columns, row, decision)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _type_note(sheet: Worksheet, form: Form, note: Mapping[str, Any]) -> None:
    kind = NoteKind(note["kind"])
    row = {Column.TEXT: note["text"], Column.REVIEWED: _word(form.yes_no, note.get("reviewed"))}
    if "change" in note:
        row[Column.CHANGE] = _word(form.changes, PositionChange(note["change"]))
    if "revised_level" in note:
        row[Column.LEVEL] = _word(form.levels, note["revised_level"])
    if "consent" in note:
        row[Column.CONSENT] = _word(form.consents, Consent(note["consent"]))
    dimension = _word(form.dimensions, note.get("dimension"))
    header, columns = find_columns(sheet, form, PERSON_COLUMNS)
    at = columns[Column.DIMENSION]
    if kind is NoteKind.POSITION:  # its row is there already
        labels = {sheet.cell(r, at).value: r for r in range(sheet.max_row, header, -1)}
        _type(sheet, columns, labels[dimension], row)
    else:
        row |= {Column.DIMENSION: dimension, Column.KIND: _word(form.kinds, kind)}
        _type(sheet, columns, _first_free(sheet, header, at), row)


def _type_shared(
    workbook: Workbook, form: Form, told: Mapping[str, Any], pseudonyms: Mapping[int, str]
) -> None:
    subjects = [
        {
            Column.LABEL: entry["label"],
            Column.TEXT: entry["text"],
            **_shared(form, entry, pseudonyms),
        }
        for entry in told["subjects"]
    ]
    remarks = [
        {
            Column.ABOUT: _word(form.topics, entry.get("level")),
            Column.TEXT: entry["text"],
            **_shared(form, entry, pseudonyms),
        }
        for entry in told["remarks"]
    ]
    _append(workbook[form.subjects_sheet], form, SUBJECT_COLUMNS, subjects)
    _append(workbook[form.remarks_sheet], form, REMARK_COLUMNS, remarks)


def _shared(form: Form, entry: Mapping[str, Any], pseudonyms: Mapping[int, str]) -> Row:
    return {
        Column.TEXT: entry["text"],
        Column.RESPONDENT: pseudonyms.get(entry.get("number", 0), ""),
        Column.REVIEWED: _word(form.yes_no, entry.get("reviewed")),
    }


def _append(sheet: Worksheet, form: Form, wanted: tuple[Column, ...], rows: Iterable[Row]) -> None:
    header, columns = find_columns(sheet, form, wanted)
    for at, row in enumerate(rows, start=_first_free(sheet, header, columns[Column.TEXT])):
        _type(sheet, columns, at, row)


def _first_free(sheet: Worksheet, header: int, column: int) -> int:
    row = header + 1
    while sheet.cell(row, column).value is not None:
        row += 1
    return row


def _type(sheet: Worksheet, columns: Mapping[Column, int], at: int, row: Row) -> None:
    for column, value in row.items():
        if value:
            cell = sheet.cell(at, columns[column], value)
            cell.data_type = "s"


def _word(words: Mapping[str, Any], meaning: object) -> str:
    """The word of a drop-down for a meaning; empty when nothing is meant."""
    return next((word for word, value in words.items() if value == meaning), "")
