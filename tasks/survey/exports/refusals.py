"""What is told of a file that cannot be used, and how to export it again."""

from config.catalogue import say
from config.errors import PlatformError

EXPORT_AGAIN = """\
Exportez à nouveau, sur LimeSurvey :
1. dans le menu du questionnaire, ouvrez « Réponses », puis « Exporter » et « Exporter les \
réponses » ;
2. comme format, choisissez « CSV » ou « Microsoft Excel » ;
3. gardez « Toutes les réponses », du premier au dernier numéro, et toutes les colonnes ;
4. sous « Réponses », choisissez « Codes de réponses » ;
5. sous « En-têtes », choisissez « Code de la question » ;
6. déposez le fichier tel quel, sans l’ouvrir dans un tableur.
L’archive du questionnaire (.lsa) convient aussi et ne demande aucun réglage."""


class Unreadable(Exception):
    """A file that no reader gets to the end of: damaged, half copied, dangerous.

    Args:
        why: a French sentence of the catalogue, without values.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class TooLarge(Unreadable):
    """A file out of all proportion for what it is to hold."""


def refusal(sentence: str, language: str, **values: object) -> PlatformError:
    """The error of a file that was read and does not hold what is needed."""
    return PlatformError(say(sentence, language, **values), say(EXPORT_AGAIN, language))
