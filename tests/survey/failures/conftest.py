"""What the tests of the failures of LimeSurvey share."""

import pytest

from config.errors import PlatformError
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox import FaultKind

SURVEY = 641001
FOREVER = 99


def failure(limesurvey: LimeSurvey, survey_id: int = SURVEY) -> PlatformError:
    """The error of a pull."""
    with pytest.raises(PlatformError) as caught:
        list(limesurvey.windows(survey_id))
    return caught.value


# fault, the method it strikes, what the French message says, worth another try, its remedy
FAULTS = [
    (
        FaultKind.ERROR_PAGE,
        "export_responses",
        "échoue à l’appel export_responses",
        True,
        "plus tard",
    ),
    (FaultKind.ERROR_EMPTY, "export_responses", "(HTTP 500)", True, "MATURITY_WINDOW"),
    (FaultKind.NOT_FOUND, "get_session_key", "Rien ne se trouve", False, "MATURITY_LIMESURVEY_URL"),
    (FaultKind.FORBIDDEN, "get_session_key", "refuse l’accès", False, "administrateur"),
    (FaultKind.WEB_PAGE, "get_session_key", "Une page web répond", False, "maintenance"),
    (
        FaultKind.EMPTY,
        "get_session_key",
        "interface RPC est sans doute désactivée",
        False,
        "JSON-RPC",
    ),
    (FaultKind.XML, "get_session_key", "réglée sur XML", False, "JSON-RPC"),
    (FaultKind.PHP_WARNING, "export_responses", "avertissements de PHP", False, "display_errors"),
    (
        FaultKind.REDIRECT,
        "get_session_key",
        "renvoie vers https://127.0.0.1/index.php",
        False,
        "renvoi",
    ),
    (
        FaultKind.WRONG_ID,
        "get_summary",
        "n’a pas la forme attendue",
        False,
        "version de LimeSurvey",
    ),
    (FaultKind.EXPIRED_KEY, "export_responses", "ne reconnaît plus la connexion", False, "minutes"),
    (
        FaultKind.LOCKED_OUT,
        "get_session_key",
        "bloque les connexions",
        False,
        "Attendez 10\u00a0minutes",
    ),
    (
        FaultKind.NO_RIGHT,
        "export_responses",
        "«\u00a0Réponses\u00a0: voir et exporter\u00a0»",
        False,
        "survey_id",
    ),
    (
        FaultKind.NO_RIGHT,
        "get_summary",
        "«\u00a0Questionnaire\u00a0: voir\u00a0»",
        False,
        "permissions",
    ),
    (FaultKind.SQL_ERROR, "export_responses", "erreur interne", True, "journal du serveur"),
    (FaultKind.CUT, "export_responses", "injoignable", True, "réseau"),
]
