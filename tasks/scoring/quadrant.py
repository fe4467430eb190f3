"""Respondents as points of a quadrant: two axes, one cut, four named cells."""

from collections import Counter
from collections.abc import Collection, Iterable

import pandas as pd

from config.maturity_model import Axis, Item, ItemKind, MaturityModel, Quadrant
from tasks.frames import ANSWERED
from tasks.results import QuadrantPoint


def quadrant_points(
    answers: pd.DataFrame, model: MaturityModel, min_group: int
) -> tuple[QuadrantPoint, ...] | None:
    """One point per respondent who gave a level on both axes, in an order that tells nothing.

    A coordinate is the number of the axis' dimensions placed at `in_favour_from` or above, of
    those answered. It is high from the cut on. A point is on the border when one answer more or
    less in favour, on either axis, would change its cell.

    Args:
        answers: a frame of the ANSWERS contract.
        model: a model; only one with a quadrant has points.
        min_group: under this number of points, none is shown.

    Returns:
        The points, without pseudonym; None without a quadrant, or under `min_group`.
    """
    if model.quadrant is None:
        return None
    across = _coordinates(answers, model, model.quadrant.x)
    upwards = _coordinates(answers, model, model.quadrant.y)
    both = across.join(upwards, how="inner", lsuffix="_x", rsuffix="_y")
    if len(both) < min_group:
        return None
    points = (_point(row, model.quadrant) for row in both.itertuples(index=False, name=None))
    return tuple(sorted(points, key=lambda point: (point.x, point.x_of, point.y, point.y_of)))


def places(points: Iterable[QuadrantPoint]) -> Counter[tuple[int, int, int, int]]:
    """How many people stand at each place: in favour on x, of how many answered, then on y."""
    return Counter((point.x, point.x_of, point.y, point.y_of) for point in points)


def asked_alike(model: MaturityModel, sides: Collection[str]) -> bool:
    """Are people of all these sides asked the same questions of the two axes?

    Where they are not, the points, or the questions behind them (`x_of`), tell the sides apart,
    and what they leave of the tables is that of one side.
    """
    if model.quadrant is None:
        return True
    chosen = (model.quadrant.x, model.quadrant.y)
    axes = [axis for axis in model.axes if axis.code in chosen]
    asked = {item.asked_of for axis in axes for item in _stages(axis) if item.asked_of}
    return all({side in of for side in sides} != {True, False} for of in asked)


def _coordinates(answers: pd.DataFrame, model: MaturityModel, code: str) -> pd.DataFrame:
    """Per respondent: dimensions of this axis in favour (`count`), of how many answered (`of`)."""
    axis = next(axis for axis in model.axes if axis.code == code)
    start = model.level_codes.index(model.quadrant.in_favour_from) if model.quadrant else 0
    stage = answers[answers["item"].isin(_stage_items(axis)) & (answers["state"] == ANSWERED)]
    in_favour = stage["level"].isin(model.level_codes[start:])
    grouped = in_favour.groupby(stage["respondent"], observed=True)
    return pd.DataFrame({"count": grouped.sum(), "of": grouped.size()})


def _stage_items(axis: Axis) -> list[str]:
    return [item.code for item in _stages(axis)]


def _stages(axis: Axis) -> list[Item]:
    items = (dimension.item(ItemKind.STAGE) for dimension in axis.dimensions)
    return [item for item in items if item]


def _point(row: tuple[int, int, int, int], quadrant: Quadrant) -> QuadrantPoint:
    x, x_of, y, y_of = (int(number) for number in row)
    side = {False: "low", True: "high"}
    here = (side[_high(x, x_of, quadrant)], side[_high(y, y_of, quadrant)])
    cell = next(cell.code for cell in quadrant.cells if (cell.x, cell.y) == here)
    border = _near(x, x_of, quadrant) or _near(y, y_of, quadrant)
    return QuadrantPoint(x, x_of, y, y_of, cell, border)


def _high(count: int, of: int, quadrant: Quadrant) -> bool:
    return count >= quadrant.cut * of


def _near(count: int, of: int, quadrant: Quadrant) -> bool:
    neighbours = (max(count - 1, 0), min(count + 1, of))
    return any(_high(other, of, quadrant) != _high(count, of, quadrant) for other in neighbours)
