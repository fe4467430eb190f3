"""The cycle: where a dimension stands, what comes next, and the path over waves."""

import pytest

from config.maturity_model import MaturityModel
from tasks.results import Reading, ReadingKind, WaveChange
from tasks.scoring.cycle import standing, wave_changes
from tests.scoring.specimens import (
    LEVELS,
    Person,
    answers,
    axis,
    item,
    model,
    stage_dimension,
    study,
)


def read(kind: ReadingKind, *levels: str) -> Reading:
    """A reading that names these levels."""
    return Reading(kind, levels, 0.5, "accord partiel")


@pytest.mark.parametrize(
    ("reading", "following", "new_turn"),
    [
        (read(ReadingKind.ONE_LEVEL, "S1"), "S2", False),
        (read(ReadingKind.ONE_LEVEL, "S4"), "S5", False),
        (read(ReadingKind.BETWEEN, "S2", "S3"), "S3", False),
        (read(ReadingKind.ONE_LEVEL, "S5"), "S3", True),
        (read(ReadingKind.TWO_READINGS, "S1", "S5"), None, False),
    ],
)
def test_the_next_transition(reading: Reading, following: str | None, new_turn: bool) -> None:
    """The level after; from the last one, the return arrow: a new turn of the cycle."""
    stands = standing(reading, model())
    assert stands is not None
    assert (stands.levels, stands.next_level, stands.new_turn) == (
        reading.levels,
        following,
        new_turn,
    )


def test_the_last_level_without_an_arrow_leads_nowhere() -> None:
    """A cycle that declares no return has no transition after its last level."""
    stands = standing(read(ReadingKind.ONE_LEVEL, "S5"), model(return_arrows=[]))
    assert stands is not None
    assert (stands.next_level, stands.new_turn) == (None, False)


def test_only_cycles_have_a_standing() -> None:
    """Linear models have none, nor has a dimension of which nothing may be said."""
    assert standing(read(ReadingKind.ONE_LEVEL, "S2"), model(topology="linear")) is None
    assert standing(read(ReadingKind.WITHHELD), model()) is None


def told(code: str, *levels: str, first: int = 1) -> list[Person]:
    """Numbered people, with the level each gives an item."""
    return [(f"P{n:02}", None, {code: level}) for n, level in enumerate(levels, first)]


def changes(
    before: list[Person],
    after: list[Person],
    version: str = "2",
    of: MaturityModel | None = None,
    former: MaturityModel | None = None,
) -> dict[str, WaveChange]:
    """The changes by dimension, for a smallest group of three."""
    known = of or model()
    found = wave_changes(
        answers(before, former or known), answers(after, known), known, version, study()
    )
    return {change.dimension: change for change in found}


def test_paths_of_the_same_people() -> None:
    """Only people of both waves count; a return arrow walked is a new turn."""
    before = told("STR1", "S5", "S5", "S5", "S2", "S2", "S2", "S1", "S1", "S4")
    after = [*told("STR1", *["S3"] * 6), *told("STR1", "S4", "S4", "S2", first=30)]
    assert changes(before, after)["d1"] == WaveChange("d1", 6, {"S2>S3": 3, "S5>S3": 3}, 3)


@pytest.mark.parametrize("newcomers", [True, False])
def test_paths_do_not_give_away_who_answered_in_one_wave_alone(newcomers: bool) -> None:
    """One person joined, or left: taken off that table, all paths would leave their answer."""
    both = told("STR1", *["S5"] * 3, *["S2"] * 4), told("STR1", *["S3"] * 7)
    alone = told("STR1", "S4", first=30)
    before, after = (both[0], both[1] + alone) if newcomers else (both[0] + alone, both[1])
    assert changes(*both)["d1"].paths == {"S2>S3": 4, "S5>S3": 3}
    assert changes(before, after)["d1"].paths == {"S2>S3": 4}, "the smallest path hides them"


def test_nothing_is_said_under_six_pairs() -> None:
    """Five pairs are too few to speak of a change; their number alone is told."""
    before, after = told("STR1", *["S1"] * 5), told("STR1", *["S2"] * 5)
    assert changes(before, after)["d1"] == WaveChange("d1", 5, {}, 0)


def test_paths_of_few_people_are_withheld_with_their_cover() -> None:
    """One person's path is left out, and so is the smallest path that would give it away."""
    before = told("STR1", *["S1"] * 3, *["S2"] * 4, "S5")
    after = told("STR1", *["S2"] * 3, *["S3"] * 4, "S3")
    assert changes(before, after)["d1"] == WaveChange("d1", 8, {"S2>S3": 4}, 0, withheld=True)


def test_answers_out_of_scale_make_no_pair() -> None:
    """Who did not know in one of the waves has no path."""
    before = told("STR1", *["S1"] * 6, "?")
    after = told("STR1", *["S1"] * 5, "?", "S1")
    assert changes(before, after)["d1"].pairs == 5


def test_dimensions_new_in_this_wave_are_not_compared() -> None:
    """A dimension that nobody answered before is not there at all."""
    assert changes(told("STR1", *["S1"] * 6), told("STR2", *["S1"] * 6)) == {
        "d1": WaveChange("d1", 0, {}, 0)
    }


def test_renamed_items_and_levels_are_found() -> None:
    """The `replaces` table says what the former version called them."""
    replaces = [{"version": "1", "items": {"OLD": "STR1"}, "levels": {"S1": "S2"}}]
    former = model(axes=[axis("a1", _dimension_named("OLD"), stage_dimension(2))])
    found = changes(
        [*told("OLD", *["S1"] * 3, *["S3"] * 3)],
        told("STR1", *["S2"] * 3, *["S4"] * 3),
        "1",
        model(replaces=replaces),
        former,
    )
    assert found["d1"].paths == {"S2>S2": 3, "S3>S4": 3}


def test_a_code_that_now_means_something_else_is_not_compared() -> None:
    """STR2 became STR1: what was STR1 before has no successor."""
    replaces = [{"version": "1", "items": {"STR2": "STR1"}}]
    found = changes(
        told("STR1", *["S1"] * 6), told("STR1", *["S5"] * 6), "1", model(replaces=replaces)
    )
    assert found == {}


def test_versions_that_the_model_does_not_know_do_not_compare() -> None:
    """Without a table for the former version nothing is claimed."""
    assert changes(told("STR1", *["S1"] * 6), told("STR1", *["S1"] * 6), "0.9") == {}


def _dimension_named(code: str) -> dict[str, object]:
    return {
        **stage_dimension(1),
        "behaviours": {level: {"fr": level} for level in LEVELS},
        "items": [item(code, "stage", answer_set="levels")],
    }
