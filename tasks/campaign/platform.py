"""What a campaign asks of a survey platform beyond reading answers: it writes there, and mails."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from tasks.survey.source import Participant, SurveySource


@dataclass(frozen=True)
class SurveyState:
    """How a survey stands on the platform. Times are the platform's own, without offset."""

    survey_id: int
    title: str  # in its base language
    languages: tuple[str, ...]  # the base language first
    active: bool
    anonymized: bool
    expires: datetime | None
    participants_table: bool
    datestamp: bool | None = None  # None: inherited, or the account may not know it
    mark: str = ""  # of the import that made it, when it was one of ours
    sender: str | None = None  # address its mails are signed with; None: the installation's default


@dataclass(frozen=True)
class NewParticipant:
    """A person to add to a survey, or what they should be there. Personal data."""

    firstname: str
    lastname: str
    email: str
    language: str
    attributes: Mapping[str, str] = field(default_factory=dict)  # `attribute_1` → value


@dataclass(frozen=True)
class MailState:
    """How the mails of one participant stand on the platform: no name, no address.

    Times are the platform's own, to the minute, without offset.
    """

    platform_id: int
    deliverable: bool  # it has an address that the platform does not hold to be wrong
    completed: bool
    invited_at: datetime | None
    reminded_at: datetime | None
    reminders: int


@dataclass(frozen=True)
class MailOutcome:
    """What became of one mail."""

    platform_id: int
    sent: bool
    reason: str = ""  # the platform's own words when it was not sent; no address, no name


class CampaignPlatform(SurveySource, Protocol):
    """A survey platform that a campaign may write to.

    Every method raises `PlatformError` with a message for staff. A writing call is sent once only:
    when its answer is lost, the error says so (`PlatformUnreachable`) and the caller reads back.
    """

    def state(self, survey_id: int) -> SurveyState | None:
        """How a survey stands; None when there is none of this number."""
        ...

    def import_survey(self, content: bytes, survey_id: int) -> int:
        """Import a `.lss` file; gives the number the survey got (another one if it was taken)."""
        ...

    def delete_survey(self, survey_id: int) -> None:
        """Delete a survey with all it holds: for an import that failed, never for anything else."""
        ...

    def activate(self, survey_id: int) -> None:
        """Open a survey to answers; nothing to do when it is active already."""
        ...

    def open_participants(self, survey_id: int, labels: Mapping[str, str]) -> None:
        """Make the participants table with its attributes (`attribute_1` → label in French).

        Nothing to do when the table is there already.
        """
        ...

    def add_participants(
        self, survey_id: int, people: Sequence[NewParticipant]
    ) -> tuple[Participant, ...]:
        """Add people, a token made for each; those added, in the given order."""
        ...

    def update_participant(self, survey_id: int, platform_id: int, person: NewParticipant) -> None:
        """Make a participant what `person` says; the token stays."""
        ...

    def mail_states(self, survey_id: int) -> tuple[MailState, ...]:
        """How the mails of all participants stand, also in an anonymous survey."""
        ...

    def invite(
        self, survey_id: int, platform_ids: Sequence[int]
    ) -> Iterator[tuple[MailOutcome, ...]]:
        """Send the invitation to these participants, batch by batch; one outcome for each of them.

        A batch is sent when it is asked for (`next`), so what became of those before is known, and
        can be written down, when a later one fails. Nobody is invited twice: the platform passes
        over those it has invited, and their outcome says so.
        """
        ...

    def remind(
        self, survey_id: int, platform_ids: Sequence[int]
    ) -> Iterator[tuple[MailOutcome, ...]]:
        """Send a reminder to these participants, batch by batch as `invite` does.

        The platform keeps no rule between two reminders: whoever is named is reminded, unless
        they have answered or were never invited.
        """
        ...

    def expire(self, survey_id: int, at: datetime) -> None:
        """Close a survey to answers from a time on (the platform's own time)."""
        ...
