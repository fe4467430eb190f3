"""The notes workbook: made by the software, filled in and rearranged by staff, read back."""

import io
from collections.abc import Mapping
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from config.errors import NotesError
from config.loading import load_model, load_study
from config.settings import Settings
from tasks.interviews.form import DONE_CELL, HEADER_ROW, Column, Form
from tasks.interviews.making import PERSON_COLUMNS, make_workbook
from tasks.interviews.model import Consent, NoteKind, PositionChange
from tasks.interviews.reading import read_notes
from tasks.interviews.workbooks import find_columns

NAME = "Notes.xlsx"
POSITIONS = {"P03": {}, "P01": {}, "P02": {}}


@pytest.fixture(scope="module")
def form() -> Form:
    """The demo study's words, on a model of the seeds."""
    settings = Settings()
    study = load_study("demo", settings)
    return Form(load_model("deloitte2018", settings).model, study, study.wave())


@pytest.fixture(scope="module")
def blank(form: Form) -> bytes:
    """A workbook as the software makes it."""
    return make_workbook(form, POSITIONS)


def opened(content: bytes) -> Workbook:
    """The workbook in these bytes."""
    return load_workbook(io.BytesIO(content))


def saved(workbook: Workbook) -> bytes:
    """The bytes of a workbook, as staff's spreadsheet program would save it."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def fill(workbook: Workbook, form: Form, sheet: str, row: int, cells: Mapping[Column, str]) -> None:
    """Type into a row below the header, wherever the columns stand."""
    header, columns = find_columns(workbook[sheet], form, PERSON_COLUMNS)
    for column, value in cells.items():
        workbook[sheet].cell(row=header + row, column=columns[column], value=value)


def word(words: Mapping[str, object], meaning: object) -> str:
    """The word of a drop-down for a meaning."""
    return next(text for text, value in words.items() if value == meaning)


def test_a_blank_workbook_holds_no_note(form: Form, blank: bytes) -> None:
    """What the software pre-fills is never taken for something staff wrote."""
    notes = read_notes(blank, form, NAME)
    assert notes.notes == ()
    assert notes.subjects == ()
    assert notes.remarks == ()
    assert notes.interviewed == frozenset()


def test_each_respondent_has_a_sheet_in_order_between_instructions_and_shared_sheets(
    form: Form, blank: bytes
) -> None:
    """Staff find the respondents in order, then the subjects and the remarks."""
    visible = [s.title for s in opened(blank).worksheets if s.sheet_state == "visible"]
    assert visible == ["Lisez-moi", "P01", "P02", "P03", form.subjects_sheet, form.remarks_sheet]


def test_drop_downs_offer_the_model_s_words(blank: bytes) -> None:
    """Every closed column of a respondent's sheet has a drop-down on the hidden list."""
    sheet = opened(blank)["P01"]
    rules = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert len(rules) == 7  # interview done, dimension, kind, change, level, consent, reviewed
    assert all(rule.startswith("_listes!") for rule in rules)


def test_what_staff_wrote_comes_back(form: Form, blank: bytes) -> None:
    """A revised position, a consented and reviewed quote, a subject and a remark are all read."""
    workbook = opened(blank)
    level = form.model.levels[1]
    fill(workbook, form, "P02", 1, {
        Column.CHANGE: word(form.changes, PositionChange.REVISED),
        Column.LEVEL: level.label.say("fr"),
        Column.TEXT: "=la veille n’est plus tenue",
    })  # fmt: skip
    header, columns = find_columns(workbook["P02"], form, PERSON_COLUMNS)
    workbook["P02"].cell(header + 1, columns[Column.TEXT]).data_type = "s"
    fill(workbook, form, "P02", 30, {
        Column.DIMENSION: next(iter(form.dimensions)),
        Column.KIND: word(form.kinds, NoteKind.QUOTE),
        Column.TEXT: "On avance <sans> & {{ 7*7 }} bruit",
        Column.CONSENT: word(form.consents, Consent.ANONYMOUS),
        Column.REVIEWED: "OUI",
    })  # fmt: skip
    workbook["P02"][DONE_CELL] = "oui"
    workbook[form.subjects_sheet]["A2"] = "Archivage"
    workbook[form.subjects_sheet]["B2"] = "Personne ne s’en occupe."
    workbook[form.remarks_sheet]["A2"] = level.label.say("fr")
    workbook[form.remarks_sheet]["B2"] = "Le mot fait débat."
    notes = read_notes(saved(workbook), form, NAME)

    position, quote = notes.notes
    assert position.respondent == "P02"
    assert position.change is PositionChange.REVISED
    assert position.revised_level == level.code
    assert position.text == "=la veille n’est plus tenue"
    assert quote.kind is NoteKind.QUOTE
    assert quote.consent is Consent.ANONYMOUS
    assert quote.reviewed
    assert quote.text == "On avance <sans> & {{ 7*7 }} bruit"
    assert notes.interviewed == {"P02"}
    assert notes.subjects[0].label == "Archivage"
    assert notes.remarks[0].level == level.code


