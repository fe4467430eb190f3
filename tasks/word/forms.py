"""Forms in Word: fields that are found again after Word and LibreOffice saved the file.

A field is a cell. Where the template prints `mark(name)`, `anchor_fields` puts a hidden bookmark
`_g…` in its place; both programs keep it through typing, formatting and saving. `read_form` gives
back the tables with the names of the fields in each cell; a cell that lost its bookmark has its
neighbours and their labels to be known by. `write_fields` types into fields.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO

from lxml import etree

from config.catalogue import say
from config.errors import ReportUnreadable
from tasks.word.merge.carrier import Carrier
from tasks.word.merge.identity import Identity, identity_of
from tasks.word.merge.names import (
    AUTHOR,
    BOOKMARK_END,
    BOOKMARK_START,
    DEL,
    ID,
    NAME,
    P_PR,
    R_,
    R_PR,
    TBL,
    TC,
    TR,
    TYPE,
    XML_SPACE,
    P,
    T,
    detach,
    story_elements,
    w,
)
from tasks.word.merge.opening import DAMAGE, open_report, parse_part

_MARK = re.compile(r"⟦([0-9a-f]{12})⟧")
_FIELD = re.compile(r"_g([0-9a-f]{12})(?:_Copy_\d+)?")
# Boxes that Word draws with the Wingdings font.
_SIGNS = {"F0FE": "☒", "F0FD": "☒", "F0FC": "☒", "F0A8": "☐", "F06F": "☐"}


@dataclass(frozen=True)
class FormCell:
    """A cell: the keys of the fields that it holds, and its text, one line a paragraph."""

    keys: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class FormTable:
    """A table, and the texts of the paragraphs above it, the nearest one last."""

    above: tuple[str, ...]
    rows: tuple[tuple[FormCell, ...], ...]


@dataclass(frozen=True)
class FormDocument:
    """A form as it was filled in.

    Attributes:
        identity: what the file says it is; None when a program dropped it.
        tables: in order, those inside other tables too.
        paragraphs: the texts outside tables, each after the one above it.
        comments: texts of the comments of people.
    """

    identity: Identity | None
    tables: tuple[FormTable, ...]
    paragraphs: tuple[tuple[str, str], ...]
    comments: tuple[str, ...]


def key_of(name: str) -> str:
    """Return the short key that stands for the name of a field inside a file."""
    return blake2b(name.encode(), digest_size=6).hexdigest()


def mark(name: str) -> str:
    """Return the text that a template prints where a field is."""
    return f"⟦{key_of(name)}⟧"


def anchor_fields(content: bytes) -> bytes:
    """Return a rendered form with hidden bookmarks in the place of its marks."""
    carrier = Carrier(open_report(content), "fr")
    for text in list(carrier.root(carrier.main).iter(T)):
        found = _MARK.search(text.text or "")
        paragraph = next(text.iterancestors(P), None)
        if found and paragraph is not None:
            text.text = _MARK.sub("", text.text or "")
            text.set(XML_SPACE, "preserve")
            _bookmark(carrier, paragraph, found[1])
            carrier.touch(carrier.main)
    return carrier.write() if carrier.changed else content


def _bookmark(carrier: Carrier, paragraph: etree._Element, key: str) -> None:
    """Put a bookmark around the content of a paragraph."""
    number = carrier.next_bookmark()
    start = etree.Element(BOOKMARK_START, {ID: number, NAME: f"_g{key}"})
    paragraph.insert(0 if paragraph.find(P_PR) is None else 1, start)
    etree.SubElement(paragraph, BOOKMARK_END, {ID: number})


def read_form(content: bytes, author: str = "", language: str = "fr") -> FormDocument:
    """Read a form that people filled in.

    Args:
        content: of the file, saved by Word or LibreOffice any number of times.
        author: the software's own name; its comments are no notes.
        language: of errors.

    Raises:
        ReportUnreadable: not a Word document, damaged, with macros or entities, or far too big.
    """
    if _with_macros(content):
        raise _refused(say("Ce document contient des macros.", language), language)
    try:
        package = open_report(content, language).package
        body = parse_part(package, package.main, language).find(w("body"))
        comments = package.linked(package.main, "comments")
        root = None if comments is None else parse_part(package, comments, language)
    except ReportUnreadable as error:
        raise _refused(error.message, language) from error
    if body is None:
        raise _refused(say(DAMAGE, language), language)
    return FormDocument(
        identity_of(package),
        tuple(_tables(body)),
        tuple(_paragraphs(body)),
        () if root is None else tuple(_comments(root, author)),
    )


def _with_macros(content: bytes) -> bool:
    """A document with macros, under whatever name: Word calls it .docm, staff may call it .docx."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return any(one.lower().endswith("vbaproject.bin") for one in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _refused(message: str, language: str) -> ReportUnreadable:
    return ReportUnreadable(
        message,
        say(
            "Ouvrez-le dans Word, enregistrez-le au format « Document Word (.docx) », sans mot "
            "de passe ni macros, puis relevez ; à défaut, refaites le guide de la personne et "
            "recopiez-y les notes.",
            language,
        ),
    )


