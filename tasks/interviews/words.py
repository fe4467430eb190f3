"""Words of the interviews from issue to issue: when new ones may be printed.

Who is met in which week is known in the house. Printed after each interview, words would say by
the difference of two issues whose they are. So they come in as those of at least `min_group`
people together, and the others wait; see `docs/decisions.md`.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from tasks.interviews.merging import MIN_MOVE
from tasks.interviews.model import Note, Notes, RemarkNote, SubjectNote
from tasks.interviews.reviewing import passage_of, passages
from tasks.results import Withheld
from tasks.scoring.disclosure import NO_SIDE, withheld_groups

Entry = TypeVar("Entry", Note, SubjectNote, RemarkNote)

Heard = Mapping[str, frozenset[str]]
"""Person → keys of the passages in their notes; the empty person: noted without saying whose."""

Words = Mapping[str, Mapping[str, bool]]
"""Person → key of each passage that may be printed → may the side be told beside it."""


def heard(notes: Notes) -> dict[str, frozenset[str]]:
    """Whose words the notes hold, reviewed or not: a decision may come later."""
    found: dict[str, set[str]] = {}
    for passage in passages(notes):
        found.setdefault(passage.respondent or "", set()).add(passage.key)
    return {person: frozenset(keys) for person, keys in found.items()}


def may_renew(former: Words, now: Heard, min_group: int, *, over: bool) -> bool:
    """May words that no issue has printed yet come in?

    Yes when at least `min_group` people have new ones, and nobody or as many are heard for the
    first time: a slip of the pen mended in other people's notes hides nobody's first words.

    Args:
        former: what may be printed so far.
        now: what the notes hold.
        min_group: the study's smallest group.
        over: no interview is still to come; then everybody's words come in, if `min_group` people
            were heard in all.
    """
    fresh = _people(_fresh(former, now))
    first = fresh - former.keys()
    if len(_people(now)) < min_group:
        return False
    return over or (len(fresh) >= min_group and (not first or len(first) >= min_group))


def people_missing(former: Words, now: Heard, min_group: int) -> int:
    """How many people more, heard for the first time, would let the words in that wait."""
    return max(0, min_group - len(_people(_fresh(former, now)) - former.keys()))


def renewed(
    former: Words, now: Heard, sides: Mapping[str, str], shown: Collection[str]
) -> dict[str, dict[str, bool]]:
    """What may be printed once the words that wait have come in.

    A side is told beside words only where several people of it are among those whose words come
    in with them, and those whose side is not told are several too.

    Args:
        former: what may be printed so far.
        now: what the notes hold.
        sides: person → side.
        shown: sides that may be told at all.
    """
    fresh = _fresh(former, now)
    told = _told_sides(_people(fresh), sides, shown)
    return {
        person: {
            **former.get(person, {}),
            **dict.fromkeys(sorted(fresh.get(person, ())), sides.get(person) in told),
        }
        for person in sorted({*former, *fresh})
    }


def is_waiting(words: Words, now: Heard) -> bool:
    """Do the notes hold words that may not be printed yet?"""
    return bool(_fresh(words, now))


def released(notes: Notes, words: Words) -> Notes:
    """The passages that may be printed as far as who was met is concerned, and whose they are."""
    return Notes(
        notes=tuple(
            replace(note, side_told=note.side_told and told)
            for note in notes.notes
            if (told := _told(note, words)) is not None
        ),
        subjects=tuple(one for one in notes.subjects if _told(one, words) is not None),
        remarks=tuple(one for one in notes.remarks if _told(one, words) is not None),
        interviewed=notes.interviewed & words.keys(),
    )


def _told(entry: Entry, words: Words) -> bool | None:
    """May the side be told beside this entry? None: it holds no words that may be printed."""
    passage = passage_of(entry)
    return words.get(passage.respondent or "", {}).get(passage.key) if passage else None


def _fresh(former: Words, now: Heard) -> dict[str, frozenset[str]]:
    """The passages that no issue may have printed."""
    fresh = {person: keys - former.get(person, {}).keys() for person, keys in now.items()}
    return {person: keys for person, keys in fresh.items() if keys}


def _people(some: Heard) -> set[str]:
    return {*some} - {""}


def _told_sides(
    people: Collection[str], sides: Mapping[str, str], shown: Collection[str]
) -> set[str]:
    groups: dict[str, Counter[str]] = {}
    for person in people:
        groups.setdefault(sides.get(person, NO_SIDE), Counter())[person] = 1
    hidden = dict.fromkeys(groups.keys() - {*shown} | {NO_SIDE}, Withheld.SMALL_GROUP)
    ordered = {side: groups[side] for side in sorted(groups)}
    return {*groups} - withheld_groups(ordered, MIN_MOVE, hidden).keys()
