"""Words of the interviews come in as those of several people newly heard, never one by one."""

from dataclasses import replace

import pytest

from tasks.interviews.accounting import Fate, fates
from tasks.interviews.model import (
    Consent,
    Note,
    NoteKind,
    Notes,
    RemarkNote,
    SubjectNote,
)
from tasks.interviews.reviewing import Review, passages, reviewed_notes
from tasks.interviews.words import (
    Heard,
    Words,
    heard,
    is_waiting,
    may_renew,
    people_missing,
    released,
    renewed,
)

SMALLEST = 3


def quote(person: str, words: str = "") -> Note:
    """What a person said, with their consent."""
    said = words or f"Parole de {person}."
    return Note(person, "d1", NoteKind.QUOTE, said, consent=Consent.ANONYMOUS)


def said(*people: str) -> Notes:
    """One quote of each person, and a position, which holds no words."""
    confirmed = (Note(people[0], "d1", NoteKind.POSITION, "oui"),) if people else ()
    return Notes((*confirmed, *map(quote, people)), interviewed=frozenset(people))


def decided(notes: Notes) -> dict[str, Review]:
    """Every passage was let through."""
    return {
        one.key: Review(one.kind, one.respondent, one.original, one.original, reviewed=True,
                        noted_label=one.label)
        for one in passages(notes)
    }  # fmt: skip


def read(notes: Notes) -> Heard:
    """What the notes hold, all of it reviewed."""
    return heard(notes, decided(notes), 1)


def let_in(*people: str) -> Words:
    """The words of these people are in."""
    return renewed({}, read(said(*people)), {}, ())


@pytest.mark.parametrize(
    ("before", "now", "over", "open_"),
    [
        ("", "", False, False),
        ("", "AB", False, False),  # the first ones too are several
        ("", "AB", True, False),  # at the end as well
        ("", "ABC", False, True),
        ("ABC", "ABC", False, False),  # nothing new
        ("ABC", "ABCDE", False, False),
        ("ABC", "ABCDE", True, True),  # the end of the interviews
        ("ABC", "ABCDEF", False, True),
        ("ABC", "DEF", False, True),
    ],
)
def test_words_come_in_when_enough_people_are_newly_read(
    before: str, now: str, over: bool, open_: bool
) -> None:
    """At least the smallest group is new, or no interview is to come; then it was heard in all."""
    assert may_renew(let_in(*before), read(said(*now)), SMALLEST, over=over) is open_


@pytest.mark.parametrize(("changed", "first", "open_"), [
    ("ABC", "", True), ("AB", "", False), ("ABC", "X", False), ("AB", "X", False),
    ("A", "XYZ", True),
])  # fmt: skip
def test_notes_that_change_hide_nobodys_first_words(changed: str, first: str, open_: bool) -> None:
    """People whose notes changed count as new; one heard for the first time waits all the same."""
    notes = said(*"ABCD", *first)
    more = Notes((*notes.notes, *(quote(person, f"Autre {person}.") for person in changed)))
    assert may_renew(let_in(*"ABCD"), read(more), SMALLEST, over=False) is open_


def test_a_slip_mended_is_nothing_more_said() -> None:
    """New words in the place of others wait for the next renewal, and are no cover for anybody."""
    mended = Notes((*(quote(person, f"Mieux dit, {person}.") for person in "ABC"), quote("D")))
    assert not may_renew(let_in(*"ABCD"), read(mended), SMALLEST, over=False)
    sides = dict.fromkeys("ABCD", "1") | dict.fromkeys("XYZ", "2")
    now = read(Notes((*mended.notes, quote("D", "Encore."), *said(*"XYZ").notes)))
    words = renewed(let_in(*"ABCD"), now, sides, "12")
    assert not any(any(keys.values()) for keys in words.values()), "D alone is new of the first"


def test_words_noted_without_a_person_come_in_with_others() -> None:
    """A remark of nobody in particular counts as no person, and waits like the rest."""
    notes = said(*"ABC")
    remark = RemarkNote(None, None, "Le mot gêne.")
    words = let_in(*"ABC")
    waiting = replace(notes, remarks=(remark,))
    assert not may_renew(words, read(waiting), SMALLEST, over=False)
    assert released(waiting, words).remarks == ()
    more = replace(said(*"ABCDEF"), remarks=(remark,))
    assert may_renew(words, read(more), SMALLEST, over=False)
    assert released(more, renewed(words, read(more), {}, ())).remarks == (remark,)


