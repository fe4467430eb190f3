"""A change of mind of few people cannot be read from the answers before and after it."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations_with_replacement, product

import pytest

from tasks.disclosure.moves import Change, change, lists_a_move, singles_out, tells_a_move
from tasks.interviews.merging import MIN_MOVE

ANSWERS = "abcd"
STEPS = [(origin, target) for origin, target in product(ANSWERS, repeat=2) if origin != target]


def net(moves: Counter[tuple[str, str]]) -> dict[str, int]:
    """What these moves add up to."""
    total = dict.fromkeys(ANSWERS, 0)
    for (origin, target), people in moves.items():
        total[origin] -= people
        total[target] += people
    return total


def worlds(most: int) -> Iterator[tuple[tuple[int, ...], Counter[tuple[str, str]]]]:
    """All ways in which so many people can have moved, with what can be read of them."""
    for size in range(most + 1):
        for steps in combinations_with_replacement(STEPS, size):
            moves = Counter(steps)
            told = tuple(net(moves).values())
            if sum(n for n in told if n > 0) == size:
                yield told, moves


def test_what_is_told_fits_no_world_in_which_few_are_known_to_have_moved() -> None:
    """Against all worlds of up to four people: the rule holds exactly where one move is known."""
    together: dict[tuple[int, ...], list[Counter[tuple[str, str]]]] = {}
    for told, moves in worlds(4):
        together.setdefault(told, []).append(moves)
    assert len(together) > 100
    for told, ways in together.items():
        people = ways[0].total()
        known = [
            step
            for step in STEPS
            if min(way[step] for way in ways) >= 1 and max(way[step] for way in ways) < MIN_MOVE
        ]
        expected = 0 < people < MIN_MOVE or bool(known)
        assert singles_out(dict(zip(ANSWERS, told, strict=True))) is expected, told


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ({"a": 5, "b": 3}, False),  # nobody moved
        ({"a": 4, "b": 4}, True),
        ({"a": 3, "b": 5}, True),
        ({"a": 2, "b": 6}, False),  # three, all alike
        ({"a": 2, "b": 5, "c": 1}, True),  # from « a », two went to « b » and one to « c »
        ({"a": 5, "b": 4}, True),  # somebody answered in the interview alone
    ],
)
def test_one_issue(after: dict[str, int], told: bool) -> None:
    """Nobody, or three: anything between is not told."""
    assert tells_a_move(change({"a": 5, "b": 3}, after), ()) is told


def test_a_fourth_person_a_week_later_is_not_told() -> None:
    """Each issue alone may be told; their difference is one person."""
    before = {"level.S1": 9, "level.S2": 0}
    three, four = (change(before, {"level.S1": 9 - n, "level.S2": n}) for n in (3, 4))
    assert not tells_a_move(four, [])
    assert tells_a_move(four, [three])
    assert not tells_a_move(four, [change(before, before)])


def test_moves_told_one_by_one_leave_no_single_one() -> None:
    """Three went from S1 to S2 and one from S4 to S5: with the first told, so is the other."""
    before = {"level.S1": 4, "level.S2": 0, "level.S4": 4, "level.S5": 0}
    after = {"level.S1": 1, "level.S2": 3, "level.S4": 3, "level.S5": 1}
    assert not tells_a_move(change(before, after), ())
    assert lists_a_move(change(before, after, {"S1>S2": 3}), ())
    assert not lists_a_move(change(before, after), ())


def test_a_move_told_twice_differs_by_nobody_or_three() -> None:
    """« S1 → S2 (3) », then « (4) », tells the fourth; with three others in between, still."""
    three = Change({}, {"S1>S2": 3})
    assert lists_a_move(Change({}, {"S1>S2": 4}), [three])
    assert not lists_a_move(Change({"level.S1": -3, "level.S2": 3}, {"S1>S2": 3}), [three])