def test_an_empty_consent_means_none(form: Form, blank: bytes) -> None:
    """Nobody is quoted because a cell was forgotten."""
    workbook = opened(blank)
    fill(workbook, form, "P01", 30, {
        Column.KIND: word(form.kinds, NoteKind.QUOTE), Column.TEXT: "Des mots",
    })  # fmt: skip
    (note,) = read_notes(saved(workbook), form, NAME).notes
    assert note.consent is Consent.NONE
    assert not note.reviewed


def test_columns_may_be_moved(form: Form, blank: bytes) -> None:
    """Staff may reorder the columns: they are found by their headings."""
    workbook = opened(blank)
    fill(workbook, form, "P01", 2, {
        Column.CHANGE: word(form.changes, PositionChange.CONFIRMED), Column.TEXT: "inchangé",
    })  # fmt: skip
    sheet = workbook["P01"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER_ROW)]
    for at, row in enumerate(rows, start=HEADER_ROW):
        for index, value in enumerate(reversed(row), start=1):
            sheet.cell(row=at, column=index).value = value
    (note,) = read_notes(saved(workbook), form, NAME).notes
    assert note.text == "inchangé"
    assert note.dimension == form.model.dimensions[1].code


def test_a_renamed_heading_is_named(form: Form, blank: bytes) -> None:
    """A heading that staff renamed stops the reading, with its sheet and its words."""
    workbook = opened(blank)
    workbook["P03"].cell(row=HEADER_ROW, column=6, value="Propos")
    with pytest.raises(NotesError, match=r"P03.*Ce qui a été dit") as caught:
        read_notes(saved(workbook), form, NAME)
    assert "déplacées, pas renommées" in caught.value.remedy


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({Column.CHANGE: "peut-être"}, "cette valeur n’est pas dans la liste"),
        ({Column.TEXT: "=1+1"}, "formule"),
        ({Column.CHANGE: "révisée"}, "choisissez la position révisée"),
        (
            {Column.TEXT: "sans position"},
            "indiquez si la position est confirmée, nuancée ou révisée",
        ),
        ({Column.LEVEL: "Ailleurs", Column.CHANGE: "révisée"}, "cette valeur n’est pas"),
    ],
)
def test_a_doubtful_cell_is_named(
    form: Form, blank: bytes, cells: Mapping[Column, str], expected: str
) -> None:
    """The message gives the sheet, the cell and what is wrong; nothing is guessed."""
    workbook = opened(blank)
    fill(workbook, form, "P01", 1, cells)
    with pytest.raises(NotesError) as caught:
        read_notes(saved(workbook), form, NAME)
    text = caught.value.message.replace("\u00a0", " ")
    assert "onglet « P01 », cellule" in text
    assert str(HEADER_ROW + 1) in text
    assert expected in text


def test_all_doubtful_cells_are_listed_at_once(form: Form, blank: bytes) -> None:
    """Staff correct everything in one go."""
    workbook = opened(blank)
    for row in (1, 2, 3):
        fill(workbook, form, "P01", row, {Column.CHANGE: "?"})
    with pytest.raises(NotesError) as caught:
        read_notes(saved(workbook), form, NAME)
    assert caught.value.message.count("n’est pas dans la liste") == 3


def test_a_workbook_of_another_study_is_refused(form: Form, blank: bytes) -> None:
    """Notes never enter the wrong study."""
    other = replace(form, wave=form.wave.model_copy(update={"code": "W2"}))
    with pytest.raises(NotesError, match="autre étude"):
        read_notes(blank, other, NAME)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not a zip"])
def test_an_unreadable_file_is_refused(form: Form, content: bytes) -> None:
    """A file that is no workbook gives a message, not a traceback."""
    with pytest.raises(NotesError, match="pas un classeur de notes lisible"):
        read_notes(content, form, NAME)


def test_a_new_respondent_is_added_and_nothing_else_moves(form: Form, blank: bytes) -> None:
    """The weekly refresh adds sheets and brings one column up to date; notes and format stay."""
    workbook = opened(blank)
    fill(workbook, form, "P02", 1, {
        Column.CHANGE: word(form.changes, PositionChange.CONFIRMED), Column.TEXT: "à garder",
    })  # fmt: skip
    workbook["P02"].sheet_properties.tabColor = "FF0000"
    dimension = form.model.dimensions[0].code
    again = make_workbook(
        form, {**POSITIONS, "P02": {dimension: "Émergent"}, "P015": {}}, saved(workbook)
    )
    result = opened(again)
    _, columns = find_columns(result["P02"], form, PERSON_COLUMNS)
    assert result["P02"].cell(HEADER_ROW + 1, columns[Column.ANSWERED]).value == "Émergent"
    assert result["P02"].sheet_properties.tabColor.rgb == "00FF0000"
    assert "P015" in result.sheetnames
    (note,) = read_notes(again, form, NAME).notes
    assert note.text == "à garder"


def test_making_again_without_news_changes_no_note(form: Form, blank: bytes) -> None:
    """Making the workbook twice adds nothing and loses nothing."""
    again = make_workbook(form, POSITIONS, blank)
    assert opened(again).sheetnames == opened(blank).sheetnames
    assert read_notes(again, form, NAME) == read_notes(blank, form, NAME)
