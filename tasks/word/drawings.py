"""Charts in the text of a document: found and marked once, filled at each render."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import islice

from lxml import etree

from tasks.word import marks
from tasks.word.chart_repair import C, R
from tasks.word.charts import ChartData
from tasks.word.styles import w
from tasks.word.values import clean_text

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_ALT_TEXT = re.compile(r"\s*chart\s*:\s*(.+)", re.DOTALL)
CHART_TAG = re.compile(r"\{\{\s*chart\((.*?)\)\s*\}\}", re.DOTALL)
_MARKED = re.compile(
    r"<w:drawing\b[^>]*>(?:(?!</w:drawing>).)*?r:id=\"chart-(\d+)-mark\".*?</w:drawing>", re.DOTALL
)
_PROPERTIES = re.compile(r"<wp:docPr\b[^>]*?(/?)>")
_REVISION = re.compile(r' wp14:\w+="[^"]*"')
_PLAIN_NAME = re.compile("'([^']*)'")
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
_LINK, _TITLE, _DESCRIPTION = "\x11", "\x12", "\x13"
_CHART = re.compile(f"{marks.CHART}(\\d+){marks.CHART_NAME}([^{marks.CHART}]*){marks.CHART}")
_BLOCK = re.compile(f"{marks.BLOCK_START}([^{marks.BLOCK_END}]*){marks.BLOCK_END}")
_PARAGRAPH_STYLE = re.compile(r"<w:pPr>.*?</w:pPr>", re.DOTALL)


@dataclass(frozen=True)
class Marker:
    """A chart that the author marked: relationship of its part, and its name as typed."""

    link: str
    name: str  # with tags


def find_markers(root: etree._Element) -> tuple[Marker, ...]:
    """Find the marked charts of a document and put numbered marks in their place.

    The tree is changed: it is the compiler's own copy. A chart without marker stays as it is (but
    see `unmarked_charts`).
    """
    found = []
    for chart in list(root.iter(f"{{{C}}}chart")):
        drawing = next(chart.iterancestors(w("drawing")), None)
        paragraph = next(chart.iterancestors(w("p")), None)
        if drawing is None or paragraph is None:
            continue
        name = _name(drawing, paragraph)
        if name is None:
            continue
        found.append(Marker(chart.get(f"{{{R}}}id", ""), name))
        chart.set(f"{{{R}}}id", f"chart-{len(found) - 1}-mark")
        _unwrap(drawing)
        _frame(paragraph)
    return tuple(found)


def unmarked_charts(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs with a chart that nothing names and `find_markers` left.

    An alternative text of another kind says that the author drew a chart of their own.
    """
    for chart in root.iter(f"{{{C}}}chart"):
        drawing = next(chart.iterancestors(w("drawing")), None)
        if drawing is None or chart.get(f"{{{R}}}id", "").endswith("-mark"):
            continue
        if not _alt_text(drawing).strip():
            yield from islice(chart.iterancestors(w("p")), 1)


def _name(drawing: etree._Element, paragraph: etree._Element) -> str | None:
    in_alt_text = _ALT_TEXT.fullmatch(_alt_text(drawing))
    in_paragraph = _take_tag(paragraph)
    if in_alt_text:
        return in_alt_text[1].strip().translate(_STRAIGHT)
    if not in_paragraph:
        return None
    straight = in_paragraph.translate(_STRAIGHT)
    plain = _PLAIN_NAME.fullmatch(straight)
    return plain[1] if plain else f"{{{{ {straight} }}}}"


def _alt_text(drawing: etree._Element) -> str:
    properties = drawing.find(f".//{{{_WP}}}docPr")
    return "" if properties is None else properties.get("descr", "") or properties.get("title", "")


