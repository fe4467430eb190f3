"""Bookmarks of a rendered part: unique ids, unique names, each with a start and an end."""

import re
from collections.abc import Iterator

_BOOKMARK = re.compile(r"(<w:bookmark(?:Start|End)\b[^>]*/>)")
_ID = re.compile(r'w:id="(\d+)"')
_NAME = re.compile(r'w:name="([^"]*)"')


def renumber_bookmarks(text: str, ids: Iterator[int]) -> str:
    """Give each bookmark of the author its own id; halves without their other half go.

    A bookmark in a loop comes out as often as the loop turns, with the same id and name; the
    first keeps the name, the others go.

    Args:
        text: a rendered part.
        ids: of the bookmarks of the document.
    """
    pieces = _BOOKMARK.split(text)  # text, mark, text, mark, …, text
    starts: dict[str, int] = {}
    names: set[str] = set()
    for place in range(1, len(pieces), 2):
        mark = pieces[place]
        identifier = _first(_ID, mark)
        if mark.startswith("<w:bookmarkStart"):
            _forget(pieces, starts, identifier)
            starts[identifier] = place
            continue
        start = starts.pop(identifier, None)
        name = "" if start is None else _first(_NAME, pieces[start])
        pieces[place] = ""
        if start is None or name in names:
            pieces[start or place] = ""
            continue
        names.add(name)
        number = next(ids)
        pieces[start] = _ID.sub(f'w:id="{number}"', pieces[start])
        pieces[place] = f'<w:bookmarkEnd w:id="{number}"/>'
    for identifier in list(starts):
        _forget(pieces, starts, identifier)
    return "".join(pieces)


def _first(pattern: re.Pattern[str], mark: str) -> str:
    found = pattern.search(mark)
    return found[1] if found else ""


def _forget(pieces: list[str], starts: dict[str, int], identifier: str) -> None:
    """Take out a start that no end followed."""
    place = starts.pop(identifier, None)
    if place is not None:
        pieces[place] = ""
