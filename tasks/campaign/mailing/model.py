"""A mail of a campaign as the ledger keeps it: a number on the platform, never a name."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from config.study import Mode, Study


class MailKind(StrEnum):
    """What a mail is."""

    INVITATION = "invitation"
    REMINDER = "reminder"


class MailStatus(StrEnum):
    """What became of a mail."""

    RESERVED = "reserved"  # being sent, or its run broke off
    SENT = "sent"
    FAILED = "failed"  # not sent; may be tried again
    UNKNOWN = "unknown"  # the platform's answer was lost
    OVERTAKEN = "overtaken"  # it failed, and is not needed any more


IN_DOUBT = frozenset({MailStatus.RESERVED, MailStatus.UNKNOWN})

WORKING = timedelta(minutes=15)
"""How long the platform may still be at work on a mail whose answer was lost, or another run on
one that it reserved. A batch of twenty mails takes a minute; PHP gives up after five."""


@dataclass(frozen=True)
class MailBook:
    """Whose mails: a wave's, on one survey. Numbers mean other people on another survey."""

    study: str
    wave: str
    survey: str  # which import of the wave's survey


@dataclass(frozen=True)
class MailLine:
    """One mail to one participant of a survey."""

    platform_id: int
    kind: MailKind
    number: int  # 0 for the invitation, then 1, 2… for the reminders
    status: MailStatus
    reserved_at: datetime  # aware
    before: int = 0  # reminders that the platform had counted when this one was reserved
    settled_at: datetime | None = None  # aware; when its fate became known
    reason: str = ""  # the platform's words when it was not sent

    @property
    def left_at(self) -> datetime:
        """When it left, as nearly as this is known."""
        return self.settled_at or self.reserved_at


def anonymous(study: Study) -> bool:
    """True when nobody here may look at who has answered: the platform alone passes over them."""
    return study.confidentiality.mode is Mode.ANONYMOUS
