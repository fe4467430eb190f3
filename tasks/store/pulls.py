"""Pulls: raw answers kept as received, as versions, so that edits and deletions are seen."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import NamedTuple

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from tasks.store.columns import canonical
from tasks.store.database import Database
from tasks.store.people import participant_ids, plain
from tasks.store.records import PullRecord, ResponseVersion
from tasks.store.tables import contents, participants, pulls, response_versions
from tasks.store.tombstones import Survivors, read_tombstones
from tasks.survey.source import RawResponse

PERSONAL = frozenset({"token", "firstname", "lastname", "email", "ipaddr"})
"""Columns of an export that say who answered: the token goes to the participants table (and
comes back from there), the others are never kept with the answers."""

BATCH = 500  # responses handled at once; a few megabytes
SPOOL = 8 * 2**20  # bytes of a pull held in memory before it goes to a temporary file


class _Received(NamedTuple):
    """One response, ready to be stored."""

    response_id: int
    sha256: str
    token: str
    body: str  # canonical JSON without the personal columns


@dataclass(frozen=True)
class _Known:
    """What the store held of a wave before this pull."""

    current: Mapping[int, tuple[int, str]]  # response id → (version id, content hash)
    ever: frozenset[int]  # response ids
    people: Mapping[str, int]  # token → row of the participants table


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
        """Store one pull, whole or not at all.

        The windows are read to their end first (to a temporary file when they are large), so
        that a slow platform locks nobody out and a pull that breaks off leaves no trace.
        Responses of people erased at their request are left out, and counted.

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
        with self.reading() as connection:
            erased = read_tombstones(connection, study)
        kept = Survivors(windows, wave, erased)
        with _spooled(kept) as (received, tokens), self.writing() as connection:
            base = {"study": study, "wave": wave, "survey_id": survey_id}
            base |= {"platform_version": platform_version, "pulled_at": pulled_at}
            pull = _open_pull(connection, base)
            known = _known(connection, study, wave, tokens)
            seen: dict[int, str] = {}
            while batch := list(islice(received, BATCH)):
                _store_batch(connection, study, wave, pull, batch, known)
                seen |= {response.response_id: response.sha256 for response in batch}
            gone = [version for id_, (version, _) in known.current.items() if id_ not in seen]
            _end_versions(connection, gone, pull)
            counts = _counts(seen, known) | {"deleted": len(gone), "erased": kept.left_out}
            counts["sha256"] = _hash_of(seen)
            connection.execute(update(pulls).where(pulls.c.id == pull).values(**counts))
            return _record(connection.execute(select(pulls).where(pulls.c.id == pull)).one())

    def last_pull(self, study: str, wave: str) -> PullRecord | None:
        """The newest pull of a wave, or None before the first."""
        with self.reading() as connection:
            return _last_pull(connection, study, wave)

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


@contextmanager
def _spooled(
    windows: Iterable[tuple[RawResponse, ...]],
) -> Iterator[tuple[Iterator[_Received], set[str]]]:
    """Read all windows to a temporary file, then give the responses back, and their tokens."""
    tokens: set[str] = set()
    with SpooledTemporaryFile(SPOOL, "w+", encoding="ascii", newline="\n") as spool:
        for window in windows:
            received = [_received(response) for response in window]
            tokens |= {response.token for response in received if response.token}
            spool.writelines(_line(response) for response in received)
        spool.seek(0)
        yield _first_of_each(_parsed(line) for line in spool), tokens


def _first_of_each(responses: Iterable[_Received]) -> Iterator[_Received]:
    # Windows of ids cannot overlap; a platform that repeats a row must not break the pull.
    seen: set[int] = set()
    for response in responses:
        if response.response_id not in seen:
            seen.add(response.response_id)
            yield response


def _received(response: RawResponse) -> _Received:
    token = plain(str(response.get("token") or ""))
    # An empty token stays where it is: it says that the survey keeps tokens.
    kept = {k: v for k, v in response.items() if k not in PERSONAL or (k == "token" and not token)}
    body = canonical(kept)
    digest = hashlib.sha256(f"{token}\n{body}".encode()).hexdigest()
    return _Received(int(response["id"] or 0), digest, token, body)


