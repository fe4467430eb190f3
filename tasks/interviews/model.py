"""What an interviewer writes down, and in which form the rest of the house reads it."""

from dataclasses import dataclass
from enum import StrEnum


class NoteKind(StrEnum):
    """What a note is about."""

    POSITION = "position"  # confirms, nuances or revises the level of a dimension
    EXAMPLE = "example"
    BRAKE = "brake"
    LEVER = "lever"
    NEED = "need"
    QUOTE = "quote"
    RESULTS = "results"  # what the person says of the collective results as a whole
    COHERENCE = "coherence"  # and of means and choices beside the ambitions


MENTIONED = (NoteKind.EXAMPLE, NoteKind.BRAKE, NoteKind.LEVER, NoteKind.NEED)
"""What staff note of a subject in their own words; printed without a source, once reviewed."""


class PositionChange(StrEnum):
    """What the interview did to a position."""

    CONFIRMED = "confirmed"
    NUANCED = "nuanced"
    REVISED = "revised"


class Consent(StrEnum):
    """What the person allows for their words; an empty cell means `none`."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    NONE = "none"


@dataclass(frozen=True)
class Note:
    """One row of a respondent's sheet."""

    respondent: str  # pseudonym
    dimension: str | None
    kind: NoteKind
    text: str
    change: PositionChange | None = None
    revised_level: str | None = None
    consent: Consent = Consent.NONE
    reviewed: bool = False
    where: str = ""  # sheet and row, for messages
    side_told: bool = True  # a reviewer may keep the side from being printed beside a quote


@dataclass(frozen=True)
class SubjectNote:
    """A subject nobody takes into account, as one respondent raised it."""

    respondent: str | None
    label: str  # staff's grouping label
    text: str
    reviewed: bool = False


@dataclass(frozen=True)
class RemarkNote:
    """A remark on the notion of maturity (`level` None) or on one stage."""

    respondent: str | None
    level: str | None
    text: str
    reviewed: bool = False


@dataclass(frozen=True)
class Doubt:
    """A passage that cannot be read for certain: it waits for staff, with all its words."""

    respondent: str | None
    where: str  # heading and field, or sheet and cell
    why: str  # in the study's language
    text: str = ""


@dataclass(frozen=True)
class Notes:
    """Everything read from the notes of a wave."""

    notes: tuple[Note, ...] = ()
    subjects: tuple[SubjectNote, ...] = ()
    remarks: tuple[RemarkNote, ...] = ()
    interviewed: frozenset[str] = frozenset()  # pseudonyms whose sheet says « entretien fait »
    doubts: tuple[Doubt, ...] = ()  # not among the notes

    @property
    def count(self) -> int:
        """How many notes of any kind were read for certain."""
        return len(self.notes) + len(self.subjects) + len(self.remarks)