def test_what_was_let_in_stays_and_the_rest_waits() -> None:
    """Between two renewals the same words stand; a subject counts those let in alone."""
    first = replace(said(*"ABC"), subjects=(SubjectNote("A", "L’eau", "On l’oublie."),))
    words = renewed({}, read(first), {}, ())
    now = replace(said(*"ABCD"), subjects=(*first.subjects, SubjectNote("D", "L’eau", "Oui.")))
    printed = released(now, words)
    assert {note.respondent for note in printed.notes} == set("ABC") == printed.interviewed
    assert [one.respondent for one in printed.subjects] == ["A"]
    assert is_waiting(words, read(now))
    assert not is_waiting(words, read(first))
    assert people_missing(words, read(now), SMALLEST, over=False) == 2
    assert people_missing({}, read(said("A")), SMALLEST, over=False) == 2


def test_withdrawn_words_go_at_once_and_a_correction_goes_through() -> None:
    """A consent taken back, notes taken away and a new edited form need no renewal."""
    notes, words = said(*"ABC"), let_in(*"ABC")
    reviews = decided(notes)
    a, b, _ = passages(notes)
    reviews[a.key] = replace(reviews[a.key], edited="Mieux dit.")
    reviews[b.key] = replace(reviews[b.key], consent=Consent.NONE)
    kept = replace(notes, notes=tuple(n for n in notes.notes if n.respondent != "C"))
    shown = reviewed_notes(released(kept, words), reviews)
    assert [(n.text, n.consent) for n in shown.notes] == [
        ("Mieux dit.", Consent.ANONYMOUS),
        ("Parole de B.", Consent.NONE),
    ]


def test_words_that_staff_change_in_the_notes_wait_again() -> None:
    """Other words are other words: what was let in was not theirs."""
    changed = Notes((quote("A", "Tout autre chose."), quote("B"), quote("C")))
    assert {n.respondent for n in released(changed, let_in(*"ABC")).notes} == {"B", "C"}


@pytest.mark.parametrize(("people", "told"), [
    ("ABC", {"1"}),  # three of a side
    ("ABCD", set()),  # the only one of another: hiding that side alone would tell it
    ("ABCDE", set()),
    ("ABCDEF", {"1", "2"}),
    ("ABCDG", set()),  # two of two sides together
    ("ABCDEG", {"1"}),  # three of two sides together
])  # fmt: skip
def test_a_side_is_told_where_several_of_it_come_in_together(people: str, told: set[str]) -> None:
    """Nor may the quotes that bear no side leave one or two people."""
    sides = dict(zip("ABCDEFG", "1112223", strict=True))
    words = renewed({}, read(said(*people)), sides, "123")
    assert {sides[p] for p, keys in words.items() if any(keys.values())} == told
    assert not any(any(k.values()) for k in renewed({}, read(said(*people)), sides, ()).values())


def test_late_words_bear_no_side_of_their_own() -> None:
    """Three of a side are in; a fourth, heard last, is not told by it. The three still are."""
    sides = dict.fromkeys("ABCD", "1")
    words = renewed({}, read(said(*"ABC")), sides, "1")
    later = renewed(words, read(said(*"ABCD")), sides, "1")
    told = {note.respondent: note.side_told for note in released(said(*"ABCD"), later).notes}
    assert told == {"A": True, "B": True, "C": True, "D": False}


def test_the_account_says_what_waits_for_more_people() -> None:
    """Reviewed and not let in: counted apart, and every note still once."""
    notes = said(*"ABCD")
    became = fates([notes], decided(notes), 1, let_in(*"ABC"))
    assert (became[Fate.PRINTED], became[Fate.RENEWAL], became[Fate.CROWD]) == (3, 1, 0)
    assert sum(became.values()) == notes.count


def test_words_wait_for_the_review_of_several() -> None:
    """A refresh before the review uses up nothing; one that is begun lets in what is decided."""
    notes = said(*"ABCD")
    reviews = decided(notes)
    keys = {one.respondent: one.key for one in passages(notes)}
    few = heard(notes, {keys[who]: reviews[keys[who]] for who in "AB"}, 1)
    assert not may_renew({}, heard(notes, {}, 1), SMALLEST, over=False)
    assert not may_renew({}, few, SMALLEST, over=False)
    assert people_missing({}, few, SMALLEST, over=False) == 1
    some = heard(notes, {keys[who]: reviews[keys[who]] for who in "ABC"}, 1)
    assert may_renew({}, some, SMALLEST, over=False)
    words = renewed({}, some, {}, ())
    assert {note.respondent for note in released(notes, words).notes} == set("ABC")
    assert not may_renew(words, read(notes), SMALLEST, over=False), "D was heard with them"
    assert may_renew(words, read(notes), SMALLEST, over=True)


