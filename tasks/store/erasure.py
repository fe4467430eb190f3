"""Erasing: a person from every table, or a whole wave's personal data; then their bytes.

Aggregates stay: the figures of past issues, the counts and hashes of pulls.
"""

import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, delete, select, update

from config.catalogue import say
from config.errors import StoreError
from tasks.store.database import Database
from tasks.store.mails import erase_mails
from tasks.store.records import ERASED, WORDS
from tasks.store.tables import (
    contents,
    issues,
    ledger,
    mails,
    notes,
    participants,
    persons,
    response_versions,
    reviews,
    tombstones,
)
from tasks.store.tombstones import (
    add_tombstones,
    guide_owner,
    read_tombstones,
    without_people,
)
from tasks.store.traces import Trace, named, remnant, trace_of

AT_ONCE = 500  # values in one condition: SQLite takes a limited number

_OWN = re.compile(r"P\d+$")

Redact = Callable[[bytes], bytes | None]
"""Takes a person's words out of a document; None when they cannot be taken out."""


class Erasure(Database):
    """Taking people out of the store."""

    def trace(self, study: str, who: str) -> Trace | None:
        """Find a person by pseudonym, e-mail address or token; None when nobody is known by it.

        Raises:
            StoreError: several people of one wave share the address.
        """
        with self.reading() as connection:
            rows, people = named(connection, study, who.strip())
            if len({row.wave for row in rows}) < len(rows):
                raise self._shared_address()
            if not rows and not people:
                return remnant(connection, study, who.strip())
            return trace_of(connection, study, rows, people)

    def erased_people(self, study: str) -> int:
        """How many people of a study, known by a pseudonym, were erased at their request."""
        with self.reading() as connection:
            return read_tombstones(connection, study).people

    def erase(self, trace: Trace, redact: Redact) -> Mapping[str, int]:
        """Take a person out of every table, whole or not at all; returns rows by table.

        Args:
            trace: the person.
            redact: applied to each issue kept as the base of later merges.
        """
        study, count = trace.study, Counter[str]()
        with self.writing() as connection:
            count["responses"] = _delete(connection, response_versions.c.id, trace.versions)
            _delete_unused(connection, trace.hashes)
            count["mails"] = erase_mails(connection, study, trace.participants)
            count["participants"] = _delete(connection, participants.c.id, trace.participants)
            count["persons"] = _delete(connection, persons.c.id, trace.persons)
            count["reviews"] = _delete(
                connection, reviews.c.respondent, trace.pseudonyms, reviews.c.study == study
            )
            gone, unnamed = trace.pseudonyms, _unnaming(trace.pseudonyms)
            count["notes"] = _delete_notes(connection, study, gone)
            count["notes"] += _rewrite(
                connection,
                notes.c.body,
                study,
                lambda body: without_people(body, gone.__contains__),
            )
            _forget_words(connection, study, gone)
            for name, column in (("ledger", ledger.c.answers), ("issues", issues.c.responses)):
                count[name] = _rewrite(connection, column, study, unnamed)
            _rewrite(connection, issues.c["values"], study, lambda v: _without_words(v, trace))
            _delete_guides(connection, issues.c.study == study, gone)
            count["documents"] = _redact_issues(connection, study, redact)
            add_tombstones(connection, study, trace.marks)
        return dict(count)

    def erase_wave(self, study: str, wave: str) -> Mapping[str, int]:
        """Take all personal data of a wave out of the store; figures of its issues stay.

        Returns:
            Rows by table; empty when nothing was left.
        """
        count: Counter[str] = Counter()
        with self.writing() as connection:
            hashes = connection.execute(
                select(response_versions.c.sha256).where(*_in(response_versions, study, wave))
            ).scalars()
            used = sorted(set(hashes))
            for table in (
                response_versions, participants, mails, notes, reviews, ledger, tombstones,
            ):  # fmt: skip
                result = connection.execute(delete(table).where(*_in(table, study, wave)))
                count[table.name] = result.rowcount
            _delete_unused(connection, used)
            count["persons"] = _delete_strangers(connection, study, wave)
            _delete_guides(connection, and_(*_in(issues, study, wave)), None)
            count["documents"] = _empty_issues(connection, study, wave)
        return {name: rows for name, rows in count.items() if rows}

    def scrub(self) -> bool:
        """Rewrite the database file so that no byte of what was erased is left in it.

        Returns:
            False when this cannot be promised: another program reads the database at this
            moment, or it is a server's, whose files are its administrator's.
        """
        if self._engine.dialect.name != "sqlite":
            return False
        with self._in_words():
            raw = self._engine.raw_connection()
            try:
                cursor = raw.cursor()
                cursor.execute("PRAGMA secure_delete = ON")
                cursor.execute("VACUUM")
                busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                raw.close()
        return not busy

    def _shared_address(self) -> StoreError:
        return StoreError(
            say("Plusieurs personnes d’une même vague ont cette adresse de courriel.",
                self.language),
            say("Désignez la personne à effacer par son pseudonyme ou son jeton.", self.language),
        )  # fmt: skip


def _delete(
    connection: Connection,
    column: Column[Any],
    values: Collection[object],
    *conditions: ColumnElement[bool],
) -> int:
    """Delete the rows that have one of these values in a column, by portions."""
    ordered, count = sorted(values, key=str), 0
    for start in range(0, len(ordered), AT_ONCE):
        some = column.in_(ordered[start : start + AT_ONCE])
        count += connection.execute(delete(column.table).where(some, *conditions)).rowcount
    return count


