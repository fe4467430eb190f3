"""Read the notes workbook back. Every doubtful cell is named; nothing is guessed or dropped."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from config.errors import NotesError
from tasks.interviews.form import DONE_CELL, Column, Form
from tasks.interviews.model import (
    MENTIONED,
    Consent,
    Doubt,
    Note,
    NoteKind,
    Notes,
    PositionChange,
    RemarkNote,
    SubjectNote,
)
from tasks.interviews.workbooks import find_columns, open_workbook

LISTED_PROBLEMS = 20

T = TypeVar("T")
AnyCell = Cell | MergedCell


@dataclass
class CellReader:
    """One reading: the form, the file's name, and the problems met on the way."""

    form: Form
    name: str
    problems: list[Doubt] = field(default_factory=list)  # one per cell
    rows: list[Doubt] = field(default_factory=list)  # one per row that they spoil

    def problem(self, sheet: Worksheet, cell: str, sentence: str, **values: object) -> None:
        """Note what is wrong with a cell."""
        where = self.form.say("onglet « {sheet} », cellule {cell}", sheet=sheet.title, cell=cell)
        person = sheet.title if _is_person(sheet, self.form) else None
        self.problems.append(Doubt(person, where, self.form.say(sentence, **values)))

    def gather(self, before: int, cells: Iterable[AnyCell], person: str | None = None) -> bool:
        """Make one doubt of the problems met in a row, with its words; True when there were any."""
        met = self.problems[before:]
        if met:
            words = " | ".join(str(cell.value).strip() for cell in cells if cell.value)
            first, *more = (one.why for one in met)
            why = " ".join([first, *(one[:1].upper() + one[1:] for one in more)])
            whose = met[0].respondent or person
            self.rows.append(replace(met[0], respondent=whose, why=why, text=words))
        return bool(met)

    def text(self, sheet: Worksheet, cell: AnyCell) -> str:
        """What a cell says; a formula or a merged cell is a problem."""
        if isinstance(cell, MergedCell):
            self.problem(sheet, cell.coordinate, "cellule fusionnée ; séparez-la de sa voisine.")
            return ""
        if cell.data_type == "f":
            self.problem(sheet, cell.coordinate, "c’est une formule ; tapez le texte lui-même.")
            return ""
        return "" if cell.value is None else str(cell.value).strip()

    def choice(self, sheet: Worksheet, cell: AnyCell, words: Mapping[str, T], empty: T) -> T:
        """The meaning of a drop-down's word; another word is a problem."""
        word = self.text(sheet, cell)
        if not word:
            return empty
        folded = {key.casefold(): value for key, value in words.items()}
        if word.casefold() not in folded:
            self.problem(
                sheet,
                cell.coordinate,
                "cette valeur n’est pas dans la liste : {known}.",
                known=", ".join(words),
            )
            return empty
        return folded[word.casefold()]


def read_notes(content: bytes, form: Form, name: str) -> Notes:
    """Return what staff wrote in a notes workbook that is wholly clear.

    Args:
        content: the bytes of the .xlsx file.
        form: the words of the study's workbook.
        name: the file's name, for messages.

    Raises:
        NotesError: not a workbook, another study's, or doubtful cells; names each sheet and cell.
    """
    reader = CellReader(form, name)
    notes = _read(reader, content)
    if reader.problems:
        raise doubtful(reader)
    return notes


def read_with_doubts(content: bytes, form: Form, name: str) -> Notes:
    """Return what staff wrote in a notes workbook; rows with a doubtful cell are doubts.

    Columns are found by their headings, so they may have been moved; sheets may have been sorted.

    Raises:
        NotesError: not a workbook, another study's, or a heading or a shared sheet is missing.
    """
    reader = CellReader(form, name)
    notes = _read(reader, content)
    return replace(notes, doubts=tuple(reader.rows))


