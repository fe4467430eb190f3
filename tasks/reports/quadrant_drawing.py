"""Respondents on two axes, as points of a native scatter chart; nobody can be told apart.

The series are, in this order: the cut of each axis, the four cells, the respondents, those on
the border of two cells.
"""

from collections import Counter
from collections.abc import Iterable
from math import cos, sin, sqrt

from config.maturity_model import MaturityModel, Quadrant
from tasks.reports.voice import Voice
from tasks.results import QuadrantPoint
from tasks.word.charts import ChartData

Point = tuple[float, float]

_GOLDEN_ANGLE = 2.399963  # spreads any number of points evenly around one place
_SPREAD = 0.022


def quadrant_points(
    voice: Voice, model: MaturityModel, people: Iterable[QuadrantPoint]
) -> ChartData:
    """The drawing of a quadrant, in shares of each axis; empty without respondents."""
    quadrant = model.quadrant
    people = tuple(people)
    if quadrant is None or not people:
        return ChartData((), empty_sentence=voice.say("Aucune position ne peut être montrée."))
    placed = _spread(people)
    inside = tuple(at for one, at in zip(people, placed, strict=True) if not one.on_border)
    border = tuple(at for one, at in zip(people, placed, strict=True) if one.on_border)
    return ChartData(
        categories=(),
        points=(
            *_cuts(voice, quadrant, strokes=len(people)),
            *_cells(voice, quadrant),
            (voice.say("Une personne"), inside),
            (voice.say("À la frontière, à une réponse près"), border),
        ),
        description=_description(voice, quadrant, people),
    )


def _cuts(
    voice: Voice, quadrant: Quadrant, strokes: int
) -> tuple[tuple[str, tuple[Point, ...]], ...]:
    """The two lines, each drawn again and again.

    LibreOffice 7.4 does not draw the series of a scatter chart that have fewer points than a
    later one: the lines take at least as many as there are people.
    """
    upright = ((quadrant.cut, 0.0), (quadrant.cut, 1.0)) * strokes
    flat = ((0.0, quadrant.cut), (1.0, quadrant.cut)) * strokes
    return (voice.say("Limite des colonnes"), upright), (voice.say("Limite des lignes"), flat)


def _cells(voice: Voice, quadrant: Quadrant) -> list[tuple[str, tuple[Point, ...]]]:
    middle = {"low": quadrant.cut / 2, "high": (1 + quadrant.cut) / 2}
    foot = {"low": 0.04, "high": quadrant.cut + 0.04}
    return [(voice.text(cell.label), ((middle[cell.x], foot[cell.y]),)) for cell in quadrant.cells]


def _spread(people: tuple[QuadrantPoint, ...]) -> list[Point]:
    """Set people at the same place a little apart, in a spiral, so that each is seen."""
    seen: Counter[Point] = Counter()
    placed = []
    for one in people:
        place = (one.x / max(1, one.x_of), one.y / max(1, one.y_of))
        turn = seen[place]
        seen[place] += 1
        reach = _SPREAD * sqrt(turn)
        placed.append(
            (
                round(place[0] + reach * cos(turn * _GOLDEN_ANGLE), 4),
                round(place[1] + reach * sin(turn * _GOLDEN_ANGLE), 4),
            )
        )
    return placed


def _description(voice: Voice, quadrant: Quadrant, people: tuple[QuadrantPoint, ...]) -> str:
    counts = Counter(one.cell for one in people)
    cells = " ; ".join(f"{voice.text(cell.label)} : {counts[cell.code]}" for cell in quadrant.cells)
    return voice.say("Chaque point est une personne. {cells}.", cells=cells)
