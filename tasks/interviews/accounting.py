"""What became of the notes: as many as were read are counted, one by one."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from enum import StrEnum

from tasks.interviews.model import Consent, Note, NoteKind, Notes, RemarkNote, SubjectNote
from tasks.interviews.reviewing import Reviews, passage_of, reviewed_notes, within_crowd
from tasks.interviews.sources import together, undecided
from tasks.interviews.words import Words, released


class Fate(StrEnum):
    """What becomes of a note."""

    POSITION = "position"  # counted in the figures
    UNDECIDED = "undecided"  # contradicts another: staff have to choose
    PRINTED = "printed"  # may be printed
    WAITING = "waiting"  # for somebody to review it
    RENEWAL = "renewal"  # for words of more people, with which it comes in
    CROWD = "crowd"  # for more people to be interviewed
    KEPT = "kept"  # is not printed: no consent, or staff decided so
    TEAM = "team"  # for the team alone, by its kind
    REPEATED = "repeated"  # stands in several sources and counts once


Entry = Note | SubjectNote | RemarkNote


def fates(
    sources: Sequence[Notes], reviews: Reviews, minimum: int, words: Words
) -> Mapping[Fate, int]:
    """Count the notes of all sources by what becomes of them.

    Args:
        sources: what each source says.
        reviews: the decisions of staff.
        minimum: people interviewed from which words without consent may be printed.
        words: those that may be printed as far as who was met is concerned.

    Returns:
        Every fate; the sum is the number of notes read from the sources.
    """
    notes = together(sources)
    decided = reviewed_notes(notes, reviews)
    open_yet = undecided(notes)
    counts = Counter(
        _fate(entry, after, reviews, open_yet)
        for entry, after in zip(_entries(notes), _entries(decided), strict=True)
    )
    let_in = reviewed_notes(released(notes, words), reviews)
    printed = _printable(within_crowd(let_in, minimum))
    counts[Fate.RENEWAL] = counts[Fate.PRINTED] - _printable(let_in)
    counts[Fate.CROWD] = _printable(let_in) - printed
    counts[Fate.PRINTED] = printed
    counts[Fate.REPEATED] = sum(one.count for one in sources) - notes.count
    return {fate: counts[fate] for fate in Fate}


def _entries(notes: Notes) -> tuple[Entry, ...]:
    return (*notes.notes, *notes.subjects, *notes.remarks)


def _fate(
    entry: Entry, after: Entry, reviews: Reviews, open_yet: Set[tuple[str, str | None]]
) -> Fate:
    passage = passage_of(entry)
    if passage is None:
        if not isinstance(entry, Note) or entry.kind is not NoteKind.POSITION:
            return Fate.TEAM
        contradicted = (entry.respondent, entry.dimension) in open_yet
        return Fate.UNDECIDED if contradicted else Fate.POSITION
    review = reviews.get(passage.key)
    quote = isinstance(after, Note) and after.kind is NoteKind.QUOTE
    if quote and isinstance(after, Note) and after.consent is Consent.NONE:
        return Fate.KEPT
    if after.reviewed:
        return Fate.PRINTED
    return Fate.KEPT if review is not None and review.decided else Fate.WAITING


def _printable(notes: Notes) -> int:
    """The notes that are printed in their own words or by their label."""
    return sum(
        1
        for entry in _entries(notes)
        if entry.reviewed and passage_of(entry) is not None and not _refused(entry)
    )


def _refused(entry: Entry) -> bool:
    quote = isinstance(entry, Note) and entry.kind is NoteKind.QUOTE
    return quote and isinstance(entry, Note) and entry.consent is Consent.NONE