def _read(reader: CellReader, content: bytes) -> Notes:
    form = reader.form
    workbook = open_workbook(content, form, reader.name)
    people = [s for s in workbook.worksheets if _is_person(s, form)]
    notes = tuple(note for sheet in people for note in _person_notes(reader, sheet))
    interviewed = frozenset(sheet.title for sheet in people if _done(reader, sheet))
    names = frozenset(sheet.title for sheet in people)
    subjects = tuple(_subjects(reader, workbook, names))
    remarks = tuple(_remarks(reader, workbook, names))
    return Notes(notes, subjects, remarks, interviewed | {note.respondent for note in notes})


def _done(reader: CellReader, sheet: Worksheet) -> bool:
    before = len(reader.problems)
    done = reader.choice(sheet, sheet[DONE_CELL], reader.form.yes_no, empty=False)
    reader.gather(before, [sheet[DONE_CELL]])
    return done


def _is_person(sheet: Worksheet, form: Form) -> bool:
    """A respondent's sheet is one whose title its first cell repeats."""
    title = form.say("Répondant {pseudonym}", pseudonym=sheet.title)
    return str(sheet["A1"].value) == title


def _rows(
    sheet: Worksheet, form: Form, wanted: Sequence[Column]
) -> Iterator[tuple[int, Mapping[Column, AnyCell]]]:
    header, columns = find_columns(sheet, form, wanted)
    for row in range(header + 1, sheet.max_row + 1):
        yield row, {column: sheet.cell(row=row, column=at) for column, at in columns.items()}


PERSON_READ = (
    Column.DIMENSION, Column.KIND, Column.CHANGE, Column.LEVEL, Column.TEXT, Column.CONSENT,
    Column.REVIEWED,
)  # fmt: skip


def _person_notes(reader: CellReader, sheet: Worksheet) -> Iterator[Note]:
    for _, cells in _rows(sheet, reader.form, PERSON_READ):
        written = [cells[c].value for c in (Column.CHANGE, Column.LEVEL, Column.TEXT)]
        if any(value not in (None, "") for value in written):
            before = len(reader.problems)
            note = _note(reader, sheet, cells)
            if not reader.gather(before, cells.values()) and note is not None:
                yield note


def _note(reader: CellReader, sheet: Worksheet, cells: Mapping[Column, AnyCell]) -> Note | None:
    form = reader.form
    kind = reader.choice(sheet, cells[Column.KIND], form.kinds, None)
    if kind is None:
        if not cells[Column.KIND].value:
            where = cells[Column.KIND].coordinate
            reader.problem(sheet, where, "indiquez la nature de cette note.")
        return None
    note = Note(
        respondent=sheet.title,
        dimension=reader.choice(sheet, cells[Column.DIMENSION], form.dimensions, None),
        kind=kind,
        text=reader.text(sheet, cells[Column.TEXT]),
        change=reader.choice(sheet, cells[Column.CHANGE], form.changes, None),
        revised_level=reader.choice(sheet, cells[Column.LEVEL], form.levels, None),
        consent=reader.choice(sheet, cells[Column.CONSENT], form.consents, Consent.NONE),
        reviewed=reader.choice(sheet, cells[Column.REVIEWED], form.yes_no, empty=False),
        where=f"{sheet.title}!{cells[Column.TEXT].coordinate}",
    )
    return note if _holds(reader, sheet, cells, note) else None


def _holds(
    reader: CellReader, sheet: Worksheet, cells: Mapping[Column, AnyCell], note: Note
) -> bool:
    """Say what is missing or contradictory in a row; True when nothing is."""
    before = len(reader.problems)
    change, level = cells[Column.CHANGE].coordinate, cells[Column.LEVEL].coordinate
    placed = note.kind is NoteKind.POSITION or note.kind in MENTIONED
    if placed and note.dimension is None and not cells[Column.DIMENSION].value:
        where = cells[Column.DIMENSION].coordinate
        reader.problem(sheet, where, "indiquez la dimension.")
    if note.kind is NoteKind.POSITION:
        if note.change is None and not cells[Column.CHANGE].value:
            reader.problem(
                sheet, change, "indiquez si la position est confirmée, nuancée ou révisée."
            )
    elif not note.text:
        reader.problem(sheet, cells[Column.TEXT].coordinate, "le texte de la note manque.")
    revised = note.change is PositionChange.REVISED
    if revised and note.revised_level is None and not cells[Column.LEVEL].value:
        reader.problem(sheet, level, "choisissez la position révisée.")
    if note.revised_level is not None and not revised and cells[Column.CHANGE].value is not None:
        reader.problem(sheet, level, "une position révisée demande « révisée » à côté.")
    return len(reader.problems) == before


