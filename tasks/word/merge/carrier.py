"""The edited file under way: its parts, links and numbers, changed in place and written once."""

from collections.abc import Callable, Iterable
from itertools import count

from lxml import etree

from tasks.word.merge.names import BOOKMARK_START, DOC_PR, ID
from tasks.word.merge.opening import Opened, parse_part
from tasks.word.package import (
    CONTENT_TYPES,
    ContentTypes,
    Package,
    Relationship,
    relationships_name,
    relationships_xml,
    serialize,
)
from tasks.word.zipfiles import Member, write_zip

_PRUNED = frozenset(("chart", "image", "hyperlink", "package", "oleObject"))
_PACKED_ALREADY = (".png", ".jpg", ".jpeg", ".gif", ".xlsx", ".docx", ".emz")


class Carrier:
    """The edited file, open for changes.

    Parts are parsed when they are first needed and written again only when they were touched.
    """

    def __init__(self, opened: Opened, language: str) -> None:
        """Start from the file as staff left it."""
        self.package = opened.package
        self.main = opened.package.main
        self._packed = opened.packed
        self._language = language
        self._parts: dict[str, bytes] = dict(opened.package.parts)
        self._roots: dict[str, etree._Element] = {}
        self._touched: set[str] = set()
        self._links: dict[str, list[Relationship]] = {}
        self._types = list(opened.package.types.overrides)
        self._numbers: dict[str, count[int]] = {}

    @property
    def changed(self) -> bool:
        """True when anything was touched, added or linked."""
        return bool(self._touched or self._links or self._parts.keys() != self._packed.keys())

    def root(self, part: str) -> etree._Element:
        """Return the tree of a part, the same one each time."""
        if part not in self._roots:
            self._roots[part] = parse_part(Package(self._parts), part, self._language)
        return self._roots[part]

    def touch(self, part: str) -> None:
        """Note that the tree of a part was changed."""
        self._touched.add(part)

    def has(self, part: str) -> bool:
        """Tell whether the file holds a part."""
        return part in self._parts

    def data(self, part: str) -> bytes:
        """Return the bytes of a part as it came, or as it was put since."""
        return self._parts[part]

    def put(self, part: str, data: bytes) -> None:
        """Replace the bytes of a part."""
        self._parts[part] = data
        self._roots.pop(part, None)
        self._touched.add(part)

    def add(self, hint: str, data: bytes, content_type: str) -> str:
        """Add a part under a free name like `hint`; return the name."""
        stem, dot, extension = hint.rpartition(".")
        stem = stem.rstrip("0123456789")
        names = (f"{stem}{number}{dot}{extension}" for number in count(1))
        name = hint if hint not in self._parts else next(n for n in names if n not in self._parts)
        self._parts[name] = data
        self._touched.add(name)
        if content_type:
            self._types.append((name, content_type))
        return name

    def links(self, part: str) -> list[Relationship]:
        """Return the relationships of a part."""
        return self._links[part] if part in self._links else list(self.package.links(part))

    def set_links(self, part: str, links: Iterable[Relationship]) -> None:
        """Replace the relationships of a part."""
        self._links[part] = list(links)

    def linked(self, part: str, kind: str) -> str | None:
        """Return the first part that this one links to by this kind of link."""
        targets = (link.target for link in self.links(part) if link.kind == kind)
        return next((target for target in targets if target in self._parts), None)

    def link(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """Link a part to another one; an equal link is used again. Return the id.

        Args:
            part: the part that links.
            kind: the relationship type, a full address.
            target: name of the other part, or an address outside.
            external: the target is outside.
        """
        links = self.links(part)
        for found in links:
            if (found.type, found.target, found.external) == (kind, target, external):
                return found.id
        used = {found.id for found in links}
        free = next(name for name in map("rId{}".format, count(len(links) + 1)) if name not in used)
        self._links[part] = [*links, Relationship(free, kind, target, external)]
        return free

    def next_number(self, kind: str, taken: Callable[[], Iterable[int]]) -> int:
        """Return the next free number of a kind; `taken` is asked once."""
        if kind not in self._numbers:
            self._numbers[kind] = count(max(taken(), default=0) + 1)
        return next(self._numbers[kind])

    def next_bookmark(self) -> str:
        """Return a bookmark id that the document does not hold."""
        return str(self.next_number("bookmark", lambda: self._ids(BOOKMARK_START, ID)))

    def next_drawing(self) -> str:
        """Return a drawing id that the document does not hold."""
        return str(self.next_number("drawing", lambda: self._ids(DOC_PR, "id")))

    def _ids(self, tag: str, attribute: str) -> list[int]:
        texts = [element.get(attribute, "") for element in self.root(self.main).iter(tag)]
        return [int(text) for text in texts if text.isdigit()]

    def write(self) -> bytes:
        """Return the .docx; what was not touched is copied as it lay in the zip."""
        for name in self._touched & self._roots.keys():
            self._parts[name] = serialize(self._roots[name])
        self._prune(self.main)
        for part, links in self._links.items():
            name = relationships_name(part)
            self._parts[name] = relationships_xml(part, links)
            self._touched.add(name)
        self._drop_unreached()
        if tuple(self._types) != self.package.types.overrides:
            self._write_types()
        return write_zip([self._member(name) for name in self._parts])

    def _member(self, name: str) -> Member:
        if name not in self._touched:
            return self._packed[name]
        data = self._parts[name]
        if name.lower().endswith(_PACKED_ALREADY):
            return Member.store(name, data)
        return Member.pack(name, data)

    def _prune(self, part: str) -> None:
        """Drop the links that nothing in a touched part uses any more."""
        if part not in self._touched:
            return
        xml, links = self._parts[part], self.links(part)
        kept = [link for link in links if link.kind not in _PRUNED or _quoted(link.id) in xml]
        if len(kept) < len(links):
            self._links[part] = kept

    def _drop_unreached(self) -> None:
        """Drop the parts that a dropped link was the only way to; others stay, whatever they are.

        Parts that no link reached in the first place (some programs leave such) stay as well.
        """
        before = self._reached(lambda part: list(self.package.links(part)))
        gone = before - self._reached(self.links)
        gone |= {relationships_name(name) for name in gone}
        self._parts = {name: data for name, data in self._parts.items() if name not in gone}
        self._types = [pair for pair in self._types if pair[0] not in gone]

    def _reached(self, links: Callable[[str], list[Relationship]]) -> set[str]:
        found: set[str] = set()
        waiting = [""]
        while waiting:
            for link in links(waiting.pop()):
                if not link.external and link.target not in found:
                    found.add(link.target)
                    waiting.append(link.target)
        return found

    def _write_types(self) -> None:
        types = ContentTypes(self.package.types.defaults, tuple(self._types))
        self._parts[CONTENT_TYPES] = types.to_xml()
        self._touched.add(CONTENT_TYPES)


def _quoted(text: str) -> bytes:
    return f'"{text}"'.encode()
