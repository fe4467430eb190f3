"""Counts per level, medians, two readings, and what the missing could change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.maturity_model import ReadingRule
from tasks.results import Distribution, ReadingKind
from tasks.scoring.agreement import agreement
from tasks.scoring.positions import group_counts, median_places, reading, tally, two_modes
from tests.scoring.specimens import LEVELS, answers, people, study

SOME = st.lists(st.integers(0, 9), min_size=2, max_size=7).filter(any)


def distribution(*counts: int) -> Distribution:
    """A distribution over five levels."""
    return Distribution(LEVELS, counts)


def test_counts_by_side_with_each_silence_apart() -> None:
    """Levels, four kinds of silence and quarantined codes are six different things."""
    given_answers = ["S2", "S2", "S4", "?", "-", "!", "", "", "#"]
    frame = answers(
        [
            *people("A", "STR1", given_answers),
            *people(None, "STR1", ["S1", "S2"]),
            *people("A", "COH1", ["C1", "C4", "?"], start=20),
        ]
    )
    sides = {name: "A" for name in frame["respondent"].unique() if name.startswith("A")}
    counted = tally(frame, sides)
    one = group_counts(LEVELS, [counted["STR1"]["A"]])
    assert one.counts == (0, 2, 0, 1, 0)
    assert one.n == 3
    assert one.out_of_scale == {
        "dont_know": 1,
        "not_applicable": 1,
        "refused": 1,
        "unanswered": 2,
    }
    assert one.quarantined == 1
    assert one.answers.total() == 7
    everybody = group_counts(LEVELS, counted["STR1"].values())
    assert everybody.counts == (1, 3, 0, 1, 0)
    coherence = group_counts(("C1", "C2", "C3", "C4"), counted["COH1"].values())
    assert (coherence.counts, coherence.out_of_scale) == ((1, 0, 0, 1), {"dont_know": 1})


def test_nobody_counts_nothing() -> None:
    """An empty frame gives zeros, which read as nobody."""
    counts = group_counts(LEVELS, tally(answers([]), {}).get("STR1", {}).values())
    assert counts.counts == (0, 0, 0, 0, 0)
    assert median_places(counts.counts) == ()
    assert reading(counts.shown(), study()).kind is ReadingKind.NOBODY


@pytest.mark.parametrize(
    ("counts", "kind", "levels"),
    [
        ((0, 3, 9, 3, 0), ReadingKind.ONE_LEVEL, ("S3",)),
        ((0, 4, 4, 0, 0), ReadingKind.BETWEEN, ("S2", "S3")),
        ((1, 4, 3, 1, 1), ReadingKind.BETWEEN, ("S2", "S3")),
        ((0, 0, 0, 0, 7), ReadingKind.ONE_LEVEL, ("S5",)),
        ((8, 0, 0, 0, 7), ReadingKind.TWO_READINGS, ("S1", "S5")),
        ((3, 3, 3, 3, 3), ReadingKind.TWO_READINGS, ("S1", "S5")),
        ((0, 0, 0, 0, 0), ReadingKind.NOBODY, ()),
    ],
)
def test_what_may_be_said(
    counts: tuple[int, ...], kind: ReadingKind, levels: tuple[str, ...]
) -> None:
    """A level, an interval or two readings: the median only where A > 0."""
    read = reading(distribution(*counts), study())
    assert (read.kind, read.levels) == (kind, levels)
    assert read.agreement == agreement(counts)
    assert bool(read.agreement_word) == (kind is not ReadingKind.NOBODY)


@given(SOME)
def test_the_median_is_that_of_the_people_in_order(counts: list[int]) -> None:
    """Line everybody up by level: the median is where the middle people stand."""
    line = [place for place, people_here in enumerate(counts) for _ in range(people_here)]
    middle = {line[(len(line) - 1) // 2], line[len(line) // 2]}
    assert median_places(counts) == tuple(sorted(middle))


@pytest.mark.parametrize(
    ("counts", "modes"),
    [
        ((8, 0, 0, 0, 7), (0, 4)),
        ((5, 0, 3, 0, 4), (0, 4)),
        ((4, 0, 4, 0, 4), (0, 4)),
        ((4, 0, 4, 0, 2), (0, 2)),
        ((5, 5, 0, 3, 3), (0, 4)),
        ((2, 2, 2, 2, 2), (0, 4)),
        ((0, 4, 1, 4, 0), (1, 3)),
        ((4, 4), (0, 1)),
        ((9, 8, 0, 0, 6), (0, 4)),
    ],
)
def test_two_modes(counts: tuple[int, ...], modes: tuple[int, int]) -> None:
    """Neighbours of a peak are no second opinion; of equal peaks the farthest apart count."""
    assert two_modes(counts) == modes


@given(SOME.filter(lambda counts: (agreement(counts) or 0) <= 0 and any(counts)))
def test_divided_opinions_have_two_readings(counts: list[int]) -> None:
    """Where A ≤ 0 there are always two different levels to name, lowest first."""
    if agreement(counts) is not None:
        low, high = two_modes(counts)
        assert low < high
        assert all(counts[place] > 0 for place in (low, high))


def test_what_the_missing_could_change() -> None:
    """Six more people at one end move the median of nine to that end, or not at all."""
    read = reading(distribution(0, 3, 4, 2, 0), study(), population=15)
    assert read.levels == ("S3",)
    assert (read.if_missing_low, read.if_missing_high) == (("S2",), ("S4",))
    complete = reading(distribution(0, 3, 4, 2, 0), study(), population=9)
    assert (complete.if_missing_low, complete.if_missing_high) == ((), ())


@given(SOME, st.integers(1, 20))
def test_the_bounds_enclose_the_median(counts: list[int], missing: int) -> None:
    """However many are missing, what they could change lies on both sides of the reading."""
    codes = tuple(f"L{place}" for place in range(len(counts)))
    read = reading(Distribution(codes, tuple(counts)), study(), population=sum(counts) + missing)
    if read.kind in (ReadingKind.ONE_LEVEL, ReadingKind.BETWEEN):
        assert read.if_missing_low[0] <= read.levels[0]
        assert read.levels[-1] <= read.if_missing_high[-1]
    else:
        assert read.if_missing_low == read.if_missing_high == ()


def test_models_read_by_mode() -> None:
    """The most frequent level, or two readings when several are; no median, so no bounds."""
    single = reading(distribution(1, 2, 4, 5, 0), study(), ReadingRule.MODE, 20)
    assert (single.kind, single.levels, single.if_missing_low) == (ReadingKind.MODE, ("S4",), ())
    tied = reading(distribution(4, 4, 4, 0, 0), study(), ReadingRule.MODE)
    assert (tied.kind, tied.levels) == (ReadingKind.TWO_READINGS, ("S1", "S3"))


@pytest.mark.parametrize("rule", [rule for rule in ReadingRule if rule is not ReadingRule.MEAN])
def test_no_mean_unless_the_model_declares_it(rule: ReadingRule) -> None:
    """Only the rule `mean` computes one; it says nothing else than the others."""
    assert reading(distribution(1, 2, 4, 5, 0), study(), rule).mean is None
    declared = reading(distribution(1, 0, 0, 0, 1), study(), ReadingRule.MEAN)
    assert declared.mean == 3.0
    assert declared.kind is ReadingKind.TWO_READINGS
