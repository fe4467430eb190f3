"""What staff do to the tables of a report, at random."""

from collections import Counter

from lxml import etree

from tests.word.merge import carrying, staff
from tests.word.merge.lives.keys import anchored_key, holds_chart, key_of, pick, section_of
from tests.word.merge.lives.life import Life
from tests.word.merge.lives.passage_edits import is_heading
from tests.word.merge.staff import Docx, all_text, w


def edit_cell(life: Life, docx: Docx) -> bool:
    """Type into a cell."""
    rows = docx.rows()
    if not rows:
        return False
    row = life.rng.choice(rows)
    column = life.rng.randrange(3)
    cells = row.findall(w("tc"))
    if len(cells) <= column:
        return False
    key = key_of(life, row)
    if key is not None:
        life.touched.add(f"{key}#{column}")
    text = life.fresh("Agent")
    life.typed.add(text)
    staff.type_after(cells[column].find(w("p")), f" {text}")
    return True


def delete_row(life: Life, docx: Docx) -> bool:
    """Delete a row."""
    rows = [row for row in docx.rows() if len(row.getparent().findall(w("tr"))) > 2]
    rows = [row for row in rows if row.find(f".//{w('commentReference')}") is None]
    left = Counter(section_of(anchored_key(life, row)) for row in docx.rows())
    rows = [row for row in rows if left[section_of(anchored_key(life, row))] > 2]
    if not rows:
        return False
    row = life.rng.choice(rows)
    for found in (row, *row.iter(w("p"))):
        key = key_of(life, found)
        if key is not None:
            life.deleted.add(key)
    life.typed -= {text for text in life.typed if text in all_text(row)}
    row.getparent().remove(row)
    return True


def add_row(life: Life, docx: Docx) -> bool:
    """Add a row of one's own."""
    rows = docx.rows()
    if not rows:
        return False
    row = life.rng.choice(rows)
    made = etree.Element(w("tr"))
    for _ in row.findall(w("tc")):
        text = life.fresh("Agent")
        life.typed.add(text)
        cell = etree.SubElement(made, w("tc"))
        etree.SubElement(cell, w("p")).append(staff.run(text))
    row.addnext(made)
    return True


def shade_cell(life: Life, docx: Docx) -> bool:
    """Colour a cell; its text is still the data's."""
    rows = _generated_rows(life, docx)
    if not rows:
        return False
    row, column = life.rng.choice(rows), life.rng.randrange(3)
    key, properties = key_of(life, row), row.findall(w("tc"))[column].find(w("tcPr"))
    if properties is None or properties.find(w("shd")) is not None:
        return False
    colour = f"{life.rng.randrange(1, 0xFFFFFF):06X}"
    etree.SubElement(properties, w("shd"), {w("val"): "clear", w("fill"): colour})
    life.touched.add(f"{key}#shaded")
    life.fills[f"{key}#{column}"] = colour
    return True


def _generated_rows(life: Life, docx: Docx) -> list[etree._Element]:
    """Return the rows of the data, as wide as they were."""
    wide = [row for row in docx.rows() if len(row.findall(w("tc"))) == 3]
    return [row for row in wide if anchored_key(life, row) is not None]


def _generated_tables(docx: Docx) -> list[etree._Element]:
    """Return the tables of the text that hold rows of the data, as wide as they were."""
    return [t for t in carrying.tables(docx) if len(t.find(w("tr")).findall(w("tc"))) == 3]


def move_into_cell(life: Life, docx: Docx) -> bool:
    """Drag a passage into a cell."""
    paragraph, rows = pick(life, docx), _generated_rows(life, docx)
    if paragraph is None or not rows or is_heading(paragraph) or holds_chart(paragraph):
        return False
    row, column = life.rng.choice(rows), life.rng.randrange(3)
    life.touched.add(f"{key_of(life, row)}#{column}")
    key = key_of(life, paragraph)
    if key is not None and anchored_key(life, paragraph) is None:
        life.touched.add(key)  # in a cell nothing tells it any more from what staff wrote there
    row.findall(w("tc"))[column].append(paragraph)
    return True


def move_rows_apart(life: Life, docx: Docx) -> bool:
    """Split a table in two."""
    tables = [t for t in _generated_tables(docx) if len(t.findall(w("tr"))) > 2]
    if not tables:
        return False
    table = life.rng.choice(tables)
    carrying.split(table, life.rng.randint(1, len(table.findall(w("tr"))) - 1))
    return True


def move_tables_together(life: Life, docx: Docx) -> bool:
    """Join two tables."""
    tables = _generated_tables(docx)
    if len(tables) < 2:
        return False
    carrying.join(*life.rng.sample(tables, 2))
    return True


def move_table_into_layout(life: Life, docx: Docx) -> bool:
    """Put a table into a cell of another one."""
    tables = _generated_tables(docx)
    if not tables:
        return False
    carrying.wrap(life.rng.choice(tables))
    return True
