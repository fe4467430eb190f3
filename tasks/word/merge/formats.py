"""How text looks, resolved through styles: LibreOffice writes directly what styles said before.

Resolution follows ECMA-376-1 §17.7: document defaults, table style, paragraph style, character
style, direct formatting; the toggle properties (§17.7.3) of the three styles cancel out in pairs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from tasks.word.merge.looks import NOTHING, SIZE, TOGGLES, Format, Partial, fill_of, read_format
from tasks.word.merge.names import NAME, P_PR, R_PR, TC_PR, TYPE, A, child_value, w

_ALIASES = {"internet link": "hyperlink", "": "normal", "default paragraph style": "normal"}


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
        for name in TOGGLES:
            turned = sum((name, True) in level for level in levels) % 2 == 1
            values[name] = turned or (name, True) in self.defaults
        values.update(direct)
        capitals = next((name for name in ("caps", "smallCaps") if values.get(name)), "")
        return Format(
            bool(values.get("b")), bool(values.get("i")), bool(values.get("strike")),
            bool(values.get("u")), str(values.get("color", "")), str(values.get("highlight", "")),
            capitals, bool(values.get("vanish")), str(values.get("sz", SIZE)),
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


def _level(name: str, outline: str) -> int:
    if outline.isdigit():
        return (int(outline) + 1) % 10
    last = name.removeprefix("heading ")
    return int(last) if last != name and last.isdigit() and len(last) == 1 else 0
