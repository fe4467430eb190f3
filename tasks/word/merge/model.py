"""What a merge gives back: the file, and what happened to each passage."""

from dataclasses import dataclass
from enum import StrEnum


class Offers(StrEnum):
    """How a new text is shown beside a passage that staff edited."""

    COMMENTS = "comments"
    TRACKED = "tracked"


class Kind(StrEnum):
    """What the refresh did with a passage."""

    REFRESHED = "refreshed"
    """Nobody had touched it: it says what the data say now."""

    KEPT = "kept"
    """Staff edited it: their version stands."""

    OFFERED = "offered"
    """Staff edited it and the data moved: their version stands, the new one is beside it."""

    INSERTED = "inserted"
    """The data call for it: it stands after its nearest neighbour."""

    REMOVED = "removed"
    """The data no longer call for it and nobody had touched it."""

    KEPT_GONE = "kept_gone"
    """The data no longer call for it, but staff edited it: it stays."""

    DELETED_BY_STAFF = "deleted_by_staff"
    """Staff deleted it: it stays away."""


class Subject(StrEnum):
    """What kind of passage an event is about."""

    PARAGRAPH = "paragraph"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    CHART = "chart"
    HEADER = "header"
    STYLE = "style"
    """The look of the whole file: styles and theme."""


@dataclass(frozen=True)
class MergeEvent:
    """What happened to one passage.

    Attributes:
        kind: what was done.
        subject: to what.
        place: text of the nearest heading above, empty before the first one.
        before: what the file said, shortened.
        after: what the data say now, shortened; empty when they say nothing.
        former: what the data said last time, shortened, where staff edited or deleted the
            passage; may be empty elsewhere.
    """

    kind: Kind
    subject: Subject
    place: str
    before: str = ""
    after: str = ""
    former: str = ""


@dataclass(frozen=True)
class MergeResult:
    """A merged file.

    Attributes:
        content: the .docx; the very bytes that came in when there was nothing to change.
        log: what this refresh changed, kept or offered because the data moved, in the order of
            the report; empty when they did not.
        standing: passages of staff left alone because the data behind them did not move
            (`kept` and `deleted_by_staff`).
    """

    content: bytes
    log: tuple[MergeEvent, ...] = ()
    standing: tuple[MergeEvent, ...] = ()


@dataclass(frozen=True)
class MergeWords:
    """Sentences that the merge writes into comments; made by `merge_words`.

    Attributes:
        offer: stands above the new text of a passage that staff edited.
        table: stands above the rows of a table whose columns changed.
        chart: stands above the new values of a chart that staff gave other values.
        adopted: author of tracked changes that we offered and staff reworded.
        initials: of the author of comments.
        language: of numbers in them.
    """

    offer: str
    table: str
    chart: str
    adopted: str
    initials: str
    language: str = "fr"
