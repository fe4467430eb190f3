"""How text looks, resolved through styles: LibreOffice writes directly what styles said before.

Resolution follows ECMA-376-1 §17.7: document defaults, table style, paragraph style, character
style, direct formatting; the toggle properties (§17.7.3) of the three styles cancel out in pairs.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from tasks.word.merge.names import NAME, P_PR, R_PR, TC_PR, TYPE, VAL, A, child_value, w

_TOGGLES = ("b", "i", "strike", "caps", "smallCaps", "vanish")
_OFF = frozenset(("0", "false", "off", "none"))
_NONE = frozenset(("", "auto", "none", "nil", "clear"))
_PROPERTIES = {
    w(name): name
    for name in (*_TOGGLES, "u", "color", "highlight", "shd", "sz", "vertAlign", "rFonts")
}
_SIZE = "20"  # half points, where nothing says another one
_HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF",
    "blue": "0000FF", "red": "FF0000", "darkblue": "000080", "darkcyan": "008080",
    "darkgreen": "008000", "darkmagenta": "800080", "darkred": "800000",
    "darkyellow": "808000", "darkgray": "808080", "lightgray": "C0C0C0", "black": "000000",
    "white": "FFFFFF",
}  # fmt: skip
_ALIASES = {"internet link": "hyperlink", "": "normal", "default paragraph style": "normal"}

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
    size: str = _SIZE
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
    **dict.fromkeys(_TOGGLES, lambda value: value.lower() not in _OFF),
    "u": lambda value: value.lower() not in _NONE,
    "color": _colour,
    "sz": lambda value: value or _SIZE,
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


@dataclass(frozen=True)
class Style:
    """A style: its own formatting, and the one it is based on."""

    name: str  # lower case
    kind: str  # paragraph, character, table, numbering
    base: str
    format: Partial
    level: int  # outline level 1 to 9 of a heading, 0: not said
    conditions: Mapping[str, Partial]  # of table styles: firstRow, band1Horz…
    fills: Mapping[str, str]  # the same for the colour of cells; "" for the whole table


@dataclass(frozen=True)
class StyleSheet:
    """The styles of one file; formats are resolved once per combination.

    Attributes:
        styles: by id.
        defaults: of the document.
        default_paragraph: id of the style of paragraphs that name none.
        fonts: of the theme.
        like: styles of the version that this file is compared with. Where a paragraph style
            itself differs from that (staff changed the style, or the template was restyled since),
            text that follows its style is read as if it followed the other one: it was not edited.
    """

    styles: Mapping[str, Style]
    defaults: Partial
    default_paragraph: str
    fonts: Mapping[str, str] = field(default_factory=dict)
    like: "StyleSheet | None" = field(default=None, repr=False)
    _formats: dict[tuple[object, ...], Format] = field(default_factory=dict, repr=False)
    _chains: dict[str, Partial] = field(default_factory=dict, repr=False)
    _tables: dict[tuple[str, ...], Partial] = field(default_factory=dict, repr=False)
    _fills: dict[tuple[str, ...], str] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, root: etree._Element | None, theme: etree._Element | None = None) -> "StyleSheet":
        """Read a styles part and a theme; None: a file without."""
        fonts = _theme_fonts(theme)
        if root is None:
            return cls({}, NOTHING, "", fonts)
        elements = root.findall(w("style"))
        styles = {element.get(w("styleId"), ""): _style(element, fonts) for element in elements}
        default = (
            element.get(w("styleId"), "")
            for element in elements
            if element.get(w("default")) in ("1", "true") and element.get(TYPE) == "paragraph"
        )
        path = "/".join(map(w, ("docDefaults", "rPrDefault", "rPr")))
        return cls(styles, read_format(root.find(path), fonts), next(default, ""), fonts)

    def name(self, style_id: str) -> str:
        """Return the name of a paragraph style, the same for every program that saved the file."""
        style = self.styles.get(style_id or self.default_paragraph)
        name = "" if style is None else style.name
        return _ALIASES.get(name, name)

    def id_of(self, kind: str, name: str) -> str | None:
        """Return the id of the style of this kind with this name (lower case)."""
        for style_id, style in self.styles.items():
            if style.kind == kind and _ALIASES.get(style.name, style.name) == name:
                return style_id
        return None

    def level(self, style_id: str) -> int:
        """Return the outline level of a paragraph style, its own or inherited; 0: body text."""
        return next((style.level for style in self._lineage(style_id) if style.level), 0)

    def resolve(self, paragraph: str, character: str, table: Partial, direct: Partial) -> Format:
        """Return the look of a run from the ids of its styles and its direct formatting."""
        key = (paragraph, character, table, direct)
        found = self._formats.get(key)
        if found is None:
            found = self._resolve(paragraph, character, table, direct)
            found = self._as_compared(paragraph, found)
            self._formats[key] = found
        return found

    def _as_compared(self, paragraph: str, found: Format) -> Format:
        """Return a look as it would be under the styles that this file is compared with."""
        other = None if self.like is None else self.like.id_of("paragraph", self.name(paragraph))
        if self.like is None or other is None:
            return found
        own = self._resolve(paragraph, "", NOTHING, NOTHING)
        theirs = self.like._resolve(other, "", NOTHING, NOTHING)
        if own == theirs:
            return found
        follows = {
            name: getattr(theirs, name)
            for name, value in found._asdict().items()
            if value == getattr(own, name)
        }
        return found._replace(**follows)

    def table_format(self, style_id: str, conditions: Sequence[str]) -> Partial:
        """Return what a table style says of the text of a cell under these conditions."""
        key = (style_id, *conditions)
        if key not in self._tables:
            merged: dict[str, str | bool] = dict(self._chain(style_id))
            lineage = tuple(reversed(tuple(self._lineage(style_id))))
            for condition in conditions:
                for style in lineage:
                    merged.update(style.conditions.get(condition, NOTHING))
            self._tables[key] = tuple(merged.items())
        return self._tables[key]

    def table_fill(self, style_id: str, conditions: Sequence[str]) -> str:
        """Return the colour that a table style gives a cell under these conditions, or nothing."""
        key = (style_id, *conditions)
        if key not in self._fills:
            lineage = tuple(reversed(tuple(self._lineage(style_id))))
            found = [
                style.fills[condition]
                for condition in ("", *conditions)
                for style in lineage
                if condition in style.fills
            ]
            self._fills[key] = found[-1] if found else ""
        return self._fills[key]

    def shapes_cells(self, style_id: str) -> bool:
        """Tell whether a table style colours any cell."""
        return any(style.fills for style in self._lineage(style_id))

    def shapes_text(self, style_id: str) -> bool:
        """Tell whether a table style says anything about the look of text."""
        return any(style.format or style.conditions for style in self._lineage(style_id))

    def _lineage(self, style_id: str) -> Iterable[Style]:
        seen: set[str] = set()
        while style_id in self.styles and style_id not in seen:
            seen.add(style_id)
            yield self.styles[style_id]
            style_id = self.styles[style_id].base

    def _chain(self, style_id: str) -> Partial:
        found = self._chains.get(style_id)
        if found is None:
            merged: dict[str, str | bool] = {}
            for style in reversed(tuple(self._lineage(style_id))):
                merged.update(style.format)
            found = self._chains[style_id] = tuple(merged.items())
        return found

    def _resolve(self, paragraph: str, character: str, table: Partial, direct: Partial) -> Format:
        levels = (table, self._chain(paragraph or self.default_paragraph), self._chain(character))
        values: dict[str, str | bool] = dict(self.defaults)
        for level in levels:
            values.update(level)
        for name in _TOGGLES:
            turned = sum((name, True) in level for level in levels) % 2 == 1
            values[name] = turned or (name, True) in self.defaults
        values.update(direct)
        capitals = next((name for name in ("caps", "smallCaps") if values.get(name)), "")
        return Format(
            bool(values.get("b")), bool(values.get("i")), bool(values.get("strike")),
            bool(values.get("u")), str(values.get("color", "")), str(values.get("highlight", "")),
            capitals, bool(values.get("vanish")), str(values.get("sz", _SIZE)),
            str(values.get("vertAlign", "")), str(values.get("rFonts", "")),
        )  # fmt: skip


def _theme_fonts(theme: etree._Element | None) -> dict[str, str]:
    """Return the fonts of a theme for texts in Latin letters, by "major" and "minor"."""
    if theme is None:
        return {}
    found = {kind: theme.find(f".//{{{A}}}{kind}Font/{{{A}}}latin") for kind in ("major", "minor")}
    return {kind: font.get("typeface", "") for kind, font in found.items() if font is not None}


def _style(element: etree._Element, fonts: Mapping[str, str]) -> Style:
    name = child_value(element, NAME).lower()
    conditions = {
        part.get(TYPE, ""): read_format(part.find(R_PR), fonts)
        for part in element.iter(w("tblStylePr"))
    }
    return Style(
        name=name,
        kind=element.get(TYPE, ""),
        base=child_value(element, w("basedOn")),
        format=read_format(element.find(R_PR), fonts),
        level=_level(name, child_value(element.find(P_PR), w("outlineLvl"))),
        conditions={key: value for key, value in conditions.items() if value},
        fills=_fills(element) if element.get(TYPE) == "table" else {},
    )


def _fills(style: etree._Element) -> dict[str, str]:
    """Return the colours of cells that a table style asks for, by condition."""
    parts = {"": style, **{part.get(TYPE, ""): part for part in style.iter(w("tblStylePr"))}}
    cells = {condition: part.find(f"{TC_PR}/{w('shd')}") for condition, part in parts.items()}
    return {condition: fill_of(found) for condition, found in cells.items() if found is not None}


def fill_of(shading: etree._Element | None) -> str:
    """Return the colour of a `w:shd`, nothing when it has none."""
    value = "" if shading is None else shading.get(w("fill"), "").upper()
    return "" if value.lower() in _NONE else value


def _level(name: str, outline: str) -> int:
    if outline.isdigit():
        return (int(outline) + 1) % 10
    last = name.removeprefix("heading ")
    return int(last) if last != name and last.isdigit() and len(last) == 1 else 0
