"""Which tag was left open, when jinja only says at the end that one was."""

import re
from collections.abc import Sequence

_TAG = re.compile(r"\{%[-+]?\s*(\w+)")
_OPENING = frozenset(("if", "for", "filter", "macro", "call", "with"))


def left_open(lines: Sequence[str], last: int) -> int | None:
    """Return the line of the tag that is still open where jinja stopped, None when none is.

    Args:
        lines: of the program; tags are jinja's own.
        last: the line at which jinja stopped, counted from 1; the tags on it were not accepted.
    """
    opened: list[tuple[str, int]] = []
    for number, line in enumerate(lines, 1):
        for found in _TAG.finditer(line):
            word = found[1]
            if word in _OPENING:
                opened.append((word, number))
            elif opened and word == f"end{opened[-1][0]}":
                opened.pop()
            elif word.startswith("end") and number >= last:
                return opened[-1][1] if opened else None
    return opened[-1][1] if opened else None
