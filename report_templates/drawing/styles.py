"""The styles of the templates: Word's own where Word counts on them, French ones beside."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle

ACCENTS = ("1F5673", "A8622A", "5B6B73", "7A5C86", "3E7C6B", "B08A3C")
"""Petrol for the levels, copper for the coherence of means; the others serve staff."""

INK, MUTED, PALE, PALE_WARM = "1E2A32", "56636B", "EAF1F5", "F8F0E8"
FONT = "Calibri"


@dataclass(frozen=True)
class Look:
    """The look of one paragraph style; sizes and spaces in points, indents in centimetres."""

    size: float
    color: str = INK
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 0
    left: float = 0
    hanging: float = 0
    right: float = 0
    keep_next: bool = False
    page_break: bool = False
    shade: str = ""
    rule: str = ""  # colour of a vertical rule on the left
    under: str = ""  # colour of a rule underneath
    line: float = 1.03
    center: bool = False
    caps: bool = False


BUILT_IN = {
    "Normal": Look(10.5, after=5),
    "Title": Look(30, "FFFFFF", bold=True, before=6, after=16, left=0.7, right=0.7, line=1.0),
    "Subtitle": Look(15, "FFFFFF", after=6, left=0.7, right=0.7, line=1.0),
    "Heading 1": Look(20, "1F5673", bold=True, before=14, after=6, keep_next=True, line=1.0),
    "Heading 2": Look(15, "1F5673", bold=True, before=9, after=3, keep_next=True, line=1.0),
    "Heading 3": Look(12, "A8622A", bold=True, before=8, after=3, keep_next=True, line=1.0),
    "Caption": Look(8.5, MUTED, before=1, after=5, line=1.0),
    "Quote": Look(10, INK, italic=True, before=1, after=3, left=0.5, right=0.5, line=1.0),
    "List Bullet": Look(10.5, after=3),
    "Header": Look(8.5, MUTED, line=1.0),
    "Footer": Look(8.5, MUTED, line=1.0),
    "TOC Heading": Look(20, "1F5673", bold=True, after=10, line=1.0),
    "toc 1": Look(10.5, INK, bold=True, before=6, after=1, line=1.0),
    "toc 2": Look(9.5, INK, after=1, left=0.5, line=1.0),
    "toc 3": Look(9.5, MUTED, after=0, left=1.0, line=1.0),
}

FRENCH = {
    "Chapeau": Look(10, MUTED, italic=True, after=4, keep_next=True, line=1.0),
    "Axe": Look(9.5, MUTED, after=2, keep_next=True, line=1.0),
    "Lecture": Look(
        10.5, INK, before=3, after=4, left=0.3, right=0.2, shade=PALE, rule="1F5673", line=1.05
    ),
    "Comportement": Look(9.5, INK, after=2, left=0.5, line=1.0),
    "Corps serré": Look(10, INK, after=4, line=1.02),
    "Question d’atelier": Look(
        10.5, INK, before=4, after=4, left=0.3, right=0.2, shade=PALE_WARM, rule="A8622A", line=1.05
    ),
    "Graphique": Look(9, before=6, after=0, keep_next=True, line=1.0),
    "Graphique sans données": Look(9.5, MUTED, italic=True, before=4, after=4, line=1.0),
    "Cellule": Look(9.5, INK, before=1, after=1, line=1.0),
    "Cellule chiffre": Look(9.5, INK, before=1, after=1, line=1.0, center=True),
    "Cellule d’en-tête": Look(9, "FFFFFF", bold=True, before=2, after=2, line=1.0),
    "Petit texte": Look(8.5, INK, after=2.5, line=1.0),
    "Chapeau d’annexe": Look(8.5, MUTED, after=3, keep_next=True, line=1.0),
    "Cellule d’en-tête chiffre": Look(
        7, "FFFFFF", bold=True, before=2, after=2, left=-0.08, right=-0.08, line=1.0, center=True
    ),
    "Cellule d’annexe": Look(8.5, INK, before=0, after=0, line=1.0),
    "Cellule d’annexe chiffre": Look(8.5, INK, before=0, after=0, line=1.0, center=True),
    "Titre de tableau": Look(8.5, MUTED, before=6, after=3, keep_next=True, line=1.0),
    "Étiquette": Look(9.5, "1F5673", bold=True, before=2, after=0, keep_next=True, line=1.0),
    "Couverture": Look(11.5, INK, after=4, line=1.05),
    "Surtitre": Look(
        11, "F3D9BF", bold=True, before=110, after=14, left=0.7, right=0.7, caps=True, line=1.0
    ),
    "Bas du bandeau": Look(10.5, "FFFFFF", before=40, after=0),
    "Haut de page": Look(6, after=60),
    "Points": Look(9.5, INK, after=1, left=3.1, hanging=3.1, line=1.0),
    "Après tableau": Look(10, INK, before=5, after=4, line=1.0),
    "Petite note": Look(8.5, MUTED, after=3, line=1.0),
}


def set_styles(document: Document) -> None:
    """Give the document its styles, its table style and its two character styles."""
    _prune(document)
    for name, look in BUILT_IN.items():
        _apply(_style(document, name), look)
    for name, look in FRENCH.items():
        style = _style(document, name)
        style.base_style = document.styles["Normal"]
        _apply(style, look)
        style.quick_style = True
    _number_levels(document)
    _character_style(document, "Amorce", bold=True, color="1F5673")
    _character_style(document, "Source de citation", color=MUTED)
    _table_style(document)
    _tabs(document)


def _prune(document: Document) -> None:
    """Drop the hundred table styles of python-docx's blank that no report uses."""
    for style in list(document.styles.element):
        kept = ("TableNormal", "TableGrid")
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in kept:
            document.styles.element.remove(style)


