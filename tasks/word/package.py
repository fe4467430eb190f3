"""A Word file as a set of named parts, with their links and content types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from posixpath import dirname, join, normpath, relpath
from typing import Any

from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


@dataclass(frozen=True)
class Relationship:
    """A link of a part: to another part (absolute name), or outside the file."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the relationship's type: `chart`, `header`, `hyperlink`."""
        return self.type.rsplit("/", 1)[-1]


def relationships_name(part: str) -> str:
    """Return the name of the part that holds another part's relationships."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def read_relationships(parts: Mapping[str, bytes], part: str) -> tuple[Relationship, ...]:
    """Return the relationships of a part, targets made absolute."""
    data = parts.get(relationships_name(part))
    if data is None:
        return ()
    return tuple(_relationship(element, part) for element in parse(data))


def _relationship(element: etree._Element, part: str) -> Relationship:
    target, external = element.get("Target", ""), element.get("TargetMode") == "External"
    if not external:
        base = "" if target.startswith("/") else dirname(part)
        target = normpath(join(base, target.lstrip("/")))
    return Relationship(element.get("Id", ""), element.get("Type", ""), target, external)


def relationships_xml(part: str, relationships: Iterable[Relationship]) -> bytes:
    """Return the relationships part of a part."""
    body = "".join(_relationship_xml(link, dirname(part) or ".") for link in relationships)
    return f'{DECLARATION}<Relationships xmlns="{_RELATIONSHIPS}">{body}</Relationships>'.encode()


def _relationship_xml(link: Relationship, folder: str) -> str:
    target = link.target if link.external else relpath(link.target, folder)
    mode = ' TargetMode="External"' if link.external else ""
    return f'<Relationship Id="{link.id}" Type="{link.type}" Target="{escape(target)}"{mode}/>'


@dataclass(frozen=True)
class ContentTypes:
    """Which part holds what."""

    defaults: tuple[tuple[str, str], ...]
    overrides: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, data: bytes) -> "ContentTypes":
        """Read `[Content_Types].xml`."""
        pairs: dict[str, list[tuple[str, str]]] = {"Default": [], "Override": []}
        for element in parse(data):
            key = element.get("Extension") or element.get("PartName", "").lstrip("/")
            pairs[etree.QName(element).localname].append((key, element.get("ContentType", "")))
        return cls(tuple(pairs["Default"]), tuple(pairs["Override"]))

    def of(self, part: str) -> str:
        """Return the content type of a part, empty when it has none."""
        extension = part.rsplit(".", 1)[-1].lower()
        defaults = {key.lower(): value for key, value in self.defaults}
        return dict(self.overrides).get(part) or defaults.get(extension, "")

    def to_xml(self) -> bytes:
        """Write `[Content_Types].xml`."""
        root = etree.Element(f"{{{_TYPES}}}Types", nsmap=_default(_TYPES))
        for extension, content_type in self.defaults:
            etree.SubElement(
                root, f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type
            )
        for part, content_type in self.overrides:
            etree.SubElement(
                root, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=content_type
            )
        return serialize(root)


def _default(namespace: str) -> Any:  # noqa: ANN401 - the stubs of lxml know no default prefix
    return {None: namespace}


def parse(data: bytes) -> etree._Element:
    """Parse a part; entities are not resolved and nothing outside is read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def serialize(root: etree._Element) -> bytes:
    """Write a part as UTF-8 with its XML declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass(frozen=True)
class Package:
    """The parts of a Word file by name (bytes), and the links between them."""

    parts: Mapping[str, bytes]

    @cached_property
    def types(self) -> ContentTypes:
        """What each part holds."""
        return ContentTypes.read(self.parts[CONTENT_TYPES])

    @cached_property
    def _links(self) -> dict[str, tuple[Relationship, ...]]:
        return {name: read_relationships(self.parts, name) for name in ("", *self.parts)}

    def links(self, part: str) -> tuple[Relationship, ...]:
        """Return the relationships of a part; `""` is the package itself."""
        return self._links.get(part, ())

    def linked(self, part: str, kind: str) -> str | None:
        """Return the name of the first part that this one links to by this kind of link."""
        targets = (link.target for link in self.links(part) if link.kind == kind)
        return next((target for target in targets if target in self.parts), None)

    @property
    def main(self) -> str:
        """Name of the document part."""
        return self.linked("", "officeDocument") or ""

    def without_links(self, part: str, dropped: Iterable[str]) -> "Package":
        """Return the package without these relationships of a part, nor what only they reached."""
        ids = frozenset(dropped)
        if not ids:
            return self
        links = {**self._links, part: tuple(x for x in self.links(part) if x.id not in ids)}
        gone = _reachable(self.parts, self._links) - _reachable(self.parts, links)
        gone |= {relationships_name(name) for name in gone}
        parts = {name: data for name, data in self.parts.items() if name not in gone}
        parts.pop(relationships_name(part), None)
        if links[part]:
            parts[relationships_name(part)] = relationships_xml(part, links[part])
        overrides = tuple(pair for pair in self.types.overrides if pair[0] not in gone)
        parts[CONTENT_TYPES] = ContentTypes(self.types.defaults, overrides).to_xml()
        return Package(parts)


def _reachable(
    parts: Mapping[str, bytes], links: Mapping[str, tuple[Relationship, ...]]
) -> set[str]:
    """Return the parts that can be reached from the package by these relationships."""
    found: set[str] = set()
    waiting = [""]
    while waiting:
        for link in links.get(waiting.pop(), ()):
            if not link.external and link.target in parts and link.target not in found:
                found.add(link.target)
                waiting.append(link.target)
    return found
