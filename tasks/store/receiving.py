"""What a pull receives, held aside until its end: the database waits for no platform."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import NamedTuple

from tasks.store.columns import canonical
from tasks.store.people import plain
from tasks.survey.incremental import Portion, date_of
from tasks.survey.source import RawResponse

PERSONAL = frozenset({"token", "firstname", "lastname", "email", "ipaddr"})
"""Columns of an export that say who answered: the token goes to the participants table (and
comes back from there), the others are never kept with the answers."""

SPOOL = 8 * 2**20  # bytes of a pull held in memory before it goes to a temporary file


class Received(NamedTuple):
    """One response, ready to be stored."""

    response_id: int
    sha256: str
    token: str
    dated: str | None
    body: str  # canonical JSON without the personal columns


@dataclass(frozen=True)
class Reception:
    """All that a pull received."""

    responses: Iterator[Received]  # to be read once
    unchanged: frozenset[int]  # response ids
    tokens: frozenset[str]


@contextmanager
def spooled(portions: Iterable[Portion]) -> Iterator[Reception]:
    """Read all portions to a temporary file, then give the responses back."""
    tokens: set[str] = set()
    unchanged: set[int] = set()
    with SpooledTemporaryFile(SPOOL, "w+", encoding="ascii", newline="\n") as spool:
        for portion in portions:
            received = [_received(response) for response in portion.responses]
            tokens |= {response.token for response in received if response.token}
            unchanged.update(portion.unchanged)
            spool.writelines(_line(response) for response in received)
        spool.seek(0)
        responses = _first_of_each(_parsed(line) for line in spool)
        yield Reception(responses, frozenset(unchanged), frozenset(tokens))


def _first_of_each(responses: Iterable[Received]) -> Iterator[Received]:
    # Windows of ids cannot overlap; a platform that repeats a row must not break the pull.
    seen: set[int] = set()
    for response in responses:
        if response.response_id not in seen:
            seen.add(response.response_id)
            yield response


def _received(response: RawResponse) -> Received:
    token = plain(str(response.get("token") or ""))
    # An empty token stays where it is: it says that the survey keeps tokens.
    kept = {k: v for k, v in response.items() if k not in PERSONAL or (k == "token" and not token)}
    body = canonical(kept)
    digest = hashlib.sha256(f"{token}\n{body}".encode()).hexdigest()
    return Received(int(response["id"] or 0), digest, token, date_of(response), body)


def _line(response: Received) -> str:
    # JSON in ASCII holds neither a tab nor a line break as such.
    id_, digest, token, dated, body = response
    return f"{id_}\t{digest}\t{json.dumps(token)}\t{dated or ''}\t{body}\n"


def _parsed(line: str) -> Received:
    id_, digest, token, dated, body = line.rstrip("\n").split("\t")
    return Received(int(id_), digest, json.loads(token), dated or None, body)