def _delete_notes(connection: Connection, study: str, gone: Collection[str]) -> int:
    """Delete what was read from the guides of these people, whose source bears the pseudonym."""
    rows = connection.execute(select(notes.c.id, notes.c.source).where(notes.c.study == study))
    theirs = [row.id for row in rows if guide_owner(row.source) in gone]
    return _delete(connection, notes.c.id, theirs)


def _delete_unused(connection: Connection, hashes: Sequence[str]) -> None:
    """Delete contents that no version of a response, whoever's, refers to any more."""
    used = select(response_versions.c.sha256)
    _delete(connection, contents.c.sha256, hashes, contents.c.sha256.not_in(used))


def _forget_words(connection: Connection, study: str, gone: Collection[str]) -> None:
    """Leave these people no place where the ledger holds whose words may be printed."""
    _rewrite(
        connection,
        ledger.c.answers,
        study,
        lambda people: {who: keys for who, keys in people.items() if who not in gone},
        ledger.c.breakdown.endswith(f" {WORDS}"),
    )


def _rewrite(
    connection: Connection,
    column: Column[Any],
    study: str,
    change: Callable[[Any], Any],
    *conditions: ColumnElement[bool],
) -> int:
    """Replace the values of a column that a change alters; returns how many."""
    table = column.table
    keys = list(table.primary_key)
    query = select(*keys, column).where(table.c.study == study, *conditions)
    rows = connection.execute(query).all()
    count = 0
    for *place, value in rows:
        changed = change(value)
        if changed != value:
            at = and_(*(key == part for key, part in zip(keys, place, strict=True)))
            connection.execute(update(table).where(at).values({column.name: changed}))
            count += 1
    return count


def _unnaming(gone: frozenset[str]) -> Callable[[Mapping[str, str]], dict[str, str]]:
    """Make a function that leaves a place without a name where these people are counted.

    The later issues of a report are compared with what was published while they were there. Place
    and version of the answers are the same wherever they were; the key that makes them goes with
    the function, so that they lead back to nobody.
    """
    key = secrets.token_bytes(32)

    def blind(text: str) -> str:
        return hashlib.blake2b(text.encode(), key=key, digest_size=8).hexdigest()

    return lambda people: {
        f"{ERASED}{blind(who)}" if who in gone else who: blind(said) if who in gone else said
        for who, said in people.items()
    }


def _without_words(values: Mapping[str, object], trace: Trace) -> dict[str, object]:
    """Figures whose value quotes the person are left out: none does, unless a report changes."""
    theirs = (*trace.names, *trace.words)
    return {k: v for k, v in values.items() if not any(word in str(v) for word in theirs)}


def _delete_guides(
    connection: Connection, among: ColumnElement[bool], gone: frozenset[str] | None
) -> None:
    """Delete the issues made for one person alone, whose kind ends with a pseudonym."""
    rows = connection.execute(select(issues.c.id, issues.c.kind).where(among)).all()
    own = [(row.id, match.group()) for row in rows if (match := _OWN.search(row.kind))]
    _delete(connection, issues.c.id, [id_ for id_, who in own if gone is None or who in gone])


def _redact_issues(connection: Connection, study: str, redact: Redact) -> int:
    """Redact each stored document; one that cannot be redacted is emptied."""
    ids = connection.execute(select(issues.c.id).where(issues.c.study == study)).scalars().all()
    count = 0
    for id_ in ids:
        at = issues.c.id == id_
        content = connection.execute(select(issues.c.content).where(at)).scalar_one()
        redacted = (redact(content) or b"") if content else content
        if redacted != content:
            _replace_content(connection, at, redacted)
            count += 1
    return count


def _replace_content(connection: Connection, at: ColumnElement[bool], content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    connection.execute(update(issues).where(at).values(content=content, sha256=digest))


def _in(table: Table, study: str, wave: str) -> tuple[ColumnElement[bool], ...]:
    return table.c.study == study, table.c.wave == wave


def _delete_strangers(connection: Connection, study: str, wave: str) -> int:
    """Delete the people that no participant of any wave, and no response of another, refers to."""
    known = select(participants.c.person_id).where(participants.c.person_id.is_not(None))
    elsewhere = persons.c.response_id.is_not(None) & (persons.c.wave != wave)
    alone = delete(persons).where(persons.c.study == study, persons.c.id.not_in(known), ~elsewhere)
    return connection.execute(alone).rowcount


def _empty_issues(connection: Connection, study: str, wave: str) -> int:
    """Empty the stored documents, and forget who they were computed on but not how many."""
    c = issues.c
    full = (c.content != b"").label("full")  # figures shown in guides have no document
    found = connection.execute(
        select(c.id, c.responses, full).where(*_in(issues, study, wave))
    ).all()
    rows = [row for row in found if row.full or any(key[0] != ERASED for key in row.responses)]
    for row in rows:
        counted = {f"{ERASED}{number}": "" for number in range(1, len(row.responses) + 1)}
        connection.execute(update(issues).where(c.id == row.id).values(responses=counted))
        _replace_content(connection, c.id == row.id, b"")
    return len(rows)
