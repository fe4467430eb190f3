"""Salted hashes of people erased at their request: enough to know them again, no more."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select

from tasks.store.tables import tombstones
from tasks.survey.incremental import Portion
from tasks.survey.source import Participant, RawResponse

_GUIDE = re.compile(r"(P\d{2,})(?!\w)")


class Mark(StrEnum):
    """By what an erased person is known again."""

    TOKEN = "token"  # noqa: S105 - the kind of a mark
    EMAIL = "email"
    PARTICIPANT = "participant"  # number on the platform, for want of a token and an address
    RESPONSE = "response"  # number and beginning, for want of a token
    PSEUDONYM = "pseudonym"  # of the whole study: no one else is ever given it


@dataclass(frozen=True)
class Tombstones:
    """Those of one study."""

    salt: str
    digests: frozenset[tuple[str, str, str]]  # wave, mark, digest

    @property
    def people(self) -> int:
        """How many people with a pseudonym, each counted once for the whole study."""
        return sum(mark == Mark.PSEUDONYM for _, mark, _ in self.digests)

    def hold(self, wave: str, mark: Mark, value: str) -> bool:
        """Was the person with this mark erased?"""
        return bool(self.digests) and (wave, mark.value, digest(self.salt, value)) in self.digests

    def know(self, wave: str, value: str) -> bool:
        """Was somebody with this mark, of whatever kind, erased?"""
        return bool(value) and any(self.hold(wave, mark, value) for mark in Mark)

    def hold_participant(self, wave: str, person: Participant) -> bool:
        """Was this participant erased?"""
        marks = (
            (Mark.TOKEN, person.token.strip()),
            (Mark.EMAIL, person.email.strip().casefold()),
            (Mark.PARTICIPANT, str(person.platform_id)),
        )
        return any(value and self.hold(wave, mark, value) for mark, value in marks)

    def hold_response(self, wave: str, response: RawResponse) -> bool:
        """Was the person who sent this response erased?"""
        token = str(response.get("token") or "").strip()
        mark = (Mark.TOKEN, token) if token else (Mark.RESPONSE, response_mark(response))
        return self.hold(wave, *mark)


class Survivors:
    """Portions without the responses of people erased; counts those left out while read."""

    def __init__(self, portions: Iterable[Portion], wave: str, erased: Tombstones) -> None:
        self._portions, self._wave, self._erased = portions, wave, erased
        self.left_out = 0

    def __iter__(self) -> Iterator[Portion]:
        for portion in self._portions:
            kept = tuple(
                one for one in portion.responses if not self._erased.hold_response(self._wave, one)
            )
            self.left_out += len(portion.responses) - len(kept)
            yield replace(portion, responses=kept)


def without_people(body: Mapping[str, Any], gone: Callable[[str], bool]) -> dict[str, Any]:
    """Notes as the store keeps them (lists of entries and of pseudonyms), without some people."""

    def person(entry: object) -> str:
        return str(entry.get("respondent") if isinstance(entry, dict) else entry)

    return {name: [one for one in body[name] if not gone(person(one))] for name in body}


def guide_owner(source: str) -> str:
    """The pseudonym that the source of some notes bears, a guide's; empty for a workbook."""
    found = _GUIDE.match(source)
    return found.group(1) if found else ""


def without_erased(connection: Connection, study: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Notes as the store keeps them, without the people who were erased."""
    erased = read_tombstones(connection, study)
    return without_people(body, lambda person: erased.hold("", Mark.PSEUDONYM, person))


def response_mark(response: RawResponse) -> str:
    """What tells a response without a token: numbers begin anew when a survey is reactivated."""
    return f"{response['id']} {response.get('startdate') or ''}"


def digest(salt: str, value: str) -> str:
    """HMAC-SHA-256 of a value under a study's salt."""
    return hmac.new(salt.encode(), value.encode(), hashlib.sha256).hexdigest()


def read_tombstones(connection: Connection, study: str) -> Tombstones:
    """The tombstones of a study; with a new salt when it has none yet."""
    c = tombstones.c
    rows = connection.execute(
        select(c.wave, c.kind, c.digest, c.salt).where(c.study == study)
    ).all()
    salt = rows[0].salt if rows else secrets.token_hex(16)
    return Tombstones(salt, frozenset((row.wave, row.kind, row.digest) for row in rows))


def add_tombstones(
    connection: Connection, study: str, marks: Iterable[tuple[str, Mark, str]]
) -> None:
    """Add (wave, mark, value); those there already stay."""
    known = read_tombstones(connection, study)
    now = datetime.now(UTC)
    wanted = {(wave, mark.value, digest(known.salt, value)) for wave, mark, value in marks}
    rows = [
        {"study": study, "wave": wave, "kind": kind, "salt": known.salt, "digest": hashed,
         "erased_at": now}
        for wave, kind, hashed in sorted(wanted - known.digests)
    ]  # fmt: skip
    if rows:
        connection.execute(insert(tombstones), rows)
