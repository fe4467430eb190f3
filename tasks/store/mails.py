"""The ledger of mails: what was sent to whom, once; numbers on the platform, never a name."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, select, update

from tasks.campaign.mailing.model import MailKind, MailLine, MailStatus
from tasks.store.database import Database
from tasks.store.people import plain
from tasks.store.tables import mails, participants
from tasks.store.tombstones import read_tombstones
from tasks.survey.source import Participant


class Mails(Database):
    """The mails of a wave."""

    def mail_lines(self, study: str, wave: str) -> tuple[MailLine, ...]:
        """Every mail of a wave, in the order of their reservation."""
        c = mails.c
        query = select(mails).where(c.study == study, c.wave == wave)
        with self.reading() as connection:
            rows = connection.execute(query.order_by(c.reserved_at, c.id)).all()
        return tuple(_line(row) for row in rows)

    def reserve_mails(
        self, study: str, wave: str, lines: Iterable[MailLine], planned_at: datetime
    ) -> tuple[MailLine, ...]:
        """Write mails down as reserved, and give those that nobody else had taken.

        A line is unique by participant, kind and number, so of two runs at the same time one
        gets it. A mail that failed before this run was planned, as staff were told, may be taken
        again.
        """
        with self.writing() as connection:
            return tuple(
                line for line in lines if _reserve(connection, study, wave, line, planned_at)
            )

    def settle_mails(self, study: str, wave: str, lines: Iterable[MailLine]) -> None:
        """Write down what became of mails that were reserved."""
        with self.writing() as connection:
            for line in lines:
                connection.execute(
                    update(mails)
                    .where(_place(study, wave, line))
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


def _reserve(
    connection: Connection, study: str, wave: str, line: MailLine, planned_at: datetime
) -> bool:
    values = {
        "status": MailStatus.RESERVED.value,
        "reserved_at": line.reserved_at,
        "before": line.before,
        "settled_at": None,
        "reason": "",
    }
    place = _place(study, wave, line)
    found = connection.execute(select(mails).where(place)).one_or_none()
    if found is None:
        key = {"platform_id": line.platform_id, "kind": line.kind.value, "number": line.number}
        connection.execute(insert(mails).values(study=study, wave=wave, **key, **values))
        return True
    if found.status != MailStatus.FAILED.value or found.settled_at > planned_at:
        return False
    connection.execute(update(mails).where(place).values(values))
    return True


def _place(study: str, wave: str, line: MailLine) -> ColumnElement[bool]:
    c = mails.c
    return and_(
        c.study == study,
        c.wave == wave,
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
