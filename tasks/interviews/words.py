"""Words of the interviews from issue to issue: when new ones may be printed.

Who is met in which week is known in the house. Printed after each interview, words would say by
the difference of two issues whose they are. So they come in as those of at least `min_group`
people together, and the others wait; see `docs/decisions.md`.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tasks.interviews.merging import MIN_MOVE
from tasks.interviews.model import Consent, Note, Notes, RemarkNote, SubjectNote
from tasks.interviews.reviewing import PassageKind, Reviews, lower, passage_of, passages
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
    aloud: frozenset[str] = frozenset()  # of these: those a reader sees once they are in
    quoted: frozenset[str] = frozenset()  # of these: the quotes that bear no name

    @property
    def undecided(self) -> int:
        """How many passages wait for somebody to decide on them in the review."""
        return len(frozenset[str]().union(*self.said.values()) - self.decided)


def heard(notes: Notes, reviews: Reviews, quote_group: int) -> Heard:
    """Whose words the notes hold, and how far their review is.

    Args:
        notes: of the interviews.
        reviews: the decisions of staff.
        quote_group: people interviewed from which words without a consent are printed.
    """
    said: dict[str, set[str]] = {}
    decided, printable, quotes, quoted = set(), set(), set(), set()
    for passage in passages(notes):
        said.setdefault(passage.respondent or "", set()).add(passage.key)
        review = reviews.get(passage.key)
        given = passage.consent or Consent.NAMED  # words that no consent is asked for
        retained = lower(given, review.consent if review else None)
        refused = retained is Consent.NONE
        if refused or (review is not None and review.decided):
            decided.add(passage.key)
        if review is not None and review.reviewed and not refused:
            printable.add(passage.key)
        if passage.kind is PassageKind.QUOTE:
            quotes.add(passage.key)
            quoted |= {passage.key} if retained is Consent.ANONYMOUS else set()
    keys = {person: frozenset(mine) for person, mine in said.items()}
    crowd = len(notes.interviewed & keys.keys()) >= quote_group
    return Heard(
        keys,
        frozenset(decided),
        frozenset(printable),
        aloud=frozenset(printable if crowd else printable & quotes),
        quoted=frozenset(printable & quoted),
    )


def may_renew(former: Words, now: Heard, min_group: int, *, over: bool) -> bool:
    """May words that no issue has printed yet come in?

    Yes when at least `min_group` people said more than when words last came in, with something
    decided on in the review, and nobody or as many are heard for the first time: among these an
    outsider looks for whoever spoke. And when the words that a reader then sees are those of
    `MIN_MOVE` people, also of those heard for the first time, unless none of theirs appear: who
    refused knows it, and those around them may. A slip of the pen mended in other people's notes
    hides nobody's words, so that words which take the place of others do not count.

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
    ready, loud = _ready(former, now), _louder(former, now, now.aloud)
    enough = len(ready) >= min_group and (not first or len(first) >= min_group)
    several = len(loud) >= MIN_MOVE and (not loud & first or len(loud & first) >= MIN_MOVE)
    return over or (enough and several)


def people_missing(former: Words, now: Heard, min_group: int, *, over: bool) -> int:
    """How many people more, heard for the first time, would let the words in that wait.

    They do when each of them says something that is printed; where some refuse, it takes more.
    None when it is not for them that the words wait.

    Args:
        former: what the notes held when words last came in.
        now: what they hold by now.
        min_group: the study's smallest group.
        over: no interview is still to come, unless people are met all the same.
    """
    if over:
        return max(0, min_group - len(_more({}, now)))
    ready = _ready(former, now) - former.keys()
    loud = _louder(former, now, now.aloud) - former.keys()
    return max(0, min_group - len(ready), MIN_MOVE - len(loud))


def renewed(
    former: Words, now: Heard, sides: Mapping[str, str], shown: Collection[str]
) -> dict[str, dict[str, bool | None]]:
    """What is printed once the words that wait have come in.

    A side is told beside words only where quotes of several people of it come in that bear no
    name, and those whose side is not told are several too. Who refused, or agreed to stand by
    their name, hides nobody.

    Args:
        former: what the notes held when words last came in.
        now: what they hold by now; of somebody whose notes were taken away, what they held stays.
        sides: person → side.
        shown: sides that may be told at all.
    """
    told = _told_sides(former, now, sides, shown)
    return {
        person: {
            key: _came_in(
                former.get(person, {}).get(key),
                printable=key in now.printable,
                side_told=sides.get(person) in told,
            )
            for key in sorted(now.said.get(person, former.get(person, ())))
        }
        for person in sorted({*former, *now.said})
    }


def _came_in(former: bool | None, *, printable: bool, side_told: bool) -> bool | None:
    """Is this passage printed from now on, and if so, may the side be told beside it?"""
    if former is not None:
        return former
    return side_told if printable else None


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


def _louder(former: Words, now: Heard, seen: Set[str]) -> set[str]:
    """Those who said more, of whom a reader sees more of these passages than went.

    One passage in the place of another is a slip mended, and shows nobody new.
    """
    people = set()
    for person in _more(former, now):
        printed = {key for key, told in former.get(person, {}).items() if told is not None}
        gone = printed - (now.said[person] & now.printable)
        if len((now.said[person] & seen) - printed) > len(gone):
            people.add(person)
    return people


def _told_sides(
    former: Words, now: Heard, sides: Mapping[str, str], shown: Collection[str]
) -> set[str]:
    loud = _louder(former, now, now.quoted)
    groups: dict[str, Counter[str]] = {}
    for person in sorted(loud):
        groups.setdefault(sides.get(person, NO_SIDE), Counter())[person] = 1
    hidden = dict.fromkeys(groups.keys() - {*shown} | {NO_SIDE}, Withheld.SMALL_GROUP)
    ordered = {side: groups[side] for side in sorted(groups)}
    told = {*groups} - withheld_groups(ordered, MIN_MOVE, hidden).keys()
    others = {person for person in _quoted_anew(former, now) if sides.get(person) not in told}
    # Beside quotes that bear a side, one that bears none is that of somebody else.
    return told if not others or len(others & loud) >= MIN_MOVE else set()


def _quoted_anew(former: Words, now: Heard) -> set[str]:
    """Those who said more, of whom a quote without a name comes in, be it a slip mended."""
    return {
        person
        for person in _more(former, now)
        if any(former.get(person, {}).get(key) is None for key in now.said[person] & now.quoted)
    }
