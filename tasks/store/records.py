"""What the store hands back: frozen records that know no SQL."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

ERASED = "#"
"""What the key of somebody erased begins with, where people are counted: nobody can be found by it.

How many people a published figure counts is thereby known still, and which sets they stood in.
"""


WORDS = "words"
"""How the name of a breakdown ends that holds who was heard in the interviews, as keys of passages.

They are compared with nothing after an erasure: whoever is erased leaves no place in it.
"""


class PullKind(StrEnum):
    """How a pull told what had changed."""

    FULL = "full"  # the content of every response was compared
    DATES = "dates"  # only responses whose date or existence had changed were read


@dataclass(frozen=True)
class PullRecord:
    """One pull of a wave. `new + changed + returned + unchanged == total`."""

    id: int
    study: str
    wave: str
    survey_id: int
    platform_version: str | None
    pulled_at: datetime  # aware, UTC
    sha256: str  # over every response id and content hash of this pull, in order of id
    new: int
    changed: int
    returned: int  # deleted in an earlier pull, there again
    unchanged: int
    deleted: int  # there in the pull before, gone in this one
    total: int
    erased: int = 0  # on the platform still, left out because erased at the person's request
    kind: PullKind = PullKind.FULL


@dataclass(frozen=True)
class ResponseVersion:
    """One state of one response: seen from pull `since`, no longer seen in pull `until`."""

    response_id: int
    sha256: str
    since: int
    until: int | None  # None: current


@dataclass(frozen=True)
class Person:
    """A respondent as every step after the pull sees them: a pseudonym and a profile."""

    pseudonym: str
    attributes: Mapping[str, str] = field(default_factory=dict)  # `attribute_1` → text
    invited: bool | None = None  # None: this cannot be known (no participants table, no token)


@dataclass(frozen=True)
class IssueRecord:
    """One issue of a report: what one refresh published."""

    study: str
    wave: str
    kind: str
    number: int  # 1, 2, 3… per study, wave and kind
    path: str  # under the working folder; the file name alone when it lies elsewhere
    sha256: str  # of the content
    issued_at: datetime  # aware, UTC
    content: bytes
    values: Mapping[str, str | float | int | None]  # every figure shown
    responses: Mapping[str, str]  # pseudonym → hash of the answers it was computed on


@dataclass(frozen=True)
class PublicationRecord:
    """Everything published of a wave so far."""

    pull: int  # the pull that the newest published answers come from
    breakdowns: Mapping[str, Mapping[str, str]]  # breakdown → pseudonym → hash of the answers


@dataclass(frozen=True)
class CampaignRecord:
    """How far a campaign is; times are aware, UTC."""

    study: str
    wave: str
    survey_id: int
    import_began_at: datetime | None
    imported_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    finished_at: datetime | None
    generation: str | None  # None: noted by an older version