def _style(document: Document, name: str) -> ParagraphStyle:
    names = {style.name for style in document.styles}
    if name in names:
        found: Any = document.styles[name]
        return found
    added: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    added.element.styleId = _identifier(name)
    return added


def _identifier(name: str) -> str:
    """An id of letters and digits: « Cellule d’en-tête » → `Celluledentete`."""
    plain = unicodedata.normalize("NFD", name)
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


def _apply(style: ParagraphStyle, look: Look) -> None:
    font, paragraph = style.font, style.paragraph_format
    _theme_font(style, heading=style.name in ("Title", "Heading 1", "Heading 2", "Heading 3"))
    font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
    font.all_caps = look.caps
    _color(style, look.color)
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    paragraph.line_spacing = look.line
    paragraph.keep_with_next = look.keep_next
    paragraph.page_break_before = look.page_break
    paragraph.widow_control = True
    if style.name != "List Bullet":
        paragraph.left_indent, paragraph.right_indent = Cm(look.left), Cm(look.right)
    if look.hanging:
        paragraph.first_line_indent = Cm(-look.hanging)
        paragraph.tab_stops.add_tab_stop(Cm(look.left))
    if look.center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _frame(style, look)


def _theme_font(style: Any, *, heading: bool) -> None:  # noqa: ANN401 - python-docx styles
    """Name the theme's fonts, so that staff change the font of everything in one place."""
    properties = style.element.get_or_add_rPr()
    for found in properties.findall(qn("w:rFonts")):
        properties.remove(found)
    kind = "major" if heading else "minor"
    fonts = OxmlElement("w:rFonts")
    for name, suffix in (("asciiTheme", "HAnsi"), ("hAnsiTheme", "HAnsi"), ("cstheme", "Bidi")):
        fonts.set(qn(f"w:{name}"), f"{kind}{suffix}")
    properties.insert(0, fonts)


def _color(style: Any, color: str) -> None:  # noqa: ANN401 - python-docx styles
    """Write a colour; the accents as theme colours, so that they follow the theme."""
    properties = style.element.get_or_add_rPr()
    for found in properties.findall(qn("w:color")):
        properties.remove(found)
    style.font.color.rgb = None
    element = properties.find(qn("w:color"))
    if element is None:
        element = properties._add_color()
    element.set(qn("w:val"), color)
    if color in ACCENTS:
        element.set(qn("w:themeColor"), f"accent{ACCENTS.index(color) + 1}")


def _frame(style: ParagraphStyle, look: Look) -> None:
    properties = style.element.get_or_add_pPr()
    for name in ("pBdr", "shd"):
        for found in properties.findall(qn(f"w:{name}")):
            properties.remove(found)
    for side, color in (("left", look.rule), ("bottom", look.under)):
        if color:
            border = parse_xml(
                f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="24" w:space="8"'
                f' w:color="{color}" w:themeColor="accent{ACCENTS.index(color) + 1}"/></w:pBdr>'
            )
            _insert(properties, border)
    if look.shade:
        shade = parse_xml(
            f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{look.shade}"/>'
        )
        _insert(properties, shade)


_ORDER = (  # noqa: SIM905 - thirty quoted names read worse
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap "
    "overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc "
    "textDirection textAlignment textboxTightWrap outlineLvl"
).split()


def _insert(properties: Any, element: Any) -> None:  # noqa: ANN401 - lxml elements
    """Insert a paragraph property where the schema wants it."""
    rank = _ORDER.index(element.tag.split("}")[1])
    for place, child in enumerate(properties):
        name = child.tag.split("}")[1]
        if name in _ORDER and _ORDER.index(name) > rank:
            properties.insert(place, element)
            return
    properties.append(element)


def _number_levels(document: Document) -> None:
    """Outline levels stay Word's own, so that the navigation pane and the contents work."""
    for level in (1, 2, 3):
        properties = document.styles[f"Heading {level}"].element.get_or_add_pPr()
        if properties.find(qn("w:outlineLvl")) is None:
            outline = OxmlElement("w:outlineLvl")
            outline.set(qn("w:val"), str(level - 1))
            _insert(properties, outline)


def _character_style(document: Document, name: str, *, bold: bool = False, color: str) -> None:
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    style.element.styleId = _identifier(name)
    style.font.bold = bold
    _color(style, color)


def _tabs(document: Document) -> None:
    for name in ("toc 1", "toc 2", "toc 3"):
        tabs = document.styles[name].paragraph_format.tab_stops
        # No leader: the page numbers are not there before Word has counted the pages.
        tabs.add_tab_stop(Cm(16.6), WD_TAB_ALIGNMENT.RIGHT)
    for name in ("Header", "Footer"):
        tabs = document.styles[name].paragraph_format.tab_stops
        tabs.clear_all()
        tabs.add_tab_stop(Cm(16.6), WD_TAB_ALIGNMENT.RIGHT)


def _table_style(document: Document) -> None:
    """One table style: a dark header row, thin lines between rows, nothing upright."""
    styles = document.styles.element
    styles.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="TableauEtude">'
            '<w:name w:val="Tableau de l’étude"/><w:basedOn w:val="TableNormal"/>'
            '<w:uiPriority w:val="99"/><w:qFormat/>'
            '<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="6" w:space="0"'
            ' w:color="1F5673" w:themeColor="accent1"/><w:insideH w:val="single" w:sz="4"'
            ' w:space="0" w:color="D5DDE2"/></w:tblBorders><w:tblCellMar>'
            '<w:top w:w="30" w:type="dxa"/><w:left w:w="55" w:type="dxa"/>'
            '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="55" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr>"
            '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr>'
            '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="1F5673" w:themeFill="accent1"/>'
            "</w:tcPr></w:tblStylePr></w:style>"
        )
    )
