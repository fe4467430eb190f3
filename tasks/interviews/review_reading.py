"""Read the review workbook back: every doubtful cell is named and its row waits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.worksheet.worksheet import Worksheet

from config.errors import NotesError
from tasks.interviews.form import Column
from tasks.interviews.model import Consent, Doubt
from tasks.interviews.reading import AnyCell, CellReader
from tasks.interviews.review_workbook import COLUMNS, ReviewForm
from tasks.interviews.reviewing import Passage, PassageKind, Review, Reviews, lower, passage_key
from tasks.interviews.workbooks import find_columns, open_workbook

Cells = Mapping[Column, AnyCell]
Naming = Callable[[str, str | None], bool]
"""Does a text name a participant, other than the one whose pseudonym is given?"""


def nobody(_text: str, _but: str | None) -> bool:
    """Of a study without a list of participants, no name is known."""
    return False


@dataclass(frozen=True)
class _Known:
    """What the rows of the workbook are compared with."""

    passages: Mapping[str, Passage]
    today: date
    naming: Naming


@dataclass(frozen=True)
class ReadReview:
    """A review workbook as it was read.

    Attributes:
        decisions: of the rows that staff touched; a row with a doubtful cell is held back: what
            it is about does not appear.
        doubts: the doubtful rows: sheet, cell, what to do.
        rows: keys of all passages that have a row.
    """

    decisions: Reviews
    doubts: tuple[Doubt, ...] = ()
    rows: frozenset[str] = frozenset()


def read_review(
    content: bytes,
    form: ReviewForm,
    name: str,
    passages: Sequence[Passage],
    today: date,
    naming: Naming = nobody,
) -> ReadReview:
    """Return the decisions of a review workbook; a row nobody touched is none.

    Args:
        content: the bytes of the .xlsx file.
        form: its words.
        name: the file's name, for messages.
        passages: what the notes hold now; consents are compared with it.
        today: the day of a decision that bears no date.
        naming: tells whether words name a participant; such a row is held back.

    Raises:
        NotesError: not this workbook, or a heading is missing.
    """
    reader = CellReader(form, name)
    try:
        sheet = open_workbook(content, form, name)[form.sheet]
    except (NotesError, KeyError) as error:
        raise _unreadable(form, name, error) from error
    header, columns = find_columns(sheet, form, tuple(COLUMNS))
    known = _Known({passage.key: passage for passage in passages}, today, naming)
    found: dict[str, Review] = {}
    rows: set[str] = set()
    for number in range(header + 1, sheet.max_row + 1):
        cells = {column: sheet.cell(row=number, column=at) for column, at in columns.items()}
        if any(cell.value not in (None, "") for cell in cells.values()):
            rows |= _row(reader, sheet, cells, known, found)
    return ReadReview(found, tuple(reader.rows), frozenset(rows))


def _row(
    reader: CellReader,
    sheet: Worksheet,
    cells: Cells,
    known: _Known,
    found: dict[str, Review],
) -> set[str]:
    """Add the decision of a row to those found; returns the keys of what the row is about."""
    before = len(reader.problems)
    review = _review(reader, sheet, cells, known)
    keys = {review.key, str(cells[Column.KEY].value or "")}
    if review.key in found and review.touched and found[review.key] != review:
        where = cells[Column.TEXT].coordinate
        reader.problem(sheet, where, "ce passage est là deux fois, avec deux décisions.")
    if reader.gather(before, cells.values(), review.respondent):
        current = known.passages
        found.update({key: held(current[key]) for key in keys & current.keys()})
    elif review.touched:
        found[review.key] = review
    return keys


def held(passage: Passage) -> Review:
    """What waits is not printed, whatever the notes say of it."""
    return Review(
        kind=passage.kind,
        respondent=passage.respondent,
        original=passage.original,
        edited=passage.original,
        decided=False,
        noted_label=passage.label,
        label=passage.label,
    )


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


def _review(
    reader: CellReader,
    sheet: Worksheet,
    cells: Cells,
    known: _Known,
) -> Review:
    """The decision of a row, as far as it can be read; what cannot is a problem of the reader."""
    form = reader.form
    assert isinstance(form, ReviewForm)  # noqa: S101 - narrows the type that `CellReader` keeps
    read = {column: _text(reader, sheet, cells[column]) for column in COLUMNS}
    kinds = {word: kind for kind, word in form.natures.items()}
    kind = reader.choice(sheet, cells[Column.KIND], kinds, PassageKind.QUOTE)
    respondent, original = read[Column.RESPONDENT] or None, read[Column.TEXT]
    subject = kind is PassageKind.SUBJECT
    noted = read[Column.ABOUT] if subject else ""
    if read[Column.KEY] != passage_key(kind, respondent, original, noted):
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
        on=read[Column.ON] or (known.today.isoformat() if reviewed is not None else ""),
        noted_label=noted,
        label=read[Column.LABEL] if subject else "",
    )
    _check(reader, sheet, cells, review, known)
    return review


def _text(reader: CellReader, sheet: Worksheet, cell: AnyCell) -> str:
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    return reader.text(sheet, cell)


def _check(
    reader: CellReader, sheet: Worksheet, cells: Cells, review: Review, known: _Known
) -> None:
    """Say what contradicts the rules of the review."""
    passage = known.passages.get(review.key)
    words, column = review.edited, Column.EDITED
    if review.kind is PassageKind.SUBJECT:
        words, column = review.label, Column.LABEL
    if review.reviewed and not words:
        reader.problem(
            sheet, cells[column].coordinate,
            "écrivez ce qui paraîtra, ou mettez « non » à « Relu ».",
        )  # fmt: skip
    if review.reviewed and not review.by:
        reader.problem(sheet, cells[Column.BY].coordinate, "dites qui a relu.")
    if names_somebody(review, passage, known.naming):
        reader.problem(
            sheet, cells[column].coordinate,
            "un participant y est nommé : retirez le nom de ce qui paraîtra.",
        )  # fmt: skip
    given = passage.consent if passage else None
    if given is not None and lower(given, review.consent) is not (review.consent or given):
        reader.problem(sheet, cells[Column.RETAINED].coordinate, _RAISED[given is Consent.NONE])


def names_somebody(review: Review, passage: Passage | None, naming: Naming) -> bool:
    """Would a decision print a participant's name, but for that of a speaker who agrees to it?"""
    given = passage.consent if passage else None
    named = given is not None and lower(given, review.consent) is Consent.NAMED
    words = f"{review.label}\n{review.edited}"
    return review.reviewed and naming(words, review.respondent if named else None)


_RAISED = {
    True: "la personne n’a pas donné son accord : il ne peut pas être élevé ici. Si elle l’a "
    "donné depuis, indiquez-le dans ses notes.",
    False: "l’accord donné par la personne peut être abaissé, pas élevé. Si elle en a donné un "
    "plus large depuis, indiquez-le dans ses notes.",
}
