"""Small reports as the template engine writes them: anchored, styled, with native charts."""

import hashlib
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from io import BytesIO

from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE

from tasks.word.charts import ChartData, ChartPrototype
from tasks.word.zipfiles import Member, write_zip

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


@dataclass(frozen=True)
class Chart:
    """A chart of a section: label → value."""

    values: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Section:
    """A section of a specimen; every thing has a key that its anchor comes from."""

    key: str
    title: str
    paragraphs: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    chart: Chart | None = None
    head: tuple[str, ...] = ("Dimension", "Stade", "Lecture")


@dataclass(frozen=True)
class Report:
    """What a specimen says."""

    sections: tuple[Section, ...]
    header: str = "Étude de maturité"
    contents: bool = False
    anchored: bool = True


def anchor(key: str) -> str:
    """Return the anchor of a key."""
    return "_r" + hashlib.sha256(key.encode()).hexdigest()[:16]


def render(report: Report) -> bytes:
    """Return the .docx of a report; the same report gives the same bytes."""
    return _Renderer(report).write()


class _Renderer:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.charts: list[tuple[bytes, bytes]] = []
        self.bookmarks = 0

    def write(self) -> bytes:
        body = "".join(self._section(section) for section in self.report.sections)
        contents = _CONTENTS if self.report.contents else ""
        document = (
            f"{_HEAD}<w:document {_NAMESPACES}><w:body>{contents}{body}"
            '<w:sectPr><w:headerReference w:type="default" r:id="rId9"/>'
            '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
        )
        header = (
            f"{_HEAD}<w:hdr {_NAMESPACES}><w:p><w:r><w:t>{escape(self.report.header)}</w:t></w:r>"
            "</w:p></w:hdr>"
        )
        members = [
            Member.pack("[Content_Types].xml", self._types()),
            Member.pack("word/document.xml", document.encode(), 1),
            Member.pack("word/header1.xml", header.encode(), 1),
            Member.pack("word/_rels/document.xml.rels", self._links()),
            *_fixed(),
        ]
        for number, (xml, book) in enumerate(self.charts, 1):
            members.append(Member.pack(f"word/charts/chart{number}.xml", xml, 1))
            members.append(Member.store(f"word/embeddings/chart{number}.xlsx", book))
            links = _links([("rIdWorkbook", f"{R}/package", f"../embeddings/chart{number}.xlsx")])
            members.append(Member.pack(f"word/charts/_rels/chart{number}.xml.rels", links))
        return write_zip(members)

    def _section(self, section: Section) -> str:
        parts = [self.paragraph(section.key, section.title, "Titre1")]
        parts += [self.paragraph(key, text) for key, text in section.paragraphs]
        if section.rows:
            parts.append(self._table(section))
        if section.chart is not None:
            parts.append(self._chart(section))
        return "".join(parts)

    def paragraph(self, key: str, text: str, style: str = "") -> str:
        """Return a generated paragraph; `*word*` is bold."""
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{properties}{self._anchored(key, _runs(text))}</w:p>"

    def _anchored(self, key: str, content: str) -> str:
        if not self.report.anchored:
            return content
        self.bookmarks += 1
        return (
            f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{anchor(key)}"/>{content}'
            f'<w:bookmarkEnd w:id="{self.bookmarks}"/>'
        )

    def _table(self, section: Section) -> str:
        width = 9000 // len(section.head)
        grid = f'<w:gridCol w:w="{width}"/>' * len(section.head)
        rows = [(f"{section.key}/head", section.head), *section.rows]
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="Grille"/><w:tblW w:w="9000" w:type="dxa"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:noHBand="1"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>"
            + "".join(self._row(key, cells, width) for key, cells in rows)
            + "</w:tbl>"
        )

    def _row(self, key: str, cells: tuple[str, ...], width: int) -> str:
        drawn = []
        for column, text in enumerate(cells):
            content = _runs(text) if column else self._anchored(key, _runs(text))
            drawn.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
                f"<w:p>{content}</w:p></w:tc>"
            )
        return f"<w:tr>{''.join(drawn)}</w:tr>"

    def _chart(self, section: Section) -> str:
        assert section.chart is not None
        labels = tuple(label for label, _ in section.chart.values)
        values = tuple(value for _, value in section.chart.values)
        self.charts.append(prototype().fill(ChartData(labels, (("Réponses", values),))))
        number = len(self.charts)
        drawing = (
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            '<wp:extent cx="4000000" cy="2000000"/>'
            f'<wp:docPr id="{1000 + number}" name="Graphique {number}" '
            f'descr="{escape(", ".join(f"{k} {v:g}" for k, v in section.chart.values))}"/>'
            "<wp:cNvGraphicFramePr/><a:graphic>"
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f'<c:chart r:id="rIdChart{number}"/></a:graphicData></a:graphic></wp:inline>'
            "</w:drawing></w:r>"
        )
        return f"<w:p>{self._anchored(f'{section.key}/chart', drawing)}</w:p>"

    def _links(self) -> bytes:
        found = [
            ("rId1", f"{R}/styles", "styles.xml"),
            ("rId9", f"{R}/header", "header1.xml"),
        ]
        found += [
            (f"rIdChart{number}", f"{R}/chart", f"charts/chart{number}.xml")
            for number in range(1, len(self.charts) + 1)
        ]
        return _links(found)

    def _types(self) -> bytes:
        overrides = {
            "/word/document.xml": f"{_TYPE}document.main+xml",
            "/word/styles.xml": f"{_TYPE}styles+xml",
            "/word/header1.xml": f"{_TYPE}header+xml",
        }
        overrides |= {
            f"/word/charts/chart{number}.xml": (
                "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
            )
            for number in range(1, len(self.charts) + 1)
        }
        lines = [
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
            '<Default Extension="xml" ContentType="application/xml"/>',
            '<Default Extension="xlsx" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>',
        ]
        lines += [f'<Override PartName="{k}" ContentType="{v}"/>' for k, v in overrides.items()]
        return f'{_HEAD}<Types xmlns="{_PACKAGE}content-types">{"".join(lines)}</Types>'.encode()


