"""A CSV or XLSX file as a table of text, as the platform wrote it."""

import csv
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from tasks.survey.exports.opening import members, refuse_entities
from tasks.survey.exports.refusals import Unreadable

SEPARATORS = ";,\t"
LONGEST_ANSWER = 20_000_000  # characters; the csv module stops at 131,072 by itself
_MASK = "'="  # LimeSurvey's own quote before an answer that a spreadsheet would compute


@dataclass(frozen=True)
class Line:
    """A line of a table, with the number that a spreadsheet shows for it."""

    number: int
    values: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Headings and lines; each line has as many values as there are headings.

    Attributes:
        old_encoding: read as Windows wrote it, for want of UTF-8.
    """

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    old_encoding: bool = False


def csv_table(content: bytes) -> Table:
    """A table from a CSV file: UTF-8, UTF-16 or Windows’ Western European; `;`, `,` or tab.

    Raises:
        Unreadable: the last line is not whole, or lines do not have the headings' width.
    """
    text, old = _decoded(content)
    if not text.endswith(("\n", "\r")):
        raise Unreadable("il s’arrête au milieu d’une ligne : sa copie n’est pas terminée.")
    csv.field_size_limit(LONGEST_ANSWER)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), _dialect(text), strict=True))
    except csv.Error as error:
        raise Unreadable("ses guillemets ne se referment pas.") from error
    if any(record and len(record) < len(records[0]) for record in records):
        raise Unreadable("une de ses lignes est plus courte que les intitulés.")
    return _table(records, old_encoding=old)


def csv_headings(content: bytes) -> tuple[str, ...]:
    """The first line of a CSV file; nothing when it cannot be read."""
    try:
        text, _ = _decoded(content)
        first = next(csv.reader(io.StringIO(text, newline=""), _dialect(text)), [])
    except (Unreadable, csv.Error):
        return ()
    return tuple(heading.strip() for heading in first)


def xlsx_table(content: bytes) -> Table:
    """A table from the first sheet of a workbook; formulas stay the text that they are.

    Raises:
        Unreadable: damaged, dangerous, or no workbook.
    """
    for name, part in members(content).items():
        if name.endswith((".xml", ".rels")):
            refuse_entities(part)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a workbook without a style of its own
            book = load_workbook(io.BytesIO(content), read_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            records = [[_text(cell) for cell in row] for row in sheet.iter_rows()]
            book.close()
    except (
        *(InvalidFileException, BadZipFile, KeyError, IndexError),
        *(ValueError, TypeError, AttributeError, SyntaxError, OSError),
    ) as error:
        raise Unreadable("ce n’est pas un classeur lisible.") from error
    return _table(records)


def _decoded(content: bytes) -> tuple[str, bool]:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig"), False
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), True
    except UnicodeDecodeError as error:
        raise Unreadable("son encodage n’est pas reconnu.") from error


def _dialect(text: str) -> type[csv.Dialect]:
    """The dialect whose separator cuts the first line into the most pieces."""
    first = re.sub(r'"[^"]*"', "", text.partition("\n")[0])

    class Dialect(csv.excel):
        delimiter = max(SEPARATORS, key=lambda mark: first.count(mark))

    return Dialect


def _table(records: Sequence[Sequence[str]], *, old_encoding: bool = False) -> Table:
    """Headings and lines; blank lines dropped, a spreadsheet's short rows completed."""
    if not records or not any(records[0]):
        raise Unreadable("il n’a pas de ligne d’intitulés.")
    headings = tuple(heading.strip() for heading in records[0])
    while headings and not headings[-1]:
        headings = headings[:-1]
    return Table(headings, tuple(_lines(records, len(headings))), old_encoding)


def _lines(records: Sequence[Sequence[str]], width: int) -> Iterator[Line]:
    for number, record in enumerate(records[1:], start=2):
        if not any(record):
            continue
        if any(record[width:]):
            raise Unreadable("une de ses lignes est plus longue que les intitulés.")
        values = (*record[:width], *[""] * (width - len(record)))
        yield Line(number, tuple(map(_unmasked, values)))


def _unmasked(value: str) -> str:
    return value[1:] if value.startswith(_MASK) else value


def _text(cell: Cell | MergedCell | ReadOnlyCell | EmptyCell) -> str:
    """A cell as the platform would have written it; a formula is text, never computed.

    LimeSurvey writes an answer such as « =1+1 » as a formula, with an equals sign of its own where
    the format has none.
    """
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return re.sub(r"^==", "=", str(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
