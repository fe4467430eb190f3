"""What a participants list says, what is wrong in it, and what it would change. Personal data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tasks.campaign.platform import NewParticipant

FIRSTNAME, LASTNAME, EMAIL, LANGUAGE = "firstname", "lastname", "email", "language"
"""Columns of every list, by the platform's names; beside them stand `attribute_1`, …"""


@dataclass(frozen=True)
class Fault:
    """A doubtful row: where, what, what to do. No name, no address: it may stand in a log."""

    row: int
    where: str  # « onglet « Liste », ligne 5, colonne « Courriel » »
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where} : {self.what} {self.remedy}"


@dataclass(frozen=True)
class Line:
    """A row of the list that is clear: column → value; columns that the list lacks are not there.

    An empty value says nothing: what the platform holds stays.
    """

    row: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Roster:
    """A list as read."""

    name: str  # of the file
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def doubtful_rows(self) -> tuple[int, ...]:
        """The rows with at least one fault."""
        return tuple(sorted({fault.row for fault in self.faults}))


@dataclass(frozen=True)
class Addition:
    """Somebody of the list who is not on the platform yet."""

    row: int
    person: NewParticipant


@dataclass(frozen=True)
class Change:
    """Somebody whom the list describes otherwise than the platform."""

    row: int
    platform_id: int
    columns: tuple[str, ...]  # that differ
    person: NewParticipant  # as they should be


@dataclass(frozen=True)
class Plan:
    """What a list would change on the platform."""

    additions: tuple[Addition, ...]
    changes: tuple[Change, ...]
    unchanged: int
    absent: tuple[int, ...] = ()  # platform numbers of people no longer on the list; they stay
    remarks: tuple[str, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """True when the platform has everything already."""
        return not (self.additions or self.changes)
