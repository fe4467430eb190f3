"""Issues of reports, and the ledger of what each published breakdown was computed on."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath, PureWindowsPath

from sqlalchemy import ColumnElement, Row, and_, func, insert, select

from tasks.store.database import Database
from tasks.store.records import IssueRecord, PublicationRecord
from tasks.store.tables import issues, ledger


class Issues(Database):
    """What was published."""

    def record_issue(
        self,
        study: str,
        wave: str,
        kind: str,
        path: str,
        content: bytes,
        values: Mapping[str, str | float | int | None],
        responses: Mapping[str, str],
    ) -> IssueRecord:
        """Keep one issue of a report; its number follows the last one of this kind.

        Args:
            study: code of the study.
            wave: code of the wave.
            kind: which report (`collective_report`…).
            path: where it was written, relative to the working folder; of an absolute path
                only the file's name is kept, since folders may bear names of people.
            content: the file as generated: the base of the next three-way merge.
            values: name of each figure shown → its value.
            responses: pseudonym → hash of the answers it was computed on.
        """
        with self.writing() as connection:
            last = select(func.max(issues.c.number)).where(_of(study, wave, kind))
            issue = IssueRecord(
                study=study,
                wave=wave,
                kind=kind,
                number=(connection.execute(last).scalar() or 0) + 1,
                path=_relative(path),
                sha256=hashlib.sha256(content).hexdigest(),
                issued_at=datetime.now(UTC),
                content=content,
                values=dict(values),
                responses=dict(responses),
            )
            connection.execute(insert(issues).values(vars(issue)))
        return issue

    def last_issue(self, study: str, wave: str, kind: str) -> IssueRecord | None:
        """The newest issue of a report, or None."""
        newest = select(issues).where(_of(study, wave, kind)).order_by(issues.c.number.desc())
        with self.reading() as connection:
            row = connection.execute(newest.limit(1)).one_or_none()
        return None if row is None else _record(row)

    def issue(self, study: str, wave: str, kind: str, number: int) -> IssueRecord | None:
        """One issue of a report by its number, or None."""
        query = select(issues).where(_of(study, wave, kind), issues.c.number == number)
        with self.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _record(row)

    def issues(self, study: str, wave: str, kind: str) -> tuple[IssueRecord, ...]:
        """All issues of a report, oldest first."""
        query = select(issues).where(_of(study, wave, kind)).order_by(issues.c.number)
        with self.reading() as connection:
            return tuple(_record(row) for row in connection.execute(query))

    def publication(self, study: str, wave: str) -> PublicationRecord | None:
        """What was published of a wave so far, or None."""
        query = select(ledger.c.breakdown, ledger.c.pull, ledger.c.answers).where(
            ledger.c.study == study, ledger.c.wave == wave
        )
        with self.reading() as connection:
            rows = connection.execute(query.order_by(ledger.c.breakdown)).all()
        if not rows:
            return None
        return PublicationRecord(
            max(row.pull for row in rows), {row.breakdown: row.answers for row in rows}
        )

    def record_publication(
        self, study: str, wave: str, pull: int, breakdowns: Mapping[str, Mapping[str, str]]
    ) -> None:
        """Note with which answers breakdowns are published; those noted before stay as they are.

        Call it *before* the report leaves: if the refresh breaks off in between, the breakdown
        counts as seen and is renewed later rather than too early.

        Args:
            study: code of the study.
            wave: code of the wave.
            pull: the pull that the answers come from.
            breakdowns: breakdown → (pseudonym → hash of the answers).
        """
        with self.writing() as connection:
            known = set(
                connection.execute(
                    select(ledger.c.breakdown).where(ledger.c.study == study, ledger.c.wave == wave)
                ).scalars()
            )
            now = datetime.now(UTC)
            rows = [
                {"study": study, "wave": wave, "breakdown": breakdown, "pull": pull,
                 "published_at": now, "answers": dict(answers)}
                for breakdown, answers in breakdowns.items()
                if breakdown not in known
            ]  # fmt: skip
            if rows:
                connection.execute(insert(ledger), rows)


def _of(study: str, wave: str, kind: str) -> ColumnElement[bool]:
    return and_(issues.c.study == study, issues.c.wave == wave, issues.c.kind == kind)


def _relative(path: str) -> str:
    windows = PureWindowsPath(path)
    outside = windows.anchor or PurePosixPath(path).is_absolute() or ".." in windows.parts
    return windows.name if outside else path


def _record(row: Row[tuple[object, ...]]) -> IssueRecord:
    return IssueRecord(**{name: value for name, value in row._mapping.items() if name != "id"})
