"""Native Word charts placed by the author of a template: data swapped, formatting kept.

A prototype is the author's chart cut once into strings; filling it is string work only. Every
use gets a chart part, a workbook and relationships of its own.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import chain, zip_longest

from lxml import etree

from tasks.word.chart_repair import c, embed_workbook, repair, with_usual_prefix
from tasks.word.package import DECLARATION, parse
from tasks.word.values import clean_text
from tasks.word.workbook import SHEET, Cell, column_name, workbook_bytes

# Holes in a cut chart: control characters, which neither a part nor a cleaned value can hold.
_SERIES, _NAME, _VALUES, _INDEX = "\x01", "\x02", "\x03", "\x04"
_POINT, _POINT_XML, _POINT_END = "\x05", "\x06", "\x07"
_HOLES = {"series": _SERIES, "name": _NAME, "values": _VALUES, "index": _INDEX, "end": _POINT_END}
_HOLE_MARK = re.compile(r"<\?hole (\w+)\?>")
_POINT_MARK = re.compile(r"<\?point (\d+)\?>")
_POINT_FORMAT = re.compile(f"{_POINT}(\\d+){_POINT_XML}([^{_POINT_END}]*){_POINT_END}")
_DATA = ("cat", "val", "xVal", "yVal")
_AFTER_DATA = ("shape", "smooth", "extLst")


@dataclass(frozen=True)
class ChartData:
    """Values for one chart of a template.

    For bar charts `categories` are the labels and each series has one value per category (None:
    no value). For scatter charts `categories` is empty and `points` holds (x, y) pairs per series.
    """

    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...] = ()
    points: tuple[tuple[str, tuple[tuple[float, float], ...]], ...] = ()
    description: str = ""  # alt text that reads the chart out
    empty_sentence: str = ""  # shown in place of the chart when there is no data

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to draw."""
        drawn = any(value for _, values in self.series for value in values if value)
        return not drawn and not any(pairs for _, pairs in self.points)


@dataclass(frozen=True)
class _Series:
    """A series of the author's chart, with holes where data go."""

    xml: str
    index: int

    def fill(self, name: str, values: str, count: int) -> str:
        """Return the series with its data; formats of points it has not are dropped."""
        xml = _POINT_FORMAT.sub(lambda found: found[2] if int(found[1]) < count else "", self.xml)
        position = f'<c:idx val="{self.index}"/><c:order val="{self.index}"/>'
        return xml.replace(_INDEX, position).replace(_NAME, name).replace(_VALUES, values)

    def clone(self, step: int) -> "_Series":
        """Return the series that comes `step` after this one: the next colours of the theme."""
        xml = re.sub(
            r'(<a:schemeClr val="accent)(\d)"',
            lambda found: f'{found[1]}{(int(found[2]) - 1 + step) % 6 + 1}"',
            self.xml,
        )
        return replace(self, xml=xml, index=self.index + step)


@dataclass(frozen=True)
class ChartPrototype:
    """The author's chart, cut: `texts[0] series[0] texts[1] series[1] … texts[-1]`.

    Attributes:
        spare: looks of the series that may come after its own.
    """

    texts: tuple[str, ...]
    series: tuple[_Series, ...]
    is_scatter: bool
    spare: tuple[_Series, ...] = ()

    @classmethod
    def cut(cls, part: bytes) -> "ChartPrototype":
        """Cut a chart part; what python-pptx writes against the schema is repaired first.

        Raises:
            ValueError: a chart without any series; there is no format to keep.
        """
        root = with_usual_prefix(parse(part))
        repair(root)
        embed_workbook(root)
        elements = list(root.iter(c("ser")))
        if not elements:
            raise ValueError("chart without series")
        for element in elements:
            _make_holes(element)
        pieces = _with_holes(etree.tostring(root, encoding="unicode")).split(_SERIES)
        series = tuple(_Series(xml, index) for index, xml in enumerate(pieces[1::2]))
        return cls(tuple(pieces[::2]), series, root.find(f".//{c('scatterChart')}") is not None)

    def continued(self, other: "ChartPrototype") -> "ChartPrototype":
        """Return the chart with the looks of the series that another one has beyond its own."""
        return replace(self, spare=other.series[len(self.series) :])

    def fill(self, data: ChartData) -> tuple[bytes, bytes]:
        """Return the chart part and its workbook: the cached values equal the cells.

        Surplus series of the prototype go; missing ones are its spare ones, then copies of the
        last.

        Raises:
            ValueError: categories for a scatter chart, or points for another one.
        """
        if bool(data.points) != self.is_scatter:
            raise ValueError("points belong to scatter charts, categories to the others")
        table = _scatter_table(data) if self.is_scatter else _category_table(data)
        caches = list(_scatter_caches(table) if self.is_scatter else _category_caches(table))
        own = (*self.series, *self.spare)[: len(caches)]
        missing = range(1, len(caches) - len(own) + 1)
        models = chain(own, (own[-1].clone(step) for step in missing))
        drawn = [model.fill(*cache) for model, cache in zip(models, caches, strict=True)]
        last = len(self.series) - 1
        drawn[last:] = ["".join(drawn[last:])]
        body = "".join(chain.from_iterable(zip_longest(self.texts, drawn, fillvalue="")))
        return (DECLARATION + body).encode(), workbook_bytes(table)


