"""The fields of an interview guide: their names, their labels, their boxes.

Both the making and the reading start from here, so that they cannot drift apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tasks.interviews.form import Form
from tasks.interviews.model import NoteKind

GUIDES = "Guides d’entretien"  # the folder's name, before the wave
KIND = "interview_guide"  # kind of report in the store, before the pseudonym
BOX = "☐"
SUBJECT_ROWS, QUOTE_ROWS = 3, 2
TOPIC = "topic"  # the part of the fields that belong to no dimension

DIMENSION_NOTES = {
    "example": NoteKind.EXAMPLE,
    "brake": NoteKind.BRAKE,
    "lever": NoteKind.LEVER,
    "need": NoteKind.NEED,
    "quote": NoteKind.QUOTE,
}
TOPIC_NOTES = {
    "results": NoteKind.RESULTS,
    "coherence": NoteKind.COHERENCE,
    "quote": NoteKind.QUOTE,
}


@dataclass(frozen=True)
class Field:
    """A field: `part` is a dimension's code or `TOPIC`; `row` tells twins apart."""

    part: str
    role: str
    row: int = 0

    @property
    def name(self) -> str:
        """Its name in the file."""
        return f"{self.part}/{self.role}/{self.row}"


@dataclass(frozen=True)
class GuideForm:
    """The words and fields of the guides of one wave."""

    form: Form

    def report_kind(self, pseudonym: str) -> str:
        """What the guide of a person is called in the store."""
        return f"{KIND}/{pseudonym}"

    def identity(self, pseudonym: str) -> str:
        """What the guide of a person says it is."""
        return f"{self.form.study.code}/{self.form.wave.code}/{self.report_kind(pseudonym)}"

    def reference(self, pseudonym: str) -> str:
        """The same for human eyes, printed on the guide: the second line of recognition."""
        return f"{self.form.study.code} · {self.form.wave.code} · {pseudonym}"

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields, in the order of the model."""
        roles = ("change", "level", "said", *DIMENSION_NOTES, "consent")
        own = [Field(d.code, role) for d in self.form.model.dimensions for role in roles]
        topics = [Field(TOPIC, role) for role in ("name", "reference", "done", "results")]
        topics += [Field(TOPIC, "coherence")]
        for row in range(SUBJECT_ROWS):
            topics += [Field(TOPIC, "subject", row), Field(TOPIC, "subject_text", row)]
        topics += [Field(TOPIC, f"about_{level or ''}") for level in self.form.topics.values()]
        for row in range(QUOTE_ROWS):
            topics += [Field(TOPIC, "quote", row), Field(TOPIC, "consent", row)]
        return (*own, *topics)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Role of a field → the label that stands before it."""
        say = self.form.say
        abouts = {f"about_{level or ''}": word for word, level in self.form.topics.items()}
        return {
            "change": say("Position"),
            "level": say("Position révisée"),
            "said": say("Ce qui a été dit"),
            "example": say("Exemple"),
            "brake": say("Frein"),
            "lever": say("Levier"),
            "need": say("Besoin"),
            "quote": say("Citation"),
            "consent": say("Accord"),
            "name": say("Personne"),
            "reference": say("Référence"),
            "done": say("Entretien fait"),
            "results": say("Les résultats"),
            "coherence": say("La cohérence"),
            "subject": say("Sujet"),
            "subject_text": say("Pourquoi, comment"),
            **abouts,
        }

    def boxes(self, role: str) -> str:
        """What an empty field of a role shows: its boxes, if it has any."""
        return "   ".join(
            f"{BOX}{NO_BREAK}{word.replace(' ', NO_BREAK)}" for word in self.choices(role)
        )

    def choices(self, role: str) -> Mapping[str, object]:
        """The words that a field of a role chooses among; none for free text."""
        found: dict[str, Mapping[str, object]] = {
            "change": self.form.changes,
            "level": self.form.levels,
            "consent": self.form.consents,
            "done": self.form.yes_no,
        }
        return found.get(role, {})

    def part_title(self, part: str) -> str:
        """The heading above the fields of a part."""
        return next((word for word, code in self.form.dimensions.items() if code == part), "")

    def place(self, field: Field) -> str:
        """Where a field stands, for messages: heading and label."""
        label = self.labels[field.role]
        title = self.part_title(field.part)
        return self.form.say("« {title} », {label}", title=title, label=label) if title else label

    def of_part(self, part: str) -> Iterator[Field]:
        """The fields of a part."""
        return (field for field in self.fields if field.part == part)


NO_BREAK = "\u00a0"
