"""The words of the notes workbook: its sheets, headings and drop-downs, in the study's language.

Both the making and the reading start from here, so that they cannot drift apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from config.catalogue import say
from config.maturity_model import MaturityModel
from config.study import Study, Wave
from tasks.interviews.model import Consent, NoteKind, PositionChange

NOTES = "Notes d’entretien"  # the file's name, before the wave
LISTS_SHEET = "_listes"  # hidden: identity of the workbook and the drop-downs' words
HEADER_ROW = 6  # of a respondent's sheet
DONE_CELL = "B3"  # « entretien fait »


class Column(StrEnum):
    """The columns of the three kinds of sheets."""

    DIMENSION = "dimension"
    KIND = "kind"
    ANSWERED = "answered"  # what the questionnaire says; written by the software, never read
    CHANGE = "change"
    LEVEL = "level"
    TEXT = "text"
    CONSENT = "consent"
    REVIEWED = "reviewed"
    LABEL = "label"
    RESPONDENT = "respondent"
    ABOUT = "about"
    # of the review workbook
    FLAGS = "flags"
    STATE = "state"
    EDITED = "edited"
    RETAINED = "retained"
    SIDE = "side"
    BY = "by"
    ON = "on"
    KEY = "key"


@dataclass(frozen=True)
class Form:
    """The words of one study's workbook."""

    model: MaturityModel
    study: Study
    wave: Wave

    def say(self, sentence: str, **values: object) -> str:
        """A sentence in the study's language."""
        return say(sentence, self.study.language, **values)

    @property
    def identity(self) -> str:
        """What the hidden sheet bears, so that a workbook of another study is recognised."""
        return f"{self.study.code}/{self.wave.code}/{self.model.code} {self.model.version}"

    @cached_property
    def headings(self) -> Mapping[Column, str]:
        """Heading of each column."""
        return {
            Column.DIMENSION: self.say("Dimension"),
            Column.KIND: self.say("Nature"),
            Column.ANSWERED: self.say("Au questionnaire"),
            Column.CHANGE: self.say("Position en entretien"),
            Column.LEVEL: self.say("Position révisée"),
            Column.TEXT: self.say("Ce qui a été dit"),
            Column.CONSENT: self.say("Accord de citation"),
            Column.REVIEWED: self.say("Relu"),
            Column.LABEL: self.say("Sujet (libellé commun)"),
            Column.RESPONDENT: self.say("Répondant"),
            Column.ABOUT: self.say("Au sujet de"),
            Column.FLAGS: self.say("À vérifier"),
            Column.STATE: self.say("État"),
            Column.EDITED: self.say("Forme relue"),
            Column.RETAINED: self.say("Accord retenu"),
            Column.SIDE: self.say("Côté montré"),
            Column.BY: self.say("Relu par"),
            Column.ON: self.say("Relu le"),
            Column.KEY: self.say("Repère"),
        }

    @property
    def subjects_sheet(self) -> str:
        """Name of the sheet of subjects nobody takes into account."""
        return self.say("Sujets oubliés")

    @property
    def remarks_sheet(self) -> str:
        """Name of the sheet of remarks on the notion of maturity and its levels."""
        return self.say("Notion de maturité")

    @cached_property
    def kinds(self) -> Mapping[str, NoteKind]:
        """Words for the kind of a note."""
        return {
            self.say("Position"): NoteKind.POSITION,
            self.say("Exemple"): NoteKind.EXAMPLE,
            self.say("Frein"): NoteKind.BRAKE,
            self.say("Levier"): NoteKind.LEVER,
            self.say("Besoin"): NoteKind.NEED,
            self.say("Citation"): NoteKind.QUOTE,
            self.say("Résultats"): NoteKind.RESULTS,
            self.say("Cohérence"): NoteKind.COHERENCE,
        }

    @cached_property
    def changes(self) -> Mapping[str, PositionChange]:
        """Words for what the interview did to a position."""
        return {
            self.say("confirmée"): PositionChange.CONFIRMED,
            self.say("nuancée"): PositionChange.NUANCED,
            self.say("révisée"): PositionChange.REVISED,
        }

    @cached_property
    def consents(self) -> Mapping[str, Consent]:
        """Words for the consent to a quotation; an empty cell means none."""
        return {
            self.say("avec mon nom"): Consent.NAMED,
            self.say("sans mon nom"): Consent.ANONYMOUS,
            self.say("aucun"): Consent.NONE,
        }

    @cached_property
    def yes_no(self) -> Mapping[str, bool]:
        """Yes and no; an empty cell means no."""
        return {self.say("oui"): True, self.say("non"): False}

    @cached_property
    def dimensions(self) -> Mapping[str, str]:
        """Label of each dimension → its code."""
        language = self.study.language
        return {f"{d.code} · {d.label.say(language)}": d.code for d in self.model.dimensions}

    @cached_property
    def levels(self) -> Mapping[str, str]:
        """Label of each level → its code."""
        return {lv.label.say(self.study.language): lv.code for lv in self.model.levels}

    @cached_property
    def topics(self) -> Mapping[str, str | None]:
        """What a remark is about: the notion (None) or a level's code."""
        return {self.say("la notion de maturité"): None, **self.levels}
