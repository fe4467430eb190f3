"""The rows of a participants list, cell by cell: what is wrong, where, what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from config.catalogue import say
from tasks.campaign.roster.cells import Kind, RawCell, Table
from tasks.campaign.roster.columns import NEEDED, ListColumns, fold
from tasks.campaign.roster.model import EMAIL, LANGUAGE, Fault, Line

LONGEST = 150  # characters of a name or an attribute (LimeSurvey: firstname, lastname)
FORBIDDEN = "<>{}"  # the platform drops them from names, or reads them as an expression

# What is wrong with a cell, what to do.
_BY_KIND = {
    Kind.FORMULA: (
        "c’est une formule, ou un texte qui commence par =, +, - ou @.",
        "Tapez la valeur elle-même.",
    ),
    Kind.MERGED: ("la cellule est fusionnée avec une autre.", "Séparez-les."),
    Kind.ERROR: ("la cellule contient une erreur de calcul.", "Tapez la valeur elle-même."),
}


@dataclass
class RowReader:
    """One reading: the sheet, its columns, and the faults met on the way."""

    table: Table
    columns: ListColumns
    places: Mapping[str, int]

    def __post_init__(self) -> None:
        self.faults: list[Fault] = []

    def say(self, sentence: str, **values: object) -> str:
        """A sentence in the study's language."""
        return say(sentence, self.columns.language, **values)

    def where(self, row: int, column: str = "") -> str:
        """Where a row, or one of its cells, stands."""
        parts = [self.say("onglet « {sheet} »", sheet=self.table.title[:40])]
        parts = [*(parts if self.table.title else []), self.say("ligne {row}", row=row)]
        if column:
            parts.append(self.say("colonne « {column} »", column=self.columns.labels[column]))
        return ", ".join(parts)

    def fault(self, row: int, column: str, what: str, remedy: str, **values: object) -> None:
        """Note what is wrong with a cell."""
        told = (self.where(row, column), self.say(what, **values), self.say(remedy, **values))
        self.faults.append(Fault(row, *told))

    def line(self, row: int, cells: Sequence[RawCell]) -> Line | None:
        """A row read; None when one of its cells is in fault."""
        before, values = len(self.faults), {}
        for column, at in self.places.items():
            cell = cells[at] if at < len(cells) else RawCell("")
            if cell.kind is Kind.TEXT:
                values[column] = self._value(row, column, cell.text)
            else:
                self.fault(row, column, *_BY_KIND[cell.kind])
        return Line(row, values) if len(self.faults) == before else None

    def _value(self, row: int, column: str, text: str) -> str:
        if not text and column in NEEDED:
            self.fault(row, column, "la case est vide.", "Complétez-la, ou effacez la ligne.")
        elif column == EMAIL:
            return self._address(row, text)
        elif column == LANGUAGE:
            return self._language(row, text)
        elif len(text) > LONGEST:
            self.fault(row, column, "le texte compte {length} caractères.",
                       "Il en faut {most} au plus.", length=len(text), most=LONGEST)  # fmt: skip
        elif any(sign in text for sign in FORBIDDEN):
            self.fault(row, column, "le texte contient l’un des signes {signs}.", "Retirez-les.",
                       signs=" ".join(FORBIDDEN))  # fmt: skip
        return text

    def _address(self, row: int, text: str) -> str:
        """The address in its usual form; whether it exists is not asked of any server."""
        try:
            # LimeSurvey's mailer writes to no address with accents before the @.
            found = validate_email(
                text.removeprefix("mailto:"), check_deliverability=False, allow_smtputf8=False
            )
            return found.ascii_email or found.normalized
        except EmailNotValidError:
            self.fault(row, EMAIL, "ce n’est pas une adresse électronique valable.",
                       "Corrigez l’adresse : une seule, sans nom ni espace ni accent avant "
                       "l’arobase.")  # fmt: skip
            return text

    def _language(self, row: int, text: str) -> str:
        if text and fold(text) not in self.columns.languages:
            self.fault(row, LANGUAGE, "le questionnaire n’existe pas dans cette langue.",
                       "Langues du questionnaire : {known}.",
                       known=", ".join(dict.fromkeys(self.columns.languages.values())))  # fmt: skip
        return self.columns.languages.get(fold(text), "")
