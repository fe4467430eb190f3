"""Make the notes workbook of a study, or add to one that staff already fill in."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tasks.interviews.form import DONE_CELL, HEADER_ROW, LISTS_SHEET, Column, Form
from tasks.interviews.workbooks import find_columns

FREE_ROWS = 40  # empty rows offered under the pre-filled ones
INK = "1F3B4D"
PALE = PatternFill("solid", fgColor="EAF0F4")
HEAD = PatternFill("solid", fgColor=INK)
LINE = Border(bottom=Side("thin", color="C9D3DA"))
WIDTHS = {
    Column.DIMENSION: 38, Column.KIND: 12, Column.ANSWERED: 24, Column.CHANGE: 20,
    Column.LEVEL: 20, Column.TEXT: 70, Column.CONSENT: 18, Column.REVIEWED: 9,
    Column.LABEL: 34, Column.RESPONDENT: 13, Column.ABOUT: 26,
}  # fmt: skip
PERSON_COLUMNS = (
    Column.DIMENSION, Column.KIND, Column.ANSWERED, Column.CHANGE, Column.LEVEL, Column.TEXT,
    Column.CONSENT, Column.REVIEWED,
)  # fmt: skip
SUBJECT_COLUMNS = (Column.LABEL, Column.TEXT, Column.RESPONDENT, Column.REVIEWED)
REMARK_COLUMNS = (Column.ABOUT, Column.TEXT, Column.RESPONDENT, Column.REVIEWED)

Positions = Mapping[str, Mapping[str, str]]
"""Pseudonym → dimension code → what the questionnaire says, in words."""


@dataclass(frozen=True)
class _Lists:
    """Where each drop-down's words stand on the hidden sheet."""

    ranges: Mapping[Column, str]

    def validation(self, column: Column, form: Form) -> DataValidation:
        rule = DataValidation(type="list", formula1=self.ranges[column], allow_blank=True)
        rule.errorTitle = form.say("Valeur inconnue")
        rule.error = form.say("Choisissez une valeur de la liste.")
        return rule


def make_workbook(form: Form, positions: Positions, existing: bytes | None = None) -> bytes:
    """Return the notes workbook: one sheet a respondent, one for subjects, one for remarks.

    Args:
        form: the words of the study's workbook.
        positions: for every respondent so far, what they answered on each dimension.
        existing: the workbook as staff have it now; what they typed and formatted stays, sheets
            of new respondents are added, and the column « Au questionnaire » is brought up to date.
    """
    workbook = load_workbook(io.BytesIO(existing)) if existing else _new_workbook(form)
    lists = _write_lists(workbook, form, tuple(positions))
    for pseudonym in sorted(positions):
        if pseudonym not in workbook.sheetnames:
            _add_person(workbook, form, lists, pseudonym)
        _bring_up_to_date(workbook[pseudonym], form, positions[pseudonym])
    if existing is None:
        _add_shared(workbook, form, lists, form.subjects_sheet, SUBJECT_COLUMNS)
        _add_shared(workbook, form, lists, form.remarks_sheet, REMARK_COLUMNS)
    workbook.move_sheet(LISTS_SHEET, len(workbook.sheetnames))
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _new_workbook(form: Form) -> Workbook:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = form.say("Lisez-moi")
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 100
    sheet["A1"] = form.say("Notes d’entretien")
    sheet["A1"].font = Font(size=18, bold=True, color=INK)
    sheet["A2"] = f"{form.study.title.say(form.study.language)} – " + form.wave.label.say(
        form.study.language
    )
    for row, sentence in enumerate(_instructions(form), start=4):
        cell = sheet.cell(row=row, column=1, value=sentence)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    workbook.properties.title = form.say("Notes d’entretien")
    workbook.properties.creator = "maturity-study"
    return workbook


def _instructions(form: Form) -> Sequence[str]:
    return (
        form.say("Réservé à l’équipe du programme. Un onglet par répondant, sous pseudonyme."),
        form.say("1. Indiquez « oui » en face de « Entretien fait » quand l’entretien a eu lieu."),
        form.say(
            "2. Pour chaque dimension, dites si la position donnée au questionnaire est confirmée, "
            "nuancée ou révisée ; si elle est révisée, choisissez la nouvelle."
        ),
        form.say(
            "3. Ajoutez autant de lignes que vous voulez : exemples, freins, leviers, besoins, "
            "citations."
        ),
        form.say(
            "4. Rien ne paraît sans une décision dans le classeur de relecture, et une citation "
            "pas sans l’accord de la personne ; un accord laissé vide vaut un refus. « Relu » "
            "n’est ici qu’un repère pour qui relira. N’y laissez ni nom, ni poste, ni lieu."
        ),
        form.say(
            "5. Les sujets que personne ne prend en compte et les remarques sur la notion de "
            "maturité ont chacun leur onglet ; ils ne paraissent qu’une fois relus."
        ),
        form.say(
            "Vous pouvez déplacer les colonnes et mettre en forme ; gardez les intitulés. "
            "L’actualisation ajoute les nouveaux répondants et ne touche pas à ce que vous avez "
            "écrit."
        ),
    )


