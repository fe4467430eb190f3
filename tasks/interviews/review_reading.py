"""Read the review workbook back: every doubtful cell is named, nothing is guessed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from openpyxl.worksheet.worksheet import Worksheet

from config.errors import NotesError
from tasks.interviews.form import Column
from tasks.interviews.model import Consent
from tasks.interviews.reading import AnyCell, CellReader, doubtful, find_columns, open_workbook
from tasks.interviews.review_workbook import COLUMNS, ReviewForm
from tasks.interviews.reviewing import Passage, PassageKind, Review, Reviews, lower, passage_key

Cells = Mapping[Column, AnyCell]


def read_review(
    content: bytes, form: ReviewForm, name: str, passages: Sequence[Passage], today: date
) -> Reviews:
    """Return the decisions of a review workbook; a row nobody touched is none.

    Args:
        content: the bytes of the .xlsx file.
        form: its words.
        name: the file's name, for messages.
        passages: what the notes hold now; consents are compared with it.
        today: the day of a decision that bears no date.

    Raises:
        NotesError: not this workbook, or doubtful cells; names sheet and cell.
    """
    reader = CellReader(form, name)
    try:
        sheet = open_workbook(content, form, name)[form.sheet]
    except (NotesError, KeyError) as error:
        raise _unreadable(form, name, error) from error
    header, columns = find_columns(sheet, form, tuple(COLUMNS))
    current = {passage.key: passage for passage in passages}
    found: dict[str, Review] = {}
    for number in range(header + 1, sheet.max_row + 1):
        cells = {column: sheet.cell(row=number, column=at) for column, at in columns.items()}
        if any(cell.value not in (None, "") for cell in cells.values()):
            review = _review(reader, sheet, cells, current, today)
            if review is not None:
                _keep(reader, sheet, cells, found, review)
    if reader.problems:
        raise doubtful(reader)
    return found


def _unreadable(form: ReviewForm, name: str, error: Exception) -> NotesError:
    message = error.message if isinstance(error, NotesError) else form.say(
        "L’onglet « {sheet} » manque dans « {name} ».", sheet=form.sheet, name=name
    )  # fmt: skip
    return NotesError(
        message,
        form.say(
            "Rétablissez ce classeur, ou mettez-le de côté : l’actualisation en refera un avec les "
            "décisions déjà lues."
        ),
    )


def _keep(
    reader: CellReader, sheet: Worksheet, cells: Cells, found: dict[str, Review], review: Review
) -> None:
    if review.key in found and found[review.key] != review:
        where = cells[Column.TEXT].coordinate
        reader.problem(sheet, where, "ce passage est là deux fois, avec deux décisions.")
    found[review.key] = review


def _review(
    reader: CellReader,
    sheet: Worksheet,
    cells: Cells,
    current: Mapping[str, Passage],
    today: date,
) -> Review | None:
    """The decision of a row; None when there is none, or when the row does not hold."""
    form, before = reader.form, len(reader.problems)
    assert isinstance(form, ReviewForm)  # noqa: S101 - narrows the type that `CellReader` keeps
    read = {column: _text(reader, sheet, cells[column]) for column in COLUMNS}
    kinds = {word: kind for kind, word in form.natures.items()}
    kind = reader.choice(sheet, cells[Column.KIND], kinds, PassageKind.QUOTE)
    respondent, original = read[Column.RESPONDENT] or None, read[Column.TEXT]
    if read[Column.KEY] != passage_key(kind, respondent, original):
        reader.problem(
            sheet,
            cells[Column.TEXT].coordinate,
            "cette ligne a été modifiée ou ajoutée ; corrigez les mots dans « Forme relue ».",
        )
    decisions: Mapping[str, bool | None] = form.yes_no
    reviewed = reader.choice(sheet, cells[Column.REVIEWED], decisions, None)
    consents: Mapping[str, Consent | None] = form.consents
    review = Review(
        kind=kind,
        respondent=respondent,
        original=original,
        edited=read[Column.EDITED],
        consent=reader.choice(sheet, cells[Column.RETAINED], consents, None),
        side=reader.choice(sheet, cells[Column.SIDE], form.yes_no, empty=True),
        reviewed=bool(reviewed),
        decided=reviewed is not None,
        by=read[Column.BY],
        on=read[Column.ON] or (today.isoformat() if reviewed is not None else ""),
    )
    _check(reader, sheet, cells, review, current.get(review.key))
    return review if len(reader.problems) == before and review.touched else None


def _text(reader: CellReader, sheet: Worksheet, cell: AnyCell) -> str:
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    return reader.text(sheet, cell)


def _check(
    reader: CellReader, sheet: Worksheet, cells: Cells, review: Review, passage: Passage | None
) -> None:
    """Say what contradicts the rules of the review."""
    if review.reviewed and not review.edited:
        reader.problem(
            sheet, cells[Column.EDITED].coordinate,
            "écrivez la forme qui paraîtra, ou mettez « non » à « Relu ».",
        )  # fmt: skip
    if review.reviewed and not review.by:
        reader.problem(sheet, cells[Column.BY].coordinate, "dites qui a relu.")
    given = passage.consent if passage else None
    raised = given is not None and lower(given, review.consent) is not (review.consent or given)
    if raised and given is not Consent.NONE:
        reader.problem(
            sheet, cells[Column.RETAINED].coordinate,
            "l’accord donné par la personne peut être abaissé, pas élevé.",
        )  # fmt: skip
