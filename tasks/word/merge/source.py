"""Where blocks come from: the file, the part, the bookmarks and links in it."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from tasks.word.merge.names import BOOKMARK_END, BOOKMARK_START, ID, NAME, TR, P, anchor_name
from tasks.word.merge.reading import Setting
from tasks.word.package import Package

_VOLATILE = re.compile(
    r' xmlns:\w+="[^"]*"'
    r"|<w:bookmark(?:Start|End)\b[^>]*>"
    r'| w14:(?:paraId|textId)="[^"]*"| w:rsid\w*="[^"]*"'
    r"|<w:proofErr\b[^>]*>|<w:lastRenderedPageBreak/>"
)
_VOLATILE_SIGNS = (" xmlns:", "<w:bookmark", "w14:", "w:rsid", "<w:proofErr", "<w:lastRendered")
_DOC_PR = re.compile(r'(<wp:docPr\b[^>]*?) id="[^"]*"( name="[^"]*")?')
_CHART_PR = re.compile(r"<wp:docPr\b[^>]*>")
_LINK = re.compile(r'\br:(\w+)="([^"]*)"')


@dataclass(frozen=True)
class Source:
    """The file and the part that blocks come from."""

    package: Package
    part: str
    root: etree._Element
    setting: Setting

    @cached_property
    def targets(self) -> dict[str, str]:
        """Names (or outside addresses) of what this part links to, by relationship id."""
        return {link.id: link.target for link in self.package.links(self.part)}

    @cached_property
    def _declared(self) -> str:
        """The namespaces as each piece of this part declares them when it is written alone."""
        known = self.root.nsmap.items()
        return "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in known if prefix)

    @cached_property
    def _anchors(self) -> dict[str, str]:
        """The anchors by name of bookmark; a copy counts when the original is gone."""
        names = {mark.get(NAME, "") for mark in self.root.iter(BOOKMARK_START)}
        anchors = {name: anchor_name(name) for name in names}
        return {
            name: anchor
            for name, anchor in anchors.items()
            if anchor and (anchor == name or anchor not in names)
        }

    @cached_property
    def _marks(self) -> dict[etree._Element, list[etree._Element]]:
        """The starts and ends of bookmarks by the paragraph and the row that they stand in."""
        found: dict[etree._Element, list[etree._Element]] = {}
        for mark in self.root.iter(BOOKMARK_START, BOOKMARK_END):
            homes: dict[str, etree._Element] = {}
            for home in mark.iterancestors(P, TR):
                homes.setdefault(home.tag, home)
            for home in homes.values():
                found.setdefault(home, []).append(mark)
        return found

    @cached_property
    def homes(self) -> dict[str, etree._Element]:
        """The paragraph in which each anchor stands, wherever that is."""
        found: dict[str, etree._Element] = {}
        for mark in self.root.iter(BOOKMARK_START):
            anchor = self._anchors.get(mark.get(NAME, ""), "")
            home = next(mark.iterancestors(P), None)
            if anchor and home is not None:
                found.setdefault(anchor, home)
        return found

    @cached_property
    def _names(self) -> dict[str, str]:
        """The names of bookmarks by id, where the id is theirs alone: for the ends."""
        marks = [(mark.get(ID, ""), mark.get(NAME, "")) for mark in self.root.iter(BOOKMARK_START)]
        counts = Counter(number for number, _ in marks)
        return {number: name for number, name in marks if counts[number] == 1}

    def anchors(self, element: etree._Element) -> tuple[str, ...]:
        """Return the anchors whose bookmark starts or ends in an element, each once.

        A line typed at the very start of a passage takes the start of the bookmark with it and
        leaves the end where the text is. What stands in a box or a table inside is not counted.
        """
        marks = [*_marks_before(element), *self._marks.get(element, ())]
        names = (mark.get(NAME) or self._names.get(mark.get(ID, ""), "") for mark in marks)
        anchors = (self._anchors.get(name, "") for name in names)
        return tuple(dict.fromkeys(anchor for anchor in anchors if anchor))

    def exact(self, element: etree._Element) -> str:
        """Return an element's XML without what differs between two equal renders.

        Ids go, links become the hash of what they lead to, charts are left to their values.
        """
        xml = etree.tostring(element, encoding="unicode", with_tail=False)
        xml = xml.replace(self._declared, "", 1)  # faster than a pattern, and most often enough
        if any(mark in xml for mark in _VOLATILE_SIGNS):
            xml = _VOLATILE.sub("", xml)
        if "r:" not in xml:
            return xml
        if "<c:chart" in xml:
            xml = _CHART_PR.sub("", xml)
        return _LINK.sub(self._digest, _DOC_PR.sub(r"\1", xml))

    def _digest(self, found: re.Match[str]) -> str:
        target = self.targets.get(found[2], "")
        data = self.package.parts.get(target)
        if "/charts/" in f"/{target}":
            return ""
        return target if data is None else hashlib.sha256(data).hexdigest()


def _marks_before(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the bookmarks that start between this element and the block before it."""
    before = element.getprevious()
    while before is not None and before.tag in (BOOKMARK_START, BOOKMARK_END):
        if before.tag == BOOKMARK_START:
            yield before
        before = before.getprevious()
