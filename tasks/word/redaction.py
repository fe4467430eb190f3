"""Taking somebody's words out of a Word file: whole paragraphs, the same way in every copy.

A paragraph that quotes or names the person is emptied and says so. Since the issue kept by the
store and the file that staff hold are redacted alike, their next merge still works.
"""

import codecs
import html
import io
import re
import unicodedata
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import PurePosixPath

from lxml import etree

from config.errors import ReportUnreadable
from tasks.word.merge.opening import open_report
from tasks.word.package import parse, serialize
from tasks.word.zipfiles import Member, write_zip

SURE = 20  # letters of a passage that is recognised wherever it stands; a shorter one opens a line
LEAST = 8  # letters under which a passage is too common to be recognised
PREFIX = 40  # letters that are compared: reports shorten long passages
DEEPEST = 3  # archives inside archives that are looked into
LARGEST = 400_000_000  # bytes once unpacked

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = (f"{_W}t", f"{_W}delText")
_GAP = (f"{_W}br", f"{_W}tab", f"{_W}cr")
_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+")
_ENDS = " .!?…"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # no text holds these
_MARKUP = (b"%PDF", b"{\\rtf")  # text in a spelling of their own
_CODED = (".eml", ".mht", ".mhtml", ".mbox")
_PARAGRAPH_ENDS = re.compile(r"</w:p>|</si>|</c>|</a:p>")

Words = re.Pattern[str]


def words_to_find(
    names: Iterable[str], passages: Iterable[str], others: Iterable[str] = ()
) -> Words:
    """What recognises a person's names and passages in the text of a file.

    Args:
        names: full names, addresses, tokens: found as whole words.
        passages: what they wrote or said; each sentence counts by its beginning.
        others: what everybody else wrote or said. Words that are theirs too recognise nobody;
            of sentences that begin alike, so much counts as tells them apart.
    """
    parts = [rf"(?<!\w){re.escape(_folded(name))}(?!\w)" for name in names if name.strip()]
    rivals = sorted({_folded(sentence) for sentence in _sentences(others)})
    parts += (part for sentence in _sentences(passages) if (part := _part(sentence, rivals)))
    return re.compile("|".join(dict.fromkeys(parts)) or r"(?!)")


def _sentences(passages: Iterable[str]) -> Iterator[str]:
    return (s for passage in passages for s in (passage, *_SENTENCES.split(passage)))


def _part(sentence: str, rivals: Sequence[str]) -> str:
    """The pattern of one sentence; empty when it is too common, or somebody else's as well."""
    own = _folded(sentence)
    start = own[:PREFIX].strip()
    alike = list(_from(rivals, start))
    if len(start) < LEAST or own.strip(_ENDS) in {rival.strip(_ENDS) for rival in alike}:
        return ""
    if len(start) >= SURE:
        return rf"(?<!\w){_apart(own, start, alike)}"
    if sentence == sentence.strip(" .!?"):
        return rf"(?m:^)[«“\" ]*{re.escape(start)}[»”\". ]*(?m:$|(?= [–—]))"
    return ""


def _from(rivals: Sequence[str], start: str) -> Iterator[str]:
    """The sentences that may begin so: they stand together, being sorted."""
    for place in range(bisect_left(rivals, start), len(rivals)):
        if not rivals[place].startswith(start):
            return
        yield rivals[place]


def _apart(own: str, start: str, alike: Sequence[str]) -> str:
    """So much of a sentence as nobody else's has that begins alike."""
    common = max((_common(own, rival) for rival in alike), default=0)
    if common < len(own):
        return re.escape(own[: common + SURE].strip() if alike else start)
    longer = "|".join(re.escape(rival[len(own) :][:SURE]) for rival in alike)
    return rf"{re.escape(own)}(?!{longer})"


def _common(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _folded(text: str) -> str:
    """One spelling for what programs write differently: spaces, apostrophes, case."""
    plain = unicodedata.normalize("NFC", text).replace("’", "'").casefold()
    return "\n".join(" ".join(line.split()) for line in plain.split("\n") if line.strip())


def redacted(content: bytes, words: Words, marker: str) -> bytes | None:
    """Return a Word file without the paragraphs that hold these words.

    Args:
        content: the file.
        words: from `words_to_find`.
        marker: what an emptied paragraph says.

    Returns:
        The file itself when it holds none; None when it cannot be read, or still holds some
        outside its paragraphs.
    """
    clean = emptied(content, words, marker)
    return None if clean is None or mentions(clean, words) else clean


def emptied(content: bytes, words: Words, marker: str) -> bytes | None:
    """As `redacted`, whatever stands outside the paragraphs; None: it cannot be read."""
    try:
        opened = open_report(content)
    except ReportUnreadable:
        return None
    changed = {}
    for name, part in opened.package.parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            root = parse(part)
            if _empty(root, words, marker):
                changed[name] = Member.pack(name, serialize(root))
    if not changed:
        return content
    return write_zip(changed.get(name, packed) for name, packed in opened.packed.items())


def _empty(root: etree._Element, words: Words, marker: str) -> bool:
    found = False
    for paragraph in root.iter(f"{_W}p"):
        if words.search(_folded(_text_of(paragraph))):
            found = True
            for number, run in enumerate(paragraph.iter(*_TEXT)):
                run.text = "" if number else marker
    return found


def _text_of(paragraph: etree._Element) -> str:
    pieces = (
        " " if element.tag in _GAP else element.text or ""
        for element in paragraph.iter(*_TEXT, *_GAP)
    )
    return "".join(pieces)


def mentions(content: bytes, words: Words) -> bool:
    """Does a file hold these words, in any member, of archives inside archives too?"""
    return any(words.search(_folded(text)) for text in _texts(content, DEEPEST))


# An archive that is damaged, or locked by a password.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError,
)  # fmt: skip


def _texts(content: bytes, depth: int) -> Iterator[str]:
    if depth and zipfile.is_zipfile(io.BytesIO(content)):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(member.file_size for member in archive.infolist()) <= LARGEST:
                    for member in archive.infolist():
                        yield from _texts(archive.read(member), depth - 1)
        except _UNREADABLE:
            return  # `searchable` says so of it
    else:
        lines = _PARAGRAPH_ENDS.sub("\n", _decoded(content))
        yield html.unescape(re.sub(r"<[^>]*>", "", lines))


def _decoded(content: bytes) -> str:
    """The text of a file: UTF-8, what Windows writes by itself, or UTF-16 that says so."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def searchable(suffix: str, content: bytes, depth: int = DEEPEST) -> bool:
    """Can `mentions` see the text of a file? Not in a PDF, an image, a recording, a coded mail.

    Args:
        suffix: of its name.
        content: the file.
        depth: how many archives inside archives are looked into.
    """
    if suffix.lower() in _CODED or content.startswith(_MARKUP):
        return False
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.startswith(_UTF_16) or not _BINARY.search(content)
    return suffix.lower() != ".zip" or (depth > 0 and _archive_searchable(content, depth))


def _archive_searchable(content: bytes, depth: int) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            small = sum(member.file_size for member in members) <= LARGEST
            return small and all(
                searchable(PurePosixPath(one.filename).suffix, archive.read(one), depth - 1)
                for one in members
            )
    except _UNREADABLE:
        return False
