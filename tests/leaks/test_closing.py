"""What the closing of a wave lifts, once, and what it does not.

In the last report everybody who answered counts, so the difference of the last two issues is the
answers that came in between. Staff are told before they close (`flows.steps.closing`).
"""

from random import Random

import pytest

from tests.leaks.holder import attack, attack_all, chunk, moves_read
from tests.leaks.lives import Life, life, trusted_frames
from tests.scoring.specimens import study

__all__ = ["trusted_frames"]

pytestmark = pytest.mark.usefixtures("trusted_frames")


def closed_with(late: int) -> tuple[Life, set[str]]:
    """Twelve answers published; so many more, all of one mind; the closing. Who came last."""
    lived = Life(Random(1), study(5, sides="AB"))
    lived.join(12)
    for number, (name, (_, _, said)) in enumerate(lived.people.items()):
        lived.people[name] = (name, "AB"[number % 2], said)
    early = set(lived.people)
    lived.refresh(closed=False, over=False)
    lived.join(late)
    new = set(lived.people) - early
    for name in new:
        lived.people[name] = (name, "A", {**lived.people[name][2], "STR1": "S5"})
    lived.refresh(closed=False, over=False)
    lived.refresh(closed=True, over=False)
    return lived, new


def counted(lived: Life) -> list[int]:
    """People whose answers to the first subject each issue counts."""
    shown = [results.dimension("d1").distribution for results in lived.results]
    return [one.n + sum(one.out_of_scale.values()) for one in shown]


def test_the_closing_lifts_the_answers_that_came_in_last() -> None:
    """Two answers wait until the closing; beside the issue before, it says what these two said."""
    lived, new = closed_with(2)
    assert counted(lived) == [12, 12, 14]
    found = {(name, one.answer, one.people) for name, one in attack_all(lived, lived.issues)}
    assert ("dimension.d1", "level.S5", frozenset(new)) in found
    assert all(one.people <= new for _, one in attack_all(lived, lived.issues))
    assert attack_all(lived, lived.issues[:2]) == set(), "nobody before the closing"
    assert attack_all(lived, lived.issues[2:]) == set(), "nobody from the closing issue by itself"
    assert (attack(lived), moves_read(lived)) == (set(), set())


def test_with_enough_answers_the_closing_lifts_nothing() -> None:
    """Five are the smallest group: they are counted before the closing, and nobody is found."""
    lived, _ = closed_with(5)
    assert counted(lived) == [12, 17, 17]
    assert attack_all(lived, lived.issues) == set()


def test_some_random_closings_lift_something() -> None:
    """The random studies do meet what is lifted: the rule of `holder` is no empty word."""
    lives = [one for one in map(life, chunk(0)[:8]) if one.closing is not None]
    lifted = [one for one in lives if attack_all(one, one.issues)]
    assert 0 < len(lifted) <= len(lives)
    assert all(attack(one) == set() for one in lifted)


def test_what_leaves_after_the_closing_is_compared_with_it_again() -> None:
    """One answer corrected after the closing waits: the counts stay those of the closing issue."""
    lived, new = closed_with(2)
    name = sorted(new)[0]
    lived.people[name] = (name, "A", {**lived.people[name][2], "STR1": "S1"})
    lived.refresh(closed=True, over=False)
    first, later = (results.dimension("d1").distribution for results in lived.results[2:])
    assert first == later
    assert attack(lived) == set()
