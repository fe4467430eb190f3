"""Who gave no level, and what the missing answers could change; nothing is imputed to anybody."""

from config.maturity_model import OutOfScale
from tasks.reports.voice import Voice
from tasks.reports.wording import MANY_SILENT, Scale
from tasks.results import Distribution, Reading


def silence_sentences(voice: Voice, distribution: Distribution) -> list[str]:
    """Who gave no level, kind by kind; nothing is imputed to them."""
    if distribution.counts is None:
        return []
    told = [
        voice.count(*_SILENCES[kind], distribution.out_of_scale[kind])
        for kind in OutOfScale
        if distribution.out_of_scale.get(kind)
    ]
    unknowing = distribution.out_of_scale.get(OutOfScale.DONT_KNOW, 0)
    asked = distribution.n + sum(distribution.out_of_scale.values())
    if unknowing and unknowing >= MANY_SILENT * asked:
        told.append(
            voice.say("C’est en soi un résultat : l’information circule-t-elle à ce sujet ?")
        )
    return told


_SILENCES = {
    OutOfScale.DONT_KNOW: (
        "{count} personne répond « Je ne sais pas ».",
        "{count} personnes répondent « Je ne sais pas ».",
    ),
    OutOfScale.NOT_APPLICABLE: (
        "{count} personne ne se dit pas concernée.",
        "{count} personnes ne se disent pas concernées.",
    ),
    OutOfScale.REFUSED: (
        "{count} personne préfère ne pas répondre.",
        "{count} personnes préfèrent ne pas répondre.",
    ),
    OutOfScale.UNANSWERED: (
        "{count} personne laisse la question sans réponse.",
        "{count} personnes laissent la question sans réponse.",
    ),
}


def missing_sentence(voice: Voice, scale: Scale, reading: Reading) -> str:
    """What the missing answers could change; empty when nothing."""
    if not reading.if_missing_low or not reading.if_missing_high:
        return ""
    low, high = reading.if_missing_low[0], reading.if_missing_high[-1]
    if {low, high} <= set(reading.levels):
        return ""
    return voice.say(
        "Les réponses qui manquent pourraient déplacer cette lecture : selon ce qu’elles diraient,"
        " la réponse du milieu se situerait entre {low} et {high}.",
        low=scale.labels[low],
        high=scale.labels[high],
    )
