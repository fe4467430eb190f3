"""Fifteen invented people, and what each of them answers."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl import Workbook

from tasks.survey.building.form import Form, FormPage, FormQuestion, FormRow

Answers = Mapping[str, str]
"""Export key (`D01N`, `FREINS[F1]`) → what the platform is to hold."""

ROLES = ("EL", "EL", "DG", "EL", "DG", "DP", "DP", "SU", "DP", "SU", "DN", "DN", "RD", "DN", "RD")
ENGLISH = (4, 8, 14)
COMMENTS = (
    "Un portail commun ; l’agent d’accueil n’a pas été consulté… « dommage » !",
    "<b>gras</b> & <script>alert(1)</script> {{ 7*7 }} {TOKEN} ]]>",
    "=SOMME(A1:A9)\nœuvre, Œdipe, 😀 fin",
)


@dataclass(frozen=True)
class Person:
    """A participant. Nobody of this name is meant, no mail reaches the address."""

    number: int
    role: str
    language: str

    @property
    def email(self) -> str:
        """Where mail goes."""
        return f"personne{self.number:02d}@example.org"

    @property
    def row(self) -> tuple[str, ...]:
        """Their line of the list."""
        language = "anglais" if self.language == "en" else "français"
        return (f"Camille{self.number}", f"Essai{self.number}", self.email, language,
                f"Poste {self.number}", f"Service {self.number % 4}")  # fmt: skip


PEOPLE = tuple(
    Person(number, role, "en" if number in ENGLISH else "fr")
    for number, role in enumerate(ROLES, start=1)
)
HEADINGS = ("Prénom", "Nom", "Adresse électronique", "Langue", "Poste", "Service")


def excel_list() -> bytes:
    """The list of participants as staff hand it in."""
    book = Workbook()
    assert book.active is not None
    for row in (HEADINGS, *(person.row for person in PEOPLE)):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def row_key(question: FormQuestion, row: FormRow) -> str:
    """The export key of a box."""
    return f"{question.code}[{row.code}]"


def other_key(question: FormQuestion) -> str:
    """The export key of the words of « other »."""
    return f"{question.code}[other]"


def answers_of(form: Form, person: Person, pages: int | None = None) -> Answers:
    """All that a person answers on the first pages (None: on all), always the same."""
    found: dict[str, str] = {}
    for page in form.pages[:pages]:
        found |= _on_page(page, person)
    return found


def _on_page(page: FormPage, person: Person) -> Answers:
    found: dict[str, str] = {}
    for place, question in enumerate(page.questions):
        draw = person.number * 7 + sum(map(ord, question.code)) + place
        if question.code == "ROLE":
            found["ROLE"] = person.role
        elif question.kind == "L" and draw % 11:  # now and then a question is passed over
            found[question.code] = question.options[draw % len(question.options)].code
        elif question.kind == "T" and draw % 3 == 0:
            found[question.code] = COMMENTS[draw % len(COMMENTS)]
        elif question.kind == "M":
            found |= _boxes(question, draw)
    return found


def _boxes(question: FormQuestion, draw: int) -> Answers:
    ticked = {row_key(question, row): "Y" for at, row in enumerate(question.rows)
              if (at + draw) % 3 == 0}  # fmt: skip
    return ticked | ({other_key(question): "L’hiver & la neige"} if draw % 4 == 0 else {})
