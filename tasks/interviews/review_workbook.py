"""The review workbook: every passage that may be printed, what was noted and what staff decide."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tasks.interviews.flags import FlagKind, WatchList, flags
from tasks.interviews.form import LISTS_SHEET, Column, Form
from tasks.interviews.model import Consent
from tasks.interviews.reviewing import Passage, PassageKind, Review, Reviews

REVIEW = "Relecture des citations"  # the file's name, before the wave
HEADER = 1
COLUMNS: Mapping[Column, int] = {
    Column.RESPONDENT: 12, Column.KIND: 12, Column.ABOUT: 30, Column.TEXT: 60, Column.CONSENT: 16,
    Column.FLAGS: 32, Column.STATE: 22, Column.LABEL: 28, Column.EDITED: 60, Column.RETAINED: 16,
    Column.SIDE: 12, Column.REVIEWED: 9, Column.BY: 18, Column.ON: 12, Column.KEY: 10,
}  # fmt: skip
"""Columns in order, with their widths."""
DECIDED = frozenset({
    Column.LABEL, Column.EDITED, Column.RETAINED, Column.SIDE, Column.REVIEWED, Column.BY,
    Column.ON,
})  # fmt: skip
"""The columns staff fill in; the software writes the others."""
INK = "1F3B4D"
HEAD = PatternFill("solid", fgColor=INK)
PALE = PatternFill("solid", fgColor="EAF0F4")
LINE = Border(bottom=Side("thin", color="C9D3DA"))


@dataclass(frozen=True)
class ReviewForm(Form):
    """The words of a study's review workbook."""

    @property
    def identity(self) -> str:
        """What the hidden sheet bears: this is no notes workbook."""
        return f"{super().identity} / relecture"

    @property
    def sheet(self) -> str:
        """Name of the sheet of passages."""
        return self.say("Passages à relire")

    @property
    def noted(self) -> str:
        """State of a passage that the notes call reviewed: it waits all the same."""
        return self.say("relu dans les notes : à confirmer ici")

    @property
    def natures(self) -> Mapping[PassageKind, str]:
        """What a passage was noted as."""
        return {
            PassageKind.QUOTE: self.say("Citation"),
            PassageKind.EXAMPLE: self.say("Exemple"),
            PassageKind.BRAKE: self.say("Frein"),
            PassageKind.LEVER: self.say("Levier"),
            PassageKind.NEED: self.say("Besoin"),
            PassageKind.SUBJECT: self.say("Sujet oublié"),
            PassageKind.REMARK: self.say("Remarque"),
        }

    @property
    def warnings(self) -> Mapping[FlagKind, str]:
        """Why words are flagged."""
        return {
            FlagKind.NAME: self.say("nom"),
            FlagKind.POST: self.say("poste ou service"),
            FlagKind.PLACE: self.say("lieu ou collectivité"),
            FlagKind.LISTED: self.say("liste de l’étude"),
            FlagKind.ADDRESS: self.say("adresse ou téléphone"),
            FlagKind.PSEUDONYM: self.say("pseudonyme"),
        }


def make_review(
    form: ReviewForm,
    passages: Sequence[Passage],
    reviews: Reviews,
    watch: WatchList,
    existing: bytes | None = None,
) -> bytes:
    """Return the review workbook, with the decisions taken so far.

    Args:
        form: its words.
        passages: everything that may be printed once reviewed.
        reviews: decisions so far; those whose words were noted otherwise since stand at the end.
        watch: what to flag.
        existing: the workbook as staff have it; returned as it is when there is nothing to change.
    """
    rows = [*_rows(form, passages, reviews, watch), *_void_rows(form, passages, reviews)]
    if existing is not None and _shows(existing, form, rows):
        return existing
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = form.sheet
    _lay_out(sheet, form, len(rows))
    for number, row in enumerate(rows, start=HEADER + 1):
        _write(sheet, number, row)
    _instructions(workbook.create_sheet(form.say("Lisez-moi")), form)
    _lists(workbook, form, sheet, len(rows))
    workbook.properties.title = form.say(REVIEW)
    workbook.properties.creator = "maturity-study"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


