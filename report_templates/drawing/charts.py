"""The first look of the templates' charts: one hue per question, light to dark, in theme colours.

Staff change all of it in Word afterwards; the data are swapped at render, the look stays.
"""

from collections.abc import Callable, Sequence
from typing import Any

from docx.document import Document
from docx.text.paragraph import Paragraph
from lxml import etree

from tasks.word.authoring import ChartKind, add_chart

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"

SCALE = ((20, 80), (40, 60), (60, 40), (100, 0), (75, 0), (50, 0), (35, 0))
"""Seven steps of one hue (luminance kept, luminance added, in %): the most levels of a model."""

PALE_STEPS = 3
"""The first steps of the scale take dark figures, the next ones white figures."""


def stacked(
    paragraph: Paragraph, name: str, series: Sequence[str], accent: int, size: tuple[float, float]
) -> None:
    """A bar of 100 % per row, one segment per level, the count in each segment."""
    add_chart(
        paragraph, ChartKind.STACKED, name, series=series, width_cm=size[0], height_cm=size[1]
    )

    def look(root: etree._Element) -> None:
        for place, element in enumerate(root.iter(f"{{{C}}}ser")):
            _fill(element, _color(accent, *SCALE[place]), edge=_scheme("bg1"))
            _label_color(element, "tx1" if place < PALE_STEPS else "bg1")

    _restyle(paragraph, look)


def bars(
    paragraph: Paragraph,
    kind: ChartKind,
    name: str,
    series: Sequence[str],
    colors: Sequence[tuple[int, int]],
    size: tuple[float, float],
) -> None:
    """Bars of counts; `colors` are an accent and a step of `SCALE` per series."""
    add_chart(paragraph, kind, name, series=series, width_cm=size[0], height_cm=size[1])

    def look(root: etree._Element) -> None:
        for element, (accent, step) in zip(root.iter(f"{{{C}}}ser"), colors, strict=False):
            color = _color(accent, *SCALE[step])
            stacked_bar = kind is ChartKind.STACKED
            _fill(element, color, edge=_scheme("bg1") if stacked_bar else color)
            if stacked_bar:
                _label_color(element, "tx1" if step < PALE_STEPS else "bg1")
        if len(series) == 1:
            _drop(root, "legend")

    _restyle(paragraph, look)


def path(
    paragraph: Paragraph, name: str, size: tuple[float, float], plane: tuple[float, float]
) -> None:
    """The way, the new turn and the levels of a model, as points of a scatter chart."""
    levels = [f"Niveau {number}" for number in range(1, 8)]
    add_chart(
        paragraph,
        ChartKind.SCATTER,
        name,
        series=["Le parcours", "Un nouveau tour", *levels],
        categories=(),
        width_cm=size[0],
        height_cm=size[1],
    )

    def look(root: etree._Element) -> None:
        series = list(root.iter(f"{{{C}}}ser"))
        _as_line(series[0], _color(3, 60, 40), 28575)
        _as_line(series[1], _color(2, 100, 0), 38100)
        for place, element in enumerate(series[2:]):
            _as_mark(element, _color(1, *SCALE[place]), 26)
            _named(element)
        _plane(root, plane)
        _drop(root, "legend")

    _restyle(paragraph, look)


def quadrant(paragraph: Paragraph, name: str, size: tuple[float, float]) -> None:
    """Respondents as points between two cuts, with the names of the four cells."""
    cells = [f"Case {number}" for number in range(1, 5)]
    add_chart(
        paragraph,
        ChartKind.SCATTER,
        name,
        series=["Limite 1", "Limite 2", *cells, "Une personne", "À la frontière"],
        categories=(),
        width_cm=size[0],
        height_cm=size[1],
    )

    def look(root: etree._Element) -> None:
        series = list(root.iter(f"{{{C}}}ser"))
        for element in series[:2]:
            _as_line(element, _color(3, 60, 40), 12700)
        for element in series[2:6]:
            _as_mark(element, _scheme("bg1"), 2)
            _named(element)
        _as_mark(series[6], _color(1, 100, 0), 9)
        _as_mark(series[7], _color(2, 60, 40), 9)
        _plane(root, (1.06, 1.06), low=-0.06)
        _drop(root, "legend")

    _restyle(paragraph, look)


def _restyle(paragraph: Paragraph, look: Callable[[etree._Element], None]) -> None:
    """Change the chart that was just added to a paragraph."""
    document: Document = paragraph.part.document
    parts = [
        part
        for part in document.part.package.iter_parts()
        if str(part.partname).startswith("/word/charts/chart")
    ]
    part: Any = max(parts, key=lambda one: int("".join(filter(str.isdigit, str(one.partname)))))
    root = etree.fromstring(part.blob)
    look(root)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _scheme(name: str) -> str:
    return f'<a:schemeClr xmlns:a="{A}" val="{name}"/>'