def _runs(text: str) -> str:
    return "".join(
        f"<w:r>{'<w:rPr><w:b/></w:rPr>' if index % 2 else ''}"
        f'<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
        for index, piece in enumerate(text.split("*"))
        if piece
    )


def _links(links: list[tuple[str, str, str]]) -> bytes:
    lines = (f'<Relationship Id="{i}" Type="{t}" Target="{target}"/>' for i, t, target in links)
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}relationships">{"".join(lines)}</Relationships>'
    ).encode()


@lru_cache
def _fixed() -> tuple[Member, ...]:
    return (
        Member.pack("_rels/.rels", _links([("rId1", f"{R}/officeDocument", "word/document.xml")])),
        Member.pack("word/styles.xml", _STYLES.encode()),
    )


@lru_cache
def prototype() -> ChartPrototype:
    """Return an author's chart."""
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("s", (1,))
    xml = ChartXmlWriter(XL_CHART_TYPE.BAR_CLUSTERED, data).xml
    return ChartPrototype.cut(xml.encode())


_CONTENTS = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    '</w:sdtPr><w:sdtContent><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
    '<w:instrText xml:space="preserve"> TOC \\o "1-2" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Sommaire</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:sdtContent></w:sdt>'
)


def _style(kind: str, style_id: str, name: str, inside: str = "", *, default: bool = False) -> str:
    flag = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id}"{flag}><w:name w:val="{name}"/>'
        f"{inside}</w:style>"
    )


_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Liberation Sans" w:hAnsi="Liberation Sans"/><w:sz w:val="21"/>'
    '<w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    + _style("paragraph", "Normal", "Normal", default=True)
    + _style(
        "paragraph", "Titre1", "heading 1",
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/>'
        '<w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:color w:val="1F4E79"/>'
        '<w:sz w:val="32"/></w:rPr>',
    )
    + _style(
        "paragraph", "Citation", "Quote",
        '<w:basedOn w:val="Normal"/><w:rPr><w:i/><w:color w:val="404040"/></w:rPr>',
    )
    + _style("character", "Police", "Default Paragraph Font", default=True)
    + _style("character", "Fort", "Strong", "<w:rPr><w:b/></w:rPr>")
    + _style("table", "TableauNormal", "Normal Table", default=True)
    + _style(
        "table", "Grille", "Table Grid",
        '<w:basedOn w:val="TableauNormal"/><w:tblPr><w:tblBorders>'
        '<w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>',
    )
    + "</w:styles>"
)  # fmt: skip


def part(content: bytes, name: str = "word/document.xml") -> bytes:
    """Return a part of a .docx."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name)
