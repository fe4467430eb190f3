"""docxtpl's own tags, read by docxtpl."""

from typing import Any

from docxtpl.template import DocxTemplate

_ENGINE: Any = DocxTemplate("")  # no file is opened until its `docx` is asked for


def to_jinja(xml: str) -> str:
    """Return a part's XML with docxtpl's tags turned into plain jinja."""
    return str(_ENGINE.patch_xml(xml))
