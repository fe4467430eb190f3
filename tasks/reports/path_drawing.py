"""The path of a model as points of a native scatter chart: a way, a loop back, its levels.

The series are, in this order: the way, the new turn, then one point per level. A chart of Word
has no curve with an arrow that every reader draws alike, so the arrow heads are points too.
"""

from itertools import pairwise
from math import atan2, cos, pi, sin

from config.maturity_model import Arrow, MaturityModel, Topology
from tasks.reports.voice import Voice
from tasks.word.charts import ChartData

Point = tuple[float, float]

WIDTH, HEIGHT = 10.0, 4.0
"""The drawing's own units; the template's axes are fixed to them."""

_MIDDLE = HEIGHT / 2 - 0.15
_RADII = (1.75, 1.35)
_LEFT, _RIGHT = 0.8, WIDTH - 0.8
_STEPS = 24
_HEAD = 0.16


def path_points(voice: Voice, model: MaturityModel) -> ChartData:
    """The drawing of a cycle or of a line; empty for the other topologies."""
    if model.topology not in (Topology.CYCLE, Topology.LINEAR):
        return ChartData(categories=(), empty_sentence="")
    arrow = _widest(model)
    names = [voice.text(level.short) for level in model.levels]
    places, way, turn = _layout(model, arrow)
    levels = tuple((name, (place,)) for name, place in zip(names, places, strict=True))
    description = voice.say("Le parcours : {levels}.", levels=" → ".join(names))
    if arrow is not None:
        description += " " + voice.say(
            "Un nouveau tour : {origin} → {target}.",
            origin=voice.text(model.level(arrow.origin).short),
            target=voice.text(model.level(arrow.target).short),
        )
    return ChartData(
        categories=(),
        points=((voice.say("Le parcours"), way), (voice.say("Un nouveau tour"), turn), *levels),
        description=description,
    )


def _widest(model: MaturityModel) -> Arrow | None:
    """The return arrow that spans most levels: the one that the drawing loops along."""
    codes = model.level_codes
    arrows = [a for a in model.return_arrows if codes.index(a.target) < codes.index(a.origin)]
    span = {id(a): codes.index(a.origin) - codes.index(a.target) for a in arrows}
    return max(arrows, key=lambda a: span[id(a)], default=None)


def _layout(
    model: MaturityModel, arrow: Arrow | None
) -> tuple[list[Point], tuple[Point, ...], tuple[Point, ...]]:
    codes = model.level_codes
    if arrow is None:
        places = _line(_LEFT, _RIGHT, len(codes))
        return places, _with_heads(places), (places[0], places[0])
    first, last = codes.index(arrow.target), codes.index(arrow.origin)
    return _loop(len(codes), first, last)


def _line(start: float, end: float, number: int) -> list[Point]:
    step = (end - start) / max(1, number - 1)
    return [(start + step * place, _MIDDLE) for place in range(number)]


def _loop(
    number: int, first: int, last: int
) -> tuple[list[Point], tuple[Point, ...], tuple[Point, ...]]:
    """Levels before the loop on a line, those of the loop on an ellipse, the rest after it."""
    before, turning, after = first, last - first + 1, number - last - 1
    slot = (WIDTH - 2 * _LEFT - 2 * _RADII[0]) / max(1, before + after)
    entry = _LEFT + slot * before
    centre = (entry + _RADII[0], _MIDDLE)
    angles = [pi - 2 * pi * place / turning for place in range(turning + 1)]
    ring = [_on_ring(centre, angle) for angle in angles]
    lead = [(_LEFT + slot * place, _MIDDLE) for place in range(before)]
    exit_x = centre[0] + _RADII[0]
    tail = [(exit_x + slot * (place + 1), _MIDDLE) for place in range(after)]
    arcs: list[Point] = []
    for start, end in pairwise(angles[:-1]):
        arcs += _with_heads(_arc(centre, start, end), every=_STEPS)
    way = (*_with_heads([*lead, ring[0]]), *arcs, *_with_heads([ring[-2], *tail]))
    turn = _with_heads(_arc(centre, angles[-2], angles[-1]), every=_STEPS)
    return [*lead, *ring[:-1], *tail], way, turn


def _on_ring(centre: Point, angle: float) -> Point:
    return centre[0] + _RADII[0] * cos(angle), centre[1] + _RADII[1] * sin(angle)


def _arc(centre: Point, start: float, end: float) -> list[Point]:
    step = (end - start) / _STEPS
    return [_on_ring(centre, start + step * place) for place in range(_STEPS + 1)]


def _with_heads(points: list[Point], every: int = 1) -> tuple[Point, ...]:
    """The points with an arrow head halfway along each `every` steps."""
    drawn = list(points[:1])
    for place, (start, end) in enumerate(pairwise(points)):
        if place % every == every // 2:
            drawn += _head(start, end)
        drawn.append(end)
    return tuple((round(x, 4), round(y, 4)) for x, y in drawn)


def _head(start: Point, end: Point) -> list[Point]:
    tip = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    heading = atan2(end[1] - start[1], end[0] - start[0])
    barbs = [
        (tip[0] - _HEAD * cos(heading + turn), tip[1] - _HEAD * sin(heading + turn))
        for turn in (0.5, -0.5)
    ]
    return [tip, barbs[0], tip, barbs[1], tip]
