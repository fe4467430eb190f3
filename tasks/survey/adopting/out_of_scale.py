"""« Ne sait pas », « sans objet », « ne souhaite pas répondre »: answers that are no level."""

import re
from collections.abc import Iterable

from config.maturity_model import OutOfScale

# The whole beginning of an answer, never a word inside one: « On ne sait pas quelles données
# existent » is a behaviour.
PHRASES = {
    OutOfScale.DONT_KNOW: (
        r"(je |vous )?ne (sais|sait|savez|sachant) pas",
        r"nsp",
        r"(sans|pas d'|aucun|aucune) ?(avis|opinion)",
        r"ne se prononce pas",
        r"(i |we )?(do not|don't|cannot|can't) (know|say|tell)",
        r"(no opinion|not sure|unsure|dk)",
    ),
    OutOfScale.NOT_APPLICABLE: (
        r"sans objet",
        r"((je ne suis|je suis|vous n'êtes) )?(non |pas )concerné(e|\(e\)|·e)?",
        r"(non applicable|ne s'applique pas)",
        r"(not applicable|does not apply|not concerned|na)",
    ),
    OutOfScale.REFUSED: (
        r"(je )?(ne (souhaite|désire|veux|veut) pas|préfère ne pas|refuse de) (répondre|le dire)",
        r"refus( de répondre)?",
        r"(i )?((would|'d) )?(prefer|rather|wish) not (to )?(answer|say)",
        r"(refused|no comment)",
    ),
    OutOfScale.UNANSWERED: (r"(sans|pas de) réponse", r"no answer"),
}


def out_of_scale(texts: Iterable[str]) -> OutOfScale | None:
    """What an answer is when it is no level, by its text in any language; None: a level.

    « Ne sait pas / sans objet » is the first of the two: nothing tells them apart afterwards.
    """
    for text in texts:
        start = re.split(r"\s*[/,;:.(–]|\s+(?:ou|or|et|and)\s+", _plain(text))[0].strip()
        for meaning, phrases in PHRASES.items():
            if any(re.fullmatch(phrase, start) for phrase in phrases):
                return meaning
    return None


def _plain(text: str) -> str:
    words = " ".join(text.replace("’", "'").split()).casefold()
    return words.replace("n/a", "na")
