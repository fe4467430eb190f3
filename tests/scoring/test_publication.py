"""Between two refreshes: no difference of two issues is somebody's questionnaire."""

from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.interviews.model import Note, NoteKind, Notes, PositionChange
from tasks.results import Withheld
from tasks.scoring.ledger import Ledger, Publication, read_ledger, write_ledger
from tasks.scoring.publication import gate
from tasks.scoring.sums import Block, discloses
from tests.scoring.attackers import singled_out
from tests.scoring.specimens import (
    Person,
    axis,
    dimension,
    fingerprints,
    item,
    model,
    people,
    plan,
    score,
    stage_dimension,
    study,
)

MIN_GROUP = 3


def sheets(names: str, version: str = "v1") -> Block:
    """The questionnaires of people of one letter."""
    return frozenset((name, version) for name in names)


@pytest.mark.parametrize(
    ("former", "now", "found"),
    [
        ([], ["abc"], False),
        ([], ["ab"], True),
        (["abcdef"], ["abc"], False),
        (["abcdef"], ["abcd"], True),
        (["abc"], ["abcde"], True),
        (["abc"], ["abcdef"], False),
        (["abcdef"], ["abcg", "defh"], True),
        (["abcdef"], ["abcg", "defhi"], False),
        (["abcdef", "abcg"], ["defh", "ghijk"], True),
        (["abc", "abcdef"], ["degh", "abcfij"], False),
        (["abc", "abcdef"], ["degh", "abcfi"], True),
    ],
)
def test_sums_that_give_somebody_away(former: list[str], now: list[str], found: bool) -> None:
    """Adding and subtracting any published sums leaves nobody, or three people at least."""
    assert discloses([sheets(n) for n in former], [sheets(n) for n in now], 3) is found


def test_what_was_given_away_before_does_not_stop_the_next_issue() -> None:
    """After a closing that showed one late answer, a fresh set of answers may be shown."""
    former = [sheets("abcdef"), sheets("abcdefg")]
    assert not discloses(former, [sheets("abcdefghij")], 3)
    assert discloses(former, [sheets("abcdefgh")], 3)


