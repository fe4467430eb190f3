"""Names, addresses and tokens in documents that must not bear any."""

import re
from collections.abc import Iterable

from tasks.word.contents import texts_inside

WORD = re.compile(r"[^\s,;:!?()«»\"]+")


def names_in(
    document: bytes, secrets: Iterable[str], allowed: Iterable[str] = ()
) -> frozenset[str]:
    """The secrets found in a document: whole words, whatever their case, in any of its parts.

    The text is cut into words once, so that many names cost no more than a few.

    Args:
        document: a Word file, a workbook, any archive.
        secrets: full names, e-mail addresses, tokens.
        allowed: those that may stand there: of people who agreed to be named.
    """
    wanted = {_words(secret): secret for secret in secrets}
    wanted = {words: secret for words, secret in wanted.items() if words}
    free = {_words(name) for name in allowed}
    sizes = {len(words) for words in wanted}
    found = set()
    for text in texts_inside(document):
        words = _words(text)
        for size in sizes:
            runs = zip(*(words[start:] for start in range(size)), strict=False)
            found |= {run for run in runs if run in wanted and run not in free}
    return frozenset(wanted[run] for run in found)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip(".'’").casefold() for word in WORD.findall(text))
