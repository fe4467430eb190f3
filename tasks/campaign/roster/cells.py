"""An Excel or CSV file as rows of plain cells; nothing in it is evaluated or guessed."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import islice
from pathlib import PurePath

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from config.catalogue import say
from config.errors import ParticipantsError
from tasks.campaign.roster.measuring import Limits, measure
from tasks.survey.exports.refusals import TooLarge, Unreadable

LARGEST = 5_000_000  # bytes; a list of 5,000 people is well under 1 MB
MOST_ROWS, MOST_COLUMNS = 5_000, 60
LIMITS = Limits(unpacked=20_000_000, rows=MOST_ROWS, cells=MOST_ROWS * MOST_COLUMNS)
FORMULA_SIGNS = "=+@-"
_SPACES = re.compile(r"\s+")
_UNREADABLE = (
    Unreadable, zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError,
    SyntaxError, AttributeError,
)  # fmt: skip


class Kind(Enum):
    """What a cell holds besides its text."""

    TEXT = "text"
    FORMULA = "formula"
    MERGED = "merged"
    ERROR = "error"


@dataclass(frozen=True)
class RawCell:
    """A cell; `text` is tidied, and empty unless the cell holds text."""

    text: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Table:
    """A sheet (`title` is empty for a CSV file); its rows count from 1, as a spreadsheet's do."""

    title: str
    rows: tuple[tuple[RawCell, ...], ...]
    hidden: frozenset[int] = frozenset()


def read_tables(content: bytes, name: str, language: str) -> tuple[Table, ...]:
    """The sheets of a file that can be seen; for a CSV file one for each separator there may be.

    Raises:
        ParticipantsError: not a workbook nor a text, or out of all proportion.
    """
    if len(content) > LARGEST:
        raise _too_large(name, language)
    suffix = PurePath(name).suffix.casefold()
    if suffix in (".xlsx", ".xlsm"):
        return _workbook(content, name, language)
    if suffix in (".csv", ".txt", ".tsv"):
        return _text_tables(content, name, language)
    raise ParticipantsError(
        say("« {name} » n’est ni un classeur Excel (.xlsx) ni un fichier CSV.", language,
            name=name),
        say("Enregistrez la liste au format « Classeur Excel (.xlsx) » ou « CSV UTF-8 ».",
            language),
    )  # fmt: skip


def tidy(text: str) -> str:
    """A text in NFC, without invisible characters, with plain single spaces."""
    kept = "".join(
        one for one in unicodedata.normalize("NFC", text)
        if one.isspace() or unicodedata.category(one) not in {"Cf", "Cc", "Cs", "Cn", "Co"}
    )  # fmt: skip
    return _SPACES.sub(" ", kept).strip()


# --- Excel ----------------------------------------------------------------------------------------


def _workbook(content: bytes, name: str, language: str) -> tuple[Table, ...]:
    try:
        measure(content, LIMITS)
        sheets = load_workbook(io.BytesIO(content)).worksheets
    except TooLarge as error:
        raise _too_large(name, language) from error
    except _UNREADABLE as error:
        raise ParticipantsError(
            say("« {name} » n’est pas un classeur Excel lisible.", language, name=name),
            say("Ouvrez-le dans Excel ou LibreOffice et enregistrez-le au format .xlsx, sans mot "
                "de passe.", language),
        ) from error  # fmt: skip
    seen = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    return tuple(_table(sheet) for sheet in seen)


def _table(sheet: Worksheet) -> Table:
    rows = tuple(
        tuple(_cell(cell) for cell in row) for row in sheet.iter_rows(max_col=MOST_COLUMNS)
    )
    hidden = {at for at, one in sheet.row_dimensions.items() if one.hidden and at <= len(rows)}
    return Table(sheet.title, rows, frozenset(hidden))


def _cell(cell: Cell | MergedCell) -> RawCell:
    if isinstance(cell, MergedCell):
        return RawCell("", Kind.MERGED)
    if cell.data_type == "f":
        return RawCell("", Kind.FORMULA)
    if cell.data_type == "e":
        return RawCell("", Kind.ERROR)
    return _plain(_as_text(cell.value))


def _as_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return "" if value is None else str(value)


def _plain(text: str) -> RawCell:
    tidied = tidy(text)
    # What a spreadsheet would compute if the value were ever pasted or exported.
    formula = len(tidied) > 1 and tidied[0] in FORMULA_SIGNS
    return RawCell("", Kind.FORMULA) if formula else RawCell(tidied)


# --- CSV ------------------------------------------------------------------------------------------


def _text_tables(content: bytes, name: str, language: str) -> tuple[Table, ...]:
    text = _decoded(content)
    tables = tuple(_csv_tables(text)) if text is not None else ()
    if not tables:
        raise ParticipantsError(
            say("« {name} » n’est pas un fichier CSV lisible.", language, name=name),
            say("Enregistrez la liste au format « CSV UTF-8 » ou « Classeur Excel (.xlsx) ».",
                language),
        )  # fmt: skip
    if any(len(table.rows) > MOST_ROWS for table in tables):
        raise _too_large(name, language)
    return tables


def _decoded(content: bytes) -> str | None:
    """UTF-16 where it says so, else UTF-8, else what Excel writes in Western Europe."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _csv_tables(text: str) -> Iterator[Table]:
    for separator in ";,\t":
        try:
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            read = [*islice(rows, MOST_ROWS + 1)]
        except csv.Error:
            continue
        yield Table("", tuple(tuple(map(_plain, row[:MOST_COLUMNS])) for row in read))


def _too_large(name: str, language: str) -> ParticipantsError:
    return ParticipantsError(
        say("« {name} » est trop grand pour une liste de participants (au plus {rows} lignes).",
            language, name=name, rows=MOST_ROWS),
        say("Gardez dans le fichier la seule liste des personnes à inviter ; effacez les lignes et "
            "les colonnes vides mises en forme.", language),
    )  # fmt: skip
