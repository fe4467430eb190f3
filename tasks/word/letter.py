"""A plain letter in Word: a title, headings, lines under each."""

import io
from collections.abc import Sequence

from docx import Document

from tasks.word.authoring import set_language
from tasks.word.values import clean_text


def letter(title: str, parts: Sequence[tuple[str, Sequence[str]]], language: str) -> bytes:
    """Return a short document: under the title, each heading with its lines.

    Args:
        title: of the document.
        parts: heading and lines; an empty heading is left out.
        language: of its text, such as `fr-FR`.
    """
    document = Document()
    set_language(document, language)
    document.core_properties.title = clean_text(title)
    document.core_properties.author = "maturity-study"
    document.add_heading(clean_text(title), level=0)
    for heading, lines in parts:
        if heading:
            document.add_heading(clean_text(heading), level=1)
        for line in lines:
            document.add_paragraph(clean_text(line), style="List Bullet" if heading else None)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
