"""Beside what staff wrote: the new text as a comment, or as tracked changes."""

from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from tasks.word.chart_repair import R
from tasks.word.merge.carrier import Carrier
from tasks.word.merge.model import MergeWords
from tasks.word.merge.names import (
    AUTHOR,
    COMMENT_END,
    COMMENT_REFERENCE,
    COMMENT_START,
    DEL,
    DEL_TEXT,
    ID,
    INS,
    P_PR,
    R_,
    R_PR,
    XML_SPACE,
    P,
    T,
    W,
    detach,
    text_of,
    w,
)
from tasks.word.merge.reading import fold
from tasks.word.package import serialize

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS_LINK = f"{R}/comments"
_DATE, _INITIALS, _COMMENT = w("date"), w("initials"), w("comment")
_PLAIN = frozenset(map(w, (
    "pPr", "r", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd",
    "proofErr",
)))  # fmt: skip
_PLAIN_IN_RUN = frozenset(map(w, (
    "rPr", "t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "commentReference",
    "lastRenderedPageBreak",
)))  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """Where offers are written: the edited file, in whose name, when, in which words."""

    carrier: Carrier
    author: str
    date: datetime
    words: MergeWords

    @property
    def stamp(self) -> str:
        """The date as comments and tracked changes hold it."""
        return self.date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def comment(self, paragraph: etree._Element, lines: list[str], former: list[str]) -> bool:
        """Comment a paragraph, unless the same comment is there; say whether that was new.

        Args:
            paragraph: of the edited file's body.
            lines: of the comment.
            former: what an earlier, now outdated comment of ours would say: it is rewritten.
        """
        ours = self._ours(paragraph)
        if any(_lines(comment) == _folded(lines) for comment in ours):
            return False
        outdated = next((found for found in ours if _lines(found) == _folded(former)), None)
        if outdated is not None:
            _rewrite(outdated, lines)
            outdated.set(_DATE, self.stamp)
            self.carrier.touch(self._part())
        else:
            self._attach(paragraph, lines)
        return True

    def withdraw(self, paragraph: etree._Element, lines: list[str]) -> None:
        """Take back our comment with these lines, if it is there and nobody changed it."""
        for comment in self._ours(paragraph):
            if _lines(comment) == _folded(lines):
                number = comment.get(ID)
                marks = paragraph.iter(COMMENT_START, COMMENT_END, COMMENT_REFERENCE)
                for mark in [mark for mark in marks if mark.get(ID) == number]:
                    _detach_mark(mark)
                detach(comment)
                self.carrier.touch(self._part())
                self.carrier.touch(self.carrier.main)

    def track(self, paragraph: etree._Element, runs: list[etree._Element]) -> bool:
        """Offer new runs as tracked changes: accepted, they replace; refused, nothing changed.

        Returns:
            False when the paragraph holds what tracked changes cannot wrap simply (links,
            fields, pictures, changes of staff): a comment is the better offer then.
        """
        if not (plain(paragraph) and all(_plain_run(run) for run in runs)):
            return False
        own = [run for run in paragraph.findall(R_) if run.find(COMMENT_REFERENCE) is None]
        insertion = self._change(INS)
        insertion.extend(runs)
        if own:
            own[-1].addnext(insertion)
        else:
            paragraph.append(insertion)
        for run in own:
            self._delete(run)
        self.carrier.touch(self.carrier.main)
        return True

    def retract(self, paragraph: etree._Element) -> None:
        """Take back our pending tracked changes, as if staff had refused them."""
        for change in list(paragraph.iter(INS)):
            if change.get(AUTHOR) == self.author:
                detach(change)
        for change in list(paragraph.iter(DEL)):
            if change.get(AUTHOR) == self.author:
                _restore(change)
        self.carrier.touch(self.carrier.main)

    def _change(self, tag: str) -> etree._Element:
        number = self.carrier.next_number("change", self._change_ids)
        return etree.Element(tag, {ID: str(number), AUTHOR: self.author, _DATE: self.stamp})

    def _change_ids(self) -> list[int]:
        texts = [found.get(ID, "") for found in self.carrier.root(self.carrier.main).iter(INS, DEL)]
        return [int(text) for text in texts if text.isdigit()]

    def _delete(self, run: etree._Element) -> None:
        deletion = self._change(DEL)
        run.addprevious(deletion)
        deletion.append(run)
        for text in run.findall(T):
            text.tag = DEL_TEXT

    def _ours(self, paragraph: etree._Element) -> list[etree._Element]:
        """Return our comments on a paragraph."""
        numbers = {mark.get(ID) for mark in paragraph.iter(COMMENT_REFERENCE)}
        part = self.carrier.linked(self.carrier.main, "comments")
        if not numbers or part is None:
            return []
        return [
            comment
            for comment in self.carrier.root(part).findall(_COMMENT)
            if comment.get(AUTHOR) == self.author and comment.get(ID) in numbers
        ]

    def _part(self) -> str:
        """Return the comments part, made when the file has none."""
        carrier = self.carrier
        found = carrier.linked(carrier.main, "comments")
        if found is not None:
            return found
        folder = carrier.main.rsplit("/", 1)[0]
        empty = etree.Element(w("comments"), nsmap={"w": W})
        name = carrier.add(f"{folder}/comments.xml", serialize(empty), _COMMENTS_TYPE)
        carrier.link(carrier.main, _COMMENTS_LINK, name)
        return name

    def _attach(self, paragraph: etree._Element, lines: list[str]) -> None:
        part = self._part()
        root = self.carrier.root(part)
        number = str(self.carrier.next_number("comment", lambda: _comment_ids(root)))
        attributes = {ID: number, AUTHOR: self.author, _DATE: self.stamp}
        comment = etree.SubElement(root, _COMMENT, attributes)
        comment.set(_INITIALS, self.words.initials)
        _rewrite(comment, lines)
        start = etree.Element(COMMENT_START, {ID: number})
        properties = paragraph.find(P_PR)
        if properties is None:
            paragraph.insert(0, start)
        else:
            properties.addnext(start)
        etree.SubElement(paragraph, COMMENT_END, {ID: number})
        etree.SubElement(etree.SubElement(paragraph, R_), COMMENT_REFERENCE, {ID: number})
        self.carrier.touch(part)
        self.carrier.touch(self.carrier.main)


