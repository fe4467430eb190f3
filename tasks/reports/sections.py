"""The headings of the collective report, by which a log may say where something happened."""

from collections.abc import Iterator

from config.maturity_model import MaturityModel
from tasks.reports.voice import Voice

_FIXED = (
    "Sommaire",
    "Comment lire ce rapport",
    "Lire une page de résultats",
    "Ce que ce rapport ne fait pas",
    "Où en est l’étude",
    "Synthèse",
    "Ce qui est largement partagé",
    "Là où les points de vue divergent",
    "Les moyens et les ambitions",
    "Ce que les entretiens ont déplacé",
    "Questions pour l’atelier",
    "Qui a répondu",
    "Depuis l’édition précédente",
    "Toutes les réponses, sujet par sujet",
    "Où se situent les sujets",
    "Là où les points de vue divergent le plus",
    "Les moyens suivent-ils les ambitions ?",
    "Les sujets que personne ne prend en compte",
    "Exemples, freins, leviers et besoins",
    "Questions complémentaires",
    "Méthode et limites",
    "D’où viennent ces résultats",
    "Confidentialité",
    "Mesures employées",
    "Limites",
    "Sources",
    "Annexe : les effectifs",
    "Autres paroles recueillies",
    "Les préconisations citées",
    "Glossaire",
)
_OF_LEVELS = (
    "Les {{ model.level_words }}",
    "Ce qui a été dit de la maturité et de ses {{ model.level_words }}",
)


def known_headings(voice: Voice, model: MaturityModel) -> dict[str, str]:
    """The headings that the report's template and its model give: folded → as printed.

    A heading that staff typed is not among them: it may hold a name.
    """
    return {folded(heading): heading for heading in _headings(voice, model)}


def folded(heading: str) -> str:
    """A heading without what typography and editing change: blanks and capitals."""
    return " ".join(heading.split()).casefold()


def _headings(voice: Voice, model: MaturityModel) -> Iterator[str]:
    yield from map(voice.say, _FIXED)
    for heading in _OF_LEVELS:
        yield voice.say(heading).replace("{{ model.level_words }}", voice.level_words)
    yield from (voice.text(axis.label) for axis in model.axes)
    yield from (voice.text(dimension.label) for dimension in model.dimensions)
