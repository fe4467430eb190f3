"""What the merge writes into comments; the change log has its own words (`tasks.reports`)."""

from config.catalogue import say
from tasks.word.merge.model import MergeWords


def merge_words(language: str = "fr") -> MergeWords:
    """Return the sentences that the merge writes into comments."""
    return MergeWords(
        offer=say("Les réponses ont changé depuis votre correction. Nouveau texte :", language),
        table=say(
            "Les colonnes de ce tableau ont changé depuis votre correction. Nouveau tableau :",
            language,
        ),
        chart=say(
            "Vous avez modifié les valeurs de ce graphique : il est resté tel quel. "
            "Nouvelles valeurs :",
            language,
        ),
        adopted=say("Rapport automatique, texte repris par l’équipe", language),
        initials=say("RA", language),
        language=language,
    )