def test_too_many_small_sets_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be tried set by set is not published."""
    former, now = [sheets("abc"), sheets("abcdef")], [sheets("degh"), sheets("abcfij")]
    assert not discloses(former, now, 3)
    monkeypatch.setattr("tasks.scoring.sums.MOST_CHOICES", 0)
    assert discloses(former, now, 3)


def everybody(number: int, version: str = "v1") -> dict[str, str]:
    """Fingerprints of this many people."""
    return {f"P{i:02}": version for i in range(number)}


def ledger_of(groups: dict[str, dict[str, str]], shown: str = "") -> Ledger:
    """A ledger of one issue."""
    return (Publication(groups, frozenset(shown)),)


@pytest.mark.parametrize(
    ("former", "now", "closed", "opens"),
    [
        (None, everybody(2), False, False),
        (None, everybody(3), False, True),
        (None, everybody(2), True, False),
        (everybody(9), everybody(9), False, True),
        (everybody(9), everybody(11), False, False),
        (everybody(9), everybody(12), False, True),
        (everybody(9), everybody(10), True, True),
        (everybody(9), everybody(7), False, False),
        (everybody(9), everybody(9) | everybody(2, "v2"), False, False),
        (everybody(9), everybody(9) | everybody(3, "v2"), False, True),
        (everybody(9), everybody(10) | everybody(2, "v2"), False, True),
    ],
)
def test_the_gate(
    former: dict[str, str] | None, now: dict[str, str], closed: bool, opens: bool
) -> None:
    """New, changed and gone people count alike; nobody, enough of them, or the closing opens."""
    ledger = ledger_of({"": former}) if former else ()
    assert gate(ledger, now, MIN_GROUP, closed) is opens


def test_the_closing_opens_once() -> None:
    """After the last issue one correction does not make another one."""
    closed = (Publication({"": everybody(9)}, frozenset(), closing=True),)
    assert not gate(closed, everybody(10), MIN_GROUP, closed=True)
    assert gate(closed, everybody(12), MIN_GROUP, closed=True)


def test_what_is_left_of_a_shown_side_counts_too() -> None:
    """The total may differ enough from the last total, and still be a shown side plus one."""
    sides = {"A": {"P01": "a", "P02": "a", "P03": "a"}, "B": {"P04": "b", "P05": "b", "P06": "b"}}
    now = {**sides["A"], "P07": "new"}
    assert gate(ledger_of({"": {**sides["A"], **sides["B"]}}), now, MIN_GROUP, closed=False)
    assert not gate(ledger_of(sides, "AB"), now, MIN_GROUP, closed=False)


def week(*groups: tuple[str, int]) -> list[Person]:
    """So many people of each side, everyone with an answer of their own."""
    levels = ("S1", "S2", "S3", "S4")
    return [
        one
        for side, size in groups
        for one in people(side, "STR1", [levels[i % 4] for i in range(size)])
    ]


def test_the_same_answers_give_the_same_issue() -> None:
    """A refresh without news shows everything again and adds nothing to the ledger."""
    first = plan(week(("A", 4), ("B", 5)), study(MIN_GROUP, sides="AB"))
    again = plan(week(("A", 4), ("B", 5)), study(MIN_GROUP, sides="AB"), ledger=first.ledger)
    assert again.whole is None
    assert "A" not in again.sides
    assert again.ledger == first.ledger


def test_a_side_that_hardly_changed_is_not_renewed() -> None:
    """Four new answers renew the whole, but not the side that only one of them belongs to."""
    one = study(MIN_GROUP, sides="ABC")
    first = plan(week(("A", 4), ("B", 5), ("C", 6)), one)
    results, second = score(week(("A", 5), ("B", 8), ("C", 6)), one, ledger=first.ledger)
    assert second.whole is None
    views = {view.side: view.distribution.withheld for view in results.dimension("d1").sides}
    assert views == {"A": Withheld.NOT_RENEWED, "B": Withheld.NOT_RENEWED, "C": None}
    assert any("cette fois-ci" in note for note in results.withheld_notes)


def test_a_withheld_side_is_not_given_away_by_the_next_issue() -> None:
    """A was withheld with B; once A is large, B unchanged must not be subtracted from then."""
    one = study(MIN_GROUP, sides="AB")
    first = plan(week(("A", 2), ("B", 3)), one)
    assert set(first.sides) == {"A", "B", ""}
    second = plan(week(("A", 6), ("B", 3)), one, ledger=first.ledger)
    assert second.whole is None
    assert second.sides["B"] is Withheld.NOT_RENEWED
    both = (first.publication, Publication(second.publication.groups, frozenset("AB")))
    assert singled_out(both, MIN_GROUP)
    assert not singled_out((first.publication, second.publication), MIN_GROUP)


def test_answers_that_did_not_pass_the_gate_are_withheld_whole() -> None:
    """Even if a flow forgets the gate, nothing is shown of a state one answer further."""
    one = study(MIN_GROUP, sides="AB")
    first = plan(week(("A", 4), ("B", 5)), one)
    results, second = score(week(("A", 5), ("B", 5)), one, ledger=first.ledger)
    assert second.whole is Withheld.NOT_RENEWED
    assert second.ledger == first.ledger
    assert results.dimension("d1").distribution.withheld is Withheld.NOT_RENEWED
    assert all(view.distribution.counts is None for view in results.dimension("d1").sides)
    assert len(results.withheld_notes) == 1


def test_closing_shows_everything_once_more() -> None:
    """One late answer, then the wave closes: whole and sides are renewed."""
    one = study(MIN_GROUP, sides="AB")
    first = plan(week(("A", 4), ("B", 5)), one)
    last = plan(week(("A", 5), ("B", 5)), one, ledger=first.ledger, closed=True)
    assert (last.whole, set(last.sides)) == (None, {""})
    assert last.ledger[-1].closing


def test_an_item_asked_of_one_side_waits_for_that_side() -> None:
    """The whole changed enough, but only one of the new people was asked this question."""
    asked = item("STR1", "stage", answer_set="levels", asked_of=["A"])
    by = model(axes=[axis("a1", dimension("d1", asked), stage_dimension(2))])
    one = study(MIN_GROUP, sides="AB")
    first = plan(week(("A", 4), ("B", 5)), one, by)
    results, _ = score(week(("A", 5), ("B", 8)), one, by, ledger=first.ledger)
    assert results.dimension("d1").distribution.withheld is Withheld.NOT_RENEWED
    assert results.dimension("d2").distribution.withheld is None
    assert any("Sujet d1" in note for note in results.withheld_notes)


def test_the_ledger_survives_the_store() -> None:
    """Written as breakdowns of pseudonyms and read back, it is the same ledger."""
    one = study(MIN_GROUP, sides="AB")
    first = plan(week(("A", 2), ("B", 5)), one)
    notes = Notes(interviewed=frozenset({"A01", "B01", "B02"}))
    second = plan(week(("A", 9), ("B", 9)), one, ledger=first.ledger, notes=notes, closed=True)
    ledger = second.ledger
    assert len(ledger) == 2
    assert read_ledger(write_ledger(ledger)) == ledger
    assert read_ledger({}) == ()
    assert all(isinstance(v, str) for kept in write_ledger(ledger).values() for v in kept.values())


def said(*who: str, change: PositionChange = PositionChange.CONFIRMED) -> Notes:
    """Interviews that confirm dimension d1."""
    notes = tuple(Note(name, "d1", NoteKind.POSITION, "", change) for name in who)
    return Notes(notes, interviewed=frozenset(who))


def test_interviews_wait_until_they_are_enough() -> None:
    """Nothing under the smallest group; then nothing new until that many more."""
    one, persons = study(MIN_GROUP, sides="A"), week(("A", 9))
    few = plan(persons, one, notes=said("A01", "A02"))
    assert (few.publication.interviews, few.interviews_withheld) == ({}, Withheld.SMALL_GROUP)

    some = plan(persons, one, ledger=few.ledger, notes=said("A01", "A02", "A03"))
    assert (len(some.publication.interviews), some.interviews_withheld) == (3, None)

    more = said("A01", "A02", "A03", "A04")
    waiting = plan(persons, one, ledger=some.ledger, notes=more)
    assert waiting.publication.interviews == some.publication.interviews
    assert waiting.interviews_withheld is Withheld.NOT_RENEWED

    over = plan(persons, one, ledger=some.ledger, notes=more, over=True)
    assert (len(over.publication.interviews), over.interviews_withheld) == (4, None)


def test_no_interview_is_nothing_to_tell() -> None:
    """Before the interviews there is no sentence about them."""
    assert plan(week(("A", 4)), study(MIN_GROUP, sides="A")).interviews_withheld is None


@dataclass(frozen=True)
class Step:
    """What happens in a week."""

    joins: tuple[str, ...]
    edits: int
    leaves: int


STEPS = st.lists(
    st.builds(
        Step,
        st.lists(st.sampled_from("ABCX"), max_size=5).map(tuple),
        st.integers(0, 3),
        st.integers(0, 2),
    ),
    min_size=3,
    max_size=3,
)


def campaign(steps: list[Step], edited: st.DataObject) -> list[list[Person]]:
    """The state of the answers week by week: people join, change what they said, and leave."""
    numbers, versions = count(), count()
    state: dict[str, Person] = {}
    weeks = []
    for step in steps:
        for side in step.joins:
            name = f"{side}{next(numbers):02}"
            state[name] = (name, None if side == "X" else side, {"STR1": "S1"})
        order = edited.draw(st.permutations(sorted(state)))
        for name in order[: step.edits]:
            state[name] = (name, state[name][1], {"COM1": f"{next(versions)}"})
        for name in order[step.edits :][: step.leaves]:
            del state[name]
        weeks.append(list(state.values()))
    return weeks


@settings(max_examples=60, deadline=None)
@given(STEPS, st.data())
def test_three_refreshes_single_nobody_out(steps: list[Step], edited: st.DataObject) -> None:
    """No sum over all published tables of three weeks is about fewer than `min_group` people."""
    one = study(MIN_GROUP)
    ledger: Ledger = ()
    kept: list[Person] = []
    for now in campaign(steps, edited):
        if gate(ledger, fingerprints(now), MIN_GROUP, closed=False):
            kept = now
        if kept:
            made = plan(kept, one, ledger=ledger)
            assert made.whole is None
            ledger = made.ledger
    assert not singled_out(ledger, MIN_GROUP)


def test_the_second_attacker_has_teeth() -> None:
    """Without the ledger the same weeks single somebody out."""
    one = study(MIN_GROUP)
    weeks = [week(("A", 4), ("B", 5)), week(("A", 5), ("B", 5))]
    issues = [plan(now, one).publication for now in weeks]
    assert ("A05",) in singled_out(issues, MIN_GROUP)
