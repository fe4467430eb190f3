"""Finding everything the store holds of one person, before it is erased."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select

from tasks.store.people import pseudonym
from tasks.store.tables import contents, notes, participants, persons, response_versions, reviews
from tasks.store.tombstones import Mark, read_tombstones, response_mark

OWN_WORDS = 12  # letters from which a text can be recognised as somebody's own

AnyRow = Row[Any]


@dataclass(frozen=True)
class Trace:
    """A person as the store knows them. Personal data: held in memory, never written."""

    study: str
    participants: tuple[int, ...] = ()  # row ids
    persons: tuple[int, ...] = ()  # row ids
    pseudonyms: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()  # full names, addresses, tokens
    words: tuple[str, ...] = ()  # what they wrote or said
    others: tuple[str, ...] = ()  # what everybody else of the study wrote or said
    marks: tuple[tuple[str, Mark, str], ...] = ()  # wave, mark, value: how to know them again
    versions: tuple[int, ...] = ()  # row ids of the versions of their responses
    hashes: tuple[str, ...] = ()  # of the contents of their responses
    waves: tuple[str, ...] = ()  # they were invited to, or answered in
    response_ids: tuple[tuple[str, int], ...] = ()  # wave, number on the platform


def named(connection: Connection, study: str, who: str) -> tuple[list[AnyRow], list[AnyRow]]:
    """The participants' and persons' rows that a pseudonym, address or token names.

    The same person in another wave, with the same token or the same name and address, is there.
    """
    everybody = connection.execute(select(participants).where(participants.c.study == study)).all()
    people = connection.execute(select(persons).where(persons.c.study == study)).all()
    ids = {one.id for one in people if pseudonym(one.number) == who.upper()}
    rows = [row for row in everybody if row.person_id in ids or _is_called(row, who)]
    ids |= {row.person_id for row in rows} - {None}
    who_they_are = {_identity(row) for row in rows if row.email}
    rows = [r for r in everybody if r in rows or r.person_id in ids or _identity(r) in who_they_are]
    ids |= {row.person_id for row in rows} - {None}
    return rows, [one for one in people if one.id in ids]


def _is_called(row: AnyRow, who: str) -> bool:
    return bool(who) and (row.token == who or row.email.casefold() == who.casefold())


def _identity(row: AnyRow) -> tuple[str, ...]:
    return tuple(text.casefold() for text in (row.email, row.firstname, row.lastname))


def trace_of(
    connection: Connection, study: str, rows: Sequence[AnyRow], people: Sequence[AnyRow]
) -> Trace:
    """Everything the store holds of these rows of the participants and persons tables."""
    pseudonyms = frozenset(pseudonym(one.number) for one in people)
    versions = _versions(connection, study, rows, people)
    bodies = _bodies(connection, {version.sha256 for version in versions})
    marks = [*_participant_marks(connection, study, rows), *_response_marks(versions, bodies)]
    marks += [("", Mark.PSEUDONYM, name) for name in pseudonyms]
    said = list(_said(connection, study))
    words = [*_own_words(bodies.values()), *(text for who, text in said if who in pseudonyms)]
    others = [*_own_words(_bodies_besides(connection, study, bodies)),
              *(text for who, text in said if who not in pseudonyms)]  # fmt: skip
    return Trace(
        study,
        tuple(row.id for row in rows),
        tuple(one.id for one in people),
        pseudonyms,
        tuple(dict.fromkeys(name for row in rows for name in _names(row) if name)),
        tuple(dict.fromkeys(words)),
        tuple(dict.fromkeys(others)),
        tuple(dict.fromkeys(marks)),
        tuple(version.id for version in versions),
        tuple(bodies),
        tuple(sorted({row.wave for row in (*rows, *people) if row.wave})),
        tuple(sorted({(version.wave, version.response_id) for version in versions})),
    )


def remnant(connection: Connection, study: str, who: str) -> Trace | None:
    """Somebody erased already, or whom the notes alone know; None when nobody is.

    So an erasure that did not come to its end can be run again, and a guide that came back from a
    backup be taken away.
    """
    name, erased = who.upper(), read_tombstones(connection, study)
    said = list(_said(connection, study))
    words = [text for person, text in said if person == name]
    if words or name in _interviewed(connection, study) or erased.know("", name):
        others = tuple(text for person, text in said if person != name)
        mark = ("", Mark.PSEUDONYM, name)
        return Trace(study, pseudonyms=frozenset({name}), words=tuple(words), others=others,
                     marks=(mark,))  # fmt: skip
    waves = sorted({wave for wave, _, _ in erased.digests})
    known = any(erased.know(wave, one) for wave in waves for one in (who, who.casefold()))
    return Trace(study, names=(who,)) if known else None


def _interviewed(connection: Connection, study: str) -> set[str]:
    bodies = connection.execute(select(notes.c.body).where(notes.c.study == study)).scalars()
    return {person for body in bodies for person in body["interviewed"]}


def _names(row: AnyRow) -> Iterable[str]:
    if row.firstname and row.lastname:
        yield f"{row.firstname} {row.lastname}"
        yield f"{row.lastname} {row.firstname}"
    yield row.email
    yield row.token or ""


def _versions(
    connection: Connection, study: str, rows: Sequence[AnyRow], people: Sequence[AnyRow]
) -> list[AnyRow]:
    c = response_versions.c
    without_token = [
        and_(c.wave == one.wave, c.response_id == one.response_id)
        for one in people
        if one.response_id is not None
    ]
    theirs = or_(c.participant_id.in_([row.id for row in rows]), *without_token)
    return list(connection.execute(select(response_versions).where(c.study == study, theirs)))


def _bodies(connection: Connection, hashes: set[str]) -> dict[str, dict[str, Any]]:
    rows = connection.execute(select(contents).where(contents.c.sha256.in_(sorted(hashes))))
    return {row.sha256: json.loads(row.body) for row in rows}


def _participant_marks(
    connection: Connection, study: str, rows: Sequence[AnyRow]
) -> Iterable[tuple[str, Mark, str]]:
    """Token and address; an address that others of the wave share would stop them too."""
    c, ids = participants.c, {row.id for row in rows}
    others = connection.execute(select(c.id, c.wave, c.email).where(c.study == study))
    shared = {(o.wave, o.email.casefold()) for o in others if o.id not in ids}
    for row in rows:
        email = row.email.casefold()
        if row.token:
            yield row.wave, Mark.TOKEN, row.token
        if email and (row.wave, email) not in shared:
            yield row.wave, Mark.EMAIL, email
        if not row.token and not email:
            yield row.wave, Mark.PARTICIPANT, str(row.platform_id)


def _response_marks(
    versions: Iterable[AnyRow], bodies: dict[str, dict[str, Any]]
) -> Iterable[tuple[str, Mark, str]]:
    for version in versions:
        if version.participant_id is None:
            yield version.wave, Mark.RESPONSE, response_mark(bodies[version.sha256])


def _own_words(bodies: Iterable[dict[str, Any]]) -> Iterable[str]:
    for body in bodies:
        for value in body.values():
            if sum(map(str.isalpha, str(value))) >= OWN_WORDS:
                yield str(value)


def _said(connection: Connection, study: str) -> Iterable[tuple[str | None, str]]:
    """What the notes and reviews have: pseudonym, where there is one, and words."""
    for body in connection.execute(select(notes.c.body).where(notes.c.study == study)).scalars():
        for entries in body.values():
            for entry in entries:
                if isinstance(entry, dict):
                    yield entry["respondent"], entry["text"]
    decided = select(reviews.c.respondent, reviews.c.body).where(reviews.c.study == study)
    for who, body in connection.execute(decided):
        yield from ((who, body["original"]), (who, body["edited"]))


def _bodies_besides(
    connection: Connection, study: str, theirs: Collection[str]
) -> Iterable[dict[str, Any]]:
    """The contents of everybody else's responses, read one at a time."""
    used = select(response_versions.c.sha256).where(response_versions.c.study == study)
    rows = connection.execute(select(contents).where(contents.c.sha256.in_(used)))
    return (json.loads(row.body) for row in rows if row.sha256 not in theirs)
