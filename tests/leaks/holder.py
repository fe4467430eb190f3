"""Somebody who kept every report of a random study, and what the method lets them hold.

Before the closing of a wave, every issue; it lifts the
comparison of answers once. So the closing issue must by itself, and with every later one, give
nobody away; what it tells of interviews (who confirmed, nuanced, revised, and the moves) must not
beside any earlier one either. What the closing does lift stands in `test_closing`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tasks.disclosure.attack import Rebuilt, rebuilt
from tasks.disclosure.check import moves_told
from tasks.disclosure.tables import Issue, tables
from tests.leaks.lives import Life, life

STUDIES, CHUNKS = 500, 20


def attack(lived: Life) -> set[tuple[str, Rebuilt]]:
    """Everything that the issues give away, as far as the method lets them be compared.

    Up to the closing, all of them; from the closing on, these, with what earlier ones told of
    interviews.
    """
    before = lived.issues[: lived.closing]
    return attack_all(lived, before) | attack_all(lived, history(lived, len(lived.issues)))


def history(lived: Life, place: int) -> tuple[Issue, ...]:
    """The issues before this place, as the one there may be compared with them."""
    closing = lived.closing if lived.closing is not None and place >= lived.closing else 0
    return tuple(
        replace(issue, lifted=number < closing) for number, issue in enumerate(lived.issues[:place])
    )


def attack_all(lived: Life, issues: Sequence[Issue]) -> set[tuple[str, Rebuilt]]:
    """Everything that these issues give away, table by table."""
    held = [tables(lived.model, issue) for issue in issues]
    minimum = lived.study.confidentiality.min_group
    return {
        (name, one)
        for name in {name for issue in held for name in issue}
        for one in rebuilt([table for issue in held for table in issue.get(name, ())], minimum)
    }


def moves_read(lived: Life) -> set[tuple[str, int]]:
    """The dimensions, and issues, in which somebody's change of mind can be read."""
    figures = [issue.values for issue in lived.issues]
    names = [f"dimension.{dimension.code}" for dimension in lived.model.dimensions]
    return {
        (name, number)
        for number, values in enumerate(figures)
        for name in names
        if moves_told(values, figures[:number], name)
    }


def chunk(number: int) -> range:
    """The seeds of one part of the studies."""
    size = STUDIES // CHUNKS
    return range(number * size, (number + 1) * size)


def found_in(number: int) -> dict[int, Any]:
    """What the attacker finds in the studies of one part, by seed; nothing where nothing."""
    lives = {seed: life(seed) for seed in chunk(number)}
    assert sum(len(one.issues) for one in lives.values()) > len(lives)
    found = {seed: (attack(one), moves_read(one)) for seed, one in lives.items()}
    return {seed: told for seed, told in found.items() if any(told)}
