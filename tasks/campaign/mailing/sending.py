"""Sending: each mail reserved in the ledger first, settled there as soon as its fate is known."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from config.errors import PlatformError, PlatformUnreachable
from config.study import Study, Wave
from tasks.campaign.mailing.model import MailBook, MailKind, MailLine, MailStatus, anonymous
from tasks.campaign.mailing.rules import Choice, Chosen
from tasks.campaign.platform import CampaignPlatform, MailOutcome

PORTION = 20  # mails reserved at once: what a run that breaks off leaves in doubt, at most


class Ledger(Protocol):
    """Where mails are written down: one line for each, whoever asks first."""

    def reserve_mails(
        self, book: MailBook, lines: Iterable[MailLine], planned_at: datetime
    ) -> tuple[MailLine, ...]:
        """Write mails down as reserved; gives those that nobody had taken when it was planned."""
        ...

    def settle_mails(self, book: MailBook, lines: Iterable[MailLine]) -> None:
        """Write down what became of mails."""
        ...


@dataclass(frozen=True)
class Dispatch:
    """What became of the mails of one run."""

    lines: tuple[MailLine, ...] = ()  # those reserved by this run, as they ended
    elsewhere: tuple[int, ...] = ()  # another run had them; this one sent them nothing
    stopped: PlatformError | None = None  # why the mails that have no line were not tried

    def of(self, *states: MailStatus) -> tuple[MailLine, ...]:
        """The lines in these states."""
        return tuple(line for line in self.lines if line.status in states)


def send(
    choice: Choice,
    platform: CampaignPlatform,
    ledger: Ledger,
    book: MailBook,
    study: Study,
    wave: Wave,
    *,
    planned_at: datetime,
    clock: Callable[[], datetime],
    answered: Collection[int] = (),
) -> Dispatch:
    """Send the mails of a choice, portion by portion; stop when the platform fails as a whole.

    Args:
        choice: who receives what.
        platform: sends.
        ledger: reserves a mail once for all runs, and keeps what became of it.
        book: where in the ledger.
        study: its mode; an anonymous one keeps no trace of whom the platform passed over.
        wave: its survey.
        planned_at: when the choice was made, aware; what failed since then waits for the next.
        clock: gives the time, aware.
        answered: numbers of those who have answered, as the platform says.
    """
    call = platform.invite if choice.kind is MailKind.INVITATION else platform.remind
    hidden = frozenset(answered) if anonymous(study) else frozenset[int]()
    done: list[MailLine] = []
    elsewhere: list[int] = []
    for portion in _portions(choice.chosen):
        wanted = [_reserved(choice.kind, one, clock()) for one in portion]
        reserved = ledger.reserve_mails(book, wanted, planned_at)
        waiting = {line.platform_id: line for line in reserved}
        elsewhere += [one.platform_id for one in portion if one.platform_id not in waiting]
        try:
            for batch in call(wave.survey_id, tuple(waiting)) if waiting else ():
                told = [_told(waiting.pop(one.platform_id), one, clock(), hidden) for one in batch]
                ledger.settle_mails(book, told)
                done += told
        except PlatformError as error:
            done += _left_over(ledger, book, waiting, error, clock())
            return Dispatch(tuple(done), tuple(elsewhere), error)
        done += _left_over(ledger, book, waiting, None, clock())
    return Dispatch(tuple(done), tuple(elsewhere))


def _portions(chosen: Sequence[Chosen]) -> Iterator[Sequence[Chosen]]:
    return (chosen[start : start + PORTION] for start in range(0, len(chosen), PORTION))


def _reserved(kind: MailKind, one: Chosen, now: datetime) -> MailLine:
    return MailLine(one.platform_id, kind, one.number, MailStatus.RESERVED, now, one.before)


def _told(line: MailLine, outcome: MailOutcome, now: datetime, hidden: Collection[int]) -> MailLine:
    if outcome.sent or line.platform_id in hidden:
        return replace(line, status=MailStatus.SENT, settled_at=now)
    return replace(line, status=MailStatus.FAILED, settled_at=now, reason=outcome.reason)


def _left_over(
    ledger: Ledger,
    book: MailBook,
    waiting: Mapping[int, MailLine],
    error: PlatformError | None,
    now: datetime,
) -> list[MailLine]:
    """Settle the mails without an outcome: refused with the whole call, or in doubt."""
    refused = error is not None and not isinstance(error, PlatformUnreachable)
    status = MailStatus.FAILED if refused else MailStatus.UNKNOWN
    why = error.message if error is not None and refused else ""
    lines = [replace(one, status=status, settled_at=now, reason=why) for one in waiting.values()]
    ledger.settle_mails(book, lines)
    return lines
