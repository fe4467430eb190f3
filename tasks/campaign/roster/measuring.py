"""A workbook measured before it is opened: a few bytes of it can ask for a machine's memory."""

from io import BytesIO
from typing import NamedTuple

from lxml import etree
from openpyxl.utils.cell import range_boundaries

from tasks.survey.exports.opening import members, refuse_entities
from tasks.survey.exports.refusals import TooLarge, Unreadable

_BEFORE_MARKUP = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_NAMES = tuple(f"{{*}}{name}" for name in ("row", "c", "mergeCell", "hyperlink"))


class Limits(NamedTuple):
    """How large a list may be."""

    unpacked: int  # bytes
    rows: int
    cells: int  # of a sheet, also those that merged areas and links cover


def measure(content: bytes, limits: Limits) -> None:
    """Read through the parts of a workbook without building anything of it.

    Raises:
        Unreadable: damaged, or a part declares entities.
        TooLarge: it unpacks to more bytes, or a sheet has more rows or cells than a list may have.
    """
    for part in members(content, limits.unpacked).values():
        if part.lstrip(_BEFORE_MARKUP).startswith(b"<"):
            refuse_entities(part)
            _measure(part, limits)


def _measure(part: bytes, limits: Limits) -> None:
    rows = cells = 0
    walk = etree.iterparse(
        BytesIO(part), tag=_NAMES, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for _, element in walk:
            name = etree.QName(element).localname
            if name == "row":
                rows = max(rows + 1, int(element.get("r") or 0))
            elif name == "c":
                cells += 1
            else:
                cells += _area(element.get("ref") or "A1")
            if rows > limits.rows or cells > limits.cells:
                raise TooLarge("il est démesuré une fois décompressé.")
            if name != "c":  # a row goes with its cells
                element.clear()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("il est abîmé, ou sa copie n’est pas terminée.") from error


def _area(reference: str) -> int:
    first_column, first_row, last_column, last_row = (
        at or 1_048_576 for at in range_boundaries(reference)
    )
    return (abs(last_column - first_column) + 1) * (abs(last_row - first_row) + 1)
