"""Numbered and bulleted lists: which list of the new version is which in the edited file."""

from copy import deepcopy
from functools import cached_property

from lxml import etree

from tasks.word.merge.carrier import Carrier
from tasks.word.merge.names import NUM, NUM_ID, VAL, w
from tasks.word.merge.opening import parse_part
from tasks.word.package import Package, serialize

_ABSTRACT, _ABSTRACT_ID = w("abstractNum"), w("abstractNumId")


class Lists:
    """The lists of the new version and of the edited file."""

    def __init__(self, carrier: Carrier, new: Package, language: str) -> None:
        """Start without knowing any list of the other file."""
        self._carrier = carrier
        self._new = new
        self._language = language
        self._known: dict[str, str] = {"0": "0"}

    def learn(self, new: str, edited: str) -> None:
        """Note that a paragraph is in this list in the new version and in that one here."""
        self._known.setdefault(new, edited)

    def number(self, new: str) -> str:
        """Return the `w:numId` here of a list of the new version, brought along if need be."""
        if new not in self._known:
            self._known[new] = self._bring(new)
        return self._known[new]

    @cached_property
    def _there(self) -> etree._Element | None:
        name = self._new.linked(self._new.main, "numbering")
        return None if name is None else parse_part(self._new, name, self._language)

    def _bring(self, number: str) -> str:
        there = self._there
        if there is None:
            return number
        entry = next((num for num in there.findall(NUM) if num.get(NUM_ID) == number), None)
        link = None if entry is None else entry.find(_ABSTRACT_ID)
        if entry is None or link is None:
            return number
        wanted = link.get(VAL)
        shape = next(a for a in there.findall(_ABSTRACT) if a.get(_ABSTRACT_ID) == wanted)
        return self._append(deepcopy(shape), deepcopy(entry))

    def _append(self, shape: etree._Element, entry: etree._Element) -> str:
        """Add the shape of a list and the list; shapes stand before lists in the part."""
        name = self._part()
        root = self._carrier.root(name)
        fresh_shape = _free(root.findall(_ABSTRACT), _ABSTRACT_ID)
        fresh = _free(root.findall(NUM), NUM_ID)
        shape.set(_ABSTRACT_ID, fresh_shape)
        for unique in (*shape.findall(w("nsid")), *shape.findall(w("tmpl"))):
            shape.remove(unique)
        entry.set(NUM_ID, fresh)
        for link in entry.findall(_ABSTRACT_ID):
            link.set(VAL, fresh_shape)
        lists = root.findall(NUM)
        if lists:
            lists[0].addprevious(shape)
            lists[-1].addnext(entry)
        else:
            root.extend([shape, entry])
        self._carrier.touch(name)
        return fresh

    def _part(self) -> str:
        """Return the numbering part here, made when the file has none."""
        carrier = self._carrier
        found = carrier.linked(carrier.main, "numbering")
        if found is not None:
            return found
        there = next(x for x in self._new.links(self._new.main) if x.kind == "numbering")
        empty = etree.Element(w("numbering"), nsmap={"w": w("")[1:-1]})
        name = carrier.add(there.target, serialize(empty), self._new.types.of(there.target))
        carrier.link(carrier.main, there.type, name)
        return name


def _free(elements: list[etree._Element], attribute: str) -> str:
    numbers = [int(element.get(attribute, "0")) for element in elements]
    return str(max(numbers, default=0) + 1)