def refusing(*people: str) -> Notes:
    """These people said something, and want none of it quoted."""
    return Notes(tuple(replace(quote(one), consent=Consent.NONE) for one in people),
                 interviewed=frozenset(people))  # fmt: skip


def both(one: Notes, other: Notes) -> Notes:
    """What both say."""
    return Notes((*one.notes, *other.notes), interviewed=one.interviewed | other.interviewed)


@pytest.mark.parametrize(("speak", "refuse", "open_"), [
    ("A", "BCDE", False), ("AB", "CDE", False), ("ABC", "DE", True), ("ABC", "D", False),
    ("", "ABCDE", False),
])  # fmt: skip
def test_who_refused_is_heard_and_hides_nobody(speak: str, refuse: str, open_: bool) -> None:
    """Five were heard, whatever they agreed to; the words that come in are those of three."""
    notes = both(said(*speak), refusing(*refuse))
    now = heard(notes, decided(said(*speak)), 1)
    assert may_renew({}, now, 5, over=False) is open_
    thrown_out = {
        key: replace(one, reviewed=one.respondent in speak) for key, one in decided(notes).items()
    }
    agreed = Notes(said(*speak, *refuse).notes, interviewed=notes.interviewed)
    assert may_renew({}, heard(agreed, thrown_out, 1), 5, over=False) is open_


def test_the_end_lets_the_words_in_of_one_among_those_who_refused() -> None:
    """Nobody else will be heard: waiting for others would be waiting for ever."""
    now = heard(both(said("A"), refusing(*"BCDE")), decided(said("A")), 1)
    assert may_renew({}, now, 5, over=True)
    assert renewed({}, now, dict.fromkeys("ABCDE", "1"), "1")["A"] == {min(now.printable): False}


def test_those_heard_for_the_first_time_hide_each_other() -> None:
    """One of three newly heard speaks, beside others who said more: only these might be known."""
    more = said(*"ABCD")
    again = Notes((*more.notes, *(quote(person, f"Encore, {person}.") for person in "ABCD")))
    newly = both(again, both(said("X"), refusing(*"YZ")))
    now = heard(newly, decided(again) | decided(said("X")), 1)
    assert not may_renew(let_in(*"ABCD"), now, SMALLEST, over=False)
    silent = both(again, refusing(*"XYZ"))
    assert may_renew(let_in(*"ABCD"), heard(silent, decided(again), 1), SMALLEST, over=False)


def test_words_that_wait_for_the_crowd_hide_nobody() -> None:
    """What nobody sees yet is no cover for the one quote that is seen."""
    needs = tuple(Note(person, "d1", NoteKind.NEED, f"Besoin de {person}.") for person in "BC")
    notes = Notes((quote("A"), *needs), interviewed=frozenset("ABC"))
    assert not may_renew({}, heard(notes, decided(notes), 4), SMALLEST, over=False)
    assert may_renew({}, heard(notes, decided(notes), 3), SMALLEST, over=False)


@pytest.mark.parametrize(("consent", "told"), [
    (Consent.ANONYMOUS, True), (Consent.NAMED, False), (Consent.NONE, False), (None, False),
])  # fmt: skip
def test_a_side_is_told_of_quotes_that_hide_each_other(consent: Consent | None, told: bool) -> None:
    """Named quotes, refusals and words without a consent hide nobody of whom a side is told."""
    other = NoteKind.QUOTE if consent else NoteKind.NEED
    notes = both(said(*"AB"), Notes((Note("C", "d1", other, "Oui.", consent=consent),),
                                    interviewed=frozenset("C")))  # fmt: skip
    words = renewed({}, read(notes), dict.fromkeys("ABC", "1"), "1")
    assert any(words["A"].values()) is told


def test_at_the_end_it_is_told_how_many_would_have_to_be_met_all_the_same() -> None:
    """Two were heard in all: one more would do. With enough, the words wait for nobody."""
    assert people_missing({}, read(said("A", "B")), SMALLEST, over=True) == 1
    assert people_missing({}, read(said(*"ABC")), SMALLEST, over=True) == 0


def test_as_many_wait_as_nobody_has_decided_on() -> None:
    """Passages of every kind are counted; a refused quote needs no decision."""
    notes = Notes(
        (*said("A").notes, *refusing("B").notes, Note("A", "d1", NoteKind.NEED, "Des guides.")),
        (SubjectNote("B", "L’eau", "On l’oublie."),),
        (RemarkNote("B", None, "Le mot gêne."),),
    )
    assert heard(notes, {}, 1).undecided == 4
    assert heard(notes, decided(said("A")), 1).undecided == 3
    assert read(notes).undecided == 0
