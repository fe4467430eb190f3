"""Words as they are compared: without accents, case, number and gender; first letters of names."""

import re
import unicodedata

Stems = tuple[str, ...]

WORD = re.compile(r"[^\W_]+")
LINKS = frozenset({
    "de", "des", "du", "d", "la", "le", "les", "l", "et", "a", "au", "aux", "en", "sur", "pour",
    "of", "the", "and", "for",
})  # fmt: skip
"""Words that link others, folded: no acronym takes their letter."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphens, marks of no width
_ENDINGS: tuple[tuple[str, str], ...] = (
    ("iciennes", "i"), ("icienne", "i"), ("iciens", "i"), ("icien", "i"), ("iques", "i"),
    ("ique", "i"), ("abilites", "abl"), ("abilite", "abl"), ("ables", "abl"), ("able", "abl"),
    ("trices", "teur"), ("trice", "teur"), ("tions", "teur"), ("tion", "teur"), ("ences", "ent"),
    ("ence", "ent"), ("ariats", "air"), ("ariat", "air"), ("aires", "air"), ("aire", "air"),
    ("esses", ""), ("esse", ""), ("euses", "eur"), ("euse", "eur"), ("eures", "eur"),
    ("eure", "eur"), ("istes", ""), ("iste", ""), ("eres", "er"), ("ere", "er"), ("ennes", "en"),
    ("enne", "en"), ("atives", "atif"), ("ative", "atif"), ("ffes", "f"), ("ffe", "f"),
    ("aux", "al"),
    ("ales", "al"), ("ale", "al"), ("ees", ""), ("ee", ""), ("es", ""), ("e", ""), ("s", ""),
    ("x", ""),
)  # fmt: skip


def tidy(text: str) -> str:
    """A text with one way to write each letter, and without what nobody sees."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def bare(text: str) -> str:
    """A text without accents, letter by letter: places in it are those in the text."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text)


def fold(word: str) -> str:
    """A word without accents and case."""
    apart = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def folds(text: str) -> Stems:
    """The words of a text without accents and case; compounds are split."""
    return tuple(map(fold, WORD.findall(tidy(text))))


def stems(text: str) -> Stems:
    """The words of a text without accents, case, plural and feminine; compounds are split."""
    return tuple(map(stem, WORD.findall(tidy(text))))


def plain(word: str) -> str:
    """A word without accents, case and plural: « direction » stays apart from « directrice »."""
    return fold(word).rstrip("sx")


def stem(word: str) -> str:
    """The root that a post shares with its other forms, roughly.

    « Directrices », « direction » → directeur; « informaticienne » → informati.
    """
    found = fold(word)
    for ending, instead in _ENDINGS:
        if found.endswith(ending) and len(found) > len(ending) + 2:
            return found.removesuffix(ending) + instead
    return found


def initials(text: str) -> str:
    """The first letters of the words that carry meaning: « Directrice des routes » → DR."""
    return "".join(word[0].upper() for word in folds(text) if word not in LINKS)
