"""Making Word templates in code: charts, captions, repeated header rows, theme, language.

    document = docx.Document()
    set_accents(document, ("1F3864", "2E75B6", "9DC3E6", "C55A11", "F4B183", "7F7F7F"))
    set_language(document, "fr-FR")
    add_chart(
        document.add_paragraph(),
        ChartKind.STACKED,
        "{{ 'levels-' ~ d.code }}",                  # the chart's name at render; single quotes
        series=("Sommeil", "Éveil", "Motricité"),    # draw as many as can occur
        categories=("Ensemble", "Élus"),
    )
    add_caption(document.add_paragraph(), "Figure", "Répartition de {{ d.label }}")
    add_contents(document.add_paragraph())
    repeat_header(table)

Everything else is python-docx. What is made is an ordinary document that staff restyle in Word:
charts get their first look here, afterwards the look lives in the template.
"""

from collections.abc import Sequence
from itertools import count
from typing import cast
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.package import Package
from docx.shared import Cm
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from tasks.word.chart_design import ChartKind, Plane, draw, sample
from tasks.word.chart_parts import CHART_TYPE, WORKBOOK_TYPE
from tasks.word.chart_repair import WORKBOOK_LINK, A, C, embed_workbook, repair
from tasks.word.package import parse, serialize

_SAMPLE_CATEGORIES = ("Exemple A", "Exemple B", "Exemple C")


def add_chart(
    paragraph: Paragraph,
    kind: ChartKind,
    name: str,
    *,
    series: Sequence[str],
    categories: Sequence[str] = _SAMPLE_CATEGORIES,
    plane: Plane | None = None,
    width_cm: float = 16.0,
    height_cm: float = 7.0,
) -> None:
    """Add a native chart with example data at the end of a paragraph.

    Args:
        paragraph: where the chart goes, in the text with it.
        kind: of chart.
        name: the chart's name at render, with tags in single quotes.
        series: names of the example series: as many as the data can ever have.
        categories: labels of the example categories; none for a scatter chart.
        plane: the axes of a scatter chart.
        width_cm: of the drawing.
        height_cm: of the drawing.
    """
    part = paragraph.part
    package = part.package
    data = sample(kind, series, categories)
    space = draw(kind, data, _dark_accents(package), plane)
    repair(space)
    embed_workbook(space)
    number = _free_number(package)
    chart = _new_part(package, f"/word/charts/chart{number}.xml", CHART_TYPE, serialize(space))
    blob = data._workbook_writer.xlsx_blob
    book = _new_part(package, f"/word/embeddings/chart{number}.xlsx", WORKBOOK_TYPE, blob)
    chart.rels.add_relationship(RT.PACKAGE, book, WORKBOOK_LINK)
    link = part.relate_to(chart, RT.CHART)
    size = (Cm(width_cm), Cm(height_cm))
    paragraph.add_run()._r.append(_drawing(link, number, f"chart: {name}", size))
    # LibreOffice drops alternative texts when it saves: the tag says the same, and a render
    # removes it.
    paragraph.add_run(f"{{{{ chart({_expression(name)}) }}}}")


def _expression(name: str) -> str:
    """A chart's name as the inside of a tag: `{{ 'stages-' ~ d.code }}` → `'stages-' ~ d.code`."""
    inside = name.removeprefix("{{").removesuffix("}}").strip()
    return inside if inside != name else f"'{name}'"


def _new_part(package: OpcPackage, name: str, content_type: str, blob: bytes) -> Part:
    return Part(PackURI(name), content_type, blob, cast(Package, package))


def _free_number(package: OpcPackage) -> int:
    taken = {str(part.partname) for part in package.iter_parts()}
    return next(number for number in count(1) if f"/word/charts/chart{number}.xml" not in taken)


def _drawing(link: str, number: int, alt_text: str, size: tuple[int, int]) -> etree._Element:
    width, height = size
    return parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" '
        f'distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="Graphique {number}" descr={quoteattr(alt_text)}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{C}">'
        f'<c:chart xmlns:c="{C}" r:id="{link}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def _theme(package: OpcPackage) -> Part:
    return next(part for part in package.iter_parts() if "/theme/" in str(part.partname))


def _dark_accents(package: OpcPackage) -> list[bool]:
    """Tell for each accent colour of the theme whether white text reads well on it."""
    scheme = parse(_theme(package).blob).find(f".//{{{A}}}clrScheme")
    assert scheme is not None  # noqa: S101 - the schema asks for it
    colors = [scheme.find(f"{{{A}}}accent{number}/{{{A}}}srgbClr") for number in range(1, 7)]
    return [color is not None and luminance(color.get("val", "000000")) < 0.36 for color in colors]


def luminance(color: str) -> float:
    """Return the relative luminance of a colour `RRGGBB`, 0 (black) to 1 (WCAG 2.1)."""
    shares = [int(color[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    ]
    return sum(
        weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def set_accents(document: Document, colors: Sequence[str]) -> None:
    """Set the first accent colours of the theme, `RRGGBB` each; before charts are added."""
    theme = _theme(document.part.package)
    root = parse(theme.blob)
    for number, color in enumerate(colors, 1):
        accent = root.find(f".//{{{A}}}clrScheme/{{{A}}}accent{number}")
        if accent is not None:
            accent[:] = [etree.Element(f"{{{A}}}srgbClr", val=color)]
    theme._blob = serialize(root)


def set_language(document: Document, language: str) -> None:
    """Set the language of the document's text, `fr-FR` for instance."""
    fonts = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    lang = fonts.find(qn("w:lang"))
    if lang is None:
        lang = OxmlElement("w:lang")
        fonts.append(lang)
    lang.set(qn("w:val"), language)
    document.core_properties.language = language


def add_field(paragraph: Paragraph, code: str, result: str = "") -> Run:
    """Add a field (`PAGE`, `STYLEREF`, `SEQ`) with what it shows until it is updated."""
    run = paragraph.add_run()
    for kind in ("begin", "instr", "separate", "result", "end"):
        if kind == "result":
            run = paragraph.add_run(result)
            continue
        element = OxmlElement("w:instrText" if kind == "instr" else "w:fldChar")
        if kind == "instr":
            element.set(qn("xml:space"), "preserve")
            element.text = f" {code} "
        else:
            element.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(element)
    return run


def add_caption(paragraph: Paragraph, label: str, text: str) -> None:
    """Write a numbered caption into a paragraph: « Figure 3 – text »; its style is « Caption ».

    The number is a `SEQ` field; the engine fills it in at render, loops included.
    """
    paragraph.style = "Caption"
    paragraph.add_run(f"{label} ")
    add_field(paragraph, f"SEQ {label} \\* ARABIC", "1")
    paragraph.add_run(f" – {text}")


def add_contents(paragraph: Paragraph, levels: int = 3) -> None:
    """Write a table of contents into a paragraph; the engine fills in its lines at render.

    Make the paragraph styles « toc 1 », « toc 2 »… in the template: its lines take them.
    """
    add_field(paragraph, f'TOC \\o "1-{levels}" \\h \\z \\u', "Table des matières")


def repeat_header(table: Table, rows: int = 1) -> None:
    """Repeat the first rows of a table on every page, and keep each row on one page."""
    for place, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place < rows:
            properties.append(OxmlElement("w:tblHeader"))
