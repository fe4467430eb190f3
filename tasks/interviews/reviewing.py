"""Review of what may be printed: quotes, mentions, subjects and remarks, decided on by staff.

A decision belongs to the person's words as they were noted: when the notes change them, it is
void, and they wait for a new one.
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from tasks.interviews.model import (
    MENTIONED,
    Consent,
    Note,
    NoteKind,
    Notes,
    RemarkNote,
    SubjectNote,
)

_STRENGTH = (Consent.NONE, Consent.ANONYMOUS, Consent.NAMED)


class PassageKind(StrEnum):
    """What a passage was noted as."""

    QUOTE = "quote"
    EXAMPLE = "example"
    BRAKE = "brake"
    LEVER = "lever"
    NEED = "need"
    SUBJECT = "subject"
    REMARK = "remark"


@dataclass(frozen=True)
class Passage:
    """Words of a respondent that may be printed once reviewed."""

    kind: PassageKind
    respondent: str | None  # pseudonym
    about: str | None  # code of a dimension or level, label of a subject
    original: str
    consent: Consent | None  # None: none is asked for it
    reviewed: bool  # « Relu » of the notes workbook: a hint for the review, no decision

    @property
    def key(self) -> str:
        """What a decision on it is kept under."""
        return passage_key(self.kind, self.respondent, self.original, self.label)

    @property
    def label(self) -> str:
        """The label of a subject as it was noted; empty for everything else."""
        return self.about or "" if self.kind is PassageKind.SUBJECT else ""


@dataclass(frozen=True)
class Review:
    """What staff decided on a passage."""

    kind: PassageKind
    respondent: str | None
    original: str
    edited: str  # what is printed
    consent: Consent | None = None  # at most this; None: as in the notes
    side: bool = True  # may its side be told, where the rules allow it
    reviewed: bool = False  # may be printed
    decided: bool = True  # False: begun, « Relu » still empty; nothing is printed
    by: str = ""
    on: str = ""
    noted_label: str = ""  # of a subject
    label: str = ""  # the one that groups it with others

    @property
    def touched(self) -> bool:
        """Did staff decide or change anything?"""
        typed, noted = (self.edited, self.label), (self.original, self.noted_label)
        edited = any(a.split() != b.split() for a, b in zip(typed, noted, strict=True))
        lowered = self.consent is not None or not self.side
        return self.decided or edited or lowered or bool(self.by or self.on)

    @property
    def key(self) -> str:
        """What it is kept under: the same as its passage."""
        return passage_key(self.kind, self.respondent, self.original, self.noted_label)


Reviews = Mapping[str, Review]
"""Key → decision."""


def passage_key(kind: PassageKind, respondent: str | None, original: str, label: str = "") -> str:
    """SHA-256 of kind, respondent, words and label; white space, which Excel changes, is none."""
    words = [" ".join(unicodedata.normalize("NFC", text).split()) for text in (original, label)]
    parts = (kind, respondent or "", *(words if label else words[:1]))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def passages(notes: Notes) -> tuple[Passage, ...]:
    """Every passage of the notes once; one that is noted twice is reviewed when both are."""
    found: dict[str, Passage] = {}
    for passage in _passages(notes):
        known = found.setdefault(passage.key, passage)
        found[passage.key] = replace(known, reviewed=known.reviewed and passage.reviewed)
    return tuple(found.values())


def _passages(notes: Notes) -> Iterator[Passage]:
    entries: tuple[Note | SubjectNote | RemarkNote, ...]
    entries = (*notes.notes, *notes.subjects, *notes.remarks)
    for entry in entries:
        passage = passage_of(entry)
        if passage is not None:
            yield passage


def passage_of(entry: Note | SubjectNote | RemarkNote) -> Passage | None:
    """The passage that an entry of the notes holds; None: it holds nothing to print."""
    kind, about, consent = _nature(entry)
    label = about or "" if kind is PassageKind.SUBJECT else ""
    if kind is None or not (entry.text.strip() or label.strip()):
        return None
    return Passage(kind, entry.respondent, about, entry.text, consent, entry.reviewed)


def _nature(
    entry: Note | SubjectNote | RemarkNote,
) -> tuple[PassageKind | None, str | None, Consent | None]:
    if isinstance(entry, SubjectNote):
        return PassageKind.SUBJECT, entry.label, None
    if isinstance(entry, RemarkNote):
        return PassageKind.REMARK, entry.level, None
    if entry.kind in MENTIONED:
        return PassageKind(entry.kind), entry.dimension, None
    kind = PassageKind.QUOTE if entry.kind is NoteKind.QUOTE else None
    return kind, entry.dimension, entry.consent


def reviewed_notes(notes: Notes, reviews: Reviews) -> Notes:
    """The notes as they may be printed: only what somebody decided on in the review is reviewed.

    « Relu » of the notes workbook says neither who nor when: it lets nothing through. A decision
    replaces the words by their edited form, and may lower the consent, never raise it.
    """
    return replace(
        notes,
        notes=tuple(_note(note, _review_of(note, reviews)) for note in notes.notes),
        subjects=tuple(_subject(one, _review_of(one, reviews)) for one in notes.subjects),
        remarks=tuple(_remark(one, _review_of(one, reviews)) for one in notes.remarks),
    )


def _review_of(entry: Note | SubjectNote | RemarkNote, reviews: Reviews) -> Review | None:
    passage = passage_of(entry)
    return reviews.get(passage.key) if passage else None


def _note(note: Note, review: Review | None) -> Note:
    if review is None:
        return replace(note, reviewed=False)
    return replace(
        note,
        text=review.edited,
        consent=lower(note.consent, review.consent),
        side_told=note.side_told and review.side,
        reviewed=review.reviewed,
    )


def _subject(subject: SubjectNote, review: Review | None) -> SubjectNote:
    if review is None:
        return replace(subject, reviewed=False)
    label = review.label or subject.label
    return replace(subject, label=label, text=review.edited, reviewed=review.reviewed)


def _remark(remark: RemarkNote, review: Review | None) -> RemarkNote:
    if review is None:
        return replace(remark, reviewed=False)
    return replace(remark, text=review.edited, reviewed=review.reviewed)


def within_crowd(notes: Notes, minimum: int) -> Notes:
    """The notes without words that nobody consented to, until enough people were interviewed.

    Who spoke in the interviews is known in the house: one of three voices is recognised. Quotes
    have a consent of their own, and the label of a subject is staff's own words.

    Args:
        notes: as decided on.
        minimum: people interviewed from which such words may be printed (`quote_group`).
    """
    if len(notes.interviewed) >= minimum:
        return notes
    return replace(
        notes,
        notes=tuple(note for note in notes.notes if note.kind not in MENTIONED),
        subjects=tuple(replace(subject, text="") for subject in notes.subjects),
        remarks=(),
    )


def lower(given: Consent, retained: Consent | None) -> Consent:
    """The weaker of the person's consent and the reviewer's."""
    return given if retained is None else min(given, retained, key=_STRENGTH.index)
