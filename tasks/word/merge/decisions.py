"""What becomes of a passage, given its three versions. Pure."""

from enum import Enum, auto
from typing import Protocol

from tasks.word.merge.reading import PICTURE


class Readable(Protocol):
    """A version of a passage: a paragraph, a cell, a row, a table."""

    @property
    def look(self) -> object:
        """What a reader sees; robust to who saved the file."""

    @property
    def shade(self) -> object:
        """The colour behind it; each follows the data or stays by itself, see `cells.py`."""

    @property
    def text(self) -> str:
        """Its text alone."""

    @property
    def exact(self) -> str:
        """Its XML without ids; only generated versions can be compared by it."""

    @property
    def commented(self) -> bool:
        """True when a comment points to it."""


class Verdict(Enum):
    """What to do with a passage."""

    LEAVE = auto()  # nothing to do, nothing to say
    STAND = auto()  # staff edited it, the data did not move
    KEEP = auto()  # staff edited it, only the look of the generated text moved
    REFRESH = auto()
    OFFER = auto()
    REMOVE = auto()
    KEEP_GONE = auto()
    STAY_DELETED = auto()  # and the data moved
    STAND_DELETED = auto()  # and the data did not move
    INSERT = auto()


def decide(base: Readable | None, edited: Readable | None, new: Readable | None) -> Verdict:
    """Return what to do with a passage.

    Args:
        base: as generated last time; None: it was not.
        edited: as it stands in the file of staff; None: it does not.
        new: as generated now; None: the data no longer call for it.
    """
    if new is None:
        return Verdict.LEAVE if edited is None or base is None else _gone(base, edited)
    if edited is None:
        return Verdict.INSERT if base is None else _deleted(base, new)
    if base is None:
        return Verdict.LEAVE if edited.text == new.text else Verdict.OFFER
    if base.exact == new.exact:
        return Verdict.LEAVE if edited.look == base.look else Verdict.STAND
    if edited.look == base.look:
        return Verdict.REFRESH
    return _both_changed(base, edited, new)


def _gone(base: Readable, edited: Readable) -> Verdict:
    return Verdict.REMOVE if untouched(base, edited) else Verdict.KEEP_GONE


def untouched(base: Readable, edited: Readable) -> bool:
    """Tell whether staff left no trace at all on a passage."""
    same = edited.look == base.look and edited.shade == base.shade
    return same and not edited.commented


def _deleted(base: Readable, new: Readable) -> Verdict:
    return Verdict.STAND_DELETED if base.text == new.text else Verdict.STAY_DELETED


def _both_changed(base: Readable, edited: Readable, new: Readable) -> Verdict:
    if edited.look == new.look:
        return Verdict.LEAVE
    if edited.text == new.text:
        return Verdict.STAND
    if base.text == new.text:
        moved = base.look != new.look or PICTURE in new.text
        return Verdict.KEEP if moved else Verdict.STAND
    return Verdict.OFFER
