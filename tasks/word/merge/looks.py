"""What a run's properties say about its look: the little that staff change by hand."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from lxml import etree

from tasks.word.merge.names import VAL, w

TOGGLES = ("b", "i", "strike", "caps", "smallCaps", "vanish")
_OFF = frozenset(("0", "false", "off", "none"))
_NONE = frozenset(("", "auto", "none", "nil", "clear"))
_PROPERTIES = {
    w(name): name
    for name in (*TOGGLES, "u", "color", "highlight", "shd", "sz", "vertAlign", "rFonts")
}
SIZE = "20"  # half points, where nothing says another one
_HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF",
    "blue": "0000FF", "red": "FF0000", "darkblue": "000080", "darkcyan": "008080",
    "darkgreen": "008000", "darkmagenta": "800080", "darkred": "800000",
    "darkyellow": "808000", "darkgray": "808080", "lightgray": "C0C0C0", "black": "000000",
    "white": "FFFFFF",
}  # fmt: skip
Partial = tuple[tuple[str, str | bool], ...]
NOTHING: Partial = ()


class Format(NamedTuple):
    """The coarse look of a run: what staff do by hand to make a point.

    `caps` is "caps", "smallCaps" or nothing; `size` in half points; `raised` is "superscript",
    "subscript" or nothing; `font` in lower case.
    """

    bold: bool = False
    italic: bool = False
    strike: bool = False
    underline: bool = False
    colour: str = ""
    highlight: str = ""
    caps: str = ""
    hidden: bool = False
    size: str = SIZE
    raised: str = ""
    font: str = ""


def read_format(
    properties: etree._Element | None, fonts: Mapping[str, str] | None = None
) -> Partial:
    """Return what a `w:rPr` says, and only that.

    Args:
        properties: the `w:rPr`.
        fonts: of the theme, by "major" and "minor".
    """
    if properties is None or len(properties) == 0:
        return NOTHING
    found: dict[str, str | bool] = {}
    for child in properties:
        name = _PROPERTIES.get(child.tag, "")
        if name in _SIMPLE:
            found[name] = _SIMPLE[name](child.get(VAL, ""))
        elif name == "rFonts":
            _read_font(child, fonts or {}, found)
        elif name:
            _read_highlight(child, name, found)
    return tuple(found.items())


def _colour(value: str) -> str:
    colour = value.upper()
    return "" if colour in ("AUTO", "000000") else colour


# What an attribute means; an empty one says yes to what is turned on or off.
_SIMPLE: Mapping[str, Callable[[str], str | bool]] = {
    **dict.fromkeys(TOGGLES, lambda value: value.lower() not in _OFF),
    "u": lambda value: value.lower() not in _NONE,
    "color": _colour,
    "sz": lambda value: value or SIZE,
    "vertAlign": lambda value: value.replace("baseline", ""),
}


def _read_highlight(child: etree._Element, name: str, found: dict[str, str | bool]) -> None:
    value = child.get(VAL if name == "highlight" else w("fill"), "").lower()
    if value not in _NONE:
        found["highlight"] = _HIGHLIGHTS.get(value, value.upper())
    elif name == "highlight":
        found["highlight"] = ""


def _read_font(
    child: etree._Element, fonts: Mapping[str, str], found: dict[str, str | bool]
) -> None:
    themed = child.get(w("asciiTheme")) or child.get(w("hAnsiTheme")) or ""
    named = child.get(w("ascii")) or child.get(w("hAnsi")) or ""
    font = fonts.get(themed[:5]) or named
    if font:
        found["rFonts"] = font.lower()


def fill_of(shading: etree._Element | None) -> str:
    """Return the colour of a `w:shd`, nothing when it has none."""
    value = "" if shading is None else shading.get(w("fill"), "").upper()
    return "" if value.lower() in _NONE else value
