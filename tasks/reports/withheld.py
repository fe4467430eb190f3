"""Why something is not shown, in one kind sentence."""

from collections.abc import Mapping

from tasks.reports.voice import Voice
from tasks.results import Withheld


def withheld_sentence(voice: Voice, reason: Withheld | None) -> str:
    """Why a breakdown is not shown."""
    return voice.say(_REASONS.get(reason, _REASONS[Withheld.SMALL_GROUP]))


_REASONS: Mapping[Withheld | None, str] = {
    Withheld.SMALL_GROUP: (
        "La répartition n’est pas montrée : le groupe est trop petit pour que chaque personne"
        " reste protégée."
    ),
    Withheld.COMPLEMENTARY: (
        "La répartition n’est pas montrée : elle permettrait de retrouver par soustraction les"
        " réponses d’un petit groupe."
    ),
    Withheld.NOT_RENEWED: (
        "La répartition n’est pas renouvelée : trop peu de réponses ont changé depuis la"
        " dernière édition."
    ),
}
