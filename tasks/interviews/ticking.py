"""Boxes that people tick in a document: ☒ or an « x », before the words; never guessed."""

import re
import unicodedata
from collections.abc import Iterable

BOXES = "☐□▢◻"
_EMPTY = re.compile(r"^(?:[☐□▢◻]|\[\s*\]|\(\s*\)|_+)?$")
_TICK = r"(?:[☒☑✓✔✗✘xX]|\[\s*[xX✓✔]\s*\]|\(\s*[xX✓✔]\s*\))"
_TICKED = re.compile(rf"^[☐□▢◻]?\s*{_TICK}$")


class Unclear(ValueError):
    """No certain choice can be read."""


def chosen(text: str, words: Iterable[str]) -> str | None:
    """Return the word whose box is ticked, None when no box is.

    A text that is one of the words alone is that choice, too.

    Args:
        text: of the field.
        words: the choices.

    Raises:
        Unclear: two boxes, a mark between two boxes, words that are not offered.
    """
    names = {_plain(word): word for word in words}
    plain = _plain(text).strip(" .;,")
    if not plain:
        return None
    if plain in names:
        return names[plain]
    pieces = _cut(plain, names)
    if pieces[-1][0].strip(" .;,") or not pieces[:-1]:
        raise Unclear
    ticked = [names[word] for before, word in pieces[:-1] if _state(before)]
    if len(ticked) > 1 or (not ticked and len(pieces[:-1]) < len(names)):
        raise Unclear  # of several boxes only some are left, and none is ticked
    return ticked[0] if ticked else None


def _cut(text: str, names: Iterable[str]) -> list[tuple[str, str]]:
    """Cut a text at the choices: what stands before each, then what stands behind the last."""
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest))
    pieces, at = [], 0
    for found in pattern.finditer(text):
        pieces.append((text[at : found.start()], found.group()))
        at = found.end()
    if len({word for _, word in pieces}) != len(pieces):
        raise Unclear
    return [*pieces, (text[at:], "")]


def _state(before: str) -> bool:
    before = before.strip(" .;,/|")
    if _TICKED.match(before):
        return True
    if _EMPTY.match(before):
        return False
    raise Unclear


def _plain(text: str) -> str:
    """Small letters without accents, single spaces."""
    letters = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(kept.split())