def _take_tag(paragraph: etree._Element) -> str | None:
    """Cut the first `{{ chart(…) }}` out of a paragraph, even split over runs; return its text."""
    texts = list(paragraph.iter(w("t")))
    found = CHART_TAG.search("".join(text.text or "" for text in texts))
    if found is None:
        return None
    position = 0
    for text in texts:
        typed = text.text or ""
        start, end = (min(max(edge - position, 0), len(typed)) for edge in found.span())
        text.text = typed[:start] + typed[end:]
        position += len(typed)
    return found[1].strip()


def _unwrap(drawing: etree._Element) -> None:
    """Take a drawing out of `mc:AlternateContent`: its fallback would show the prototype."""
    choice = next(drawing.iterancestors(f"{{{_MC}}}AlternateContent"), None)
    parent = None if choice is None else choice.getparent()
    if choice is not None and parent is not None:
        parent.replace(choice, drawing)


def _frame(paragraph: etree._Element) -> None:
    before = paragraph.getprevious()
    if isinstance(before, etree._ProcessingInstruction) and before.text == "start":
        return  # a second chart in the same paragraph
    paragraph.addprevious(etree.ProcessingInstruction("block", "start"))
    paragraph.addnext(etree.ProcessingInstruction("block", "end"))


@dataclass(frozen=True)
class Drawing:
    """The XML of a marked chart's drawing, with holes for ids and texts."""

    xml: str

    def fill(self, link: str, number: int, description: str) -> str:
        """Return the drawing of one use of the chart.

        Args:
            link: relationship id of the chart part.
            number: of the chart in the document, for its name.
            description: the alternative text.
        """
        spoken = escape(clean_text(description)).replace("\n", " ")
        xml = self.xml.replace(_LINK, link).replace(_TITLE, f"Graphique {number}")
        return xml.replace(_DESCRIPTION, spoken)


def cut_drawings(xml: str, markers: tuple[Marker, ...]) -> tuple[str, tuple[Drawing, ...]]:
    """Replace each marked drawing by a mark with its name; return the text and the drawings."""
    drawings: dict[int, Drawing] = {}

    def cut(found: re.Match[str]) -> str:
        index = int(found[1])
        body = found.group().replace(f"chart-{index}-mark", _LINK)
        properties = f'<wp:docPr id="{marks.DRAWING_ID}" name="{_TITLE}" descr="{_DESCRIPTION}"\\1>'
        drawings[index] = Drawing(_REVISION.sub("", _PROPERTIES.sub(properties, body)))
        name = markers[index].name
        return f"{marks.CHART}{index}{marks.CHART_NAME}{name}{marks.CHART}"

    text = _MARKED.sub(cut, xml)
    text = text.replace("<?block start?>", marks.BLOCK_START).replace(
        "<?block end?>", marks.BLOCK_END
    )
    return text, tuple(drawings[index] for index in range(len(markers)))


def place_charts(
    text: str,
    use: Callable[[int, str], ChartData | str],
    empty_style: str | None,
) -> str:
    """Put the charts of a rendered document where their marks are.

    Args:
        text: the rendered XML.
        use: given the drawing's index and the chart's name, gives the drawing's XML, or the
            data when there is nothing to draw.
        empty_style: id of the paragraph style for the sentence shown then.
    """

    def place(block: re.Match[str]) -> str:
        drawn = 0

        def one(found: re.Match[str]) -> str:
            nonlocal drawn
            result = use(int(found[1]), unescape(found[2]).strip())
            if isinstance(result, str):
                drawn += 1
                return result
            sentence = escape(clean_text(result.empty_sentence), quote=False)
            return f'<w:t xml:space="preserve">{sentence}</w:t>'

        paragraph = _CHART.sub(one, block[1])
        return paragraph if drawn or empty_style is None else _restyled(paragraph, empty_style)

    return _BLOCK.sub(place, text)


def _restyled(paragraph: str, style: str) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
    if _PARAGRAPH_STYLE.search(paragraph):
        return _PARAGRAPH_STYLE.sub(properties, paragraph, count=1)
    return re.sub(r"(<w:p(?: [^>]*)?>)", rf"\1{properties}", paragraph, count=1)
