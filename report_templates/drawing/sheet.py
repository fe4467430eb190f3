"""The empty page that every template starts from, with its header and footer."""

from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml import etree

from report_templates.drawing.page import Pen
from report_templates.drawing.styles import ACCENTS, FONT, set_styles
from tasks.word.authoring import add_field, set_accents, set_language
from tasks.word.typography import Profile

A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def blank(profile: Profile) -> Document:
    """An empty A4 document with our styles, theme colours and language."""
    document = docx.Document()
    for child in list(document.element.body):
        if child.tag != qn("w:sectPr"):
            document.element.body.remove(child)
    _drop_old_styles(document)
    _theme_fonts(document)
    set_accents(document, ACCENTS)
    set_language(document, "en-GB" if profile == "en" else profile)
    set_styles(document)
    _settings(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.1), Cm(1.9)
    section.header_distance, section.footer_distance = Cm(1.0), Cm(0.9)
    return document


def _drop_old_styles(document: Document) -> None:
    """Drop the second copy of all styles that python-docx's blank carries for Word 2007."""
    for key, link in list(document.part.rels.items()):
        if link.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]


def _theme_fonts(document: Document) -> None:
    """One family for headings and text: Calibri, or Carlito, which has the same widths."""
    theme = next(
        part for part in document.part.package.iter_parts() if "/theme/" in str(part.partname)
    )
    root = etree.fromstring(theme.blob)
    for kind in ("majorFont", "minorFont"):
        latin = root.find(f".//{{{A}}}{kind}/{{{A}}}latin")
        latin.set("typeface", FONT)
    theme._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _settings(document: Document) -> None:
    """Repair what python-docx's own blank lacks."""
    zoom = document.settings.element.find(qn("w:zoom"))
    if zoom is not None:
        zoom.set(qn("w:percent"), "100")


def header_and_footer(document: Document, pen: Pen, head: str, foot: str) -> None:
    """Write what stands at the head of each page, and at its foot before the page's number."""
    section = document.sections[0]
    above = section.header.paragraphs[0]
    above.style = document.styles["Header"]
    above.add_run(head)
    below = section.footer.paragraphs[0]
    below.style = document.styles["Footer"]
    below.add_run(foot + "\t" + pen.say("Page") + " ")
    add_field(below, "PAGE", "1")
    below.add_run(pen.say(" sur "))
    add_field(below, "NUMPAGES", "1")


def empty_first_page(document: Document) -> None:
    """Leave the header and the footer of the first page empty."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].style = document.styles["Header"]
    section.first_page_footer.paragraphs[0].style = document.styles["Footer"]
    headers_first(section._sectPr)


def headers_first(properties: Any) -> None:  # noqa: ANN401 - lxml elements
    """Put the references to headers before those to footers, as Word writes them."""
    footers = properties.findall(qn("w:footerReference"))
    last = properties.findall(qn("w:headerReference"))[-1]
    for footer in reversed(footers):
        last.addnext(footer)
