"""Words of the interviews from issue to issue: when new ones may be printed.

Who is met in which week is known in the house. Printed after each interview, words would say by
the difference of two issues whose they are. So they come in as those of at least `min_group`
people together, and the others wait; see `docs/decisions.md`.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tasks.interviews.merging import MIN_MOVE
from tasks.interviews.model import Consent, Note, Notes, RemarkNote, SubjectNote
from tasks.interviews.reviewing import Reviews, lower, passage_of, passages
from tasks.results import Withheld
from tasks.scoring.disclosure import NO_SIDE, withheld_groups

Entry = TypeVar("Entry", Note, SubjectNote, RemarkNote)

Words = Mapping[str, Mapping[str, bool | None]]
"""What the notes held when words last came in: person → key of each passage → is it printed?

None: it is not, and waits for the next time. Else: may the side be told beside it? The empty
person stands for what was noted without saying whose it is.
"""


@dataclass(frozen=True)
class Heard:
    """What the notes hold by now."""

    said: Mapping[str, frozenset[str]] = field(default_factory=dict)  # person → passages, by key
    decided: frozenset[str] = frozenset()  # nobody has to decide on these any more
    printable: frozenset[str] = frozenset()  # of these: those that were let through


def heard(notes: Notes, reviews: Reviews) -> Heard:
    """Whose words the notes hold, and how far their review is."""
    said: dict[str, set[str]] = {}
    decided, printable = set(), set()
    for passage in passages(notes):
        said.setdefault(passage.respondent or "", set()).add(passage.key)
        review = reviews.get(passage.key)
        given = passage.consent or Consent.NAMED  # words that no consent is asked for
        refused = lower(given, review.consent if review else None) is Consent.NONE
        if refused or (review is not None and review.decided):
            decided.add(passage.key)
        if review is not None and review.reviewed and not refused:
            printable.add(passage.key)
    keys = {person: frozenset(mine) for person, mine in said.items()}
    return Heard(keys, frozenset(decided), frozenset(printable))


def may_renew(former: Words, now: Heard, min_group: int, *, over: bool) -> bool:
    """May words that no issue has printed yet come in?

    Yes when at least `min_group` people said more than when words last came in, with something
    decided on in the review, and nobody or as many are heard for the first time. A slip of the pen
    mended in other people's notes hides nobody's words, so that words which take the place of
    others do not count.

    Args:
        former: what the notes held when words last came in.
        now: what they hold by now.
        min_group: the study's smallest group.
        over: no interview is still to come; then everybody's words come in, if `min_group` people
            were heard in all.
    """
    more = _more(former, now)
    first = more - former.keys()
    if len(_more({}, now)) < min_group or not is_waiting(former, now):
        return False
    enough = len(_ready(former, now)) >= min_group
    return over or (enough and (not first or len(first) >= min_group))


def people_missing(former: Words, now: Heard, min_group: int) -> int:
    """How many people more, heard for the first time, would let the words in that wait."""
    return max(0, min_group - len(_ready(former, now) - former.keys()))


def renewed(
    former: Words, now: Heard, sides: Mapping[str, str], shown: Collection[str]
) -> dict[str, dict[str, bool | None]]:
    """What is printed once the words that wait have come in.

    A side is told beside words only where several people of it said more than before, and those
    who did and whose side is not told are several too.

    Args:
        former: what the notes held when words last came in.
        now: what they hold by now; of somebody whose notes were taken away, what they held stays.
        sides: person → side.
        shown: sides that may be told at all.
    """
    told = _told_sides(_more(former, now), sides, shown)
    return {
        person: {
            key: _came_in(former.get(person, {}).get(key), key in now.printable,
                          sides.get(person) in told)
            for key in sorted(now.said.get(person, former.get(person, ())))
        }
        for person in sorted({*former, *now.said})
    }  # fmt: skip


def _came_in(former: bool | None, printable: bool, told: bool) -> bool | None:
    if former is not None:
        return former
    return told if printable else None


def is_waiting(words: Words, now: Heard) -> bool:
    """Has the review let words through that are not printed yet?"""
    printed = {key for keys in words.values() for key, told in keys.items() if told is not None}
    return bool(now.printable - printed)


def released(notes: Notes, words: Words) -> Notes:
    """The passages that came in, and whose they are."""
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
    """May the side be told beside this entry? None: it holds no words that came in."""
    passage = passage_of(entry)
    return words.get(passage.respondent or "", {}).get(passage.key) if passage else None


def _more(former: Words, now: Heard) -> set[str]:
    """The people who said more than when words last came in."""
    more = {person for person, keys in now.said.items() if len(keys) > len(former.get(person, ()))}
    return more - {""}


def _ready(former: Words, now: Heard) -> set[str]:
    """Those of them on whose new words somebody has begun to decide."""
    return {
        person
        for person in _more(former, now)
        if (now.said[person] - former.get(person, {}).keys()) & now.decided
    }


def _told_sides(
    people: Collection[str], sides: Mapping[str, str], shown: Collection[str]
) -> set[str]:
    groups: dict[str, Counter[str]] = {}
    for person in people:
        groups.setdefault(sides.get(person, NO_SIDE), Counter())[person] = 1
    hidden = dict.fromkeys(groups.keys() - {*shown} | {NO_SIDE}, Withheld.SMALL_GROUP)
    ordered = {side: groups[side] for side in sorted(groups)}
    return {*groups} - withheld_groups(ordered, MIN_MOVE, hidden).keys()