def plain(paragraph: etree._Element) -> bool:
    """Tell whether a paragraph is made of plain runs and marks."""
    return all(
        child.tag in _PLAIN and (child.tag != R_ or _plain_run(child)) for child in paragraph
    )


def _plain_run(run: etree._Element) -> bool:
    return run.tag == R_ and all(child.tag in _PLAIN_IN_RUN for child in run)


def _detach_mark(mark: etree._Element) -> None:
    run = mark.getparent()
    detach(mark)
    if run is not None and run.tag == R_ and all(child.tag == R_PR for child in run):
        detach(run)


def _restore(deletion: etree._Element) -> None:
    for text in deletion.iter(DEL_TEXT):
        text.tag = T
    for child in list(deletion):
        deletion.addprevious(child)
    detach(deletion)


def _comment_ids(root: etree._Element) -> list[int]:
    texts = [comment.get(ID, "") for comment in root.findall(_COMMENT)]
    return [-1, *(int(text) for text in texts if text.isdigit())]


def _rewrite(comment: etree._Element, lines: list[str]) -> None:
    """Write the lines of a comment; its paragraphs keep what replies hang on."""
    kept = [dict(paragraph.attrib) for paragraph in comment.findall(P)]
    for child in list(comment):
        comment.remove(child)
    for line in lines:
        text = etree.SubElement(etree.SubElement(etree.SubElement(comment, P), R_), T)
        text.text = line
        text.set(XML_SPACE, "preserve")
    if kept:
        comment[-1].attrib.update(kept[-1])


def _lines(comment: etree._Element) -> list[str]:
    return _folded([text_of(paragraph) for paragraph in comment.iter(P)])


def _folded(lines: list[str]) -> list[str]:
    return [line for line in map(fold, lines) if line]
