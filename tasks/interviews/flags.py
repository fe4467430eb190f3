"""Words of a passage by which somebody could be recognised: a hint for whoever reviews it.

No list knows every nickname; the reviewer reads. A program that recognises names by itself is not
used: none of quality for French runs from a package alone, without a model to download.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from config.maturity_model import MaturityModel
from config.study import Study
from tasks.interviews.stems import (
    LINKS,
    WORD,
    Stems,
    bare,
    fold,
    folds,
    initials,
    plain,
    stem,
    stems,
    tidy,
)
from tasks.survey.source import Participant

SHORTEST = 4  # letters of a word of a post or place that is flagged by itself
SHORT_NAME = 3  # letters up to which a name is one with its capital alone
ACRONYM = 3  # letters from which those of a post are looked for
CROWD = 4  # people from which a word that most of them share tells nobody apart

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?:\+|\b0)\d(?:[ .\-\u00a0\u202f]?\d){7,}")
_PSEUDONYM = re.compile(r"\b[Pp]\d{2,}\b")
_LETTERS = re.compile(r"(?<!\w)[A-Z](?:[.\- ]{0,3}[A-Z]){1,5}(?!\w)\.?")
_TITLED = re.compile(
    r"\b(?:M|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle|Mrs|Ms)\b\.? ([A-Z])(?!\w)\.?"
)
_DEMONYM = re.compile(r"(?:ais|ois|ien|een|in|ain)(?:e|ne)?s?")
_GENERAL = frozenset({
    "dans", "avec", "pour", "chez", "sous", "vers", "entre", "leur", "votre", "cette", "autre",
    "charge", "chargee", "charges", "responsable", "responsabilite", "service", "services", "saint",
    "sainte", "general", "projet", "information", "maison", "systeme", "mission", "equipe", "agent",
    "agente", "poste", "affaire", "gestion", "developpement", "ressource", "moyen", "public",
    "population", "relation", "action", "suivi", "vie", "petit", "petite", "grand",
    "grande", "jeune", "nouveau", "nouvelle",
    "travail", "travaux", "outil", "usage", "local", "commun", "commune", "communal",
    "collectivite",
    "ville", "territoire", "pays", "membre", "groupe", "centre", "point", "accompagnement",
    "organisation", "interne", "externe", "the", "and", "from", "with", "head", "department",
    "office", "project", "team", "manager", "house",
})  # fmt: skip
_ORDINARY = frozenset({
    "aime", "ange", "barbier", "beau", "berger", "blanc", "blanche", "bois", "bon", "boucher",
    "boulanger", "brun", "chevalier", "claire", "clair", "clement", "constant", "cousin", "david",
    "desire", "dupont", "fabre", "fleur", "fontaine", "forestier", "france", "franc", "gros",
    "grand", "jardin", "jolie", "joly", "juste", "laval", "leger", "leblanc", "lemaire", "lion",
    "long", "marchand", "marin", "martin", "maire", "mercier", "meunier", "modeste", "moulin",
    "noel", "noir", "olive", "page", "parfait", "paris", "pascal", "pasteur", "perle", "petit",
    "picard", "pierre", "pont", "prosper", "prudence", "renard", "rey", "riviere", "rose", "rousse",
    "roux", "royer", "sage", "savoie", "solange", "tissier", "vidal", "victoire", "ville",
    "violette", "personne",
})  # fmt: skip
"""Names, folded, that are words as well: somebody is meant when they bear a capital."""
_OTHER_ACRONYMS = frozenset({
    "SI", "IA", "RH", "TI", "UE", "EU", "PC", "CV", "ID", "PS", "NB", "OK", "IT", "AI", "HR", "TV",
})  # fmt: skip


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
    """What to look for.

    Attributes:
        phrases: stems of the words, one after the other → why.
        names: folded words of names, one after the other → a capital is needed.
        letters: initials of people and of posts, in capitals → why.
        surnames: first letters of surnames, for « Mme R. ».
        places: folded names of places, without their last vowel, for those who live there.
    """

    phrases: Mapping[Stems, FlagKind]
    names: Mapping[Stems, bool] = field(default_factory=dict)
    letters: Mapping[str, FlagKind] = field(default_factory=dict)
    surnames: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    @property
    def longest(self) -> int:
        """The number of words of the longest phrase."""
        return max(map(len, (*self.phrases, *self.names)), default=0)


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
    general = {plain(word) for word in _GENERAL} | _subject(study, model)
    posts = [[*person.attributes.values()] for person in people]
    _watch(phrases, FlagKind.POST, posts, general, SHORTEST)
    _watch(phrases, FlagKind.PLACE, [[study.authority.name]], general, SHORTEST - 1)
    listed = [stems(word) for word in study.review_words]
    places = {word for word in folds(study.authority.name) if len(word) > SHORTEST}
    return WatchList(
        phrases | {words: FlagKind.LISTED for words in listed if words},
        dict(_names(people)),
        _letters(people, posts),
        frozenset(fold(one.lastname)[:1].upper() for one in people if one.lastname),
        frozenset(word.rstrip("aeio") for word in places if plain(word) not in general),
    )


def _names(people: Sequence[Participant]) -> Iterator[tuple[Stems, bool]]:
    """The words of every name, alone, together and written as one."""
    nobody = {plain(word) for word in _GENERAL} - {plain(word) for word in _ORDINARY}
    for person in people:
        local = person.email.partition("@")[0]
        for text in (person.firstname, person.lastname, local):
            words = folds(text)
            if len(words) > 1:
                yield words, False
                yield ("".join(words),), False
            for word in words:
                if len(word) > 1 and not word.isdigit() and plain(word) not in nobody:
                    yield (word,), len(word) <= SHORT_NAME or word in _ORDINARY
        whole = folds(f"{person.firstname} {person.lastname}")
        if len(whole) > 1:
            yield whole, False


def _letters(
    people: Sequence[Participant], posts: Sequence[Sequence[str]]
) -> Mapping[str, FlagKind]:
    """The initials of people, of two letters on, and of their posts, of three on."""
    made = [initials(text) for mine in posts for text in mine]
    found = {letters: FlagKind.POST for letters in made if len(letters) >= ACRONYM}
    for person in people:
        first, last = initials(person.firstname), initials(person.lastname)
        for letters in {first + last, first[:1] + last[:1], first, last} - _OTHER_ACRONYMS:
            if len(letters) > 1 and letters.isalpha():
                found[letters] = FlagKind.NAME
    return found


def _watch(
    phrases: dict[Stems, FlagKind],
    kind: FlagKind,
    texts: Sequence[Sequence[str]],
    general: set[str],
    shortest: int,
) -> None:
    """Watch each person's texts as a whole, and those of their words that are not general."""
    shared = Counter(word for mine in texts for word in {w for text in mine for w in _plain(text)})
    common = {w for w, n in shared.items() if len(texts) >= CROWD and n * 2 > len(texts)}
    dull = general | common
    for text in (text for mine in texts for text in mine):
        whole = stems(text)
        if len(whole) > 1:
            phrases[whole] = kind
        if kind is FlagKind.POST:
            phrases.update(dict.fromkeys(_parts(text, dull), kind))
        for raw, word in zip(WORD.findall(tidy(text)), whole, strict=True):
            telling = len(raw) >= shortest or (raw.isupper() and len(raw) > 1)
            if telling and not raw.isdigit() and plain(raw) not in dull:
                phrases[(word,)] = kind


