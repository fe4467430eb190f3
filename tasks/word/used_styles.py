"""Which styles a document uses, by the names that Word shows."""

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

STYLED = ("w:pStyle", "w:rStyle", "w:tblStyle")


def used_styles(content: bytes) -> tuple[str, ...]:
    """Return the names of the paragraph, character and table styles in use, sorted.

    Args:
        content: a .docx that was opened before, hence harmless.
    """
    document = Document(BytesIO(content))
    names = {style.style_id: style.name for style in document.styles}
    used = {
        element.get(qn("w:val"))
        for tag in STYLED
        for element in document.element.body.iter(qn(tag))
    }
    return tuple(sorted(name for style in used if (name := names.get(style))))


def defined_styles(content: bytes) -> frozenset[str]:
    """Return the names of all styles that a document has, used or not.

    Args:
        content: a .docx that was opened before, hence harmless.
    """
    return frozenset(style.name for style in Document(BytesIO(content)).styles)
