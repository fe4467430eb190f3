"""What a template's styles say: which are headings, and which id a name has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from tasks.word.package import parse

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def w(name: str) -> str:
    """Return a WordprocessingML element's full name."""
    return f"{{{W}}}{name}"


@dataclass(frozen=True)
class Styles:
    """Paragraph styles: ids by name (lower case), outline levels (1 to 9) of headings by id."""

    ids: Mapping[str, str]
    levels: Mapping[str, int]

    @classmethod
    def read(cls, part: bytes | None) -> "Styles":
        """Read a styles part; a document without one has no headings."""
        if part is None:
            return cls({}, {})
        every = parse(part).findall(w("style"))
        styles = [style for style in every if style.get(w("type")) == "paragraph"]
        by_id = {style.get(w("styleId"), ""): style for style in styles}
        levels = {style_id: _level(style_id, by_id) for style_id in by_id}
        return cls(
            {_value(style, "name").lower(): key for key, style in by_id.items()},
            {key: level for key, level in levels.items() if level},
        )

    def id_of(self, name: str) -> str | None:
        """Return the id of the paragraph style with this name, None when there is none."""
        return self.ids.get(name.lower())

    @property
    def headings(self) -> frozenset[str]:
        """Ids of the styles that make headings."""
        return frozenset(self.levels)


def _value(style: etree._Element, path: str) -> str:
    found = style.find("/".join(w(name) for name in path.split("/")))
    return "" if found is None else found.get(w("val"), "")


def _level(style_id: str, styles: Mapping[str, etree._Element], depth: int = 0) -> int:
    """Return the outline level of a style, its own or inherited; 0 for body text."""
    style = styles.get(style_id)
    if style is None or depth > len(styles):
        return 0
    outline = _value(style, "pPr/outlineLvl")
    named = re.fullmatch(r"heading ([1-9])", _value(style, "name").lower())
    if outline:
        return (int(outline) + 1) % 10
    return int(named[1]) if named else _level(_value(style, "basedOn"), styles, depth + 1)
