"""The two functions of docxtpl that work on text: its tags, and its repair of table grids."""

from typing import Any

from docxtpl.template import DocxTemplate
from lxml import etree

_ENGINE: Any = DocxTemplate("")  # no file is opened until its `docx` is asked for


def to_jinja(xml: str) -> str:
    """Return a part's XML with docxtpl's tags turned into plain jinja."""
    return str(_ENGINE.patch_xml(xml))


def repair_grid(table: str, root_tag: str) -> str:
    """Return a table whose grid has as many columns as its rows have cells.

    Args:
        table: the XML of one table.
        root_tag: opening tag of the part's root, which declares the prefixes.
    """
    name = root_tag[1:].split(maxsplit=1)[0]
    tree = _ENGINE.fix_tables(f"{root_tag}{table}</{name}>")
    text = etree.tostring(tree, encoding="unicode")
    return text[text.index(">") + 1 : text.rindex("</")]
