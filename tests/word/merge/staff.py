"""What staff do to a report in Word, done to its XML; each edit says what it touched."""

import random
import zipfile
from copy import deepcopy
from io import BytesIO

from docx import Document
from lxml import etree

from tests.word.merge.objects import MATH_TEXT
from tests.word.merge.specimens import R, W

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def w(name: str) -> str:
    """Return a WordprocessingML name."""
    return f"{{{W}}}{name}"


class Docx:
    """A .docx open for edits: the document part as a tree, the others as bytes."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.body = self.root.find(w("body"))

    def save(self) -> bytes:
        """Return the .docx."""
        self.parts["word/document.xml"] = etree.tostring(
            self.root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for name, data in self.parts.items():
                archive.writestr(name, data)
        return stream.getvalue()

    def paragraphs(self) -> list[etree._Element]:
        """Return the paragraphs of the text, tables and contents left out."""
        return self.body.findall(w("p"))

    def rows(self) -> list[etree._Element]:
        """Return the rows of all tables."""
        return list(self.body.iter(w("tr")))

    def charts(self) -> dict[str, str]:
        """Return the chart parts by the relationship id that drawings use."""
        links = etree.fromstring(self.parts["word/_rels/document.xml.rels"])
        return {
            link.get("Id"): "word/" + link.get("Target").removeprefix("/word/")
            for link in links
            if link.get("Type").endswith("/chart")
        }


def saved_by_python_docx(content: bytes) -> bytes:
    """Return a file opened and saved by python-docx."""
    stream = BytesIO()
    Document(BytesIO(content)).save(stream)
    return stream.getvalue()


def text_of(element: etree._Element) -> str:
    """Return the text of an element; pending deletions are not in it."""
    return "".join(node.text or "" for node in element.iter(w("t")))


def all_text(element: etree._Element) -> str:
    """Return the text of an element with what tracked changes would delete, and equations."""
    return "".join(node.text or "" for node in element.iter(w("t"), w("delText"), MATH_TEXT))


def run(text: str, *, bold: bool = False) -> etree._Element:
    """Return a new run."""
    made = etree.Element(w("r"))
    if bold:
        etree.SubElement(etree.SubElement(made, w("rPr")), w("b"))
    inside = etree.SubElement(made, w("t"))
    inside.text = text
    inside.set(XML_SPACE, "preserve")
    return made


def type_inside(paragraph: etree._Element, text: str, rng: random.Random) -> None:
    """Type in the middle of a run, or at the end when there is none."""
    texts = [node for node in paragraph.iter(w("t")) if node.text]
    if not texts:
        paragraph.append(run(text))
        return
    node = rng.choice(texts)
    place = rng.randint(0, len(node.text))
    node.text = node.text[:place] + text + node.text[place:]
    node.set(XML_SPACE, "preserve")


def type_before(paragraph: etree._Element, text: str) -> None:
    """Type before everything, outside the bookmark."""
    properties = paragraph.find(w("pPr"))
    paragraph.insert(0 if properties is None else 1, run(text))


def type_after(paragraph: etree._Element, text: str) -> None:
    """Type after everything, outside the bookmark."""
    paragraph.append(run(text))


def embolden(paragraph: etree._Element) -> bool:
    """Turn the bold of all runs over; return False when there is none."""
    runs = [found for found in paragraph.iter(w("r")) if text_of(found).strip()]
    for found in runs:
        properties = found.find(w("rPr"))
        if properties is None:
            properties = etree.Element(w("rPr"))
            found.insert(0, properties)
        bold = properties.find(w("b"))
        if bold is None:
            bold = etree.Element(w("b"))
            style = properties.find(w("rStyle"))
            properties.insert(0 if style is None else 1, bold)
            off = _styled_bold(paragraph)
            bold.set(w("val"), "0" if off else "1")
        else:
            on = bold.get(w("val"), "1") not in ("0", "false")
            bold.set(w("val"), "0" if on else "1")
    return bool(runs)


def _styled_bold(paragraph: etree._Element) -> bool:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and style.get(w("val"), "").lower() in ("titre1", "heading1")


def new_paragraph(after: etree._Element, text: str) -> etree._Element:
    """Add a paragraph after a block."""
    made = etree.Element(w("p"))
    made.append(run(text))
    after.addnext(made)
    return made


def split(paragraph: etree._Element, rng: random.Random) -> bool:
    """Press Enter between two runs; LibreOffice gives both halves the bookmark's name."""
    runs = paragraph.findall(w("r"))
    if len(runs) < 2:
        return False
    second = etree.Element(w("p"))
    properties = paragraph.find(w("pPr"))
    if properties is not None:
        second.append(deepcopy(properties))
    marks = paragraph.findall(w("bookmarkStart"))
    if marks and rng.random() < 0.5:
        taken = paragraph.getroottree().getroot().iter(w("bookmarkStart"))
        number = str(1 + max(int(mark.get(w("id"))) for mark in taken))
        for tag in ("bookmarkStart", "bookmarkEnd"):
            attributes = {w("id"): number}
            if tag == "bookmarkStart":
                attributes[w("name")] = marks[0].get(w("name"))
            second.append(etree.Element(w(tag), attributes))
    second.extend(runs[1:])
    paragraph.addnext(second)
    return True


