"""What a value becomes before it is written into XML."""

import re
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = "\x07\x0b\x0c"
_RUN_PROPERTIES = re.compile("<w:rPr>(.*?)</w:rPr>", re.DOTALL)
_EMPTY_ELEMENT = re.compile(r"<w:(\w+)[^>]*/>")
_RUN_ORDER = "rStyle rFonts b bCs i iCs strike color sz szCs highlight u shd vertAlign rtl lang"
_RUN_RANK = {name: rank for rank, name in enumerate(_RUN_ORDER.split())}


def _substitute(match: re.Match[str]) -> str:
    character = match.group()
    if character == "\r":
        return "\n"
    if character in _SPACES:
        return " "
    return "" if character < " " else "\ufffd"


def clean_text(text: str) -> str:
    r"""Return the text with XML 1.0 characters only.

    `\r\n` and `\r` become `\n`; bell, vertical tab and form feed (which docxtpl would turn into
    paragraphs and pages) a space; other control characters vanish; lone surrogates and
    non-characters become U+FFFD, so that the reader sees that something was there.
    """
    if text.isprintable() or _FORBIDDEN.search(text) is None:  # the first is quick, and strict
        return text
    return _FORBIDDEN.sub(_substitute, text.replace("\r\n", "\n"))


def _order_run_properties(match: re.Match[str]) -> str:
    children = list(_EMPTY_ELEMENT.finditer(match.group(1)))
    children.sort(key=lambda child: _RUN_RANK.get(child.group(1), len(_RUN_RANK)))
    ordered = "".join(child.group() for child in children)
    shaded = ordered.replace("<w:shd w:fill=", '<w:shd w:val="clear" w:fill=')
    return f"<w:rPr>{shaded}</w:rPr>"


def finalize(value: Any) -> Any:  # noqa: ANN401 - jinja hands over whatever a tag yields
    """Prepare what a tag yields: texts cleaned, None empty, ready XML (RichText) kept as XML.

    Raises:
        TypeError: for something that is no text or number, such as a method.
    """
    if type(value) is str:
        return value if value.isprintable() else clean_text(value)
    if value is None:
        return ""
    if isinstance(value, (int, float, Undefined)):
        return value
    if hasattr(value, "__html__"):
        # docxtpl writes the properties of a RichText against the schema: order, `w:shd` half said.
        xml = _RUN_PROPERTIES.sub(_order_run_properties, clean_text(value.__html__()))
        return Markup(xml)  # noqa: S704 - XML made by our own code, never by an answer
    if isinstance(value, str):
        return clean_text(str(value))
    raise TypeError(type(value).__name__)
