"""Names, addresses and tokens in documents that must not bear any."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product

from tasks.survey.source import Participant
from tasks.word.contents import texts_inside

END = "\0"  # stands among the words where a sentence ends
TITLES = frozenset({
    "m", "mr", "mme", "mlle", "me", "dr", "pr", "monsieur", "madame", "mademoiselle", "maitre",
    "docteur", "docteure", "professeur", "professeure", "mister", "mrs", "ms", "miss", "doctor",
    "professor",
})  # fmt: skip
"""After one of these a surname alone tells who is meant."""
ALSO_WORDS = frozenset({"m", "me"})  # « il m’a », « me petit »: titles only before a capital
LONGEST_NAME = 5  # words; what is longer is looked for as it stands
TELLING = 6  # letters of a name written as one word

_ENDS = re.compile(r"[.!?;:…]+(?=\s)|[\r\n]{2,}")
_WORD = re.compile(rf"[^\W_]+|{END}")
_UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")  # accents, soft hyphens…
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})

Words = tuple[str, ...]
Form = tuple[Words, str, int]
"""How a secret may be written, the secret, and from which word on a capital is needed."""


def identifying(people: Iterable[Participant]) -> tuple[str, ...]:
    """Full names, addresses and tokens of people."""
    return tuple(
        text
        for person in people
        for text in (f"{person.firstname} {person.lastname}", person.email, person.token)
        if text and text.strip()
    )


def names_in(
    document: bytes, secrets: Iterable[str], allowed: Iterable[str] = ()
) -> frozenset[str]:
    """The secrets found in a document, in any of its parts, however they are written.

    Accents, case and what stands between the words do not matter; a name is found with its surname
    first, with its parts joined, and by a title and the surname. A surname alone may be a common
    word: it is left to the reviewer (`tasks/interviews/flags.py`).

    Args:
        document: a Word file, a workbook, any archive or text.
        secrets: full names, e-mail addresses, tokens.
        allowed: those that may stand there: of people who agreed to be named.
    """
    return _names(texts_inside(document), secrets, allowed)


def names_in_text(text: str, secrets: Iterable[str], allowed: Iterable[str] = ()) -> frozenset[str]:
    """The secrets found in a text as somebody typed it; see `names_in`."""
    return _names([text], secrets, allowed)


def _names(texts: Iterable[str], secrets: Iterable[str], allowed: Iterable[str]) -> frozenset[str]:
    forms = _forms(tuple(sorted(set(secrets))))
    free = {words for secret in allowed for words, _ in _ways(secret)}
    found = (one for text in texts for one in _found(text, forms))
    return frozenset(secret for words, secret in found if words not in free)


def _found(text: str, forms: Mapping[str, tuple[Form, ...]]) -> Iterator[tuple[Words, str]]:
    """What a text holds; it is cut into words once, so that many names cost no more than a few."""
    raw = _words(text)
    folded = [word.casefold() for word in raw]
    for at, word in enumerate(folded):
        for words, secret, capital in forms.get(word, ()):
            here = tuple(folded[at : at + len(words)]) == words
            if here and all(one[0].isupper() for one in raw[at + capital : at + len(words)]):
                yield words, secret


@lru_cache(maxsize=8)
def _forms(secrets: tuple[str, ...]) -> Mapping[str, tuple[Form, ...]]:
    """Every way to write the secrets, by its first word."""
    found: dict[str, list[Form]] = {}
    for secret in secrets:
        for words, capital in _ways(secret):
            found.setdefault(words[0], []).append((words, secret, capital))
    return {first: tuple(forms) for first, forms in found.items()}


def _ways(secret: str) -> Iterator[tuple[Words, int]]:
    """The ways to write a secret, each with the number of its first words that need no capital."""
    words = tuple(word.casefold() for word in _words(secret) if word != END)
    if not words:
        return
    if "@" in secret or not 1 < len(words) <= LONGEST_NAME:
        yield words, len(words)
        return
    for joined in _joined(words):
        yield joined, len(joined)
    for cut in range(1, len(words)):
        surname = words[cut:]
        # « une fontaine claire » is nobody; « Fontaine Claire » is.
        for turned in _joined((*surname, *words[:cut])):
            yield turned, 0
        if not surname[0].isdigit():
            for title, between in product(TITLES, ((), (END,))):
                titled = (title, *between, *surname)
                yield titled, 1 + len(between) if title in ALSO_WORDS else len(titled)


def _joined(words: Words) -> Iterator[Words]:
    """The words, and all ways to write some of them as one: « Jeanmarc »."""
    yield words
    if sum(map(len, words)) < TELLING:
        return
    for glued in tuple(product((False, True), repeat=len(words) - 1))[1:]:
        found = [words[0]]
        for word, glue in zip(words[1:], glued, strict=True):
            found[-1:] = [found[-1] + word] if glue else [found[-1], word]
        yield tuple(found)


def _words(text: str) -> list[str]:
    """The words of a text without accents and unseen marks, and `END` where a sentence ends."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return _WORD.findall(_ENDS.sub(f" {END} ", _UNSEEN.sub("", plain)))
