"""Numbers of captions: `SEQ` fields get their number at render, loops included."""

import re
from collections import Counter

from lxml import etree

from tasks.word import marks
from tasks.word.fields import find_fields

_PLAIN = re.compile(r"(\s*\\\*\s*(?:ARABIC|MERGEFORMAT))*\s*", re.IGNORECASE)
_SEQUENCE = re.compile(f"{marks.SEQUENCE}([^{marks.SEQUENCE}]*){marks.SEQUENCE}")


def mark_sequences(root: etree._Element) -> None:
    r"""Put a mark in the result of each plain `SEQ` field; the tree is the compiler's own.

    Fields that restart or repeat (`\\r`, `\\c`, `\\h`) keep the result that the author sees.
    """
    for found in find_fields(root):
        kind, _, rest = found.code.strip().partition(" ")
        name, _, switches = rest.strip().partition(" ")
        if kind.upper() == "SEQ" and found.results and _PLAIN.fullmatch(switches):
            for text in found.results:
                text.text = ""
            found.results[0].append(etree.ProcessingInstruction("sequence", name))


def cut_sequences(xml: str) -> str:
    """Replace the marks of a serialised part by characters that survive the compilation."""
    return re.sub(r"<\?sequence ([^?]*)\?>", rf"{marks.SEQUENCE}\1{marks.SEQUENCE}", xml)


def number_sequences(text: str) -> str:
    """Return a rendered part with the captions of each sequence numbered from 1."""
    numbers: Counter[str] = Counter()

    def number(found: re.Match[str]) -> str:
        numbers[found[1]] += 1
        return str(numbers[found[1]])

    return _SEQUENCE.sub(number, text)