Row = Mapping[Column, str]


def _rows(
    form: ReviewForm, passages: Sequence[Passage], reviews: Reviews, watch: WatchList
) -> Iterator[Row]:
    consents = {consent: word for word, consent in form.consents.items()}
    abouts = {code: word for word, code in (*form.dimensions.items(), *form.levels.items())}
    for passage in passages:
        review = reviews.get(passage.key)
        yield {
            Column.RESPONDENT: passage.respondent or "",
            Column.KIND: form.natures[passage.kind],
            Column.ABOUT: passage.label or abouts.get(passage.about or "", ""),
            Column.TEXT: passage.original,
            Column.CONSENT: consents[passage.consent] if passage.consent else "",
            Column.FLAGS: _flagged(form, passage, review, watch),
            Column.STATE: _state(form, passage, review),
            Column.KEY: passage.key,
            **_decisions(form, review, passage),
        }


def _void_rows(form: ReviewForm, passages: Sequence[Passage], reviews: Reviews) -> Iterator[Row]:
    """Decisions on words that are no longer in the notes: kept in sight until staff delete them."""
    current = {passage.key for passage in passages}
    for key, review in reviews.items():
        if key not in current:
            yield {
                Column.RESPONDENT: review.respondent or "",
                Column.KIND: form.natures[review.kind],
                Column.ABOUT: review.noted_label,
                Column.TEXT: review.original,
                Column.STATE: form.say("sans objet : le texte noté a changé"),
                Column.KEY: key,
                **_decided(form, review),
            }


def _decisions(form: ReviewForm, review: Review | None, passage: Passage) -> Row:
    if review is None:
        return {Column.LABEL: passage.label, Column.EDITED: passage.original}
    return _decided(form, review)


def _decided(form: ReviewForm, review: Review) -> Row:
    consents = {consent: word for word, consent in form.consents.items()}
    yes, no = form.yes_no
    decided = yes if review.reviewed else no
    return {
        Column.LABEL: review.label,
        Column.EDITED: review.edited,
        Column.RETAINED: consents[review.consent] if review.consent else "",
        Column.SIDE: "" if review.side else no,
        Column.REVIEWED: decided if review.decided else "",
        Column.BY: review.by,
        Column.ON: review.on,
    }


def _flagged(form: ReviewForm, passage: Passage, review: Review | None, watch: WatchList) -> str:
    """What to look at in the form that would be printed, and in the label of a subject."""
    printed = (review.label, review.edited) if review else (passage.label, passage.original)
    found = flags("\n".join(printed), watch)
    return "\n".join(f"{form.warnings[flag.kind]} : {flag.words}" for flag in found)


def _state(form: ReviewForm, passage: Passage, review: Review | None) -> str:
    refused = Consent.NONE in (passage.consent, review.consent if review else None)
    if refused:
        return form.say("ne paraît pas : pas d’accord")
    if review is None:
        return form.noted if passage.reviewed else form.say("à relire")
    if not review.decided:
        return form.say("relecture commencée")
    return form.say("peut paraître") if review.reviewed else form.say("ne paraît pas")


def _shows(existing: bytes, form: ReviewForm, rows: Sequence[Row]) -> bool:
    """True when the workbook that staff have says all this, whatever the order of its rows."""
    sheet = load_workbook(io.BytesIO(existing))[form.sheet]
    wanted = [form.headings[column] for column in COLUMNS]
    head, *lines = sheet.iter_rows(values_only=True)
    places = {str(heading): at for at, heading in enumerate(head)}
    if not set(wanted) <= places.keys():
        return False
    there = [tuple(_shown(line[places[heading]]) for heading in wanted) for line in lines]
    here = [tuple(_shown(row.get(column, "")) for column in COLUMNS) for row in rows]
    return sorted(line for line in there if any(line)) == sorted(here)


