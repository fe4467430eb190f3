"""People: names and tokens in one table, and the pseudonyms everybody else uses."""

import random
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from tasks.store.database import Database
from tasks.store.records import Person
from tasks.store.tables import participants, persons
from tasks.store.tombstones import Mark, read_tombstones
from tasks.survey.source import Participant

_draw = random.SystemRandom().sample


class People(Database):
    """The participants of a wave and the pseudonyms of a study."""

    def record_participants(self, study: str, wave: str, people: Iterable[Participant]) -> None:
        """Keep the platform's participants table as it is now.

        Who is no longer on it loses name and e-mail address here too; the token stays, so that
        answers already given keep their pseudonym. Who was erased does not come back.
        """
        with self.writing() as connection:
            erased = read_tombstones(connection, study)
            rows = _wave_rows(connection, study, wave)
            by_token = {row.token: row.id for row in rows if row.token}
            tokenless = {row.platform_id: row.id for row in rows if not row.token}
            connection.execute(
                update(participants)
                .where(participants.c.study == study, participants.c.wave == wave)
                .values(listed=False, firstname="", lastname="", email="")
            )
            new, known = [], []
            for person in people:
                if erased.hold_participant(wave, person):
                    continue
                values = _values(person)
                place = by_token.get(values["token"]) or tokenless.get(person.platform_id)
                if place is None:
                    new.append({"study": study, "wave": wave, **values})
                else:
                    known.append({"place": place, **values})
            if known:
                at = participants.c.id == bindparam("place")
                connection.execute(update(participants).where(at), known)
            if new:
                connection.execute(insert(participants), new)

    def people(self, study: str, wave: str, keys: Iterable[str]) -> Mapping[str, Person]:
        """The person behind each key; who has no pseudonym yet is given one.

        A pseudonym is a number drawn at random among the free ones, so that it tells nothing of
        the order of answering. It is drawn once and kept in the whole study: the same token in
        a later wave has the same pseudonym.

        Args:
            study: code of the study.
            wave: code of the wave.
            keys: tokens, or `#<response id>` for a response without one.
        """
        wanted = sorted(set(keys))
        with self.writing() as connection:
            known = _has_table(connection, study, wave)
            by_token = _people_of_tokens(
                connection, study, wave, [key for key in wanted if not key.startswith("#")], known
            )
            return by_token | _people_of_responses(
                connection, study, wave, [key for key in wanted if key.startswith("#")]
            )

    def invited(self, study: str, wave: str) -> int | None:
        """How many people are on the participants table; None when there is no such table."""
        attributes = self.invited_attributes(study, wave)
        return None if attributes is None else len(attributes)

    def invited_attributes(self, study: str, wave: str) -> tuple[Mapping[str, str], ...] | None:
        """The attributes of each person invited, without names, for counting by side."""
        with self.reading() as connection:
            rows = [row for row in _wave_rows(connection, study, wave) if row.listed]
        return tuple(row.attributes for row in rows) or None

    def listed_participants(self, study: str, wave: str) -> tuple[Participant, ...]:
        """Everybody invited, answered or not: for the flags of the review workbook alone."""
        with self.reading() as connection:
            rows = [row for row in _wave_rows(connection, study, wave) if row.listed]
        return tuple(_participant(row) for row in rows)

    def erased_addresses(self, study: str, wave: str, addresses: Iterable[str]) -> frozenset[str]:
        """Of these e-mail addresses, casefolded, those of people erased at their request."""
        with self.reading() as connection:
            erased = read_tombstones(connection, study)
        folded = {address.strip().casefold() for address in addresses}
        return frozenset(one for one in folded if erased.hold(wave, Mark.EMAIL, one))

    def identities(self, study: str, wave: str) -> Mapping[str, Participant]:
        """Who is behind each pseudonym: for interview guides and named quotes alone."""
        with self.reading() as connection:
            rows = connection.execute(
                select(participants, persons.c.number)
                .join(persons, participants.c.person_id == persons.c.id)
                .where(participants.c.study == study, participants.c.wave == wave)
                .where(participants.c.listed)
                .order_by(persons.c.number)
            ).all()
        return {pseudonym(row.number): _participant(row) for row in rows}


def pseudonym(number: int) -> str:
    """`P01` … `P99`, then `P100`: the width grows with the study."""
    return f"P{number:02d}"


