"""What a paragraph says and how it looks, whoever saved the file last.

Only what a reader sees counts: text, runs that stand out, the paragraph's style, pictures,
charts, notes, shapes and equations. Comments, bookmarks and results of fields do not.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from tasks.word.merge.formats import StyleSheet
from tasks.word.merge.looks import NOTHING, Format, Partial, read_format
from tasks.word.merge.names import (
    ALTERNATE,
    AUTHOR,
    BREAK,
    CHART,
    CHOICE,
    DEL,
    FIELD_CHAR,
    FIELD_CODE,
    ID,
    INS,
    MATH,
    P_PR,
    R_,
    R_PR,
    TYPE,
    T,
    child_value,
    first_child,
    w,
)

# What stands in a text for what is no text; private-use characters, taken out of snippets.
PICTURE, CHART_MARK, NOTE, FIELD = "\ue010", "\ue011", "\ue012", "\ue013"
OBJECT, PAGE = "\ue014", "\ue015"  # a shape, a text box, an equation…; a page that ends
_MARKS = re.compile("[\ue010-\ue015]")
_SPACES = re.compile(r"[ \t\r\n]+")
_CONTAINERS = frozenset(map(w, (
    "hyperlink", "smartTag", "customXml", "dir", "bdo", "moveTo", "sdt", "sdtContent",
)))  # fmt: skip
_TEXTS = frozenset((w("t"), w("delText")))
_BLANKS = frozenset(map(w, ("tab", "ptab", "cr")))
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
# What a run or a paragraph may hold that is neither text nor an object; all else is one.
_SILENT = frozenset(map(w, (
    "rPr", "pPr", "t", "delText", "delInstrText", "softHyphen", "annotationRef", "footnoteRef",
    "endnoteRef", "separator", "continuationSeparator", "pgNum", "commentReference",
    "lastRenderedPageBreak", "bookmarkStart", "bookmarkEnd", "commentRangeStart",
    "commentRangeEnd", "proofErr", "permStart", "permEnd", "moveFrom", "moveFromRangeStart",
    "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
    "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "dayShort",
    "dayLong", "monthShort", "monthLong", "yearShort", "yearLong", "sdtPr", "sdtEndPr",
    "smartTagPr", "customXmlPr",
)))  # fmt: skip
_NO_BREAK_HYPHEN, _SYMBOL = w("noBreakHyphen"), w("sym")
_LINK, _PLAIN_FIELD = w("hyperlink"), w("fldSimple")
_P_STYLE, _R_STYLE = w("pStyle"), w("rStyle")
_FIELD_TYPE, _CHARACTER = w("fldCharType"), w("char")
_NO_FORMAT = Format()


def fold(text: str) -> str:
    """Fold white space: LibreOffice drops blanks at the end of paragraphs."""
    return _SPACES.sub(" ", text.replace("\u00ad", "")).strip(" \u00a0")


def plain_text(text: str) -> str:
    """Return a text without the marks of pictures, charts, notes and fields."""
    return _MARKS.sub("", text)


def shown(text: str, limit: int = 160) -> str:
    """Return a text as a log shows it: without marks, shortened."""
    text = fold(plain_text(text))
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


@dataclass(frozen=True)
class Passage:
    """A paragraph as a reader sees it; two that are equal look the same.

    Attributes:
        text: white space folded; pictures, charts, notes and fields are private-use characters.
        style: name of the paragraph style, lower case.
        looks: run lengths over the characters that are no white space.
    """

    text: str
    style: str = "normal"
    looks: tuple[tuple[int, Format], ...] = ()


@dataclass(frozen=True)
class Setting:
    """What is needed to read the paragraphs of one file.

    Attributes:
        styles: its styles.
        notes: text of each footnote and endnote, by kind and id.
        robot: author whose pending insertions are unread and whose pending deletions are text:
            what the merge itself proposed earlier.
    """

    styles: StyleSheet
    notes: Mapping[tuple[str, str], str]
    robot: str

    def read(self, paragraph: etree._Element, table: Partial = NOTHING) -> Passage:
        """Read a paragraph.

        Args:
            paragraph: a `w:p`.
            table: what the table style says of the text here.
        """
        style = child_value(first_child(paragraph, P_PR), _P_STYLE)
        pieces: list[tuple[str, Format]] = []
        fields: list[list[str]] = []  # codes of the open fields
        for run, linked in _runs(paragraph, self.robot):
            if run.tag != R_:
                mark = FIELD if run.tag == _PLAIN_FIELD else _object_mark(run)
                pieces.append((mark, _NO_FORMAT))
                continue
            text = self._text_of_run(run, fields)
            if text:
                look = self._look(run, style, table)
                if linked or any(map(_is_link, fields)):
                    # How links look belongs to the program that shows them.
                    look = look._replace(underline=False, colour="")
                pieces.append((text, look))
        # At either end the break of a page is no edit: LibreOffice moves it to the next passage.
        text = fold("".join(piece for piece, _ in pieces)).strip(f"{PAGE} \u00a0")
        return Passage(text, self.styles.name(style), _looks(pieces))

    def proposal(self, paragraph: etree._Element) -> str:
        """Return the text that pending insertions of the merge propose in a paragraph."""
        fields: list[list[str]] = []
        ours = (x for x in paragraph.iter(INS) if x.get(AUTHOR) == self.robot)
        runs = (run for change in ours for run in change.iter(R_))
        return fold("".join(self._text_of_run(run, fields) for run in runs))

    def _text_of_run(self, run: etree._Element, fields: list[list[str]]) -> str:
        """Return the text of a run; results of fields are left out."""
        found = ""
        for child in run:
            tag = child.tag
            if tag == FIELD_CHAR:
                found += _turn(child.get(_FIELD_TYPE, ""), fields)
            elif tag == FIELD_CODE:
                if fields:
                    fields[-1].append(child.text or "")
            elif not (fields and _hidden(fields)):
                found += child.text or "" if tag in _TEXTS else self._sign(child)
        return found.replace("\u2011", "-")

    def _sign(self, child: etree._Element) -> str:
        """Return what stands for a child of a run that is no text."""
        tag = child.tag
        if tag in _SILENT or not isinstance(tag, str):
            return ""
        if tag == BREAK:
            return " " if child.get(TYPE) in (None, "textWrapping") else PAGE
        if tag in _BLANKS:
            return " "
        if tag in _NOTES:
            return NOTE + self.notes.get((_NOTES[tag], child.get(ID, "")), "") + NOTE
        if tag == _NO_BREAK_HYPHEN:
            return "-"
        return child.get(_CHARACTER, "") if tag == _SYMBOL else _object_mark(child)

    def _look(self, run: etree._Element, style: str, table: Partial) -> Format:
        properties = first_child(run, R_PR)
        if properties is None:
            return self.styles.resolve(style, "", table, NOTHING)
        character = child_value(properties, _R_STYLE)
        direct = read_format(properties, self.styles.fonts)
        return self.styles.resolve(style, character, table, direct)


def _hidden(fields: list[list[str]]) -> bool:
    """Tell whether text here is the result of a field."""
    return any(codes and not _is_link(codes) for codes in fields)


def _runs(parent: etree._Element, robot: str) -> Iterator[tuple[etree._Element, bool]]:
    """Yield the runs of a paragraph as its readers see them, and whether each is in a link.

    Fields and objects that stand beside the runs, equations for one, are yielded as they are.
    """
    for child in parent:
        tag = child.tag
        if tag == R_:
            yield child, False
        elif tag in _CONTAINERS:
            for run, linked in _runs(child, robot):
                yield run, linked or tag == _LINK
        elif tag in (INS, DEL):
            if (tag == INS) != (child.get(AUTHOR) == robot):
                yield from _runs(child, robot)
        elif tag not in _SILENT and isinstance(tag, str):
            yield child, False


def _turn(kind: str, fields: list[list[str]]) -> str:
    """Follow the start and the end of a field; return what stands for it in the text."""
    if kind == "begin":
        fields.append([])
        return ""
    if kind == "end" and fields:
        codes = fields.pop()
        return FIELD if codes and not _hidden(fields) and not _is_link(codes) else ""
    return ""


def _is_link(codes: list[str]) -> bool:
    return "".join(codes).strip().upper().startswith("HYPERLINK")


def _object_mark(child: etree._Element) -> str:
    """Return what stands for an object: a text box or an equation with the text inside."""
    if child.tag == ALTERNATE:
        child = next(iter(child.iter(CHOICE)), child)
    if next(child.iter(CHART), None) is not None:
        return CHART_MARK
    inside = fold("".join(text.text or "" for text in child.iter(T, _MATH_TEXT)))
    if not inside and next(child.iter(*_PICTURES), None) is not None:
        return PICTURE
    return f"{OBJECT}{inside}{OBJECT}"


_MATH_TEXT = f"{{{MATH}}}t"
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
    "{urn:schemas-microsoft-com:office:office}OLEObject",
)


def _looks(pieces: list[tuple[str, Format]]) -> tuple[tuple[int, Format], ...]:
    merged: list[tuple[int, Format]] = []
    for text, look in pieces:
        length = sum(map(len, text.replace(PAGE, "").split()))
        if not length:
            continue
        if merged and merged[-1][1] == look:
            merged[-1] = merged[-1][0] + length, look
        else:
            merged.append((length, look))
    return tuple(merged)


def pending(paragraph: etree._Element, robot: str) -> bool:
    """Tell whether a paragraph holds tracked changes that the merge proposed."""
    return any(change.get(AUTHOR) == robot for change in paragraph.iter(INS, DEL))
