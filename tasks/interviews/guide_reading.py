"""Read a filled interview guide: by its hidden bookmarks, else by the labels before its fields.

What cannot be read for certain is a doubt, with its heading and its words; nothing is guessed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from config.errors import NotesError
from tasks.interviews.guide_fields import FieldRow, fold, locate
from tasks.interviews.guide_form import DIMENSION_NOTES, KIND, TOPIC, TOPIC_NOTES, Field, GuideForm
from tasks.interviews.model import (
    Consent,
    Doubt,
    Note,
    NoteKind,
    Notes,
    PositionChange,
    RemarkNote,
    SubjectNote,
)
from tasks.interviews.ticking import Unclear, chosen
from tasks.word.forms import FormDocument, key_of


@dataclass(frozen=True)
class ReadGuide:
    """A guide as it was read.

    Attributes:
        respondent: whose guide it is.
        notes: what it says for certain, and its doubts.
        missing: places of the fields that are no longer in the file.
    """

    respondent: str
    notes: Notes
    missing: tuple[str, ...]


def whose(
    document: FormDocument, guide: GuideForm, issued: Callable[[str], bool], name: str
) -> str:
    """Return whose guide a document is.

    Its identity tells, else the reference printed on it, where a program dropped the identity.

    Args:
        document: the file as read.
        guide: the words of the study's guides.
        issued: tells whether a guide was made for a pseudonym.
        name: of the file, for messages.

    Raises:
        NotesError: no guide, a guide of another study or wave, or of somebody unknown here.
    """
    say = guide.form.say
    said = document.identity.report if document.identity else ""
    printed = _printed(document)
    person = _after(said or printed, guide.identity("") if said else guide.reference(""))
    if person and issued(person):
        if printed not in ("", guide.reference(person)):
            raise NotesError(
                say("« {name} » porte la référence d’un autre guide : {printed}.", name=name,
                    printed=printed),
                say("Reprenez le guide de cette personne et copiez-y vos notes."),
            )  # fmt: skip
        return person
    if f"/{KIND}/" in said or printed:
        raise NotesError(
            say("« {name} » est le guide d’une autre étude, d’une autre vague ou d’une personne "
                "inconnue : {found}.", name=name, found=said or printed),
            say("Rangez-le dans le dossier de son étude."),
        )  # fmt: skip
    raise NotesError(
        say("« {name} » n’est pas un guide d’entretien.", name=name),
        say("Reprenez le guide de la personne et copiez-y vos notes."),
    )


def _after(text: str, start: str) -> str:
    return text.removeprefix(start) if text.startswith(start) else ""


def _printed(document: FormDocument) -> str:
    key = key_of(Field(TOPIC, "reference").name)
    cells = (cell for table in document.tables for row in table.rows for cell in row)
    return next((cell.text for cell in cells if key in cell.keys), "")


def read_guide(
    document: FormDocument, guide: GuideForm, respondent: str, known: frozenset[str]
) -> ReadGuide:
    """Read what an interviewer wrote in a guide.

    Args:
        document: the file as read.
        guide: the words of the study's guides.
        respondent: whose guide it is, from `whose`.
        known: every text that the software printed on it, white space folded (`fold`); anything
            else outside the fields is a doubt. Empty: what stands outside is not looked at.
    """
    reading = _Reading(guide, respondent)
    found = [locate(table, guide) for table in document.tables]
    notes = [note for rows in found for note in _notes(reading, rows)]
    subjects = [one for rows in found for row in rows for one in _subjects(reading, row)]
    remarks = [one for rows in found for row in rows for one in _remarks(reading, row)]
    done = [_done(reading, row) for rows in found for row in rows]
    if known:
        _strays(reading, document, found, known)
    said = bool(notes or subjects or remarks or reading.doubts)
    everything = Notes(
        tuple(notes),
        tuple(subjects),
        tuple(remarks),
        frozenset({respondent} if said or any(done) else ()),
        tuple(reading.doubts),
    )
    return ReadGuide(respondent, everything, tuple(_missing(guide, found)))


@dataclass
class _Reading:
    """One reading, and the doubts met on the way."""

    guide: GuideForm
    respondent: str
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, where: str, sentence: str, text: str, **values: object) -> None:
        why = self.guide.form.say(sentence, **values)
        self.doubts.append(Doubt(self.respondent, where, why, text))

    def choice(self, row: FieldRow, role: str) -> object:
        """What is ticked in a field of a row; None: nothing.

        Raises:
            Unclear: see `chosen`.
        """
        choices = self.guide.choices(role)
        word = chosen(row.texts.get(role, ""), choices)
        return None if word is None else choices[word]


def _notes(reading: _Reading, rows: Sequence[FieldRow]) -> Iterator[Note]:
    """The notes of one table."""
    yield from _position(reading, rows)
    for row in rows:
        for role, kind in (TOPIC_NOTES if row.part == TOPIC else DIMENSION_NOTES).items():
            if row.texts.get(role):
                yield from _note(reading, row, role, kind)
        if row.texts.get("consent") and not row.texts.get("quote"):
            _consent_alone(reading, row)


def _dimension(row: FieldRow) -> str | None:
    return None if row.part == TOPIC else row.part


def _where(reading: _Reading, row: FieldRow, role: str) -> str:
    return reading.guide.place(Field(row.part, role))


def _note(reading: _Reading, row: FieldRow, role: str, kind: NoteKind) -> Iterator[Note]:
    text, where = row.texts[role], _where(reading, row, role)
    consent = Consent.NONE
    if kind is NoteKind.QUOTE:
        try:
            found = reading.choice(row, "consent")
        except Unclear:
            reading.doubt(
                _where(reading, row, "consent"),
                "l’accord de citation ne se lit pas avec certitude : cochez une seule case.",
                f"{text} | {row.texts['consent']}",
            )
            return
        consent = found if isinstance(found, Consent) else Consent.NONE
    yield Note(reading.respondent, _dimension(row), kind, text, consent=consent, where=where)


def _consent_alone(reading: _Reading, row: FieldRow) -> None:
    """A consent to words that are not there: nothing to keep unless a box is ticked."""
    try:
        ticked = reading.choice(row, "consent") is not None
    except Unclear:
        ticked = True
    if ticked:
        reading.doubt(
            _where(reading, row, "consent"),
            "un accord est coché, mais la citation manque.",
            row.texts["consent"],
        )


def _gathered(rows: Sequence[FieldRow]) -> FieldRow:
    """The position fields of a table as one row; the texts of twins come together."""
    texts: dict[str, str] = {}
    part = ""
    for row in rows:
        for role in {"change", "level", "said"} & row.texts.keys():
            part = row.part
            former = texts.get(role, "")
            again = row.texts[role] in (former, "")
            texts[role] = former if again else f"{former}\n{row.texts[role]}".strip()
    return FieldRow(part, texts, (), ())


def _position(reading: _Reading, rows: Sequence[FieldRow]) -> Iterator[Note]:
    """The position of a dimension: its boxes and what was said, wherever they stand."""
    whole = _gathered(rows)
    texts, part = whole.texts, whole.part
    try:
        change, level = (reading.choice(whole, role) for role in ("change", "level"))
    except Unclear:
        _unclear(reading, whole, "une case ne se lit pas avec certitude : cochez-en une seule.")
        return
    said = texts.get("said", "")
    if change is None and level is None and not said:
        return
    if not isinstance(change, PositionChange):
        _unclear(reading, whole, "indiquez si la position est confirmée, nuancée ou révisée.")
    elif change is PositionChange.REVISED and level is None:
        _unclear(reading, whole, "choisissez la position révisée.")
    elif change is not PositionChange.REVISED and level is not None:
        _unclear(reading, whole, "une position révisée demande « révisée » à côté.")
    else:
        yield Note(reading.respondent, part, NoteKind.POSITION, said, change,
                   None if level is None else str(level),
                   where=reading.guide.place(Field(part, "said")))  # fmt: skip


def _unclear(reading: _Reading, row: FieldRow, sentence: str) -> None:
    words = [row.texts[role] for role in ("change", "level", "said") if row.texts.get(role)]
    reading.doubt(_where(reading, row, "change"), sentence, " | ".join(words))


def _subjects(reading: _Reading, row: FieldRow) -> Iterator[SubjectNote]:
    label, text = row.texts.get("subject", ""), row.texts.get("subject_text", "")
    if label:
        yield SubjectNote(reading.respondent, label, text)
    elif text:
        where = _where(reading, row, "subject")
        reading.doubt(where, "donnez un libellé au sujet.", text)


def _remarks(reading: _Reading, row: FieldRow) -> Iterator[RemarkNote]:
    for level in reading.guide.form.topics.values():
        if text := row.texts.get(f"about_{level or ''}", ""):
            yield RemarkNote(reading.respondent, level, text)


def _done(reading: _Reading, row: FieldRow) -> bool:
    try:
        return reading.choice(row, "done") is True
    except Unclear:
        sentence = "une case ne se lit pas avec certitude : cochez-en une seule."
        reading.doubt(_where(reading, row, "done"), sentence, row.texts["done"])
        return False


def _strays(
    reading: _Reading,
    document: FormDocument,
    found: Sequence[Sequence[FieldRow]],
    known: frozenset[str],
) -> None:
    """Doubt every text of people that stands in no field."""
    inside = {fold(line) for line in known}
    for above, text in document.paragraphs:
        if fold(text) not in inside:
            reading.doubt(_under(reading, above), "ce texte n’est dans aucun champ.", text)
    for rows in found:
        for row in rows:
            for cell in row.others:
                lines = [line for line in cell.text.split("\n") if fold(line) not in inside]
                if any(map(str.strip, lines)) and fold(cell.text) not in inside:
                    title = reading.guide.part_title(row.part)
                    sentence = "ce texte n’est dans aucun champ."
                    reading.doubt(_under(reading, title), sentence, cell.text)
    for comment in document.comments:
        where = reading.guide.form.say("Commentaire de Word")
        reading.doubt(where, "un commentaire n’est pas une note : recopiez-le.", comment)


def _under(reading: _Reading, heading: str) -> str:
    say = reading.guide.form.say
    return say("sous « {heading} »", heading=heading) if heading else say("en tête du guide")


def _missing(guide: GuideForm, found: Sequence[Sequence[FieldRow]]) -> Iterator[str]:
    """Places of the fields that are gone; a part that is wholly gone is told as one."""
    here = {one for rows in found for row in rows for one in row.fields}
    for part in (*(d.code for d in guide.form.model.dimensions), TOPIC):
        own = list(guide.of_part(part))
        gone = [one for one in own if one not in here]
        if len(gone) == len(own) and guide.part_title(part):
            yield guide.form.say("« {title} », tous les champs", title=guide.part_title(part))
        else:
            yield from dict.fromkeys(guide.place(one) for one in gone)