def _comments(root: etree._Element, author: str) -> Iterator[str]:
    for comment in root.findall(w("comment")):
        text = "\n".join(map(_text, comment.iter(P))).strip()
        if comment.get(AUTHOR) != author and text:
            yield text


def _paragraphs(body: etree._Element) -> Iterator[tuple[str, str]]:
    above = ""
    for element in story_elements(body):
        if element.tag == P and (text := _text(element).strip()):
            yield above, text
            above = text


def _tables(container: etree._Element) -> Iterator[FormTable]:
    above: tuple[str, ...] = ()
    for element in story_elements(container):
        if element.tag == P:
            above = (*above, _text(element).strip())
        elif element.tag == TBL:
            rows = (tuple(_cells(row)) for row in element.iter(TR) if _table_of(row) is element)
            yield FormTable(above, tuple(rows))
            for cell in element.iter(TC):
                if _table_of(cell) is element:
                    yield from _tables(cell)


def _table_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(TBL), None)


def _cells(row: etree._Element) -> Iterator[FormCell]:
    for cell in row.iter(TC):
        if next(cell.iterancestors(TR)) is row:
            yield FormCell(tuple(_keys(cell)), "\n".join(_lines(cell)).strip())


def _keys(cell: etree._Element) -> Iterator[str]:
    for start in cell.iter(BOOKMARK_START):
        found = _FIELD.fullmatch(start.get(NAME, ""))
        if found and next(start.iterancestors(TC), None) is cell:
            yield found[1]


def _lines(cell: etree._Element) -> Iterator[str]:
    for paragraph in story_elements(cell):
        if paragraph.tag == P:
            yield _text(paragraph).strip()


def _text(paragraph: etree._Element) -> str:
    """The text as it reads with every tracked change accepted."""
    pieces = []
    for element in paragraph.iter():
        if element.tag == T and next(element.iterancestors(DEL), None) is None:
            pieces.append(element.text or "")
        elif element.tag == w("tab"):
            parent = element.getparent()
            pieces.append(" " if parent is not None and parent.tag == R_ else "")
        elif element.tag == w("br") and element.get(TYPE) in (None, "textWrapping"):
            pieces.append("\n")
        elif element.tag == w("sym"):
            pieces.append(_SIGNS.get(element.get(w("char"), "").upper(), ""))
        elif element.tag == w("noBreakHyphen"):
            pieces.append("-")
    return "".join(pieces)


def write_fields(content: bytes, texts: Mapping[str, str], language: str = "fr") -> bytes:
    """Return a form with the text of some fields replaced; line breaks make paragraphs.

    Args:
        content: of the file.
        texts: key of a field → what to type.
        language: of errors.

    Raises:
        ReportUnreadable: see `read_form`.
        KeyError: the file has no such field.
    """
    carrier = Carrier(open_report(content, language), language)
    places = {}
    for start in carrier.root(carrier.main).iter(BOOKMARK_START):
        found = _FIELD.fullmatch(start.get(NAME, ""))
        if found:
            places[found[1]] = next(start.iterancestors(P))
    for key, text in texts.items():
        if _type(places[key], text):
            carrier.touch(carrier.main)
    return carrier.write() if carrier.changed else content


def field_texts(content: bytes, language: str = "fr") -> Mapping[str, str]:
    """Return the text of every field that has its bookmark, by key."""
    tables = read_form(content, language=language).tables
    cells = (cell for table in tables for row in table.rows for cell in row)
    return {key: cell.text for cell in cells for key in cell.keys}


def _type(paragraph: etree._Element, text: str) -> bool:
    """Replace the runs of a paragraph; False when it says so already."""
    if _text(paragraph) == text:
        return False
    runs = paragraph.findall(R_)
    look = next((r.find(R_PR) for r in runs if r.find(R_PR) is not None), None)
    for run in runs:
        detach(run)
    for number, line in enumerate(text.split("\n")):
        run = etree.Element(R_)
        if look is not None:
            run.append(etree.fromstring(etree.tostring(look)))
        if number:
            etree.SubElement(run, w("br"))
        etree.SubElement(run, T, {XML_SPACE: "preserve"}).text = line
        ends = paragraph.findall(BOOKMARK_END)
        (ends[-1].addprevious if ends else paragraph.append)(run)
    return True


__all__ = [
    "FormCell",
    "FormDocument",
    "FormTable",
    "anchor_fields",
    "field_texts",
    "key_of",
    "mark",
    "read_form",
    "write_fields",
]
