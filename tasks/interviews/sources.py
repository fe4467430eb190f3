"""Several sources of notes make one set: all are kept, the same words twice are one note."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from tasks.interviews.model import Note, NoteKind, Notes, RemarkNote, SubjectNote

Entry = TypeVar("Entry", Note, SubjectNote, RemarkNote)


def together(sources: Iterable[Notes]) -> Notes:
    """Merge sources, oldest first.

    Args:
        sources: what each source says; two equal rows of one source are two notes.

    Returns:
        What every source says. Words that stand in several sources are taken from the newest one.
    """
    read = list(sources)
    return Notes(
        _newest([one.notes for one in read], note_key),
        _newest([one.subjects for one in read], lambda n: (n.respondent, n.label, _fold(n.text))),
        _newest([one.remarks for one in read], lambda n: (n.respondent, n.level, _fold(n.text))),
        frozenset(person for one in read for person in one.interviewed),
        tuple(dict.fromkeys(doubt for one in read for doubt in one.doubts)),
    )


def note_key(note: Note) -> Hashable:
    """What makes two notes of different sources the same: who, on what, in which words."""
    position = (note.change, note.revised_level) if note.kind is NoteKind.POSITION else None
    return note.respondent, note.dimension, note.kind, position, _fold(note.text)


def _fold(text: str) -> str:
    return " ".join(text.split())


def _newest(
    sources: Sequence[tuple[Entry, ...]], key: Callable[[Entry], Hashable]
) -> tuple[Entry, ...]:
    """All entries, in the order of their sources; what a newer source repeats is left to it."""
    later: Counter[Hashable] = Counter()
    kept: list[tuple[Entry, ...]] = []
    for entries in reversed(sources):
        kept.append(tuple(entry for entry in entries if not later[key(entry)]))
        later.update(map(key, entries))
    return tuple(entry for entries in reversed(kept) for entry in entries)


Contradiction = tuple[tuple[str, Note], ...]
"""Positions of one person on one dimension that do not say the same, each with its source."""


def contradictions(sources: Mapping[str, Notes]) -> tuple[Contradiction, ...]:
    """The positions that sources do not agree on; none of them counts until staff choose.

    Args:
        sources: name → what it says.
    """
    said: dict[tuple[str, str | None], dict[Hashable, tuple[str, Note]]] = {}
    for source, notes in sources.items():
        for note in notes.notes:
            if note.kind is NoteKind.POSITION and note.change:
                mine = said.setdefault((note.respondent, note.dimension), {})
                mine.setdefault((note.change, note.revised_level), (source, note))
    return tuple(tuple(one.values()) for one in said.values() if len(one) > 1)


def undecided(notes: Notes) -> frozenset[tuple[str, str | None]]:
    """The people and dimensions of positions that contradict each other."""
    found = contradictions({"": notes})
    return frozenset((one[0][1].respondent, one[0][1].dimension) for one in found)