def _subjects(
    reader: CellReader, workbook: Workbook, people: frozenset[str]
) -> Iterator[SubjectNote]:
    sheet = _shared(workbook, reader.form, reader.form.subjects_sheet)
    wanted = (Column.LABEL, Column.TEXT, Column.RESPONDENT, Column.REVIEWED)
    for _, cells in _rows(sheet, reader.form, wanted):
        if not any(cell.value for cell in cells.values()):
            continue
        before = len(reader.problems)
        label, text = (reader.text(sheet, cells[c]) for c in (Column.LABEL, Column.TEXT))
        if not label and not text and len(reader.problems) == before:
            continue
        if not label:
            where = cells[Column.LABEL].coordinate
            reader.problem(sheet, where, "donnez un libellé au sujet.")
        subject = SubjectNote(_respondent(reader, sheet, cells, people), label, text,
                              _reviewed(reader, sheet, cells))  # fmt: skip
        if not reader.gather(before, cells.values(), subject.respondent):
            yield subject


def _remarks(
    reader: CellReader, workbook: Workbook, people: frozenset[str]
) -> Iterator[RemarkNote]:
    sheet = _shared(workbook, reader.form, reader.form.remarks_sheet)
    wanted = (Column.ABOUT, Column.TEXT, Column.RESPONDENT, Column.REVIEWED)
    for _, cells in _rows(sheet, reader.form, wanted):
        if not any(cell.value for cell in cells.values()):
            continue
        before = len(reader.problems)
        text = reader.text(sheet, cells[Column.TEXT])
        if not text and len(reader.problems) == before:
            continue
        about = reader.choice(sheet, cells[Column.ABOUT], reader.form.topics, None)
        remark = RemarkNote(_respondent(reader, sheet, cells, people), about, text,
                            _reviewed(reader, sheet, cells))  # fmt: skip
        if not reader.gather(before, cells.values(), remark.respondent):
            yield remark


def _respondent(
    reader: CellReader, sheet: Worksheet, cells: Mapping[Column, AnyCell], people: frozenset[str]
) -> str | None:
    return reader.choice(sheet, cells[Column.RESPONDENT], {p: p for p in sorted(people)}, None)


def _reviewed(reader: CellReader, sheet: Worksheet, cells: Mapping[Column, AnyCell]) -> bool:
    return reader.choice(sheet, cells[Column.REVIEWED], reader.form.yes_no, empty=False)


def _shared(workbook: Workbook, form: Form, name: str) -> Worksheet:
    if name not in workbook.sheetnames:
        raise NotesError(
            form.say("L’onglet « {sheet} » manque dans le classeur de notes.", sheet=name),
            form.say("Rétablissez cet onglet avec son nom, ou reprenez un classeur neuf."),
        )
    return workbook[name]


def doubtful(reader: CellReader) -> NotesError:
    """The error that lists the problems met."""
    listed = [f"{one.where} : {one.why}" for one in reader.problems]
    shown = listed[:LISTED_PROBLEMS]
    more = len(reader.problems) - len(shown)
    if more:
        shown = [*shown, reader.form.say("… et {more} autres.", more=more)]
    return NotesError(
        reader.form.say("« {name} » contient des cellules à corriger :", name=reader.name)
        + "".join(f"\n  – {problem}" for problem in shown),
        reader.form.say("Corrigez-les et relancez ; vos notes précédentes sont gardées."),
    )
