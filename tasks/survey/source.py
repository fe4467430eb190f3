"""What the rest of the house asks of a survey platform, whichever it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

RawResponse = Mapping[str, str | int | float | None]
"""One response as received, flat: export key (`id`, `STR1`, `OUT[SQ001]`…) → value.

No value is `""` on LimeSurvey 6, `null` on 3.8: read it with `given`, never directly.
"""


def given(response: RawResponse, column: str) -> str | None:
    """What a response holds under an export key, as text.

    None when the key is missing, `null` or `""`: the platform's versions write any of the three
    for « no answer », and they must be read alike everywhere.
    """
    value = response.get(column)
    return None if value is None or value == "" else str(value)


def response_id(response: RawResponse) -> int:
    """The platform's number of a response (a number or its text, by version)."""
    return int(str(response["id"]))


@dataclass(frozen=True)
class PlatformQuestion:
    """A question as the platform has it now."""

    code: str
    kind: str  # the platform's own letter (LimeSurvey: L, O, F, M…)
    text: str  # plain text, tags removed
    options: Mapping[str, str] = field(default_factory=dict)  # code → text, in order
    rows: Mapping[str, str] = field(default_factory=dict)  # sub-question code → text, in order
    other: bool = False


@dataclass(frozen=True)
class SurveyStructure:
    """A survey's questions, in the platform's order."""

    survey_id: int
    title: str
    questions: tuple[PlatformQuestion, ...]


@dataclass(frozen=True)
class Participant:
    """A person invited, as the platform's participants table has them. Personal data."""

    platform_id: int
    token: str
    firstname: str
    lastname: str
    email: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    completed: bool = False


class SurveySource(Protocol):
    """A survey platform. Every method raises `PlatformError` with a message for staff."""

    def structure(self, survey_id: int, language: str) -> SurveyStructure:
        """The questions of a survey, with texts in `language`."""
        ...

    def windows(self, survey_id: int) -> Iterator[tuple[RawResponse, ...]]:
        """All responses (partial ones too), by windows of ids; nothing when there is none yet."""
        ...

    def participants(
        self, survey_id: int, attributes: tuple[str, ...]
    ) -> tuple[Participant, ...] | None:
        """The participants with these attributes; None: no table, or no right to read it."""
        ...

    def version(self) -> str | None:
        """The platform's version, or None when the account may not know it."""
        ...
