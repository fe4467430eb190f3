"""Which columns a list may have, and by which headings they are known."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from babel import Locale

from config.catalogue import say
from config.study import Study
from tasks.campaign.roster.cells import Kind, RawCell, Table
from tasks.campaign.roster.model import EMAIL, FIRSTNAME, LANGUAGE, LASTNAME
from tasks.survey.building.settings import participant_attributes

SEARCHED_ROWS = 20  # a heading stands in the first rows, under a title perhaps
NEEDED = (FIRSTNAME, LASTNAME, EMAIL)

# Folded: without accents, capitals, spaces or signs.
HEADINGS = {
    FIRSTNAME: ("prenom", "prenoms", "firstname", "givenname", "forename"),
    LASTNAME: ("nom", "nomdefamille", "nomdusage", "lastname", "surname", "familyname", "name"),
    EMAIL: (
        "courriel", "courriels", "mel", "mail", "email", "emails", "adressemail", "adresseemail",
        "adressemel", "adresseelectronique", "adressedecourriel", "adressecourriel",
        "courrielprofessionnel", "courrierelectronique", "emailaddress", "mailaddress",
    ),
    LANGUAGE: ("langue", "language"),
}  # fmt: skip


def fold(text: str) -> str:
    """A heading without accents, capitals, spaces or signs."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9]", "", plain)


@dataclass(frozen=True)
class ListColumns:
    """The columns of a study's list.

    Attributes:
        labels: column → how staff call it.
        headings: folded heading → column.
        languages: folded word → code of a language of the questionnaire.
        sides: column whose values tell the side → values that the study knows.
    """

    language: str
    labels: Mapping[str, str]
    headings: Mapping[str, str]
    languages: Mapping[str, str]
    sides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    study: str = ""  # its code

    @classmethod
    def of(cls, study: Study, languages: Sequence[str]) -> "ListColumns":
        """Those of a study whose questionnaire has these languages.

        Profile attributes that the participants table holds are known by their label in any
        language, their code, or the platform's own name.
        """
        attributes = participant_attributes(study)
        headings = {word: name for name, words in HEADINGS.items() for word in words}
        for one in attributes:
            words = (one.code, str(one.participant), *one.label.root.values())
            headings |= {fold(word): str(one.participant) for word in words}
        usual = {
            FIRSTNAME: say("Prénom", study.language),
            LASTNAME: say("Nom", study.language),
            EMAIL: say("Courriel", study.language),
            LANGUAGE: say("Langue", study.language),
        }
        labels = {str(one.participant): one.label.say(study.language) for one in attributes}
        return cls(
            study.language, usual | labels, headings, _words(languages), _sides(study), study.code
        )

    @property
    def attributes(self) -> tuple[str, ...]:
        """The platform's names of the profile attributes."""
        return tuple(name for name in self.labels if name.startswith("attribute_"))

    def heading_row(self, table: Table) -> int | None:
        """The row (from 1) that holds the headings; None when there is none.

        It is the first one with an address column and one more column.
        """
        for at, row in enumerate(table.rows[:SEARCHED_ROWS], start=1):
            known = {self.headings.get(fold(cell.text)) for cell in row if cell.text} - {None}
            if EMAIL in known and len(known) > 1:
                return at
        return None

    def places(self, row: Sequence[RawCell]) -> dict[str, list[int]]:
        """Column → the places (from 0) where a heading row has it; two or more are a fault."""
        found: dict[str, list[int]] = {}
        for at, cell in enumerate(row):
            name = self.headings.get(fold(cell.text)) if cell.kind is Kind.TEXT else None
            if name is not None and cell.text:
                found.setdefault(name, []).append(at)
        return found


def _words(languages: Sequence[str]) -> dict[str, str]:
    """« fr », « français », “French”, “anglais”… → code."""
    spoken = [Locale(one).languages for one in ("fr", "en")]
    return {
        fold(word): code
        for code in languages
        for word in (code, *(names.get(code.partition("-")[0], code) for names in spoken))
    }


def _sides(study: Study) -> dict[str, tuple[str, ...]]:
    rule = study.side_rule
    if rule is None:
        return {}
    return {
        str(one.participant): tuple(rule.values)
        for one in participant_attributes(study)
        if one.code == rule.attribute
    }
