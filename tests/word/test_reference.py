"""The compiled template against plain docxtpl, the slow and obvious way to the same document."""

from io import BytesIO

import docx
from docx.document import Document
from docx.table import _Row
from docxtpl import DocxTemplate, RichText
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined
from lxml import etree

from tasks.word.styles import w
from tests.word.specimens import made, render, root, saved

TEXT = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\n&<>\"'{}%#"),
    max_size=20,
).filter(lambda text: not any(mark in text for mark in ("{_{", "}_}", "{_%", "%_}")))
# docxtpl unescapes `{_{` also in what respondents typed; ours does so in the template only.
ROW = st.fixed_dictionaries(
    {"name": TEXT, "count": st.integers(), "cells": st.lists(TEXT, max_size=0)}
)
COLORS = st.sampled_from(("FFFFFF", "1F3864", "C55A11"))


@st.composite
def contexts(draw):
    """Contexts for the specimen: rows, as many cells each as there are columns."""
    columns = draw(st.lists(TEXT, min_size=1, max_size=4))
    cells = st.lists(TEXT, min_size=len(columns), max_size=len(columns))
    row = st.fixed_dictionaries({"name": TEXT, "color": COLORS, "cells": cells})
    rich = RichText(draw(TEXT), bold=True, color="#C00000")
    rich.add(draw(TEXT), italic=True, size=20)
    return {
        "title": draw(TEXT),
        "shown": draw(st.booleans()),
        "columns": columns,
        "rows": draw(st.lists(row, max_size=3)),
        "groups": draw(st.lists(st.lists(TEXT, max_size=3), max_size=3)),
        "rich": rich,
        "number": draw(st.integers() | st.floats(allow_nan=False)),
    }


def _specimen(document: Document) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ title }} – {{ number }}"
    section.footer.paragraphs[0].text = "{% if shown %}{{ title }}{% else %}rien{% endif %}"
    document.add_heading("Un titre : {{ title }}", 1)
    document.add_paragraph("Avant {{r rich }} après ; nombre {{ number }}.")
    document.add_paragraph("{%p if shown %}")
    document.add_paragraph("Montré {% for row in rows %}{{ row.name }}, {% endfor %}fin.")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for group in groups %}")
    split = document.add_paragraph("Groupe {")
    split.add_run("{ loop.in").bold = True
    split.add_run("dex }}").italic = True
    document.add_paragraph("{%p for item in group %}")
    document.add_paragraph("• {{ item }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    _matrix(document)
    _fixed_table(document)


def _matrix(document: Document) -> None:
    table = document.add_table(3 + 1, 4)
    head, opening, body, closing = table.rows
    for row, tag in ((head, "{{ name }}"), (body, "{{ cell }}")):
        row.cells[0].text = "{{ row.name }}" if row is body else "Nom"
        row.cells[1].text = (
            "{%tc for cell in row.cells %}" if row is body else "{%tc for name in columns %}"
        )
        row.cells[2].text = "{% cellbg row.color %}" + tag if row is body else tag
        row.cells[3].text = "{%tc endfor %}"
    opening.cells[0].text = "{%tr for row in rows %}"
    closing.cells[0].text = "{%tr endfor %}"


def _fill(row: _Row, *texts: str) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text


def _fixed_table(document: Document) -> None:
    table = document.add_table(2, 2)
    table.style = "Table Grid"
    table.cell(0, 0).text = "{% colspan 2 %}{{ title }}"
    table.cell(1, 0).text = "{{ title }}"
    inner = table.cell(1, 1).add_table(1, 1)
    inner.cell(0, 0).text = "{{ number }}"
    table.cell(1, 1).add_paragraph()
    table.rows[0]._tr.remove(table.rows[0]._tr.tc_lst[1])


TEMPLATE = made(_specimen)


def plain(template: bytes, context: dict) -> bytes:
    """Return what docxtpl alone makes of a template."""
    document = DocxTemplate(BytesIO(template))
    document.render(context, Environment(undefined=StrictUndefined, autoescape=True))
    return saved(document)


def canonical(tree: etree._Element) -> bytes:
    """Return a part without what may differ: our bookmarks, and orders that docxtpl breaks."""
    for mark in list(tree.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)
    for properties in tree.iter(w("tcPr"), w("rPr")):
        properties[:] = sorted(properties, key=lambda child: child.tag)
    etree.cleanup_namespaces(tree)
    return etree.tostring(tree, method="c14n")


@settings(max_examples=25, deadline=None)
@given(contexts())
def test_the_compiled_template_gives_the_document_that_docxtpl_gives(context):
    """Body, header and footer equal plain docxtpl's by canonical XML, for any context."""
    ours, reference = render(TEMPLATE, context), plain(TEMPLATE, context)
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        assert canonical(root(ours, name)) == canonical(root(reference, name)), name
    assert docx.Document(BytesIO(ours)).paragraphs