def _shown(value: object) -> str:
    return " ".join(str("" if value is None else value).split())


def _lay_out(sheet: Worksheet, form: ReviewForm, rows: int) -> None:
    for index, (column, width) in enumerate(COLUMNS.items(), start=1):
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = width
        cell = sheet.cell(row=HEADER, column=index, value=form.headings[column])
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEAD
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.column_dimensions[get_column_letter(len(COLUMNS))].hidden = True
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{HEADER + max(rows, 1)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEADER}:{HEADER}"


def _write(sheet: Worksheet, number: int, row: Row) -> None:
    for index, column in enumerate(COLUMNS, start=1):
        text = ILLEGAL_CHARACTERS_RE.sub("", row.get(column, ""))
        cell = sheet.cell(row=number, column=index, value=text or None)
        cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), LINE
        cell.number_format = "@"
        if text:
            cell.data_type = "s"  # words that start with « = » are words
        cell.protection = Protection(locked=column not in DECIDED)
        if column not in DECIDED:
            cell.fill = PALE


def _lists(workbook: Workbook, form: ReviewForm, sheet: Worksheet, rows: int) -> None:
    """The identity and the words of the drop-downs, on a hidden sheet."""
    hidden = workbook.create_sheet(LISTS_SHEET)
    hidden.sheet_state = "hidden"
    hidden["A1"] = form.identity
    letters = {column: get_column_letter(i) for i, column in enumerate(COLUMNS, start=1)}
    words: Iterable[tuple[Column, Iterable[str]]] = (
        (Column.RETAINED, form.consents), (Column.SIDE, form.yes_no), (Column.REVIEWED, form.yes_no)
    )  # fmt: skip
    for at, (column, entries) in enumerate(words, start=2):
        values = list(entries)
        for line, value in enumerate(values, start=1):
            hidden.cell(row=line, column=at, value=value)
        letter = get_column_letter(at)
        rule = DataValidation(
            type="list", formula1=f"{LISTS_SHEET}!${letter}$1:${letter}${len(values)}"
        )
        rule.errorTitle = form.say("Valeur inconnue")
        rule.error = form.say("Choisissez une valeur de la liste.")
        sheet.add_data_validation(rule)
        rule.add(f"{letters[column]}{HEADER + 1}:{letters[column]}{HEADER + max(rows, 1)}")


def _instructions(sheet: Worksheet, form: ReviewForm) -> None:
    sheet.column_dimensions["A"].width = 100
    sentences = (
        form.say("Réservé à l’équipe du programme. Chaque passage attend une décision."),
        form.say(
            "Colonnes claires à remplir ; les colonnes grises sont écrites par le logiciel. "
            "« Forme relue » est ce qui sera imprimé : retirez-en noms, postes, services et lieux."
        ),
        form.say(
            "« À vérifier » signale des mots trouvés dans la liste des participants et celle de "
            "l’étude. Elle ne connaît ni les surnoms ni les allusions : lisez tout."
        ),
        form.say(
            "« Accord retenu » peut abaisser l’accord donné, jamais l’élever ; vide : l’accord "
            "donné. « Côté montré » : « non » tait le côté ; vide : selon les règles de l’étude."
        ),
        form.say(
            "« Relu » : « oui », le passage peut paraître ; « non », il ne paraît pas. Dites qui a "
            "relu ; la date, si vous ne l’écrivez pas, est celle de la lecture. Une ligne "
            "commencée sans « Relu » ne paraît pas. « Relu » du classeur des notes ne décide de "
            "rien."
        ),
        form.say(
            "Si le texte noté change, la relecture ne vaut plus : le passage revient à relire, et "
            "l’ancienne ligne reste à la fin jusqu’à ce que vous la supprimiez."
        ),
    )
    for row, sentence in enumerate(sentences, start=1):
        cell = sheet.cell(row=row, column=1, value=sentence)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
