"""Hidden bookmarks that tell, issue after issue, which passage of a report is which.

One bookmark for each paragraph of the text and for the first cell of each row, always inside one
paragraph (bookmarks over several do not survive LibreOffice). Its name is `_r` and 16 hexadecimal
digits made of the paragraph's id in the template and the keys of the loops around it: the same
passage has the same name at each render, whatever was inserted before it.

The id of a template's paragraph is its stamp (`stamp_template`), a bookmark `_t…` that lives on
when staff restyle the template and reword the paragraph; without one, its text with the tags.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count
from typing import Any

from jinja2 import Environment
from lxml import etree

from config.keyed import Keyed
from tasks.word import marks
from tasks.word.opening import open_package
from tasks.word.package import parse, serialize
from tasks.word.styles import w
from tasks.word.zipfiles import Member, write_zip

_STAMP = re.compile(r"_t[0-9a-f]{12}")
_END = "<?anchor end?>"
_START = re.compile(r"<\?anchor ([0-9a-f]+)\?>")
_KEYS = ("key", "code", "id", "name", "label", "title", "text")
_BLOCKS = (w("body"), w("sdt"), w("sdtContent"))
_CONTENT = (w("t"), w("drawing"), w("fldChar"))


def anchored_paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs of a document that carry an anchor, in order.

    Those of the text that hold something, and the first paragraph of each row.
    """
    for element in root.iter(w("p"), w("tr")):
        if element.tag == w("tr"):
            first = element.find(f"{w('tc')}/{w('p')}")
            if first is not None:
                yield first
        elif _is_text(element) and any(True for _ in element.iter(*_CONTENT)):
            yield element


def _is_text(paragraph: etree._Element) -> bool:
    *inner, _ = (element.tag for element in paragraph.iterancestors())
    return set(inner) <= set(_BLOCKS)


def paragraph_ids(paragraphs: Sequence[etree._Element]) -> list[str]:
    """Return the id of each paragraph of a template: its stamp, else a hash of its text."""
    ids: list[str] = []
    texts: Counter[str] = Counter()
    taken: set[str] = set()
    for paragraph in paragraphs:
        text = " ".join("".join(t.text or "" for t in paragraph.iter(w("t"))).split())
        stamp = next((name for name in _bookmarks(paragraph) if _STAMP.fullmatch(name)), "")
        own = stamp.removeprefix("_t")
        if not own or own in taken:  # Word and LibreOffice copy the stamp with the paragraph
            texts[text] += 1
            own = _digest(f"{texts[text]} {text}", 6)
        taken.add(own)
        ids.append(own)
    return ids


def _bookmarks(paragraph: etree._Element) -> Iterator[str]:
    return (mark.get(w("name"), "") for mark in paragraph.iter(w("bookmarkStart")))


def _digest(text: str, size: int) -> str:
    return blake2b(text.encode(), digest_size=size).hexdigest()


def mark_anchors(root: etree._Element) -> None:
    """Mark the paragraphs to be anchored; the tree is the compiler's own. Stamps go."""
    paragraphs = list(anchored_paragraphs(root))
    for paragraph, own in zip(paragraphs, paragraph_ids(paragraphs), strict=True):
        properties = paragraph.find(w("pPr"))
        start = etree.ProcessingInstruction("anchor", own)
        paragraph.insert(0 if properties is None else 1, start)
        paragraph.append(etree.ProcessingInstruction("anchor", "end"))
    remove_bookmarks(root, _STAMP)


def remove_bookmarks(root: etree._Element, names: re.Pattern[str]) -> None:
    """Remove the bookmarks whose whole name matches."""
    starts = [x for x in root.iter(w("bookmarkStart")) if names.fullmatch(x.get(w("name"), ""))]
    ids = {start.get(w("id")) for start in starts}
    ends = [end for end in root.iter(w("bookmarkEnd")) if end.get(w("id")) in ids]
    for mark in (*starts, *ends):
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)


@dataclass
class _Loop:
    """A loop that encloses the place that is being read."""

    target: str
    place: int  # of its `%}` among the pieces
    depth: int
    keyed: bool = False

    @property
    def variable(self) -> str:
        """The variable that holds the keys of this turn and of the loops around it."""
        return f"anchor_keys_{self.depth}"


