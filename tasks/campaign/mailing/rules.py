"""Who receives what now, and why the others do not. Pure: no clock, no platform, no store."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from config.study import Study
from tasks.campaign.mailing.model import (
    IN_DOUBT,
    MailKind,
    MailLine,
    MailStatus,
    anonymous,
)
from tasks.campaign.platform import MailState


class LeftOut(StrEnum):
    """Why a participant receives nothing this time."""

    ERASED = "erased"  # here, at their request; still on the platform
    ANSWERED = "answered"
    DOUBLE = "double"  # the same address has another number
    INVITED = "invited"  # already
    NOT_INVITED = "not_invited"  # a reminder reminds of an invitation
    IN_DOUBT = "in_doubt"  # nobody knows yet what became of the last mail
    UNDELIVERABLE = "undeliverable"  # no address, or one that the platform holds to be wrong
    ENOUGH = "enough"  # as many reminders as the study allows
    TOO_SOON = "too_soon"  # the last mail is too recent


@dataclass(frozen=True)
class Chosen:
    """A participant who receives a mail."""

    platform_id: int
    number: int  # 0 for the invitation, else of the reminder
    before: int  # reminders that the platform counts
    failed: str | None = None  # why the same mail did not leave last time


@dataclass(frozen=True)
class Choice:
    """Everybody on the list: those who receive a mail, and the others, each with a reason."""

    kind: MailKind
    chosen: tuple[Chosen, ...]
    left_out: Mapping[int, LeftOut]  # number on the platform → reason
    due: date | None = (
        None  # the first day on which somebody who was written to lately may be again
    )


@dataclass(frozen=True)
class _Person:
    """What is known of one participant, from the platform and from the ledger."""

    state: MailState
    lines: tuple[MailLine, ...]
    zone: ZoneInfo

    @property
    def sent(self) -> list[MailLine]:
        return [line for line in self.lines if line.status is MailStatus.SENT]

    @property
    def invited(self) -> bool:
        """Invited from here, or by hand on the platform; a reminder tells it too."""
        return bool(self.state.invited_at or self.state.reminders or self.sent)

    @property
    def reminders(self) -> int:
        """Reminders received, wherever they were sent from."""
        return max(self.state.reminders, *(line.number for line in self.sent), 0)

    @property
    def last_day(self) -> date | None:
        """The day of the last mail. The platform's clock is taken to be the study's."""
        theirs = (self.state.invited_at, self.state.reminded_at)
        days = [at.date() for at in theirs if at is not None]
        days += [line.left_at.astimezone(self.zone).date() for line in self.sent]
        return max(days, default=None)

    @property
    def in_doubt(self) -> bool:
        return any(line.status in IN_DOUBT for line in self.lines)


def choose(
    kind: MailKind,
    states: Iterable[MailState],
    lines: Iterable[MailLine],
    study: Study,
    moment: datetime,
    erased: Collection[int] = (),
    doubles: Collection[int] = (),
) -> Choice:
    """Choose who receives a mail at a moment; everybody else has a reason.

    « Never more often than every n days » counts days of the study's calendar: whoever was
    written to on a Monday afternoon may be written to seven days later in the morning.

    In an anonymous study nobody here looks at who has answered: the platform passes over them by
    itself, and does not have to say whom.

    Args:
        kind: invitation or reminder.
        states: the platform's record of each participant.
        lines: the ledger of the wave.
        study: its rule of mailing, its mode, its time zone.
        moment: an aware time at which the mails would leave; see `hours` for whether they may.
        erased: numbers of people erased here who are still on the platform.
        doubles: numbers of people who have another number, see `doubles`.
    """
    zone, ledger = ZoneInfo(study.timezone), _by_person(lines)
    left_out: dict[int, LeftOut] = {}
    chosen: list[Chosen] = []
    waiting: list[date] = []
    for state in sorted(states, key=lambda one: one.platform_id):
        person = _Person(state, ledger[state.platform_id], zone)
        reason = _erased(person, erased) or _reason(person, kind, study, moment, doubles)
        if reason is None:
            chosen.append(_chosen(person, kind))
        else:
            left_out[state.platform_id] = reason
        if reason is LeftOut.TOO_SOON and person.last_day is not None:
            waiting.append(person.last_day + timedelta(days=study.mailing.days_between))
    return Choice(kind, tuple(chosen), left_out, min(waiting, default=None))


def _by_person(lines: Iterable[MailLine]) -> defaultdict[int, tuple[MailLine, ...]]:
    found: defaultdict[int, tuple[MailLine, ...]] = defaultdict(tuple)
    for line in lines:
        found[line.platform_id] += (line,)
    return found


def _erased(person: _Person, erased: Collection[int]) -> LeftOut | None:
    return LeftOut.ERASED if person.state.platform_id in erased else None


def _reason(
    person: _Person, kind: MailKind, study: Study, moment: datetime, doubles: Collection[int]
) -> LeftOut | None:
    if person.state.completed and not anonymous(study):
        return LeftOut.ANSWERED
    if person.state.platform_id in doubles:
        return LeftOut.DOUBLE
    if kind is MailKind.INVITATION and person.invited:
        return LeftOut.INVITED
    if person.in_doubt:
        return LeftOut.IN_DOUBT
    if kind is MailKind.REMINDER and not person.invited:
        return LeftOut.NOT_INVITED
    if not person.state.deliverable:
        return LeftOut.UNDELIVERABLE
    return _too_many(person, study, moment) if kind is MailKind.REMINDER else None


def _too_many(person: _Person, study: Study, moment: datetime) -> LeftOut | None:
    if person.reminders >= study.mailing.reminders:
        return LeftOut.ENOUGH
    today, last = moment.astimezone(person.zone).date(), person.last_day
    too_soon = last is not None and (today - last).days < study.mailing.days_between
    return LeftOut.TOO_SOON if too_soon else None


def _chosen(person: _Person, kind: MailKind) -> Chosen:
    number = 0 if kind is MailKind.INVITATION else person.reminders + 1
    failed = next(
        (
            line.reason
            for line in person.lines
            if line.status is MailStatus.FAILED and (line.kind, line.number) == (kind, number)
        ),
        None,
    )
    return Chosen(person.state.platform_id, number, person.state.reminders, failed)
