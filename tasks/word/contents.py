"""What a finished Word file says: paragraphs, tables, charts with their workbooks, every text."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO

from lxml import etree
from openpyxl import load_workbook

from tasks.word.chart_repair import c
from tasks.word.package import Package, parse
from tasks.word.styles import w

Row = tuple[str, ...]

_BODY = re.compile(r"word/(?!header|footer)(?:[^/]+|charts/[^/]+)\.xml$")

_INSIDE_WORDS = re.compile(
    r"</?(?:w:(?!(?:p|br|tab|tc)\b)\w+|w14:\w+|a:(?!(?:p|br)\b)\w+"
    r"|r|t|rPr|rFont|family|scheme|charset|color|sz|b|i|u)(?:\s[^>]*)?/?>"
)
"""Tags of words cut in pieces leave nothing behind; all others leave a space."""


@dataclass(frozen=True)
class DrawnChart:
    """A chart as it lies in the file.

    Attributes:
        name: of its part.
        series: the numbers drawn, series by series; of a scatter chart x then y.
        cells: every number in the workbook behind it, in no order.
    """

    name: str
    series: tuple[tuple[float, ...], ...]
    cells: tuple[float, ...]


@dataclass(frozen=True)
class Contents:
    """What can be read in a Word file, notes and comments included; no headers, no footers."""

    paragraphs: tuple[str, ...]
    tables: tuple[tuple[Row, ...], ...]
    charts: tuple[DrawnChart, ...]


def read_contents(data: bytes) -> Contents:
    """Read a Word file that the software has made itself."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        package = Package({name: archive.read(name) for name in archive.namelist()})
    roots = {name: parse(part) for name, part in package.parts.items() if _BODY.match(name)}
    return Contents(
        tuple(_text(p) for root in roots.values() for p in root.iter(w("p"))),
        tuple(_table(table) for root in roots.values() for table in root.iter(w("tbl"))),
        tuple(
            _chart(package, name, root)
            for name, root in roots.items()
            if root.tag == c("chartSpace")
        ),
    )


def texts_inside(data: bytes) -> Iterator[str]:
    """Every text of a file: of each member of an archive, and of archives within archives."""
    if not zipfile.is_zipfile(BytesIO(data)):
        text = _INSIDE_WORDS.sub("", data.decode(errors="replace"))
        yield unescape(re.sub(r"<[^>]+>", " ", text))
        return
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            yield from texts_inside(archive.read(name))


def _text(element: etree._Element) -> str:
    signs = {w("tab"): "\t", w("br"): "\n"}
    return "".join(signs.get(str(e.tag), e.text or "") for e in element.iter(w("t"), *signs))


def _table(table: etree._Element) -> tuple[Row, ...]:
    return tuple(
        tuple("\n".join(_text(p) for p in cell.iter(w("p"))) for cell in row.findall(w("tc")))
        for row in table.findall(w("tr"))
    )


def _chart(package: Package, name: str, root: etree._Element) -> DrawnChart:
    series = (
        tuple(n for axis in ("val", "xVal", "yVal") for n in _numbers(one.find(c(axis))))
        for one in root.iter(c("ser"))
    )
    book = package.linked(name, "package")
    return DrawnChart(name, tuple(series), _cells(package.parts[book]) if book else ())


def _numbers(data: etree._Element | None) -> list[float]:
    if data is None:
        return []
    values = (point.findtext(c("v")) for point in data.iter(c("pt")))
    return [float(value) for value in values if value]


def _cells(workbook: bytes) -> tuple[float, ...]:
    book = load_workbook(BytesIO(workbook), read_only=True)
    cells = (v for sheet in book for row in sheet.iter_rows(values_only=True) for v in row)
    return tuple(float(value) for value in cells if isinstance(value, int | float))
