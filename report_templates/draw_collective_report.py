"""Draw the first template of the collective report; staff restyle the .docx afterwards.

    python -m report_templates.draw_collective_report [FOLDER]

writes the templates of `FILES`: French, Swiss French, English. Running it again replaces what
staff changed: it is for whoever starts over, never part of a refresh.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml import etree

from report_templates.drawing.annexes import draw_annexes
from report_templates.drawing.dimensions import draw_dimensions
from report_templates.drawing.front import draw_front
from report_templates.drawing.overview import draw_overview
from report_templates.drawing.page import Pen
from report_templates.drawing.styles import ACCENTS, FONT, set_styles
from tasks.word.authoring import add_field, set_accents, set_language
from tasks.word.typography import Profile

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
FILES: dict[Profile, str] = {
    "fr-FR": "collective_report.docx",
    "fr-CH": "collective_report_fr_ch.docx",
    "en": "collective_report_en.docx",
}


def draw(profile: Profile) -> bytes:
    """Return the template in a language and its typography, as the bytes of a .docx."""
    document = _blank(profile)
    pen = Pen(document, profile)
    draw_front(pen)
    draw_overview(pen)
    draw_dimensions(pen)
    draw_annexes(pen)
    _header_and_footer(document, pen)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _blank(profile: Profile) -> Document:
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
    section.different_first_page_header_footer = True
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


def _header_and_footer(document: Document, pen: Pen) -> None:
    section = document.sections[0]
    head = section.header.paragraphs[0]
    head.style = document.styles["Header"]
    head.add_run("{{ report.title }}")
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["Footer"]
    foot.add_run("{{ report.wave }} – {{ report.until }}\t" + pen.say("Page") + " ")
    add_field(foot, "PAGE", "1")
    foot.add_run(pen.say(" sur "))
    add_field(foot, "NUMPAGES", "1")
    section.first_page_header.paragraphs[0].style = document.styles["Header"]
    section.first_page_footer.paragraphs[0].style = document.styles["Footer"]
    _headers_first(section._sectPr)


def _headers_first(properties: Any) -> None:  # noqa: ANN401 - lxml elements
    """Put the references to headers before those to footers, as Word writes them."""
    footers = properties.findall(qn("w:footerReference"))
    last = properties.findall(qn("w:headerReference"))[-1]
    for footer in reversed(footers):
        last.addnext(footer)


def main() -> None:
    """Write the templates into the folder given, or beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for profile, name in FILES.items():
        (folder / name).write_bytes(draw(profile))


if __name__ == "__main__":
    main()
