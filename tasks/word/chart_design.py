"""The first look of charts that are made in code: theme colours, readable in black and white."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import pptx.chart.chart
import pptx.chart.data
from lxml import etree
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_PATTERN, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.util import Pt

from tasks.word.chart_repair import A, C, c

# python-pptx is untyped
_CategoryChartData: Any = pptx.chart.data.CategoryChartData
_XyChartData: Any = pptx.chart.data.XyChartData
_Chart: Any = pptx.chart.chart.Chart
_ACCENTS = [getattr(MSO_THEME_COLOR, f"ACCENT_{number}") for number in range(1, 7)]
_PATTERNS = (None, MSO_PATTERN.WIDE_UPWARD_DIAGONAL, None, MSO_PATTERN.PERCENT_25)
_MARKERS = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.DIAMOND,
)
_NO_ZERO = "0;-0;;"


class ChartKind(Enum):
    """The charts that reports use."""

    STACKED = XL_CHART_TYPE.BAR_STACKED_100
    """Horizontal bars of 100 %, one segment per series, the count in each."""

    CLUSTERED = XL_CHART_TYPE.BAR_CLUSTERED
    """Horizontal bars side by side, the count at the end of each."""

    COLUMNS = XL_CHART_TYPE.COLUMN_CLUSTERED
    """Vertical bars side by side, the count above each."""

    DOUGHNUT = XL_CHART_TYPE.DOUGHNUT
    """A ring, one slice per category, its name and count beside it in the legend."""

    SCATTER = XL_CHART_TYPE.XY_SCATTER
    """Points in a plane that two lines cut into four cells."""


@dataclass(frozen=True)
class Plane:
    """The axes of a scatter chart: titles, ends, and where they cross."""

    x_title: str
    y_title: str
    low: float
    high: float
    x_cut: float
    y_cut: float


def sample(kind: ChartKind, series: Sequence[str], categories: Sequence[str]) -> Any:  # noqa: ANN401
    """Return example data, so that the template shows a chart that resembles the report's."""
    if kind is ChartKind.SCATTER:
        data = _XyChartData()
        for place, name in enumerate(series):
            points = data.add_series(name)
            points.add_data_point(1 + place % 3, 3 - place % 2)
            points.add_data_point(2 + place % 2, 1 + place % 3)
        return data
    data = _CategoryChartData()
    data.categories = categories
    for place, name in enumerate(series):
        data.add_series(name, [2 + (place + row) % 4 for row in range(len(categories))])
    return data


def draw(
    kind: ChartKind,
    data: Any,  # noqa: ANN401 - python-pptx is untyped
    dark: Sequence[bool],
    plane: Plane | None,
) -> etree._Element:
    """Return the chart space of an example chart.

    Args:
        kind: of chart.
        data: from `sample`.
        dark: for each accent of the theme, whether it takes white text.
        plane: axes of a scatter chart.
    """
    space: etree._Element = parse_xml(data.xml_bytes(kind.value))
    chart = _Chart(space, None)
    chart.font.size = Pt(9)
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    _DRAW[kind](chart, dark, plane)
    _without_frame(space)
    return space


def _fill(format_: Any, place: int, *, patterned: bool) -> None:  # noqa: ANN401 - python-pptx has no types
    pattern = _PATTERNS[place % len(_PATTERNS)] if patterned else None
    if pattern is None:
        format_.fill.solid()
    else:
        format_.fill.patterned()
        format_.fill.pattern = pattern
        format_.fill.back_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    format_.fill.fore_color.theme_color = _ACCENTS[place % len(_ACCENTS)]
    format_.line.width = Pt(0.75)
    edge = _ACCENTS[place % len(_ACCENTS)] if patterned else MSO_THEME_COLOR.BACKGROUND_1
    format_.line.color.theme_color = edge


def _label(labels: Any, position: Any, color: Any) -> None:  # noqa: ANN401
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = _NO_ZERO, False
    if position is not None:
        labels.position = position
    labels.font.size = Pt(9)
    labels.font.color.theme_color = color


