"""Bringing a piece of the new generation into the edited file, whoever saved that last.

Styles are found by name (LibreOffice renames their ids) or brought along; linked parts, notes
and lists are brought along; ids are made unique.
"""

from collections.abc import Callable
from copy import deepcopy
from functools import cached_property

from lxml import etree

from tasks.word.merge.carrier import Carrier
from tasks.word.merge.formats import StyleSheet
from tasks.word.merge.lists import Lists
from tasks.word.merge.names import (
    BOOKMARK_END,
    BOOKMARK_START,
    DOC_PR,
    ID,
    NUM_ID,
    REL_PREFIX,
    VAL,
    W14,
    WP14,
    detach,
    w,
)
from tasks.word.merge.opening import parse_part
from tasks.word.merge.versions import Version
from tasks.word.package import Relationship, serialize

_STYLED = {w("pStyle"): "paragraph", w("rStyle"): "character", w("tblStyle"): "table"}
_RELATED = ("basedOn", "next", "link")
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_FOREIGN = frozenset(f"{{{uri}}}{name}" for uri in (W14, WP14) for name in
                 ("paraId", "textId", "anchorId", "editId"))  # fmt: skip


class Importer:
    """Copies elements of the new version into a part of the carrier."""

    def __init__(self, carrier: Carrier, new: Version, edited: StyleSheet) -> None:
        """Start an import.

        Args:
            carrier: the edited file.
            new: the new version.
            edited: the styles of the edited file.
        """
        self.carrier = carrier
        self._new = new
        self._edited = edited
        self._styles: dict[tuple[str, str], str] = {}
        self._copied: dict[str, str] = {}

    @cached_property
    def lists(self) -> Lists:
        """The numbered lists of both files."""
        return Lists(self.carrier, self._new.package, self._new.language)

    def copy(self, element: etree._Element, source: str, target: str) -> etree._Element:
        """Return a copy of an element, fit for the edited file.

        Args:
            element: of the new version.
            source: part of the new version that it stands in.
            target: part of the edited file that it goes to.
        """
        fresh = deepcopy(element)
        fresh.tail = None
        for node in list(fresh.iter(etree.Element)):
            self._adapt(node, source, target)
        _renumber_bookmarks(fresh, self.carrier.next_bookmark)
        return fresh

    def _adapt(self, node: etree._Element, source: str, target: str) -> None:
        tag = node.tag
        if not node.attrib:
            return
        for name in _FOREIGN.intersection(node.attrib):
            del node.attrib[name]
        if tag in _STYLED:
            node.set(VAL, self.style(_STYLED[tag], node.get(VAL, "")))
        elif tag == NUM_ID:
            node.set(VAL, self.lists.number(node.get(VAL, "0")))
        elif tag == DOC_PR:
            node.set("id", self.carrier.next_drawing())
        elif tag in _NOTES:
            node.set(ID, self._note(_NOTES[tag], node.get(ID, "")))
        for key, value in node.attrib.items():
            if str(key).startswith(REL_PREFIX) and value:
                node.set(key, self._link(str(value), source, target))

    def _link(self, number: str, source: str, target: str) -> str:
        """Return the id, in the target part, of what a link of the source part leads to."""
        links = {link.id: link for link in self._new.package.links(source)}
        link = links.get(number)
        if link is None:
            return number
        place = link.target if link.external else self.part(link.target)
        return self.carrier.link(target, link.type, place, external=link.external)

    def part(self, name: str) -> str:
        """Bring a part along, with all it links to; return its name in the edited file."""
        if name not in self._copied:
            package = self._new.package
            data = package.parts[name]
            fresh = self.carrier.add(name, data, package.types.of(name))
            self._copied[name] = fresh
            links = [self._followed(link) for link in package.links(name)]
            if links:
                self.carrier.set_links(fresh, links)
        return self._copied[name]

    def _followed(self, link: Relationship) -> Relationship:
        target = link.target if link.external else self.part(link.target)
        return Relationship(link.id, link.type, target, link.external)

    def style(self, kind: str, style_id: str) -> str:
        """Return the id in the edited file of a style of the new one, brought along if need be."""
        key = kind, style_id
        if key not in self._styles:
            name = self._style_name(style_id)
            found = self._edited.id_of(kind, name) if name else style_id
            self._styles[key] = found or style_id
            if found is None:
                self._bring_style(kind, style_id)
        return self._styles[key]

    def _style_name(self, style_id: str) -> str:
        style = self._new.setting.styles.styles.get(style_id)
        return "" if style is None else style.name

    def _bring_style(self, kind: str, style_id: str) -> None:
        package, carrier = self._new.package, self.carrier
        here = carrier.package.linked(carrier.main, "styles")
        there = package.linked(package.main, "styles")
        if here is None or there is None:
            return
        root = carrier.root(here)
        found = self._new_styles.get(style_id)
        if found is None:
            return
        fresh = deepcopy(found)
        taken = {style.get(w("styleId")) for style in root.findall(w("style"))}
        while style_id in taken:
            style_id += "0"
        self._styles[kind, found.get(w("styleId"), "")] = style_id
        fresh.set(w("styleId"), style_id)
        fresh.attrib.pop(w("default"), "")
        root.append(fresh)
        carrier.touch(here)
        self._relate_style(fresh, kind)

    @cached_property
    def _new_styles(self) -> dict[str, etree._Element]:
        package = self._new.package
        name = package.linked(package.main, "styles") or ""
        root = parse_part(package, name, self._new.language)
        return {style.get(w("styleId"), ""): style for style in root.findall(w("style"))}

    def _relate_style(self, style: etree._Element, kind: str) -> None:
        """Point a style that was brought along to the styles and lists of this file."""
        for name in _RELATED:
            for relation in style.findall(w(name)):
                if name == "link":
                    style.remove(relation)  # the other half may look different here
                else:
                    relation.set(VAL, self.style(kind, relation.get(VAL, "")))
        for number in style.iter(NUM_ID):
            number.set(VAL, self.lists.number(number.get(VAL, "0")))

    def _note(self, kind: str, number: str) -> str:
        """Bring a footnote or an endnote along; return its id in the edited file."""
        package, carrier = self._new.package, self.carrier
        there = package.linked(package.main, f"{kind}s")
        if there is None:
            return number
        here = carrier.linked(carrier.main, f"{kind}s")
        if here is None:
            empty = _only_separators(parse_part(package, there, self._new.language), kind)
            link = next(x for x in package.links(package.main) if x.target == there)
            here = carrier.add(there, serialize(empty), package.types.of(there))
            carrier.link(carrier.main, link.type, here)
        notes = parse_part(package, there, self._new.language).findall(w(kind))
        found = next((note for note in notes if note.get(ID) == number), None)
        if found is None:
            return number
        root = carrier.root(here)
        fresh = self.copy(found, there, here)
        fresh.set(ID, str(1 + max(int(note.get(ID, "0")) for note in root)))
        root.append(fresh)
        carrier.touch(here)
        return fresh.get(ID, "")


def _only_separators(notes: etree._Element, kind: str) -> etree._Element:
    for note in notes.findall(w(kind)):
        if int(note.get(ID, "0")) > 0:
            detach(note)
    return notes


def _renumber_bookmarks(element: etree._Element, next_id: Callable[[], str]) -> None:
    """Give the bookmarks of a copy ids of their own; halves of a pair go."""
    starts = {mark.get(ID): mark for mark in element.iter(BOOKMARK_START)}
    ends = {mark.get(ID): mark for mark in element.iter(BOOKMARK_END)}
    for number, mark in (*starts.items(), *ends.items()):
        if number not in starts or number not in ends:
            detach(mark)
    for number in filter(ends.__contains__, starts):
        fresh = next_id()
        starts[number].set(ID, fresh)
        ends[number].set(ID, fresh)
