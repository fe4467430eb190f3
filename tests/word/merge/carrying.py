"""What staff carry elsewhere, done to the XML: tables split, joined, wrapped; charts cut out."""

from copy import deepcopy

from lxml import etree

from tests.word.merge.staff import Docx, w


def tables(docx: Docx) -> list[etree._Element]:
    """Return the tables of the text, those inside others left out."""
    return docx.body.findall(w("tbl"))


def split(table: etree._Element, place: int) -> None:
    """Split a table in two before a row."""
    second = etree.Element(w("tbl"))
    for child in table:
        if child.tag != w("tr"):
            second.append(deepcopy(child))
    second.extend(table.findall(w("tr"))[place:])
    between = etree.Element(w("p"))
    table.addnext(between)
    between.addnext(second)


def join(first: etree._Element, second: etree._Element) -> None:
    """Join two tables."""
    first.extend(second.findall(w("tr")))
    second.getparent().remove(second)


def wrap(table: etree._Element) -> None:
    """Put a table into a cell of a table that lays the page out."""
    outer = etree.Element(w("tbl"))
    etree.SubElement(outer, w("tblPr"))
    etree.SubElement(etree.SubElement(outer, w("tblGrid")), w("gridCol"))
    cell = etree.SubElement(etree.SubElement(outer, w("tr")), w("tc"))
    table.addprevious(outer)
    cell.append(table)
    etree.SubElement(cell, w("p"))