def _make_holes(series: etree._Element) -> None:
    """Mark a series, take its data out, and mark where they go back."""
    for name in ("tx", *_DATA):
        for child in series.findall(c(name)):
            series.remove(child)
    for point in series.iter(c("dPt"), c("dLbl")):
        index = point.find(c("idx"))
        number = "0" if index is None else index.get("val", "0")
        point.addprevious(etree.ProcessingInstruction("point", number))
        point.addnext(_hole("end"))
    for order in series.findall(c("order")):
        series.replace(order, _hole("name"))
    for index in series.findall(c("idx")):
        series.replace(index, _hole("index"))
    followers = [child for child in series if child.tag in map(c, _AFTER_DATA)]
    series.insert(series.index(followers[0]) if followers else len(series), _hole("values"))
    series.addprevious(_hole("series"))
    series.addnext(_hole("series"))


def _hole(name: str) -> etree._ProcessingInstruction:
    return etree.ProcessingInstruction("hole", name)


def _with_holes(xml: str) -> str:
    xml = _POINT_MARK.sub(f"{_POINT}\\1{_POINT_XML}", xml)
    return _HOLE_MARK.sub(lambda found: _HOLES[found[1]], xml)


def _number(value: float | None) -> float | None:
    """Return a number that a workbook can hold; neither infinite nor undefined ones can."""
    return value if value is None or math.isfinite(value) else None


def _category_table(data: ChartData) -> list[list[Cell]]:
    """Rows of the workbook: the names of the series, then a row per category."""
    head: list[Cell] = [None, *(clean_text(name) for name, _ in data.series)]
    columns = [[_number(value) for value in values] for _, values in data.series]
    labels = (clean_text(label) for label in data.categories)
    return [head, *(list(row) for row in zip(labels, *columns, strict=True))]


def _scatter_table(data: ChartData) -> list[list[Cell]]:
    """Rows of the workbook: two columns (x, y) per series, its name above y."""
    head: list[Cell] = [cell for name, _ in data.points for cell in (None, clean_text(name))]
    columns = [[pair[axis] for pair in pairs] for _, pairs in data.points for axis in (0, 1)]
    return [head, *(list(row) for row in zip_longest(*columns))]


def _category_caches(table: list[list[Cell]]) -> Iterator[tuple[str, str, int]]:
    count = len(table) - 1
    labels = _strings("cat", 0, [row[0] for row in table[1:]])
    for column, name in enumerate(table[0][1:], 1):
        values = [row[column] for row in table[1:]]
        yield _series_name(name, column), labels + _numbers("val", column, values), count


def _scatter_caches(table: list[list[Cell]]) -> Iterator[tuple[str, str, int]]:
    for column in range(1, len(table[0]), 2):
        pairs = [row[column - 1 : column + 1] for row in table[1:] if row[column] is not None]
        across = _numbers("xVal", column - 1, [x for x, _ in pairs])
        upward = _numbers("yVal", column, [y for _, y in pairs])
        yield _series_name(table[0][column], column), across + upward, len(pairs)


def _series_name(name: Cell, column: int) -> str:
    formula = f"{SHEET}!${column_name(column)}$1"
    point = f'<c:pt idx="0"><c:v>{_text(name)}</c:v></c:pt>'
    cache = f'<c:strCache><c:ptCount val="1"/>{point}</c:strCache>'
    return f"<c:tx><c:strRef><c:f>{formula}</c:f>{cache}</c:strRef></c:tx>"


def _strings(name: str, column: int, cells: list[Cell]) -> str:
    cache = f"<c:strCache>{_points(cells)}</c:strCache>"
    formula = f"<c:f>{_range(column, len(cells))}</c:f>"
    return f"<c:{name}><c:strRef>{formula}{cache}</c:strRef></c:{name}>"


def _numbers(name: str, column: int, cells: list[Cell]) -> str:
    cache = f"<c:numCache><c:formatCode>General</c:formatCode>{_points(cells)}</c:numCache>"
    formula = f"<c:f>{_range(column, len(cells))}</c:f>"
    return f"<c:{name}><c:numRef>{formula}{cache}</c:numRef></c:{name}>"


def _range(column: int, count: int) -> str:
    letter = column_name(column)
    return f"{SHEET}!${letter}$2:${letter}${max(count, 1) + 1}"


def _points(cells: list[Cell]) -> str:
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{_text(cell)}</c:v></c:pt>'
        for index, cell in enumerate(cells)
        if cell is not None
    )
    return f'<c:ptCount val="{len(cells)}"/>{points}'


def _text(cell: Cell) -> str:
    return escape(cell, quote=False) if isinstance(cell, str) else repr(cell)
