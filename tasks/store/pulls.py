"""Pulls: raw answers kept as received, as versions, so that edits and deletions are seen."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from config.catalogue import say
from config.errors import StoreError
from tasks.store.database import Database
from tasks.store.receiving import spooled
from tasks.store.records import PullKind, PullRecord, ResponseVersion
from tasks.store.tables import contents, participants, pulls, response_versions
from tasks.store.tombstones import Survivors, read_tombstones
from tasks.store.versions import counts, current_dates, end_versions, known_of, store_batch
from tasks.survey.incremental import Portion
from tasks.survey.source import RawResponse

BATCH = 500  # responses handled at once; a few megabytes


class Pulls(Database):
    """The pulls of a wave and the responses they brought."""

    def record_pull(
        self,
        study: str,
        wave: str,
        survey_id: int,
        windows: Iterable[tuple[RawResponse, ...]],
        platform_version: str | None,
        pulled_at: datetime,
    ) -> PullRecord:
        """Store one pull of everything, whole or not at all.

        Args:
            study: code of the study.
            wave: code of the wave.
            survey_id: the survey on the platform.
            windows: *all* responses of the survey; one that is missing counts as deleted.
            platform_version: as the platform says it, if it may be known.
            pulled_at: an aware time.

        Raises:
            StoreError: the database cannot be written. What `windows` raises passes through.
        """
        portions = (Portion(window) for window in windows)
        return self.record_changes(
            study, wave, survey_id, portions, platform_version, pulled_at, base=None
        )

    def record_changes(
        self,
        study: str,
        wave: str,
        survey_id: int,
        portions: Iterable[Portion],
        platform_version: str | None,
        pulled_at: datetime,
        *,
        base: int | None,
    ) -> PullRecord:
        """Store one pull of what changed, whole or not at all.

        The portions are read to their end first (to a temporary file when they are large), so
        that a slow platform locks nobody out and a pull that breaks off leaves no trace.
        Responses of people erased at their request are left out, and counted.

        Args:
            study: code of the study.
            wave: code of the wave.
            survey_id: the survey on the platform.
            portions: each response of the survey, whole or as unchanged; one that is neither
                counts as deleted.
            platform_version: as the platform says it, if it may be known.
            pulled_at: an aware time.
            base: the pull since which `unchanged` is said; None: nothing is.

        Raises:
            StoreError: the database cannot be written, or another pull was recorded since
                `base`. What `portions` raises passes through.
        """
        with self.reading() as connection:
            erased = read_tombstones(connection, study)
        kept = Survivors(portions, wave, erased)
        place = {"study": study, "wave": wave}
        with spooled(kept) as received, self.writing() as connection:
            self._require_newest(_last_pull(connection, study, wave), base)
            pull = _open_pull(
                connection,
                {**place, "survey_id": survey_id, "platform_version": platform_version,
                 "pulled_at": pulled_at, "kind": PullKind.DATES if base else PullKind.FULL},
            )  # fmt: skip
            known = known_of(connection, study, wave, received.tokens)
            seen = {id_: known.hash_of(id_) for id_ in received.unchanged & known.current.keys()}
            erased_meanwhile = len(received.unchanged) - len(seen)
            while batch := list(islice(received.responses, BATCH)):
                store_batch(connection, place, pull, batch, known)
                seen |= {response.response_id: response.sha256 for response in batch}
            gone = [version for id_, (version, _) in known.current.items() if id_ not in seen]
            end_versions(connection, gone, pull)
            found = counts(seen, known) | {"erased": kept.left_out + erased_meanwhile}
            connection.execute(update(pulls).where(pulls.c.id == pull).values(**found))
            return _record(connection.execute(select(pulls).where(pulls.c.id == pull)).one())

    def _require_newest(self, last: PullRecord | None, base: int | None) -> None:
        if base is not None and (last is None or last.id != base):
            raise StoreError(
                say("Une autre actualisation a relevé les réponses en même temps que celle-ci.",
                    self.language),
                say("Relancez : ce qui a été relevé entre-temps est gardé, rien n’a été écrit à "
                    "moitié.", self.language),
            )  # fmt: skip

    def last_pull(self, study: str, wave: str) -> PullRecord | None:
        """The newest pull of a wave, or None before the first."""
        with self.reading() as connection:
            return _last_pull(connection, study, wave)

    def last_full_pull(self, study: str, wave: str) -> PullRecord | None:
        """The newest pull of a wave that compared every response, or None before the first."""
        with self.reading() as connection:
            return _last_pull(connection, study, wave, PullKind.FULL)

    def dates(self, study: str, wave: str) -> dict[int, str]:
        """Response id → the platform's date of its newest content, where the platform keeps one."""
        with self.reading() as connection:
            return current_dates(connection, study, wave)

    def current_responses(self, study: str, wave: str) -> Iterator[RawResponse]:
        """The responses of the newest pull, as received, in order of id.

        They are read by batches; a pull recorded meanwhile by another process changes nothing,
        since every batch is read as of the same pull. Personal columns other than `token` are
        not there (see `PERSONAL`).
        """
        pull = self.last_pull(study, wave)
        if pull is not None:
            yield from self.responses_at(study, wave, pull.id)

    def history(self, study: str, wave: str, response_id: int) -> tuple[ResponseVersion, ...]:
        """Every state a response was seen in, oldest first."""
        versions = response_versions.c
        columns = (versions.response_id, versions.sha256, versions.since, versions.until)
        with self.reading() as connection:
            rows = connection.execute(
                select(*columns)
                .where(
                    versions.study == study,
                    versions.wave == wave,
                    versions.response_id == response_id,
                )
                .order_by(versions.since)
            )
            return tuple(ResponseVersion(*row) for row in rows)

    def responses_at(self, study: str, wave: str, pull: int) -> Iterator[RawResponse]:
        """The responses as they were at an earlier pull, in order of id."""
        versions, last = response_versions.c, -1
        query = (
            select(versions.response_id, contents.c.body, participants.c.token)
            .join_from(response_versions, contents)
            .outerjoin(participants)
            .where(versions.study == study, versions.wave == wave, versions.since <= pull)
            .where(or_(versions.until.is_(None), versions.until > pull))
            .where(versions.response_id > bindparam("after"))
            .order_by(versions.response_id)
            .limit(BATCH)
        )
        while True:
            with self.reading() as connection:
                rows = connection.execute(query, {"after": last}).all()
            if not rows:
                return
            for row in rows:
                response = json.loads(row.body)
                yield response if row.token is None else response | {"token": row.token}
            last = rows[-1].response_id


def _open_pull(connection: Connection, base: Mapping[str, object]) -> int:
    figures = ("new", "changed", "returned", "unchanged", "deleted", "total")
    none_yet = dict.fromkeys(figures, 0)
    result = connection.execute(insert(pulls).values(**base, **none_yet, sha256=""))
    return int(result.inserted_primary_key[0])  # type: ignore[index]  # the row was just made


def _last_pull(
    connection: Connection, study: str, wave: str, *kinds: PullKind
) -> PullRecord | None:
    row = connection.execute(
        select(pulls)
        .where(pulls.c.study == study, pulls.c.wave == wave)
        .where(pulls.c.kind.in_(kinds or [*PullKind]))
        .order_by(pulls.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _record(row)


def _record(row: Row[tuple[object, ...]]) -> PullRecord:
    values = dict(row._mapping)
    return PullRecord(**values | {"kind": PullKind(values["kind"])})
