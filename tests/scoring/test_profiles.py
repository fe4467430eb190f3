"""What each side sees, and the gaps between sides."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.results import Gap, ReadingKind, Withheld
from tasks.scoring.profiles import cliffs_delta
from tests.scoring.specimens import Person, people, score, study

PAIR = st.integers(2, 6).flatmap(
    lambda size: st.tuples(
        *(st.lists(st.integers(0, 6), min_size=size, max_size=size).filter(any) for _ in "lh")
    )
)


def side(name: str, *counts: int) -> list[Person]:
    """A side with so many people per level."""
    levels = [f"S{place}" for place, number in enumerate(counts, 1) for _ in range(number)]
    return people(name, "STR1", levels)


@given(PAIR)
def test_cliffs_delta_equals_all_pairs_compared(pair: tuple[list[int], list[int]]) -> None:
    """Every person of one side against every person of the other gives the same figure."""
    low, high = ([p for p, n in enumerate(counts) for _ in range(n)] for counts in pair)
    compared = [(h > l) - (h < l) for l, h in product(low, high)]  # noqa: E741
    assert cliffs_delta(*pair) == pytest.approx(sum(compared) / len(compared))


def test_views_carry_counts_and_readings() -> None:
    """Each side has its size, its counts and its own reading."""
    results, _ = score([*side("A", 0, 3, 1), *side("B", 0, 0, 2, 2)], study(sides="AB"))
    a, b = results.dimension("d1").sides
    assert (a.side, a.size, a.distribution.counts) == ("A", 4, (0, 3, 1, 0, 0))
    assert (a.reading.kind, a.reading.levels) == (ReadingKind.ONE_LEVEL, ("S2",))
    assert (b.reading.kind, b.reading.levels) == (ReadingKind.BETWEEN, ("S3", "S4"))


def test_gaps_are_of_medians_in_levels_widest_first() -> None:
    """Halves occur; sides that see alike have no gap."""
    persons = [
        *side("A", 0, 4),
        *side("B", 0, 0, 2, 2),
        *side("C", 0, 3),
        *side("D", 0, 0, 0, 0, 5),
    ]
    results, _ = score(persons, study(sides="ABCD"))
    found = [(g.low_side, g.high_side, g.levels) for g in results.dimension("d1").gaps]
    assert found == [
        ("A", "D", 3.0),
        ("C", "D", 3.0),
        ("A", "B", 1.5),
        ("B", "D", 1.5),
        ("C", "B", 1.5),
    ]
    assert results.dimension("d1").gaps[0] == Gap("d1", "A", "D", 3.0, 1.0)


def test_divided_sides_have_no_gap() -> None:
    """Where a side has two readings there is no median to compare."""
    results, _ = score([*side("A", 3, 0, 0, 0, 3), *side("B", 0, 4)], study(sides="AB"))
    assert results.dimension("d1").sides[0].reading.kind is ReadingKind.TWO_READINGS
    assert results.dimension("d1").gaps == ()


def test_withheld_sides_have_no_gap() -> None:
    """A small side, and the one withheld with it, are compared with nobody."""
    persons = [*side("A", 2), *side("B", 0, 0, 0, 3), *side("C", 0, 4), *side("D", 0, 0, 0, 0, 5)]
    results, _ = score(persons, study(sides="ABCD"))
    assert {(g.low_side, g.high_side) for g in results.dimension("d1").gaps} == {("C", "D")}
    hidden = results.dimension("d1").sides[0]
    assert (hidden.size, hidden.distribution.withheld) == (None, Withheld.SMALL_GROUP)
    assert hidden.reading.kind is ReadingKind.WITHHELD


def test_sides_that_the_study_does_not_know_are_no_sides() -> None:
    """An unknown side code counts among those whose side is not known."""
    persons = [*side("A", 4), *side("Z", 0, 4)]
    results, made = score(persons, study(sides="A"))
    assert [view.side for view in results.dimension("d1").sides] == ["A"]
    assert len(made.publication.groups[""]) == 4


def test_a_side_that_left_an_item_empty_has_nothing_to_hide() -> None:
    """Enough people, no answer: shown as such."""
    persons = [*side("A", 4), *people("B", "STR1", ["", "", ""])]
    results, _ = score(persons, study(sides="AB"))
    silent = results.dimension("d1").sides[1].distribution
    assert (silent.counts, silent.out_of_scale) == ((0, 0, 0, 0, 0), {"unanswered": 3})
