"""Respondents as points between two axes."""

import pytest

from config.maturity_model import MaturityModel
from tasks.results import QuadrantPoint
from tasks.scoring.quadrant import asked_alike, places, quadrant_points
from tests.scoring.specimens import (
    Person,
    answers,
    axis,
    model,
    score,
    stage_dimension,
    study,
    text,
)

CELLS = [
    {"code": f"{x}_{y}", "label": text(x + y), "description": text(x + y), "x": x, "y": y}
    for x in ("low", "high")
    for y in ("low", "high")
]


def quadrant(cut: float = 0.5) -> MaturityModel:
    """Four dimensions on the x axis, two on the y axis, in favour from S3 on."""
    return model(
        topology="quadrant",
        axes=[
            axis("x", *(stage_dimension(n) for n in (1, 2, 3, 4))),
            axis("y", *(stage_dimension(n) for n in (5, 6))),
        ],
        quadrant={"x": "x", "y": "y", "in_favour_from": "S3", "cut": cut, "cells": CELLS},
    )


def person(name: str, *levels: str) -> Person:
    """Somebody who gives the dimensions these levels, in order."""
    return (name, None, {f"STR{n}": level for n, level in enumerate(levels, 1)})


def points(*persons: Person, cut: float = 0.5, min_group: int = 1) -> list[QuadrantPoint] | None:
    """The points of these people."""
    known = quadrant(cut)
    found = quadrant_points(answers(persons, known), known, min_group)
    return None if found is None else list(found)


@pytest.mark.parametrize(
    ("levels", "point"),
    [
        (("S3", "S4", "S5", "S3", "S1", "S2"), QuadrantPoint(4, 4, 0, 2, "high_low", True)),
        (("S1", "S1", "S1", "S1", "S5", "S5"), QuadrantPoint(0, 4, 2, 2, "low_high", False)),
        (("S3", "S3", "S1", "S1", "S5", "S5"), QuadrantPoint(2, 4, 2, 2, "high_high", True)),
        (("S3", "S3", "S3", "?", "S5", "S5"), QuadrantPoint(3, 3, 2, 2, "high_high", False)),
    ],
)
def test_where_a_person_stands(levels: tuple[str, ...], point: QuadrantPoint) -> None:
    """In favour of those answered; high from the cut on; on the border within one answer."""
    assert points(person("P1", *levels)) == [point]


def test_nobody_is_placed_on_half_a_quadrant() -> None:
    """Who gave no level on an axis has no place on it."""
    assert points(person("P1", "S3", "S3", "S3", "S3", "?", "")) is None


def test_points_do_not_stand_in_the_order_of_the_people() -> None:
    """The same people in another order give the same points."""
    one, other = ("S1",) * 6, ("S5",) * 6
    found = points(person("P1", *other), person("P2", *one))
    assert found == points(person("P1", *one), person("P2", *other))


def test_few_points_are_not_shown() -> None:
    """Two respondents under a smallest group of three: no quadrant, in the results either."""
    two = [person("P1", *["S1"] * 6), person("P2", *["S5"] * 6)]
    assert points(*two, min_group=3) is None
    results, _ = score([*two, person("P3", *["S5"] * 6)], study(sides=""), quadrant())
    assert results.quadrant is not None
    assert [(point.x, point.cell) for point in results.quadrant] == [
        (0, "low_low"),
        (4, "high_high"),
        (4, "high_high"),
    ]


def test_other_models_have_no_quadrant() -> None:
    """A cycle has no points."""
    assert quadrant_points(answers([]), model(), 1) is None


def test_people_at_one_place_are_counted_together() -> None:
    """A place is both coordinates, with how many questions are behind each."""
    found = points(person("P1", *["S3"] * 6), person("P2", *["S4"] * 6), person("P3", *["S1"] * 6))
    assert places(found or []) == {(4, 4, 2, 2): 2, (0, 4, 0, 2): 1}


def test_sides_asked_other_questions_of_the_axes_are_not_asked_alike() -> None:
    """The points would tell them apart; one side alone, or a question of neither axis, does not."""
    apart = stage_dimension(6, asked_of=["A"])
    axes = [axis("x", stage_dimension(1)), axis("y", stage_dimension(5), apart)]
    drawn = {"x": "x", "y": "y", "in_favour_from": "S3", "cut": 0.5, "cells": CELLS}
    one = model(topology="quadrant", axes=axes, quadrant=drawn)
    assert asked_alike(quadrant(), ["A", "B", ""])
    assert not asked_alike(one, ["A", "B"])
    assert asked_alike(one, ["A"])
    assert asked_alike(one, ["B", "C"])
    elsewhere = model(topology="quadrant", axes=[*axes[:1], axis("y", stage_dimension(5)),
                      axis("z", apart)], quadrant=drawn)  # fmt: skip
    assert asked_alike(elsewhere, ["A", "B"])