def plain(text: str) -> str:
    """A text that every database takes: no lone surrogate, no NUL."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8").strip()


def participant_ids(
    connection: Connection, study: str, wave: str, tokens: Iterable[str]
) -> dict[str, int]:
    """The row of each token in the participants table, made when it lacks (not listed)."""
    found = _ids_of(connection, study, wave)
    lacking = sorted(set(tokens) - found.keys())
    if not lacking:
        return found
    blank = {"study": study, "wave": wave, "listed": False, "completed": False}
    blank |= {"firstname": "", "lastname": "", "email": "", "attributes": {}}
    connection.execute(insert(participants), [blank | {"token": token} for token in lacking])
    return _ids_of(connection, study, wave)


def _ids_of(connection: Connection, study: str, wave: str) -> dict[str, int]:
    rows = connection.execute(
        select(participants.c.token, participants.c.id).where(
            participants.c.study == study,
            participants.c.wave == wave,
            participants.c.token.is_not(None),
        )
    )
    return {row.token: row.id for row in rows}


def _wave_rows(connection: Connection, study: str, wave: str) -> list[Row[tuple[object, ...]]]:
    query = select(participants).where(participants.c.study == study, participants.c.wave == wave)
    return list(connection.execute(query.order_by(participants.c.id)))


def _values(person: Participant) -> dict[str, object]:
    return {
        "token": plain(person.token) or None,
        "platform_id": person.platform_id,
        "listed": True,
        "firstname": plain(person.firstname),
        "lastname": plain(person.lastname),
        "email": plain(person.email),
        "attributes": dict(person.attributes),
        "completed": person.completed,
    }


def _participant(row: Row[tuple[object, ...]]) -> Participant:
    return Participant(
        platform_id=row.platform_id or 0,
        token=row.token or "",
        firstname=row.firstname,
        lastname=row.lastname,
        email=row.email,
        attributes=row.attributes,
        completed=row.completed,
    )


def _has_table(connection: Connection, study: str, wave: str) -> bool:
    return any(row.listed for row in _wave_rows(connection, study, wave))


def _people_of_tokens(
    connection: Connection, study: str, wave: str, tokens: list[str], has_table: bool
) -> dict[str, Person]:
    if not tokens:
        return {}
    participant_ids(connection, study, wave, {plain(token) for token in tokens})
    _name_tokens(connection, study, wave, {plain(token) for token in tokens})
    rows = {
        row.token: row
        for row in connection.execute(
            select(participants, persons.c.number)
            .join(persons, participants.c.person_id == persons.c.id)
            .where(participants.c.study == study, participants.c.wave == wave)
        )
    }
    return {
        token: Person(
            pseudonym(rows[plain(token)].number),
            rows[plain(token)].attributes,
            rows[plain(token)].listed if has_table else None,
        )
        for token in tokens
    }


def _name_tokens(connection: Connection, study: str, wave: str, tokens: set[str]) -> None:
    """Give every token of the wave a person: the one it has in another wave, or a new one."""
    c = participants.c
    rows = connection.execute(
        select(c.token, c.person_id).where(c.study == study, c.person_id.is_not(None))
    )
    named = {row.token: row.person_id for row in rows}
    lacking = sorted(tokens - named.keys())
    numbers = _draw_numbers(connection, study, len(lacking))
    drawn = _add_persons(connection, [{"study": study, "number": n} for n in numbers])
    named |= {token: drawn[number] for token, number in zip(lacking, numbers, strict=True)}
    connection.execute(
        update(participants)
        .where(c.study == study, c.wave == wave, c.token == bindparam("of"))
        .where(c.person_id.is_(None))
        .values(person_id=bindparam("person")),
        [{"of": token, "person": named[token]} for token in sorted(tokens)],
    )


def _people_of_responses(
    connection: Connection, study: str, wave: str, keys: list[str]
) -> dict[str, Person]:
    """The people behind responses without a token: one each, known by nothing else."""
    found = _numbers_of_responses(connection, study, wave)
    lacking = [key for key in keys if key not in found]
    numbers = _draw_numbers(connection, study, len(lacking))
    _add_persons(
        connection,
        [
            {"study": study, "wave": wave, "response_id": int(key[1:]), "number": number}
            for key, number in zip(lacking, numbers, strict=True)
        ],
    )
    found |= dict(zip(lacking, numbers, strict=True))
    return {key: Person(pseudonym(found[key])) for key in keys}


def _numbers_of_responses(connection: Connection, study: str, wave: str) -> dict[str, int]:
    rows = connection.execute(
        select(persons.c.response_id, persons.c.number).where(
            persons.c.study == study, persons.c.wave == wave
        )
    )
    return {f"#{response_id}": number for response_id, number in rows}


def _draw_numbers(connection: Connection, study: str, count: int) -> list[int]:
    """Free numbers at random, among at least twice as many as there are people, 99 at least.

    That of a person erased is not free: papers held elsewhere may still bear it.
    """
    if not count:
        return []
    used = set(
        connection.execute(select(persons.c.number).where(persons.c.study == study)).scalars()
    )
    top = 99
    while top < 2 * (len(used) + count):
        top = top * 10 + 9
    erased = read_tombstones(connection, study)
    free = (number for number in range(1, top + 1) if number not in used)
    return _draw([n for n in free if not erased.hold("", Mark.PSEUDONYM, pseudonym(n))], count)


def _add_persons(connection: Connection, rows: list[dict[str, object]]) -> dict[int, int]:
    """Add people of one study; number → row id."""
    if not rows:
        return {}
    connection.execute(insert(persons), rows)
    found = connection.execute(
        select(persons.c.number, persons.c.id).where(persons.c.study == rows[0]["study"])
    )
    return {row.number: row.id for row in found}