def _parts(text: str, dull: set[str]) -> Iterator[Stems]:
    """Neighbouring words of a post that tell more than each alone: « directrice générale »."""
    words, folded, bases = stems(text), folds(text), _plain(text)
    for start in range(len(words) - 1):
        ends = {folded[start], folded[start + 1]}
        if not ends & LINKS and not set(bases[start : start + 2]) <= dull:
            yield words[start : start + 2]


def _subject(study: Study, model: MaturityModel) -> set[str]:
    labels = [axis.label for axis in model.axes] + [one.label for one in model.dimensions]
    texts = [label.say(study.language) for label in labels]
    return {word for text in (*texts, study.authority.kind) for word in _plain(text)}


def _plain(text: str) -> Stems:
    return tuple(map(plain, WORD.findall(tidy(text))))


def flags(text: str, watch: WatchList) -> tuple[Flag, ...]:
    """What a passage holds of the watch list, in the order of the text, each once."""
    text = tidy(text)
    found = [*_phrases(text, watch), *_patterns(text), *_initials(text, watch)]
    return tuple(dict.fromkeys(flag for _, flag in sorted(found, key=lambda one: one[0])))


def _phrases(text: str, watch: WatchList) -> Iterator[tuple[int, Flag]]:
    places = list(WORD.finditer(text))
    words = [place.group() for place in places]
    at = 0
    while at < len(words):
        length, kind = _longest(words[at : at + watch.longest], watch)
        if length:
            start, end = places[at].start(), places[at + length - 1].end()
            yield start, Flag(kind, text[start:end])
        at += length or 1


def _longest(words: Sequence[str], watch: WatchList) -> tuple[int, FlagKind]:
    """How many of the next words are watched together, and why; 0: none."""
    folded, roots = [fold(word) for word in words], [stem(word) for word in words]
    for length in range(len(words), 0, -1):
        capital = watch.names.get(tuple(folded[:length]))
        if capital is None and length == 1:
            capital = watch.names.get((folded[0].removesuffix("s"),))
        if capital is not None and (words[0][0].isupper() or not capital):
            return length, FlagKind.NAME
        if kind := watch.phrases.get(tuple(roots[:length])):
            return length, kind
    lives = folded and any(
        folded[0].startswith(place) and _DEMONYM.fullmatch(folded[0].removeprefix(place))
        for place in watch.places
    )
    return int(bool(lives)), FlagKind.PLACE


def _initials(text: str, watch: WatchList) -> Iterator[tuple[int, Flag]]:
    """« H. R.-L. », « HRL », « D.G.S. », « Mme R. »."""
    unaccented = bare(text)
    for place in _LETTERS.finditer(unaccented):
        letters = "".join(filter(str.isalpha, place.group()))
        if kind := watch.letters.get(letters):
            yield place.start(), Flag(kind, text[place.start() : place.end()])
    for place in _TITLED.finditer(unaccented):
        if place[1] in watch.surnames:
            yield place.start(), Flag(FlagKind.NAME, text[place.start() : place.end()])


def _patterns(text: str) -> Iterator[tuple[int, Flag]]:
    for pattern, kind in ((_ADDRESS, FlagKind.ADDRESS), (_PSEUDONYM, FlagKind.PSEUDONYM)):
        for place in pattern.finditer(text):
            yield place.start(), Flag(kind, place.group())
