"""Native charts: their values read from the part, swapped in it, the look of staff kept."""

import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest

from babel.numbers import format_decimal
from lxml import etree

from tasks.word.chart_repair import WORKBOOK_LINK, R, c
from tasks.word.charts import ChartData, ChartPrototype
from tasks.word.merge.carrier import Carrier
from tasks.word.merge.names import DOC_PR, first_child
from tasks.word.merge.reading import fold
from tasks.word.package import Relationship, parse

_PACKAGE_LINK = f"{R}/package"
_OWN = ("package", "oleObject")
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIGURES = 9  # significant figures that programs keep alike when they save a chart


@dataclass(frozen=True)
class ChartValues:
    """What a chart shows, as cached in its part.

    Attributes:
        series: name, labels (or abscissas as text), values; None: no value.
        scatter: whether the labels are abscissas.
    """

    series: tuple[tuple[str, tuple[str, ...], tuple[float | None, ...]], ...]
    scatter: bool

    @classmethod
    def read(cls, root: etree._Element) -> "ChartValues":
        """Read a chart part."""
        scatter = root.find(f".//{c('scatterChart')}") is not None
        return cls(tuple(_series(found, scatter) for found in root.iter(c("ser"))), scatter)

    def data(self, description: str) -> ChartData:
        """Return the values as data for a chart prototype."""
        if self.scatter:
            points = tuple((name, _points(xs, ys)) for name, xs, ys in self.series)
            return ChartData((), points=points, description=description)
        labels = max((labels for _, labels, _ in self.series), key=len, default=())
        series = tuple(
            (name, tuple(value for _, value in zip_longest(labels, values))[: len(labels)])
            for name, _, values in self.series
        )
        return ChartData(labels, series, description=description)

    def lines(self, language: str) -> list[str]:
        """Return the values in words, a line per series, numbers as the language writes them."""
        return [
            f"{name} ({', '.join(_pairs(labels, values, language))})"
            for name, labels, values in self.series
        ]


def _pairs(
    labels: tuple[str, ...], values: tuple[float | None, ...], language: str
) -> Iterator[str]:
    for label, value in zip_longest(labels, values):
        if value is not None:
            yield f"{label or ''} {_written(value + 0.0, language)}".strip()


@lru_cache(maxsize=4096)
def _written(value: float, language: str) -> str:
    """Return a number as the language writes it; never −0.0, which the cache takes for 0.0."""
    return format_decimal(value, "0.##", language)


def _points(xs: tuple[str, ...], ys: tuple[float | None, ...]) -> tuple[tuple[float, float], ...]:
    pairs = ((_number(x), y) for x, y in zip(xs, ys, strict=False))
    return tuple((x, y) for x, y in pairs if x is not None and y is not None)


def _series(
    series: etree._Element, scatter: bool
) -> tuple[str, tuple[str, ...], tuple[float | None, ...]]:
    name = "".join(fold(text) for text in _cache(series.find(c("tx"))) if text)
    labels = _cache(series.find(c("xVal" if scatter else "cat")))
    values = _cache(series.find(c("yVal" if scatter else "val")))
    if scatter:  # LibreOffice fills the shorter series up with points that are nowhere
        points = [(_rounded(x), _number(y)) for x, y in zip(labels, values, strict=False)]
        placed = [point for point in points if point[0] and point[1] is not None]
        return name, tuple(x for x, _ in placed), tuple(y for _, y in placed)
    numbers = [_number(value) for value in values]
    while numbers and numbers[-1] is None:
        numbers.pop()
    return name, tuple(fold(label or "") for label in labels), tuple(numbers)


def _cache(holder: etree._Element | None) -> list[str | None]:
    """Return the cached texts of a name, of labels or of values; None where a point lacks."""
    if holder is None:
        return []
    points = {int(point.get("idx", "0")): _text(point) for point in holder.iter(c("pt"))}
    counts = [int(found.get("val", "0")) for found in holder.iter(c("ptCount"))]
    size = max([*counts, *(index + 1 for index in points)], default=0)
    if not points and not counts:
        return [_text(holder)] if first_child(holder, _TEXT) is not None else []
    return [points.get(index) for index in range(min(size, _MOST))]


def _text(holder: etree._Element) -> str:
    found = first_child(holder, _TEXT)
    return "" if found is None else found.text or ""


_TEXT = c("v")
_MOST = 10_000  # points of a series that are read


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return float(f"{value:.{_FIGURES}g}") if math.isfinite(value) else None


def _rounded(text: str | None) -> str:
    value = _number(text)
    return "" if value is None else repr(value)


def _filled(prototype: ChartPrototype, data: ChartData, like: bytes) -> tuple[bytes, bytes]:
    if like and max(len(data.series), len(data.points)) > len(prototype.series):
        filled = prototype.continued(ChartPrototype.cut(like)).fill(data)
        with suppress(etree.XMLSyntaxError):  # a prefix that this chart does not declare
            parse(filled[0])
            return filled
    return prototype.fill(data)


def swap_data(carrier: Carrier, part: str, data: ChartData, like: bytes = b"") -> bool:
    """Put new data into a chart of the edited file, look kept; False when it cannot take them.

    Args:
        carrier: the edited file.
        part: of the chart.
        data: the new data.
        like: the chart part of the new version: series that came since look as they do there.
    """
    try:
        xml, workbook = _filled(ChartPrototype.cut(carrier.data(part)), data, like)
    except (ValueError, IndexError, etree.XMLSyntaxError):
        return False
    links = [link for link in carrier.links(part) if link.kind not in _OWN]
    book = carrier.linked(part, "package") or ""
    if not book.endswith(".xlsx"):
        folder = part.rsplit("/", 2)[0]
        book = carrier.add(f"{folder}/embeddings/donnees1.xlsx", workbook, _WORKBOOK)
    carrier.put(part, xml)
    carrier.put(book, workbook)
    own = Relationship(WORKBOOK_LINK, _PACKAGE_LINK, book, external=False)
    carrier.set_links(part, [*links, own])
    return True


@dataclass(frozen=True)
class Missing:
    """A generated chart that is not where it was: its former and its new values, its new drawing.

    Attributes:
        before: values of the last generation.
        after: values now; None when the data no longer call for it.
        drawing: of the new version, None in that case.
        place: heading above, for the log.
    """

    before: ChartValues
    after: ChartValues | None
    drawing: etree._Element | None
    place: str


@dataclass(frozen=True)
class ChartHunt:
    """Charts that are missed where they were generated, and drawings that were met."""

    missing: list[Missing] = field(default_factory=list)
    met: set[etree._Element] = field(default_factory=set)


def describe(drawing: etree._Element, like: etree._Element) -> None:
    """Give a chart's drawing the alternative text of another one, which reads it out."""
    for mine, other in zip(drawing.iter(DOC_PR), like.iter(DOC_PR), strict=False):
        text = other.get("descr")
        if text:
            mine.set("descr", text)
