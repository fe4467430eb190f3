"""The figures of a quadrant: how many people stand at each place, and in each cell."""

from collections import Counter
from collections.abc import Iterator

from tasks.reports.chart_data import Drawer
from tasks.reports.figure import Figure
from tasks.results import CollectiveResults
from tasks.scoring.quadrant import places

PLACE = "quadrant.place."
"""What the names of the figures begin with; the two coordinates follow."""


def place_figures(drawer: Drawer, results: CollectiveResults) -> Iterator[Figure]:
    """How many people stand at each place between the two axes."""
    say, quadrant = drawer.voice.say, drawer.model.quadrant
    if quadrant is None:
        return
    titles = {axis.code: drawer.voice.text(axis.label) for axis in drawer.model.axes}
    for place, count in places(results.quadrant or ()).items():
        x, x_of, y, y_of = place
        label = say(
            "{x_axis} : {x} ; {y_axis} : {y}",
            x_axis=titles[quadrant.x],
            x=say("{count} sur {total}", count=x, total=x_of),
            y_axis=titles[quadrant.y],
            y=say("{count} sur {total}", count=y, total=y_of),
        )
        name = f"{PLACE}{'.'.join(map(str, place))}"
        yield Figure(name, say("Deux axes"), say("Ensemble"), label, count)


def cell_figures(drawer: Drawer, results: CollectiveResults) -> Iterator[Figure]:
    """How many people stand in each of the four cells, as the drawing's text says."""
    say, counts = drawer.voice.say, Counter(point.cell for point in results.quadrant or ())
    for cell in drawer.model.quadrant.cells if drawer.model.quadrant and counts else ():
        name, label = f"quadrant.cell.{cell.code}", drawer.voice.text(cell.label)
        everybody = say("Ensemble")
        yield Figure(name, say("Deux axes"), everybody, label, counts[cell.code], sources=PLACE)
