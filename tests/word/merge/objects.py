"""What staff draw into a report: text boxes, shapes, SmartArt, equations, as Word writes them."""

from lxml import etree

from tests.word.merge.specimens import W

_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def _drawing(inside: str, uri: str) -> str:
    return (
        f'<w:r xmlns:w="{W}"><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0"'
        ' distR="0"><wp:extent cx="2000000" cy="500000"/><wp:docPr id="{number}" name="Dessin"/>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{uri}">{inside}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def _shape(inside: str) -> str:
    body = f'<wps:wsp xmlns:wps="{_WPS}"><wps:cNvSpPr/><wps:spPr/>{inside}<wps:bodyPr/></wps:wsp>'
    return _drawing(body, _WPS)


_INSIDE = "<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"

MATH_TEXT = f"{{{_M}}}t"

OBJECTS = {
    "text box": _shape(f"<wps:txbx>{_INSIDE}</wps:txbx>"),
    "arrow": _shape(""),
    "SmartArt": _drawing(f'<dgm:relIds xmlns:dgm="{_DIAGRAM}"/>', _DIAGRAM),
    "VML text box": (
        f'<w:r xmlns:w="{W}"><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        f"{_INSIDE}</v:textbox></v:shape></w:pict></w:r>"
    ),
    "equation": f'<m:oMath xmlns:m="{_M}"><m:r><m:t>{{text}}</m:t></m:r></m:oMath>',
}
"""XML of each kind; `{text}` where it holds a text, `{number}` where it needs an id."""


def drawn(kind: str, text: str, number: int = 9001) -> etree._Element:
    """Return an object, to be put into a paragraph."""
    return etree.fromstring(OBJECTS[kind].replace("{text}", text).replace("{number}", str(number)))


def objects(element: etree._Element) -> int:
    """Return how many objects an element holds."""
    names = (f"{{{W}}}drawing", f"{{{W}}}pict", f"{{{_M}}}oMath")
    return sum(1 for _ in element.iter(*names))
