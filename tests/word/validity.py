"""What every Word file of the product must be; used on specimens and on finished reports.

from tests.word.validity import faults
assert faults(document_bytes) == []
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

import docx
from lxml import etree
from openpyxl import load_workbook

from tasks.word.chart_repair import A, C, R, c
from tasks.word.package import CONTENT_TYPES, ContentTypes, Package, relationships_name
from tasks.word.styles import w

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
# Orders that the transitional schema (ECMA-376-1:2016, 17.4 and 17.3) asks for, and that Word
# refuses or silently drops when they are broken.
ORDERS = {
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
    "tcFitText vAlign hideMark",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect "
    "bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW "
    "jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
    "tblDescription",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
    "rtlGutter docGrid printerSettings",
}
SERIES_ORDER = (
    "idx order tx spPr invertIfNegative marker pictureOptions explosion dPt dLbls trendline "
    "errBars cat val xVal yVal shape smooth extLst"
)


def faults(document: bytes) -> list[str]:
    """Return in words what is wrong with a Word file, nothing when it is sound."""
    with zipfile.ZipFile(BytesIO(document)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    package = Package(parts)
    found = [f"{name} is there twice" for name, times in Counter(names).items() if times > 1]
    found += _unreadable(parts)
    if found:
        return found
    found += [*_content_types(package), *_relationships(package), *_identifiers(package)]
    found += [*_orders(package), *_leftovers(package), *_charts(package)]
    docx.Document(BytesIO(document))
    return found


def _unreadable(parts: dict[str, bytes]) -> Iterator[str]:
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                expat.ParserCreate().Parse(data, True)
            except expat.ExpatError as error:
                yield f"{name} is not well-formed: {error}"


def _content_types(package: Package) -> Iterator[str]:
    types = ContentTypes.read(package.parts[CONTENT_TYPES])
    for name in package.parts:
        if name != CONTENT_TYPES and not types.of(name):
            yield f"{name} has no content type"
    for name, times in Counter(key for key, _ in types.overrides).items():
        if name not in package.parts:
            yield f"{name} has a content type but is not there"
        if times > 1:
            yield f"{name} has two content types"


def _relationships(package: Package) -> Iterator[str]:
    linked = {CONTENT_TYPES, relationships_name("")}
    for name in ("", *package.parts):
        links = package.links(name)
        linked.add(relationships_name(name)) if links else None
        ids = {link.id for link in links}
        if len(ids) < len(links):
            yield f"{name} has two relationships of one id"
        linked |= {link.target for link in links if not link.external}
        yield from (
            f"{name} links to {link.target}, which is not there"
            for link in links
            if not link.external and link.target not in package.parts
        )
        if name.endswith(".xml"):
            used = set(_used_ids(package.parts[name]))
            yield from (f"{name} uses the relationship {one}, which is none" for one in used - ids)
    yield from (f"nothing links to {name}" for name in package.parts.keys() - linked)


def _used_ids(part: bytes) -> Iterator[str]:
    for element in etree.fromstring(part).iter():
        for name, value in element.attrib.items():
            if str(name).startswith(f"{{{R}}}"):
                yield str(value)


def _stories(package: Package) -> Iterator[tuple[str, etree._Element]]:
    """Yield the document, its headers, footers and notes."""
    kinds = ("header", "footer", "footnotes", "endnotes")
    names = [link.target for link in package.links(package.main) if link.kind in kinds]
    for name in (package.main, *dict.fromkeys(names)):
        yield name, etree.fromstring(package.parts[name])


def _identifiers(package: Package) -> Iterator[str]:
    drawings: Counter[str] = Counter()
    for name, root in _stories(package):
        drawings.update(e.get("id", "") for e in root.iter(f"{{{WP}}}docPr"))
        starts = [(e.get(w("id")), e.get(w("name"))) for e in root.iter(w("bookmarkStart"))]
        ends = Counter(e.get(w("id")) for e in root.iter(w("bookmarkEnd")))
        for place, what in ((0, "id"), (1, "name")):
            twice = [k for k, n in Counter(start[place] for start in starts).items() if n > 1]
            yield from (f"{name}: two bookmarks of the {what} {one}" for one in twice)
        if Counter(start[0] for start in starts) != ends:
            yield f"{name}: bookmarks that do not begin and end"
        anchors = {e.get(w("anchor")) for e in root.iter(w("hyperlink"))} - {None}
        yield from (
            f"{name}: a link to the bookmark {one}, which is none"
            for one in anchors - {start[1] for start in starts}
        )
    yield from (f"two drawings of the id {one}" for one, times in drawings.items() if times > 1)


def _orders(package: Package) -> Iterator[str]:
    for name, root in _stories(package):
        for tag, order in ORDERS.items():
            for element in root.iter(w(tag)):
                yield from _disorder(f"{name}: {tag}", element, order.split())
        for cell in root.iter(w("tc")):
            if len(cell) == 0 or cell[-1].tag != w("p"):
                yield f"{name}: a cell that does not end with a paragraph"
        for row in root.iter(w("tr")):
            if row.find(w("tc")) is None and row.find(w("sdt")) is None:
                yield f"{name}: a row without cells"
        for table in root.iter(w("tbl")):
            yield from (f"{name}: {fault}" for fault in _grid(table))


def _disorder(where: str, element: etree._Element, order: list[str]) -> Iterator[str]:
    names = [etree.QName(child).localname for child in element if isinstance(child.tag, str)]
    known = [order.index(name) for name in names if name in order]
    if known != sorted(known):
        yield f"{where} has its children in the order {' '.join(names)}"


def _grid(table: etree._Element) -> Iterator[str]:
    columns = len(table.findall(f"{w('tblGrid')}/{w('gridCol')}"))
    for row in table.findall(w("tr")):
        spans = [cell.find(f"{w('tcPr')}/{w('gridSpan')}") for cell in row.findall(w("tc"))]
        width = sum(1 if span is None else int(span.get(w("val"), "1")) for span in spans)
        skipped = row.findall(f"{w('trPr')}/{w('gridBefore')}")
        skipped += row.findall(f"{w('trPr')}/{w('gridAfter')}")
        width += sum(int(one.get(w("val"), "0")) for one in skipped)
        if width > columns:
            yield f"a row of {width} cells on a grid of {columns}"


def _leftovers(package: Package) -> Iterator[str]:
    """Yield marks of the compiler; tags in the text may have been typed by a respondent."""
    for name, root in _stories(package):
        for instruction in root.iter(etree.ProcessingInstruction):
            yield f"{name}: {instruction}"
        for mark in root.iter(w("bookmarkStart")):
            if re.match(r"_t[0-9a-f]{12}$", mark.get(w("name"), "")):
                yield f"{name}: a stamp of the template"
        for properties in root.iter(f"{{{WP}}}docPr"):
            if properties.get("descr", "").startswith("chart:"):
                yield f"{name}: a chart that was not filled: {properties.get('descr')}"


def chart_parts(package: Package) -> list[str]:
    """Return the names of the charts that the document shows, in the order of its links."""
    return [link.target for link in package.links(package.main) if link.kind == "chart"]


def _charts(package: Package) -> Iterator[str]:
    for name in chart_parts(package):
        root = etree.fromstring(package.parts[name])
        yield from (
            f"{name}: axis id below 0" for e in root.iter(c("axId")) if "-" in e.get("val", "")
        )
        series = list(root.iter(c("ser")))
        indexes = [e.find(c("idx")).get("val") for e in series]
        if not series or len(set(indexes)) < len(indexes):
            yield f"{name}: no series, or two of one index"
        for one in series:
            yield from _disorder(f"{name}: a series", one, SERIES_ORDER.split())
        yield from _formats_of_no_point(name, series)
        book = package.linked(name, "package")
        if book is None:
            yield f"{name} has no workbook"
            continue
        workbook = load_workbook(BytesIO(package.parts[book]))
        for formula, cached in caches(root):
            if "!" not in formula:
                yield f"{name}: {formula} is no cell"
                continue
            cells = _cells(workbook, formula)
            if cells != cached:
                yield f"{name}: {formula} is drawn as {cached}, the workbook has {cells}"


def _formats_of_no_point(name: str, series: list[etree._Element]) -> Iterator[str]:
    for one in series:
        counts = [int(e.get("val", "0")) for e in one.iter(c("ptCount"))]
        for point in one.iter(c("dPt"), c("dLbl")):
            index = point.find(c("idx"))
            if index is not None and int(index.get("val", "0")) >= max(counts):
                yield f"{name}: a format for point {index.get('val')} of {max(counts)}"


def caches(chart: etree._Element) -> Iterator[tuple[str, list[str | float | None]]]:
    """Yield the formulas of a chart with the values that it shows."""
    for reference in chart.iter(c("strRef"), c("numRef")):
        formula = reference.findtext(c("f"), "")
        cache = reference.find(c("strCache"))
        cache = reference.find(c("numCache")) if cache is None else cache
        values: list[str | float | None] = [None] * int(cache.find(c("ptCount")).get("val"))
        for point in cache.findall(c("pt")):
            text = point.findtext(c("v"), "")
            values[int(point.get("idx"))] = text if "str" in cache.tag else float(text)
        yield formula, values


def _cells(workbook, formula: str) -> list[str | float | None]:
    sheet, _, area = formula.replace("$", "").partition("!")
    found = workbook[sheet][area]
    rows = found if isinstance(found, tuple) else ((found,),)
    cells = [cell for row in rows for cell in (row if isinstance(row, tuple) else (row,))]
    assert all(cell.data_type != "f" for cell in cells), "a formula in a workbook"
    return [float(x.value) if isinstance(x.value, (int, float)) else x.value for x in cells]


__all__ = ["A", "C", "caches", "chart_parts", "faults"]