def _bars(chart: Any, gap: int) -> None:  # noqa: ANN401
    chart.plots[0].gap_width = gap
    values, categories = chart.value_axis, chart.category_axis
    values.visible = False
    values.has_major_gridlines = False
    values.minimum_scale = 0
    categories.format.line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    categories.format.line.color.brightness = -0.25
    categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def _on(dark: Sequence[bool], place: int) -> Any:  # noqa: ANN401
    """Return the colour of a text that reads well on the accent at this place."""
    return MSO_THEME_COLOR.BACKGROUND_1 if dark[place % len(dark)] else MSO_THEME_COLOR.TEXT_1


def _stacked(chart: Any, dark: Sequence[bool], _plane: Plane | None) -> None:  # noqa: ANN401
    _bars(chart, 35)
    chart.category_axis.reverse_order = True
    for place, series in enumerate(chart.plots[0].series):
        _fill(series.format, place, patterned=False)
        _label(series.data_labels, XL_LABEL_POSITION.CENTER, _on(dark, place))


def _clustered(chart: Any, _dark: Sequence[bool], _plane: Plane | None) -> None:  # noqa: ANN401
    _bars(chart, 60)
    chart.plots[0].overlap = -5
    chart.category_axis.reverse_order = chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED
    for place, series in enumerate(chart.plots[0].series):
        _fill(series.format, place, patterned=True)
        _label(series.data_labels, XL_LABEL_POSITION.OUTSIDE_END, MSO_THEME_COLOR.TEXT_1)


def _doughnut(chart: Any, dark: Sequence[bool], _plane: Plane | None) -> None:  # noqa: ANN401
    chart.legend.position = XL_LEGEND_POSITION.RIGHT
    series = chart.plots[0].series[0]
    _label(series.data_labels, None, MSO_THEME_COLOR.TEXT_1)
    for place in range(len(chart.plots[0].categories)):
        point = series.points[place]
        _fill(point.format, place, patterned=False)
        point.data_label.font.size = Pt(9)
        point.data_label.font.color.theme_color = _on(dark, place)


def _scatter(chart: Any, _dark: Sequence[bool], plane: Plane | None) -> None:  # noqa: ANN401
    for place, series in enumerate(chart.plots[0].series):
        series.format.line.fill.background()
        series.marker.style = _MARKERS[place % len(_MARKERS)]
        series.marker.size = 8
        _fill(series.marker.format, place, patterned=False)
    if plane is None:
        return
    axes = (
        (chart.category_axis, plane.x_title, plane.y_cut),
        (chart.value_axis, plane.y_title, plane.x_cut),
    )
    for axis, title, cut in axes:
        axis.minimum_scale, axis.maximum_scale = plane.low, plane.high
        axis.has_major_gridlines = False
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        axis.has_title = True
        axis.axis_title.text_frame.text = title
        axis.axis_title.text_frame.paragraphs[0].font.size = Pt(9)
        _cross_at(axis, cut)


def _without_frame(space: etree._Element) -> None:
    """Draw no box around the chart: the page is its frame."""
    frame = etree.fromstring(
        f'<c:spPr xmlns:c="{C}" xmlns:a="{A}"><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
    )
    chart = space.find(c("chart"))
    assert chart is not None  # noqa: S101 - the schema asks for it
    chart.addnext(frame)


def _cross_at(axis: Any, value: float) -> None:  # noqa: ANN401
    """Make an axis cut the other one at this value of the other."""
    crosses = axis._element.find(c("crosses"))
    crosses.addnext(etree.Element(c("crossesAt"), val=str(value)))
    axis._element.remove(crosses)


_DRAW: dict[ChartKind, Callable[[Any, Sequence[bool], Plane | None], None]] = {
    ChartKind.STACKED: _stacked,
    ChartKind.CLUSTERED: _clustered,
    ChartKind.COLUMNS: _clustered,
    ChartKind.DOUGHNUT: _doughnut,
    ChartKind.SCATTER: _scatter,
}