def _write_lists(workbook: Workbook, form: Form, pseudonyms: Iterable[str]) -> _Lists:
    """Write identity and drop-down words anew on the hidden sheet."""
    if LISTS_SHEET in workbook.sheetnames:
        del workbook[LISTS_SHEET]
    sheet = workbook.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    sheet["A1"] = form.identity
    words: dict[Column, Iterable[str]] = {
        Column.DIMENSION: form.dimensions, Column.KIND: form.kinds, Column.CHANGE: form.changes,
        Column.LEVEL: form.levels, Column.CONSENT: form.consents, Column.REVIEWED: form.yes_no,
        Column.ABOUT: form.topics, Column.RESPONDENT: sorted(pseudonyms),
    }  # fmt: skip
    ranges = {}
    for index, (column, entries) in enumerate(words.items(), start=2):
        letter = get_column_letter(index)
        values = list(entries)
        for row, value in enumerate(values, start=1):
            sheet.cell(row=row, column=index, value=value)
        ranges[column] = f"{LISTS_SHEET}!${letter}$1:${letter}${max(len(values), 1)}"
    return _Lists(ranges)


def _add_person(workbook: Workbook, form: Form, lists: _Lists, pseudonym: str) -> None:
    sheet = workbook.create_sheet(pseudonym, index=_place(workbook, form, pseudonym))
    sheet["A1"] = form.say("Répondant {pseudonym}", pseudonym=pseudonym)
    sheet["A1"].font = Font(size=14, bold=True, color=INK)
    sheet["A3"] = form.say("Entretien fait")
    sheet["A3"].font = Font(bold=True)
    done = lists.validation(Column.REVIEWED, form)
    sheet.add_data_validation(done)
    done.add(DONE_CELL)
    sheet[DONE_CELL].fill = PALE
    _table(sheet, form, lists, PERSON_COLUMNS, HEADER_ROW, len(form.dimensions) + FREE_ROWS)
    position = next(iter(form.kinds))
    for row, label in enumerate(form.dimensions, start=HEADER_ROW + 1):
        sheet.cell(row=row, column=1, value=label)
        sheet.cell(row=row, column=2, value=position)


def _add_shared(
    workbook: Workbook, form: Form, lists: _Lists, name: str, columns: Sequence[Column]
) -> None:
    _table(workbook.create_sheet(name), form, lists, columns, 1, FREE_ROWS)


def _table(
    sheet: Worksheet,
    form: Form,
    lists: _Lists,
    columns: Sequence[Column],
    header: int,
    rows: int,
) -> None:
    """Lay out headings, widths, drop-downs and a frozen header."""
    for index, column in enumerate(columns, start=1):
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = WIDTHS[column]
        cell = sheet.cell(row=header, column=index, value=form.headings[column])
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEAD
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        if column in lists.ranges:
            rule = lists.validation(column, form)
            sheet.add_data_validation(rule)
            rule.add(f"{letter}{header + 1}:{letter}{header + rows}")
        for row in range(header + 1, header + rows + 1):
            _style(sheet, row, index, column)
    sheet.freeze_panes = f"A{header + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header}:{header}"


def _style(sheet: Worksheet, row: int, index: int, column: Column) -> None:
    cell = sheet.cell(row=row, column=index)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = LINE
    cell.protection = Protection(locked=False)
    if column is Column.TEXT:
        cell.number_format = "@"  # a note that starts with « = » or « - » stays text
    if column is Column.ANSWERED:
        cell.font, cell.fill = Font(italic=True, color="5A6B78"), PALE


def _bring_up_to_date(sheet: Worksheet, form: Form, answers: Mapping[str, str]) -> None:
    """Write what the questionnaire says beside each « Position » row."""
    header, columns = find_columns(sheet, form, PERSON_COLUMNS)
    for row in range(header + 1, sheet.max_row + 1):
        label = sheet.cell(row=row, column=columns[Column.DIMENSION]).value
        kind = sheet.cell(row=row, column=columns[Column.KIND]).value
        code = form.dimensions.get(str(label))
        if code is not None and kind == next(iter(form.kinds)):
            sheet.cell(row=row, column=columns[Column.ANSWERED]).value = answers.get(code, "")


def _place(workbook: Workbook, form: Form, pseudonym: str) -> int:
    """Respondents stand in order between the instructions and the shared sheets."""
    shared = (form.subjects_sheet, form.remarks_sheet, LISTS_SHEET)
    names = workbook.sheetnames
    for index, name in enumerate(names[1:], start=1):
        if name in shared or name > pseudonym:
            return index
    return len(names)