def weave_anchors(source: str, environment: Environment) -> str:
    """Complete the marks of a jinja source with the keys of the loops around them.

    A loop around anchors starts each turn by setting the key of its item.

    Raises:
        jinja2.TemplateSyntaxError: a tag that jinja cannot read.
    """
    if "<?anchor " not in source:
        return source
    source = source.replace(_END, marks.ANCHOR_END)
    pieces: list[str] = []
    loops: list[_Loop] = []
    words: list[str] = []
    for _, kind, text in environment.lex(source):
        if kind == "block_begin":
            words = []
        elif kind == "data":
            keys = _key_variable(text, loops, pieces)
            text = _START.sub(rf"{marks.ANCHOR}\1{keys}{marks.ANCHOR}", text)
        elif kind not in ("block_end", "whitespace"):
            words.append(text)
        pieces.append(text)
        if kind == "block_end":
            _follow(words, loops, len(pieces) - 1)
    return "".join(pieces)


def _follow(words: list[str], loops: list[_Loop], place: int) -> None:
    """Follow one `{% … %}`: a loop opens with its first target, or closes."""
    if words[:1] == ["for"]:
        target = next(word for word in words[1:] if word != "(")
        loops.append(_Loop(target, place, len(loops)))
    elif words[:1] == ["endfor"] and loops:
        loops.pop()


def _key_variable(data: str, loops: list[_Loop], pieces: list[str]) -> str:
    """Return the variable with the keys of the loops around, set where they start."""
    if not loops or "<?anchor " not in data:
        return ""
    outer = "''"
    for loop in loops:
        if not loop.keyed:
            value = f"{loop.target}|anchor_key({outer})"
            pieces[loop.place] += f"{{% set {loop.variable} = {value} %}}"
            loop.keyed = True
        outer = loop.variable
    return f"{{{{ {outer} }}}}"


def anchor_key(value: Any, outer: str = "") -> str:  # noqa: ANN401 - whatever a loop runs over
    """Return what identifies an item of a loop: its key, its code… else what it holds.

    Never its place: an item inserted before it must not change it.

    Args:
        value: the item.
        outer: the key of the loop around.
    """
    if isinstance(value, Keyed):
        return f"{outer}/{value.key}"
    if type(value) is dict:
        for name in _KEYS:
            if value.get(name):
                return f"{outer}/{value[name]}"
        return f"{outer}/{_digest(repr(sorted(value.items(), key=repr)), 8)}"
    return f"{outer}/{value}"


def place_anchors(text: str, ids: Iterator[int]) -> str:
    """Write the anchors of a rendered part; twins are told apart by their order.

    Args:
        text: the rendered XML with its marks.
        ids: of the bookmarks of the document.
    """
    seen: Counter[str] = Counter()
    first, *rest = text.split(marks.ANCHOR)  # text, key, text, key, …, text
    pieces = [first.replace(marks.ANCHOR_END, "")]
    for key, following in zip(rest[::2], rest[1::2], strict=True):
        inside, end, after = following.partition(marks.ANCHOR_END)
        if end:
            seen[key] += 1
            name = _digest(f"{key}#{seen[key]}" if seen[key] > 1 else key, 8)
            number = next(ids)
            pieces.append(f'<w:bookmarkStart w:id="{number}" w:name="_r{name}"/>')
            inside += f'<w:bookmarkEnd w:id="{number}"/>'
        pieces += (inside, after.replace(marks.ANCHOR_END, ""))
    return "".join(pieces)


def stamp_template(template: bytes) -> bytes:
    """Return a template whose paragraphs bear a lasting id, for anchors that survive rewording.

    To be done once, when a template is made or taken in; what is stamped already stays.
    """
    package = open_package(template)
    root = parse(package.parts[package.main])
    paragraphs = list(anchored_paragraphs(root))
    ids = paragraph_ids(paragraphs)
    remove_bookmarks(root, _STAMP)
    numbers = [int(mark.get(w("id"), "0")) for mark in root.iter(w("bookmarkStart"))]
    stamps = zip(count(max(numbers, default=0) + 1), paragraphs, ids, strict=False)
    for number, paragraph, own in stamps:
        start = etree.Element(w("bookmarkStart"), {w("id"): str(number), w("name"): f"_t{own}"})
        paragraph.insert(0 if paragraph.find(w("pPr")) is None else 1, start)
        paragraph.append(etree.Element(w("bookmarkEnd"), {w("id"): str(number)}))
    parts = {**package.parts, package.main: serialize(root)}
    return write_zip(Member.pack(name, data) for name, data in parts.items())