def _color(accent: int, kept: int, added: int) -> str:
    changes = f'<a:lumMod val="{kept * 1000}"/>' if kept < 100 else ""
    changes += f'<a:lumOff val="{added * 1000}"/>' if added else ""
    return f'<a:schemeClr xmlns:a="{A}" val="accent{accent}">{changes}</a:schemeClr>'


def _shape(fill: str, line: str) -> etree._Element:
    return etree.fromstring(f'<c:spPr xmlns:c="{C}" xmlns:a="{A}">{fill}{line}</c:spPr>')


def _solid(color: str) -> str:
    return f"<a:solidFill>{color}</a:solidFill>"


def _fill(series: etree._Element, color: str, edge: str) -> None:
    _put(series, _shape(_solid(color), f'<a:ln w="9525">{_solid(edge)}</a:ln>'))


def _put(series: etree._Element, shape: etree._Element) -> None:
    """Put the look of a series right after its name."""
    for found in series.findall(f"{{{C}}}spPr"):
        series.remove(found)
    name = series.find(f"{{{C}}}tx")
    assert name is not None  # noqa: S101 - every series of ours has a name
    name.addnext(shape)


def _label_color(series: etree._Element, name: str) -> None:
    for color in series.iterfind(f".//{{{C}}}dLbls//{{{A}}}solidFill/{{{A}}}schemeClr"):
        color.set("val", name)


def _as_line(series: etree._Element, color: str, width: int) -> None:
    line = f'<a:ln w="{width}" cap="rnd">{_solid(color)}<a:round/></a:ln>'
    _put(series, _shape("", line))
    _marker(series, f'<c:marker xmlns:c="{C}"><c:symbol val="none"/></c:marker>')


def _as_mark(series: etree._Element, color: str, size: int) -> None:
    _put(series, _shape("", "<a:ln><a:noFill/></a:ln>"))
    edge = f'<a:ln w="9525">{_solid(_scheme("bg1"))}</a:ln>'
    shape = f'<c:spPr xmlns:a="{A}">{_solid(color)}{edge}</c:spPr>'
    _marker(
        series,
        f'<c:marker xmlns:c="{C}"><c:symbol val="circle"/><c:size val="{size}"/>{shape}</c:marker>',
    )


def _marker(series: etree._Element, xml: str) -> None:
    for found in series.findall(f"{{{C}}}marker"):
        series.remove(found)
    shape = series.find(f"{{{C}}}spPr")
    assert shape is not None  # noqa: S101 - put just before
    shape.addnext(etree.fromstring(xml))


def _named(series: etree._Element) -> None:
    """Show the name of the series above its point."""
    labels = etree.fromstring(
        f'<c:dLbls xmlns:c="{C}" xmlns:a="{A}">'
        '<c:spPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></c:spPr>"
        '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000" b="1"><a:solidFill>'
        '<a:schemeClr val="tx1"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr/></a:p></c:txPr>'
        '<c:dLblPos val="t"/><c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/>'
        '<c:showSerName val="1"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )
    for found in series.findall(f"{{{C}}}dLbls"):
        series.remove(found)
    marker = series.find(f"{{{C}}}marker")
    assert marker is not None  # noqa: S101 - put just before
    marker.addnext(labels)


def _plane(root: etree._Element, ends: tuple[float, float], low: float = 0.0) -> None:
    """Fix both axes and hide them: the drawing has its own units."""
    for axis, end in zip(root.iter(f"{{{C}}}valAx"), ends, strict=True):
        scaling = axis.find(f"{{{C}}}scaling")
        assert scaling is not None  # noqa: S101 - the schema asks for it
        for child in list(scaling):
            if child.tag in (f"{{{C}}}max", f"{{{C}}}min"):
                scaling.remove(child)
        etree.SubElement(scaling, f"{{{C}}}max", val=str(end))
        etree.SubElement(scaling, f"{{{C}}}min", val=str(low))
        delete = axis.find(f"{{{C}}}delete")
        if delete is not None:
            delete.set("val", "1")
        for grid in axis.findall(f"{{{C}}}majorGridlines"):
            axis.remove(grid)


def _drop(root: etree._Element, name: str) -> None:
    for found in list(root.iter(f"{{{C}}}{name}")):
        parent = found.getparent()
        if parent is not None:
            parent.remove(found)
