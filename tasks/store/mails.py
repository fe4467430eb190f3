"""The ledger of mails: what was sent to whom, once; numbers on the platform, never a name."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, select, update

from config.study import Study, Wave
from tasks.campaign.mailing.model import MailBook, MailKind, MailLine, MailStatus
from tasks.store.campaigns import Campaigns
from tasks.store.people import plain
from tasks.store.tables import mails, participants
from tasks.store.tombstones import read_tombstones
from tasks.survey.source import Participant


class Mails(Campaigns):
    """The mails of a wave's survey."""

    def mail_book(self, study: Study, wave: Wave) -> MailBook:
        """Where the mails of a wave stand: a survey imported anew begins with none."""
        survey = self.campaign_generation(study.code, wave.code, wave.survey_id)
        return MailBook(study.code, wave.code, survey)

    def mail_lines(self, book: MailBook) -> tuple[MailLine, ...]:
        """Every mail of a survey, in the order of their reservation."""
        c = mails.c
        query = select(mails).where(_of(book))
        with self.reading() as connection:
            rows = connection.execute(query.order_by(c.reserved_at, c.id)).all()
        return tuple(_line(row) for row in rows)

    def reserve_mails(
        self, book: MailBook, lines: Iterable[MailLine], planned_at: datetime
    ) -> tuple[MailLine, ...]:
        """Write mails down as reserved, and give those that nobody else had taken.

        A line is unique by participant, kind and number, so of two runs at the same time one
        gets it. A mail that failed before this run was planned, as staff were told, may be taken
        again.
        """
        with self.writing() as connection:
            return tuple(line for line in lines if _reserve(connection, book, line, planned_at))

    def settle_mails(self, book: MailBook, lines: Iterable[MailLine]) -> None:
        """Write down what became of mails that were reserved."""
        with self.writing() as connection:
            for line in lines:
                connection.execute(
                    update(mails)
                    .where(_place(book, line))
                    .values(
                        status=line.status.value,
                        settled_at=line.settled_at,
                        reason=plain(line.reason),
                    )
                )

    def erased_among(self, study: str, wave: str, people: Iterable[Participant]) -> frozenset[int]:
        """Numbers of the participants who were erased here and are on the platform still."""
        with self.reading() as connection:
            erased = read_tombstones(connection, study)
        return frozenset(p.platform_id for p in people if erased.hold_participant(wave, p))


def erase_mails(connection: Connection, study: str, rows: Iterable[int]) -> int:
    """Delete the mails of participants, given the ids of their rows; returns how many."""
    c = participants.c
    people = connection.execute(select(c.wave, c.platform_id).where(c.id.in_(list(rows)))).all()
    return sum(
        connection.execute(
            mails.delete().where(
                mails.c.study == study,
                mails.c.wave == one.wave,
                mails.c.platform_id == one.platform_id,
            )
        ).rowcount
        for one in people
    )


def _reserve(connection: Connection, book: MailBook, line: MailLine, planned_at: datetime) -> bool:
    values = {
        "status": MailStatus.RESERVED.value,
        "reserved_at": line.reserved_at,
        "before": line.before,
        "settled_at": None,
        "reason": "",
    }
    place = _place(book, line)
    found = connection.execute(select(mails).where(place)).one_or_none()
    if found is None:
        key = {"platform_id": line.platform_id, "kind": line.kind.value, "number": line.number}
        connection.execute(insert(mails).values(**asdict(book), **key, **values))
        return True
    again = (MailStatus.FAILED.value, MailStatus.OVERTAKEN.value)
    if found.status not in again or found.settled_at > planned_at:
        return False
    connection.execute(update(mails).where(place).values(values))
    return True


def _of(book: MailBook) -> ColumnElement[bool]:
    c = mails.c
    return and_(c.study == book.study, c.wave == book.wave, c.survey == book.survey)


def _place(book: MailBook, line: MailLine) -> ColumnElement[bool]:
    c = mails.c
    return and_(
        _of(book),
        c.platform_id == line.platform_id,
        c.kind == line.kind.value,
        c.number == line.number,
    )


def _line(row: Row[tuple[object, ...]]) -> MailLine:
    return MailLine(
        platform_id=row.platform_id,
        kind=MailKind(row.kind),
        number=row.number,
        status=MailStatus(row.status),
        reserved_at=row.reserved_at,
        before=row.before,
        settled_at=row.settled_at,
        reason=row.reason,
    )
