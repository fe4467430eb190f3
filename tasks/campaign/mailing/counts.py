"""How many mails of a wave left from here: counts, never who."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from tasks.campaign.mailing.model import IN_DOUBT, MailKind, MailLine, MailStatus


@dataclass(frozen=True)
class MailCounts:
    """The mails of a wave that this software sent; those sent by hand are not among them."""

    invitations: int = 0
    reminders: int = 0
    failed: int = 0  # did not leave, and have not left since
    doubtful: int = 0
    last_day: date | None = None  # in the study's time zone
    rounds: int = 0  # the highest number of a reminder


def mail_counts(lines: Iterable[MailLine], timezone: str) -> MailCounts:
    """Count the ledger of a wave.

    Args:
        lines: the ledger.
        timezone: of the study.
    """
    ledger, zone = tuple(lines), ZoneInfo(timezone)
    sent = [line for line in ledger if line.status is MailStatus.SENT]
    invitations = sum(line.kind is MailKind.INVITATION for line in sent)
    return MailCounts(
        invitations=invitations,
        reminders=len(sent) - invitations,
        failed=sum(line.status is MailStatus.FAILED for line in ledger),
        doubtful=sum(line.status in IN_DOUBT for line in ledger),
        rounds=max((line.number for line in sent), default=0),
        last_day=max((line.left_at.astimezone(zone).date() for line in sent), default=None),
    )
