"""What the merge says to staff, in comments and in the change log."""

from config.catalogue import say
from tasks.word.merge.model import Kind, MergeEvent, MergeWords, Subject


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


_SENTENCES = {
    Kind.REFRESHED: "Mis à jour : personne n’y avait touché.",
    Kind.KEPT: "Conservé tel que vous l’avez écrit.",
    Kind.OFFERED: "Conservé tel que vous l’avez écrit ; le nouveau texte est proposé à côté.",
    Kind.INSERTED: "Ajouté : de nouvelles réponses le demandent.",
    Kind.REMOVED: "Retiré : plus aucune réponse ne le justifie et personne n’y avait touché.",
    Kind.KEPT_GONE: "Conservé parce que vous l’avez modifié ; plus aucune réponse ne le justifie.",
    Kind.DELETED_BY_STAFF: "Toujours absent : vous l’aviez supprimé ; son contenu a changé depuis.",
}
_CHARTS = {
    Kind.REFRESHED: "Données du graphique mises à jour, votre mise en forme est conservée.",
    Kind.KEPT: "Graphique conservé : vous en aviez modifié les valeurs ; "
    "les nouvelles sont en commentaire.",
}
_SUBJECTS = {
    Subject.PARAGRAPH: "paragraphe",
    Subject.TABLE: "tableau",
    Subject.ROW: "ligne de tableau",
    Subject.CELL: "case de tableau",
    Subject.CHART: "graphique",
    Subject.HEADER: "en-tête ou pied de page",
}


def sentence(event: MergeEvent, language: str = "fr") -> str:
    """Return what was done to a passage and why, as the change log says it."""
    sentences = _CHARTS if event.subject is Subject.CHART else _SENTENCES
    return say(sentences.get(event.kind, _SENTENCES[event.kind]), language)


def subject(event: MergeEvent, language: str = "fr") -> str:
    """Return the name of what an event is about: « graphique », for example."""
    return say(_SUBJECTS[event.subject], language)