def comment(docx: Docx, paragraph: etree._Element, text: str) -> None:
    """Comment a paragraph, as staff do."""
    name = "word/comments.xml"
    if name not in docx.parts:
        docx.parts[name] = f'<w:comments xmlns:w="{W}"/>'.encode()
        _register(docx)
    root = etree.fromstring(docx.parts[name])
    number = str(1 + max((int(found.get(w("id"))) for found in root), default=0))
    made = etree.SubElement(root, w("comment"), {w("id"): number, w("author"): "Camille"})
    etree.SubElement(made, w("p")).append(run(text))
    docx.parts[name] = etree.tostring(root)
    properties = paragraph.find(w("pPr"))
    start = etree.Element(w("commentRangeStart"), {w("id"): number})
    paragraph.insert(0 if properties is None else 1, start)
    etree.SubElement(paragraph, w("commentRangeEnd"), {w("id"): number})
    etree.SubElement(etree.SubElement(paragraph, w("r")), w("commentReference"), {w("id"): number})


def _register(docx: Docx) -> None:
    types = docx.parts["[Content_Types].xml"].decode()
    override = f'<Override PartName="/word/comments.xml" ContentType="{COMMENTS_TYPE}"/></Types>'
    docx.parts["[Content_Types].xml"] = types.replace("</Types>", override).encode()
    links = docx.parts["word/_rels/document.xml.rels"].decode()
    link = f'<Relationship Id="rIdStaff" Type="{R}/comments" Target="comments.xml"/>'
    docx.parts["word/_rels/document.xml.rels"] = links.replace(
        "</Relationships>", f"{link}</Relationships>"
    ).encode()


def restyle_chart(docx: Docx, part: str, colour: str) -> None:
    """Give the first series of a chart a colour."""
    root = etree.fromstring(docx.parts[part])
    c = root.tag.removesuffix("chartSpace")
    a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    series = next(root.iter(f"{c}ser"))
    for old in series.findall(f"{c}spPr"):
        series.remove(old)
    shape = etree.Element(f"{c}spPr")
    fill = etree.SubElement(shape, f"{a}solidFill")
    etree.SubElement(fill, f"{a}srgbClr", val=colour)
    name = series.find(f"{c}tx")
    (name if name is not None else series.find(f"{c}order")).addnext(shape)
    docx.parts[part] = etree.tostring(root)


def change_chart(docx: Docx, part: str) -> None:
    """Type another value into a chart."""
    root = etree.fromstring(docx.parts[part])
    c = root.tag.removesuffix("chartSpace")
    values = next(root.iter(f"{c}val"))
    next(values.iter(f"{c}v")).text = "77"
    docx.parts[part] = etree.tostring(root)
