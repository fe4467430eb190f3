"""The versions of responses in the database: which content each had, from pull to pull."""

import hashlib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update

from tasks.store.people import participant_ids
from tasks.store.receiving import Received
from tasks.store.tables import contents, response_versions


@dataclass(frozen=True)
class Known:
    """What the store held of a wave before a pull."""

    current: Mapping[int, tuple[int, str]]  # response id → (version id, content hash)
    ever: frozenset[int]  # response ids
    people: Mapping[str, int]  # token → row of the participants table

    def hash_of(self, response_id: int) -> str:
        """The hash of a response's current content; empty when there is none."""
        return self.current.get(response_id, (0, ""))[1]


def known_of(connection: Connection, study: str, wave: str, tokens: AbstractSet[str]) -> Known:
    """Read what the store holds of a wave."""
    versions = response_versions.c
    rows = connection.execute(
        select(versions.response_id, versions.id, versions.sha256, versions.until).where(
            versions.study == study, versions.wave == wave
        )
    ).all()
    current = {id_: (version, sha256) for id_, version, sha256, until in rows if until is None}
    people = participant_ids(connection, study, wave, set(tokens))
    return Known(current, frozenset(id_ for id_, *_ in rows), people)


def current_dates(connection: Connection, study: str, wave: str) -> dict[int, str]:
    """Response id → the platform's date of its current content, where it has one."""
    versions = response_versions.c
    rows = connection.execute(
        select(versions.response_id, versions.dated).where(
            versions.study == study,
            versions.wave == wave,
            versions.until.is_(None),
            versions.dated.is_not(None),
        )
    )
    return {id_: dated for id_, dated in rows}  # noqa: C416 - rows are no pairs to the checker


def store_batch(
    connection: Connection,
    place: Mapping[str, str],
    pull: int,
    batch: Sequence[Received],
    known: Known,
) -> None:
    """Store the responses whose content is new, and end the versions that they replace.

    Args:
        connection: of the pull's transaction.
        place: `study` and `wave`.
        pull: its number.
        batch: responses received.
        known: what the store held before the pull.
    """
    fresh = [one for one in batch if known.hash_of(one.response_id) != one.sha256]
    if not fresh:
        return
    _store_contents(connection, fresh)
    replaced = [known.current[r.response_id][0] for r in fresh if r.response_id in known.current]
    end_versions(connection, replaced, pull)
    rows = [
        {
            **place,
            "response_id": response.response_id,
            "participant_id": known.people.get(response.token),
            "sha256": response.sha256,
            "dated": response.dated,
            "since": pull,
        }
        for response in fresh
    ]
    connection.execute(insert(response_versions), rows)


def _store_contents(connection: Connection, responses: Sequence[Received]) -> None:
    """Keep each content once, whichever pull brought it first."""
    bodies = {response.sha256: response.body for response in responses}
    there = connection.execute(select(contents.c.sha256).where(contents.c.sha256.in_(bodies)))
    lacking = bodies.keys() - set(there.scalars())
    if lacking:
        connection.execute(
            insert(contents),
            [{"sha256": digest, "body": bodies[digest].encode()} for digest in sorted(lacking)],
        )


def end_versions(connection: Connection, versions: Sequence[int], pull: int) -> None:
    """Say that these versions are no longer current from a pull on."""
    if versions:
        connection.execute(
            update(response_versions)
            .where(response_versions.c.id == bindparam("version"))
            .values(until=pull),
            [{"version": version} for version in versions],
        )


def counts(seen: Mapping[int, str], known: Known) -> dict[str, int | str]:
    """The figures and the hash of a pull that found these contents (response id → hash)."""
    there = {id_: digest for id_, digest in seen.items() if id_ in known.current}
    unchanged = sum(known.hash_of(id_) == digest for id_, digest in there.items())
    returned = len((seen.keys() - there.keys()) & known.ever)
    return {
        "new": len(seen) - len(there) - returned,
        "changed": len(there) - unchanged,
        "returned": returned,
        "unchanged": unchanged,
        "deleted": len(known.current) - len(there),
        "total": len(seen),
        "sha256": _hash_of(seen),
    }


def _hash_of(seen: Mapping[int, str]) -> str:
    lines = "".join(f"{id_}:{digest}\n" for id_, digest in sorted(seen.items()))
    return hashlib.sha256(lines.encode()).hexdigest()