def _line(response: _Received) -> str:
    # JSON in ASCII holds neither a tab nor a line break as such.
    id_, digest, token, body = response
    return f"{id_}\t{digest}\t{json.dumps(token)}\t{body}\n"


def _parsed(line: str) -> _Received:
    id_, digest, token, body = line.rstrip("\n").split("\t")
    return _Received(int(id_), digest, json.loads(token), body)


def _open_pull(connection: Connection, base: Mapping[str, object]) -> int:
    counts = dict.fromkeys(("new", "changed", "returned", "unchanged", "deleted", "total"), 0)
    result = connection.execute(insert(pulls).values(**base, **counts, sha256=""))
    return int(result.inserted_primary_key[0])  # type: ignore[index]  # the row was just made


def _known(connection: Connection, study: str, wave: str, tokens: set[str]) -> _Known:
    versions = response_versions.c
    rows = connection.execute(
        select(versions.response_id, versions.id, versions.sha256, versions.until).where(
            versions.study == study, versions.wave == wave
        )
    ).all()
    current = {row.response_id: (row.id, row.sha256) for row in rows if row.until is None}
    people = participant_ids(connection, study, wave, tokens)
    return _Known(current, frozenset(row.response_id for row in rows), people)


def _store_batch(
    connection: Connection,
    study: str,
    wave: str,
    pull: int,
    batch: list[_Received],
    known: _Known,
) -> None:
    fresh = [r for r in batch if known.current.get(r.response_id, (0, ""))[1] != r.sha256]
    if not fresh:
        return
    _store_contents(connection, fresh)
    replaced = [known.current[r.response_id][0] for r in fresh if r.response_id in known.current]
    _end_versions(connection, replaced, pull)
    connection.execute(
        insert(response_versions),
        [
            {
                "study": study,
                "wave": wave,
                "response_id": response.response_id,
                "participant_id": known.people.get(response.token),
                "sha256": response.sha256,
                "since": pull,
            }
            for response in fresh
        ],
    )


def _store_contents(connection: Connection, responses: list[_Received]) -> None:
    """Keep each content once, whichever pull brought it first."""
    bodies = {response.sha256: response.body for response in responses}
    there = connection.execute(select(contents.c.sha256).where(contents.c.sha256.in_(bodies)))
    lacking = bodies.keys() - set(there.scalars())
    if lacking:
        connection.execute(
            insert(contents),
            [{"sha256": digest, "body": bodies[digest].encode()} for digest in sorted(lacking)],
        )


def _end_versions(connection: Connection, versions: list[int], pull: int) -> None:
    if versions:
        connection.execute(
            update(response_versions)
            .where(response_versions.c.id == bindparam("version"))
            .values(until=pull),
            [{"version": version} for version in versions],
        )


def _counts(seen: Mapping[int, str], known: _Known) -> dict[str, int | str]:
    there = {id_: digest for id_, digest in seen.items() if id_ in known.current}
    unchanged = sum(known.current[id_][1] == digest for id_, digest in there.items())
    returned = len((seen.keys() - there.keys()) & known.ever)
    return {
        "new": len(seen) - len(there) - returned,
        "changed": len(there) - unchanged,
        "returned": returned,
        "unchanged": unchanged,
        "total": len(seen),
    }


def _hash_of(seen: Mapping[int, str]) -> str:
    lines = "".join(f"{id_}:{digest}\n" for id_, digest in sorted(seen.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _last_pull(connection: Connection, study: str, wave: str) -> PullRecord | None:
    row = connection.execute(
        select(pulls)
        .where(pulls.c.study == study, pulls.c.wave == wave)
        .order_by(pulls.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _record(row)


def _record(row: Row[tuple[object, ...]]) -> PullRecord:
    return PullRecord(**row._mapping)
