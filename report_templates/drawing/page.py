"""A pen for templates: paragraphs by style, tags, tables, captions. French words, said once."""

from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from config.catalogue import say
from report_templates.drawing.styles import ACCENTS
from tasks.word.authoring import add_caption, repeat_header
from tasks.word.typography import Profile, typeset

TEXT_WIDTH = 16.6
"""Centimetres between the margins."""

Inked = str | tuple[str, str]
"""Words, or words with a character style: `("Partagé. ", "Amorce")`."""


@dataclass(frozen=True)
class Pen:
    """Writes into a document, or into one of its cells, in the template's language."""

    document: Document
    profile: Profile
    place: Any = None  # a cell; None: the body

    def say(self, sentence: str) -> str:
        """A fixed sentence of the template; tags are not French and stay as they are."""
        return typeset(say(sentence, "en" if self.profile == "en" else "fr"), self.profile)

    def inside(self, cell: _Cell) -> "Pen":
        """The same pen, writing into a cell."""
        return Pen(self.document, self.profile, cell)

    def write(self, style: str, *parts: Inked) -> Paragraph:
        """A paragraph in a style."""
        paragraph = self._next_paragraph()
        paragraph.style = self.document.styles[style]
        for part in parts:
            text, character = part if isinstance(part, tuple) else (part, "")
            run = paragraph.add_run(text)
            if character:
                run.style = self.document.styles[character]
        return paragraph

    def heading(self, level: int, text: str, *, new_page: bool = False) -> Paragraph:
        """A heading that Word's navigation knows."""
        paragraph = self.write(f"Heading {level}", text)
        if new_page:
            paragraph.paragraph_format.page_break_before = True
        return paragraph

    def heading_on_new_page_when(self, condition: str, level: int, text: str) -> None:
        """A heading that begins a page only when the condition holds."""
        with self.when(condition):
            self.heading(level, text, new_page=True)
        with self.when(f"not ({condition})"):
            self.heading(level, text)

    def tag(self, tag: str) -> Paragraph:
        """A paragraph that holds one tag and goes away at render."""
        return self.write("Normal", f"{{%p {tag} %}}")

    @contextmanager
    def when(self, condition: str) -> Any:  # noqa: ANN401 - a context manager
        """What is written inside stands only when the condition holds."""
        self.tag(f"if {condition}")
        yield
        self.tag("endif")

    @contextmanager
    def each(self, loop: str) -> Any:  # noqa: ANN401 - a context manager
        """What is written inside is repeated: `each("axis in axes")`."""
        self.tag(f"for {loop}")
        yield
        self.tag("endfor")

    def caption(self, label: str, text: str, *, above: bool = False) -> None:
        """A numbered caption; above a table it stays with it."""
        paragraph = self._next_paragraph()
        add_caption(paragraph, label, text)
        if above:
            paragraph.style = self.document.styles["Titre de tableau"]

    def table(
        self, header: Sequence[str], row: Sequence[str], loop: str, widths: Sequence[float]
    ) -> Table:
        """A table with a repeated header row and one row per turn of a loop.

        A cell text that begins with `#` is a figure: centred.
        """
        table = self.document.add_table(rows=0, cols=len(widths))
        table.style = self.document.styles["Tableau de l’étude"]
        self._row(table, [(text, "Cellule d’en-tête") for text in header])
        self._row(table, _tag_row(f"{{%tr for {loop} %}}", len(widths)))
        self._row(table, [_cell(text) for text in row])
        self._row(table, _tag_row("{%tr endfor %}", len(widths)))
        finish(table, widths)
        repeat_header(table)
        return table

    def grid(self, widths: Sequence[float]) -> Table:
        """A one-row table without lines, to set things side by side."""
        table = self.document.add_table(rows=1, cols=len(widths))
        finish(table, widths)
        return table

    def _row(self, table: Table, cells: Sequence[tuple[str, str]]) -> None:
        for cell, (text, style) in zip(table.add_row().cells, cells, strict=True):
            cell.paragraphs[0].style = self.document.styles[style]
            cell.paragraphs[0].add_run(text)

    def _next_paragraph(self) -> Paragraph:
        if self.place is None:
            return self.document.add_paragraph()
        first: Paragraph = self.place.paragraphs[0]
        if len(self.place.paragraphs) == 1 and not first.runs:
            return first
        added: Paragraph = self.place.add_paragraph()
        return added


def _cell(text: str) -> tuple[str, str]:
    return (text[1:], "Cellule chiffre") if text.startswith("#") else (text, "Cellule")


def _tag_row(tag: str, width: int) -> list[tuple[str, str]]:
    return [(tag, "Cellule"), *[("", "Cellule")] * (width - 1)]


def shade(cell: _Cell, accent: int) -> None:
    """Fill a cell with an accent colour of the theme."""
    fill = OxmlElement("w:shd")
    fill.set(qn("w:val"), "clear")
    fill.set(qn("w:color"), "auto")
    fill.set(qn("w:fill"), ACCENTS[accent - 1])
    fill.set(qn("w:themeFill"), f"accent{accent}")
    cell._tc.get_or_add_tcPr().append(fill)


def finish(table: Table, widths: Sequence[float]) -> None:
    """Fix the widths of a table's columns, in centimetres."""
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    properties = table._tbl.tblPr
    width = properties.find(qn("w:tblW"))
    if width is None:
        width = OxmlElement("w:tblW")
        properties.append(width)
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(Cm(sum(widths)).twips))
    for place, centimetres in enumerate(widths):
        table.columns[place].width = Cm(centimetres)
        for row in table.rows:
            row.cells[place].width = Emu(Cm(centimetres))
