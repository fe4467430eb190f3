"""What a sandbox platform holds: surveys, questions, responses, participants. All frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tasks.survey.source import RawResponse

Texts = Mapping[str, str]
"""Language → text (HTML, as an editor would leave it)."""


def text_in(texts: Texts, language: str) -> str:
    """The text in a language, or else in the first one there is."""
    return texts.get(language) or next(iter(texts.values()), "")


def flag(value: bool) -> str:
    """LimeSurvey's yes and no."""
    return "Y" if value else "N"


@dataclass(frozen=True)
class SandboxOption:
    """An answer of a question; `scale` is 1 for the second scale of a dual one."""

    code: str
    texts: Texts
    value: int = 0  # LimeSurvey's assessment value
    scale: int = 0


@dataclass(frozen=True)
class SandboxRow:
    """A sub-question; `scale` is 1 for the columns of a two-way array."""

    qid: int
    code: str
    texts: Texts
    order: int
    scale: int = 0


@dataclass(frozen=True)
class SandboxQuestion:
    """A question of one LimeSurvey type (`kind`: L, O, F, M…)."""

    qid: int
    gid: int
    code: str
    kind: str
    texts: Texts
    order: int
    options: tuple[SandboxOption, ...] = ()
    rows: tuple[SandboxRow, ...] = ()
    other: bool = False
    mandatory: bool = False
    helps: Texts = field(default_factory=dict)
    attributes: Mapping[str, object] = field(default_factory=lambda: {"hidden": "0"})
    attributes_by_language: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class SandboxGroup:
    """A page of the questionnaire."""

    gid: int
    order: int
    texts: Texts


@dataclass(frozen=True)
class SandboxParticipant:
    """A line of the participants table."""

    tid: int
    token: str
    firstname: str = ""
    lastname: str = ""
    email: str = ""
    language: str = "fr"
    completed: str = "N"  # or the local time of completion, `YYYY-MM-DD HH:MM`
    uses_left: int = 1  # how often the token still opens the survey
    sent: str = "N"  # or the local time of the invitation
    attributes: Mapping[str, str | None] = field(default_factory=dict)
    emailstatus: str = "OK"
    remindersent: str = "N"  # or the local time of the last reminder
    remindercount: int = 0

    @property
    def columns(self) -> dict[str, object]:
        """The line as the platform's table has it, in its order."""
        return {
            "usesleft": self.uses_left,
            "completed": self.completed,
            "emailstatus": self.emailstatus,
            "tid": self.tid,
            "participant_id": None,
            "firstname": self.firstname,
            "lastname": self.lastname,
            "email": self.email,
            "token": self.token,
            "language": self.language,
            "blacklisted": None,
            "sent": self.sent,
            "remindersent": self.remindersent,
            "remindercount": self.remindercount,
            "validfrom": None,
            "validuntil": None,
            "mpid": None,
            **self.attributes,
        }


@dataclass(frozen=True)
class SandboxSurvey:
    """A whole survey; the first language is its base language.

    `responses` hold export keys as they are stored: None where the respondent never came by, `""`
    where the field was left empty. `participants` is None when there is no such table.
    """

    survey_id: int
    titles: Texts
    languages: tuple[str, ...]
    groups: tuple[SandboxGroup, ...]
    questions: tuple[SandboxQuestion, ...]
    active: bool = True
    anonymized: bool = False
    datestamp: bool = True
    responses: Mapping[int, RawResponse] = field(default_factory=dict)
    participants: tuple[SandboxParticipant, ...] | None = None
    participant_attributes: tuple[str, ...] = ()  # columns of that table, `attribute_1`…
    properties: Mapping[str, object] = field(default_factory=dict)  # beside the usual ones
    language_properties: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @property
    def base_language(self) -> str:
        """The language a call gets when it asks for none."""
        return self.languages[0]

    def with_response(self, number: int, response: RawResponse) -> "SandboxSurvey":
        """The survey with a response added or put in the place of the one of that number."""
        merged = {**self.responses, number: {**response, "id": number}}
        return replace(self, responses=dict(sorted(merged.items())))

    def without_response(self, number: int) -> "SandboxSurvey":
        """The survey without the response of that number."""
        kept = {key: value for key, value in self.responses.items() if key != number}
        return replace(self, responses=kept)
