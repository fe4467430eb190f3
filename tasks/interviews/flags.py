"""Words of a passage by which somebody could be recognised: a hint for whoever reviews it.

No list knows every nickname; the reviewer reads. A program that recognises names by itself is not
used: none of quality for French runs from a package alone, without a model to download.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from config.maturity_model import MaturityModel
from config.study import Study
from tasks.survey.source import Participant

SHORTEST = 4  # letters of a word of a post or place that is flagged by itself
CROWD = 4  # people from which a word that most of them share tells nobody apart

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?:\+|\b0)\d(?:[ .\-\u00a0\u202f]?\d){7,}")
_PSEUDONYM = re.compile(r"\bP\d{2,}\b")
_GENERAL = frozenset({
    "dans", "avec", "pour", "chez", "sous", "vers", "entre", "leur", "votre", "cette", "autre",
    "charge", "responsable", "service", "saint", "sainte", "general", "the", "and", "from", "with",
    "head", "department", "office",
})  # fmt: skip

Stems = tuple[str, ...]


class FlagKind(StrEnum):
    """Why a word is flagged."""

    NAME = "name"
    POST = "post"
    PLACE = "place"
    LISTED = "listed"
    ADDRESS = "address"
    PSEUDONYM = "pseudonym"


@dataclass(frozen=True)
class Flag:
    """Words to look at, as they stand in the passage."""

    kind: FlagKind
    words: str


@dataclass(frozen=True)
class WatchList:
    """What to look for: stems of the words, one after the other → why."""

    phrases: Mapping[Stems, FlagKind]

    @property
    def longest(self) -> int:
        """The number of words of the longest phrase."""
        return max(map(len, self.phrases), default=0)


def watch_list(people: Sequence[Participant], study: Study, model: MaturityModel) -> WatchList:
    """What would tell who is who in a study.

    A word that most people share (« service »), or that the questionnaire is about
    (« numérique »), tells nobody apart and is watched only within a longer phrase.

    Args:
        people: everybody invited: names, addresses and attributes (post, department).
        study: name of the authority, and the study's own words.
        model: what the questionnaire is about.
    """
    phrases: dict[Stems, FlagKind] = {}
    general = {stem(word) for word in _GENERAL} | _subject(study, model)
    posts = [[*person.attributes.values()] for person in people]
    names = [_names(person) for person in people]
    _watch(phrases, FlagKind.POST, posts, general, SHORTEST)
    _watch(phrases, FlagKind.PLACE, [[study.authority.name]], general, SHORTEST - 1)
    _watch(phrases, FlagKind.NAME, names, {stem(word) for word in _GENERAL}, 2)
    listed = [stems(word) for word in study.review_words]
    return WatchList(phrases | {words: FlagKind.LISTED for words in listed if words})


def _names(person: Participant) -> list[str]:
    local = person.email.partition("@")[0]
    return [person.firstname, person.lastname, f"{person.firstname} {person.lastname}", local]


def _watch(
    phrases: dict[Stems, FlagKind],
    kind: FlagKind,
    texts: Sequence[Sequence[str]],
    general: set[str],
    shortest: int,
) -> None:
    """Watch each person's texts as a whole, and those of their words that are not general."""
    shared = Counter(word for mine in texts for word in {w for text in mine for w in stems(text)})
    common = {w for w, n in shared.items() if len(texts) >= CROWD and n * 2 > len(texts)}
    for text in (text for mine in texts for text in mine):
        whole = stems(text)
        if len(whole) > 1:
            phrases[whole] = kind
        for raw, word in zip(_WORD.findall(text), whole, strict=True):
            telling = len(raw) >= shortest and not raw.isdigit()
            if telling and word not in general | common:
                phrases[(word,)] = kind


def _subject(study: Study, model: MaturityModel) -> set[str]:
    labels = [axis.label for axis in model.axes] + [one.label for one in model.dimensions]
    texts = [label.say(study.language) for label in labels]
    return {word for text in (*texts, study.authority.kind) for word in stems(text)}


def flags(text: str, watch: WatchList) -> tuple[Flag, ...]:
    """What a passage holds of the watch list, in the order of the text, each once."""
    found = [*_phrases(text, watch), *_patterns(text)]
    return tuple(dict.fromkeys(flag for _, flag in sorted(found, key=lambda one: one[0])))


def _phrases(text: str, watch: WatchList) -> Iterator[tuple[int, Flag]]:
    text = unicodedata.normalize("NFC", text)
    places = list(_WORD.finditer(text))
    words = [stem(place.group()) for place in places]
    at = 0
    while at < len(words):
        length = _longest(words, at, watch)
        if length:
            start, end = places[at].start(), places[at + length - 1].end()
            kind = watch.phrases[tuple(words[at : at + length])]
            yield start, Flag(kind, text[start:end])
        at += length or 1


def _longest(words: Sequence[str], at: int, watch: WatchList) -> int:
    for length in range(min(watch.longest, len(words) - at), 0, -1):
        if tuple(words[at : at + length]) in watch.phrases:
            return length
    return 0


def _patterns(text: str) -> Iterator[tuple[int, Flag]]:
    for pattern, kind in ((_ADDRESS, FlagKind.ADDRESS), (_PSEUDONYM, FlagKind.PSEUDONYM)):
        for place in pattern.finditer(text):
            yield place.start(), Flag(kind, place.group())


def stems(text: str) -> Stems:
    """The words of a text without accents, case, plural and feminine; compounds are split."""
    return tuple(stem(word) for word in _WORD.findall(unicodedata.normalize("NFC", text)))


def stem(word: str) -> str:
    """A word without accents, case, plural and feminine, roughly: « Directrices » → directeur."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    for ending, instead in _ENDINGS:
        if plain.endswith(ending) and len(plain) > len(ending) + 2:
            return plain.removesuffix(ending) + instead
    return plain


_ENDINGS: tuple[tuple[str, str], ...] = (
    ("trices", "teur"), ("trice", "teur"), ("aux", "al"), ("ales", "al"), ("ale", "al"),
    ("es", ""), ("e", ""), ("s", ""), ("x", ""),
)  # fmt: skip
