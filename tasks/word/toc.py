"""The table of contents: its entries written at render, its page numbers left to the reader.

Word makes the entries of a `TOC` field only when somebody updates it, and LibreOffice never does
when it converts. So the entries are written here, in the form that Word gives them, and the
field is marked `dirty`: Word offers to update it when the document opens, which brings the page
numbers (nobody knows them before the pages are laid out).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from html import escape

from lxml import etree

from tasks.word import marks
from tasks.word.anchors import remove_bookmarks
from tasks.word.fields import Field, find_fields
from tasks.word.styles import Styles, w

_LEVELS = re.compile(r'\\o\s*"?\s*([1-9])\s*-\s*([1-9])')
_CONTENTS = re.compile(f"{marks.CONTENTS}(\\d+){marks.CONTENTS}")
_WORD_BOOKMARK = re.compile(r"_Toc\d+")
_FIELD_TEXT = re.compile(r"<w:instrText.*?</w:instrText>", re.DOTALL)


@dataclass(frozen=True)
class Contents:
    """A table of contents: the code of its field, its levels, how far its lines go."""

    code: str
    first: int
    last: int
    width: int  # of the text, in twentieths of a point


@dataclass(frozen=True)
class Entry:
    """A heading of the rendered document."""

    level: int
    text: str  # escaped
    bookmark: str


def mark_contents(root: etree._Element) -> tuple[Contents, ...]:
    """Replace the tables of contents of a document by marks; the tree is the compiler's own.

    The bookmarks that Word made for them go: a render makes its own.
    """
    found = []
    for field in list(find_fields(root)):
        levels = _LEVELS.search(field.code)
        if field.words[:1] == ["TOC"] and levels:
            first, last = map(int, levels.groups())
            found.append(Contents(field.code.strip(), first, last, _text_width(root)))
            _take_out(field, len(found) - 1)
    if found:
        remove_bookmarks(root, _WORD_BOOKMARK)
    return tuple(found)


def _take_out(field: Field, index: int) -> None:
    """Replace the paragraphs of a field by a mark; what follows it in the last one stays."""
    start, last = _paragraph(field.begin), _paragraph(field.end)
    parent = start.getparent()
    if parent is None or last.getparent() is not parent:
        return
    start.addprevious(etree.ProcessingInstruction("contents", str(index)))
    inner = list(parent)[parent.index(start) : parent.index(last)]
    for paragraph in inner if _rest_after(last, field.end) else [*inner, last]:
        parent.remove(paragraph)


def _paragraph(element: etree._Element) -> etree._Element:
    return next(element.iterancestors(w("p")))


def _rest_after(paragraph: etree._Element, end: etree._Element) -> bool:
    """Take out of a paragraph all that goes to the end of a field; tell whether more stays."""
    inside = [child for child in paragraph if child.tag != w("pPr")]
    place = next(i for i, child in enumerate(inside) if end in list(child.iter()))
    for child in inside[: place + 1]:
        paragraph.remove(child)
    visible = (w("t"), w("br"), w("drawing"))
    return any(True for child in inside[place + 1 :] for _ in child.iter(*visible))


def _text_width(root: etree._Element) -> int:
    """Return the width of the text in the first section."""
    section = next(root.iter(w("sectPr")), None)
    size = None if section is None else section.find(w("pgSz"))
    margins = None if section is None else section.find(w("pgMar"))
    if size is None or margins is None:
        return 9_070  # A4 with margins of 2.5 cm
    sides = (int(margins.get(w(side), "0")) for side in ("left", "right", "gutter"))
    return int(size.get(w("w"), "11906")) - sum(sides)


def cut_contents(xml: str) -> str:
    """Replace the marks of a serialised part by characters that survive the compilation."""
    return re.sub(r"<\?contents (\d+)\?>", rf"{marks.CONTENTS}\1{marks.CONTENTS}", xml)


def fill_contents(
    text: str, tables: tuple[Contents, ...], styles: Styles, ids: Iterator[int]
) -> str:
    """Write the tables of contents of a rendered document, and the bookmarks they point to.

    Args:
        text: the rendered XML with its marks.
        tables: what the marks stand for.
        styles: of the template: headings, and the styles « TOC 1 » to « TOC 9 ».
        ids: of the bookmarks of the document.
    """
    entries: list[Entry] = []
    names = _bookmark_names()
    pieces: list[str] = []
    position = 0
    for level, start, end in _headings(text, styles):
        paragraph = text[start:end]
        title = _title(paragraph)
        if title:
            entries.append(Entry(level, title, names(title)))
            marked = _bookmarked(paragraph, entries[-1].bookmark, next(ids))
            pieces += (text[position:start], marked)
            position = end
    text = "".join((*pieces, text[position:]))
    return _CONTENTS.sub(lambda found: _table(tables[int(found[1])], entries, styles), text)


def _headings(text: str, styles: Styles) -> Iterator[tuple[int, int, int]]:
    """Find the headings of a document: level, start and end of the paragraph."""
    ids = "|".join(map(re.escape, styles.levels))
    start = rf'<w:p(?: [^>]*)?><w:pPr><w:pStyle w:val="({ids})"/>'  # the style comes first
    for found in re.finditer(start, text):
        end = text.index("</w:p>", found.end()) + len("</w:p>")
        yield styles.levels[found[1]], found.start(), end


def _title(paragraph: str) -> str:
    spaced = re.sub(r"<w:(?:br|tab|cr)\b[^>]*/>", " ", _FIELD_TEXT.sub("", paragraph))
    return " ".join(re.sub(r"<[^>]*>|[\x00-\x1f]", "", spaced).split())


def _bookmark_names() -> Callable[[str], str]:
    """Return a function that names headings: the same title, the same name at each render."""
    seen: Counter[str] = Counter()

    def name(title: str) -> str:
        seen[title] += 1
        digest = blake2b(f"{seen[title]}{title}".encode(), digest_size=5).digest()
        return f"_Toc{int.from_bytes(digest) % 10**9:09d}"

    return name


def _bookmarked(paragraph: str, name: str, identifier: int) -> str:
    start = paragraph.index("</w:pPr>") + len("</w:pPr>")
    end = paragraph.rindex("</w:p>")
    return (
        f'{paragraph[:start]}<w:bookmarkStart w:id="{identifier}" w:name="{name}"/>'
        f'{paragraph[start:end]}<w:bookmarkEnd w:id="{identifier}"/></w:p>'
    )


def _table(table: Contents, entries: list[Entry], styles: Styles) -> str:
    shown = [entry for entry in entries if table.first <= entry.level <= table.last]
    begin = _field_mark("begin", ' w:dirty="true"') + _code(table.code) + _field_mark("separate")
    lines = [_line(entry, table, styles) for entry in shown]
    first = lines[0].replace("</w:pPr>", f"</w:pPr>{begin}", 1) if lines else f"<w:p>{begin}</w:p>"
    return f"{first}{''.join(lines[1:])}<w:p>{_field_mark('end')}</w:p>"


def _line(entry: Entry, table: Contents, styles: Styles) -> str:
    name = styles.id_of(f"toc {entry.level}")
    style = f'<w:pStyle w:val="{name}"/>' if name else ""
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{table.width}"/></w:tabs>'
    page = _field_mark("begin") + _code(f"PAGEREF {entry.bookmark} \\h")
    page += _field_mark("separate") + _field_mark("end")
    return (
        f"<w:p><w:pPr>{style}{tabs}</w:pPr>"
        f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">'
        f'<w:r><w:t xml:space="preserve">{entry.text}</w:t></w:r></w:hyperlink>'
        f"<w:r><w:tab/></w:r>{page}</w:p>"
    )


def _field_mark(kind: str, more: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"{more}/></w:r>'


def _code(code: str) -> str:
    return (
        f'<w:r><w:instrText xml:space="preserve"> {escape(code, quote=False)} </w:instrText></w:r>'
    )
