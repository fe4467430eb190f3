"""What went wrong on the platform, said to staff: what, where, what to do. Nothing secret.

RemoteControl has no error codes before version 7: cases are told apart by their English text
(measured on 3.8.1 and 6.4.2), by the HTTP status, or by what came instead of JSON.
"""

from collections.abc import Callable
from dataclasses import dataclass

import requests
from citric.exceptions import (
    InvalidJSONResponseError,
    LimeSurveyApiError,
    LimeSurveyStatusError,
    RPCInterfaceNotEnabledError,
)
from requests.exceptions import SSLError, TooManyRedirects
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ReadTimeoutError

from config.catalogue import say
from config.errors import PlatformError, PlatformUnreachable
from tasks.survey.limesurvey.statuses import GLOBAL_RIGHTS, RIGHTS, STATUSES
from tasks.survey.limesurvey.transport import shown

FAILING = 500  # HTTP: from here on the server failed
STATUS_LENGTH = 200  # of a status text quoted in a message


@dataclass(frozen=True)
class Asked:
    """What was asked, and where; the language is the reader's."""

    url: str
    method: str
    survey_id: int | None
    language: str

    @property
    def where(self) -> str:
        """The address, and the survey when one was concerned."""
        address = shown(self.url) or "—"
        if self.survey_id is None:
            return address
        return say(
            "{address} (questionnaire {survey})",
            self.language,
            address=address,
            survey=self.survey_id,
        )

    def error(
        self, message: str, remedy: str, *, again: bool = False, **values: object
    ) -> PlatformError:
        """A platform error with its sentences in the reader's language."""
        kind = PlatformUnreachable if again else PlatformError
        fill = {"where": self.where, "survey": self.survey_id, **values}
        return kind(say(message, self.language, **fill), say(remedy, self.language, **fill))


def plain_status(error: Exception | str) -> str:
    """A status text without spaces and capitals, as versions differ in both."""
    return "".join(str(error).split()).lower()


def worded(error: Exception, asked: Asked) -> PlatformError:
    """Turn what a call raised into a message for staff."""
    for kind, tell in _TELLERS:
        if isinstance(error, kind):
            return tell(error, asked)
    return _unreadable(error, asked)


def in_doubt(error: Exception, asked: Asked) -> PlatformError:
    """A message for a writing call after which nobody knows what was done.

    Only a refusal with a status text, an address that gives nothing and a connection that was
    never made leave no doubt: after anything else the platform may have done its work, or half
    of it, before the answer got lost.
    """
    error_told = worded(error, asked)
    if _nothing_was_done(error):
        return error_told
    doubt = say(
        "On ne sait pas si l’appel {method} a été exécuté.", asked.language, method=asked.method
    )
    remedy = say(_AFTER_IMPORT if asked.method == "import_survey" else _READ_BACK, asked.language)
    if not isinstance(error_told, PlatformUnreachable):  # it will not pass by itself
        remedy = f"{error_told.remedy} {remedy}"
    return PlatformUnreachable(f"{error_told.message} {doubt}", remedy)


_READ_BACK = (
    "Relancez plus tard : l’état de la plateforme est relu avant tout nouvel envoi, et ce qui est "
    "déjà fait n’est pas refait."
)
_AFTER_IMPORT = (
    "Vérifiez dans LimeSurvey si un questionnaire incomplet est resté, supprimez-le, puis relancez."
)


def _nothing_was_done(error: Exception) -> bool:
    if isinstance(error, requests.HTTPError):
        response = error.response
        return response is not None and response.status_code < FAILING
    if isinstance(error, requests.ConnectionError):
        reason = getattr(error.args[0] if error.args else None, "reason", None)
        never_made = (NewConnectionError, ConnectTimeoutError)
        return isinstance(error, SSLError) or isinstance(reason, never_made)
    return isinstance(error, (LimeSurveyStatusError, TooManyRedirects, *_BAD_ADDRESSES))


# --- answers with a status text -----------------------------------------------------------------

_ADDRESS = "Vérifiez l’adresse MATURITY_LIMESURVEY_URL (elle finit par /admin/remotecontrol)."


def _status(error: Exception, asked: Asked) -> PlatformError:
    status = plain_status(error)
    if status.startswith("nopermission"):
        return _no_right(asked)
    for beginning, (message, remedy) in STATUSES.items():
        if status.startswith(plain_status(beginning)):
            return asked.error(message, remedy)
    return asked.error(
        "LimeSurvey répond « {status} » à {method} sur {where}.",
        "Vérifiez l’état du questionnaire dans LimeSurvey, puis relancez.",
        status=str(error)[:STATUS_LENGTH],
        method=asked.method,
    )


def _no_right(asked: Asked) -> PlatformError:
    right = say(RIGHTS.get(asked.method, "« Questionnaire : voir »"), asked.language)
    if asked.method in GLOBAL_RIGHTS:
        return asked.error(
            "Le compte n’a pas le droit {right} sur {where}.",
            "Demandez ce droit à l’administrateur de LimeSurvey (permissions globales du compte).",
            right=right,
        )
    return asked.error(
        "Le compte n’a pas le droit {right} sur {where}, ou ce questionnaire n’existe pas.",
        "Demandez ce droit à l’administrateur de LimeSurvey (permissions du questionnaire), et "
        "vérifiez « survey_id » dans le fichier de l’étude.",
        right=right,
    )


def _internal(_error: Exception, asked: Asked) -> PlatformError:
    return asked.error(
        "LimeSurvey a rencontré une erreur interne à l’appel {method} sur {where}.",
        "Relancez plus tard ; si cela dure, l’administrateur de LimeSurvey en trouvera la cause "
        "dans le journal du serveur.",
        again=True,
        method=asked.method,
    )


# --- answers that are not the protocol's --------------------------------------------------------


def _interface_off(_error: Exception, asked: Asked) -> PlatformError:
    return asked.error(
        "LimeSurvey ne renvoie rien sur {where} : son interface RPC est sans doute désactivée.",
        "L’administrateur de LimeSurvey doit choisir « JSON-RPC » dans Configuration globale > "
        "Interfaces. Vérifiez aussi MATURITY_LIMESURVEY_URL (https et non http).",
    )


def _not_json(error: Exception, asked: Asked) -> PlatformError:
    body = str(getattr(error.__cause__, "doc", "")).lstrip("\ufeff \r\n\t")
    if body.startswith("<?xml") and "methodResponse" in body:
        return asked.error(
            "LimeSurvey répond en XML sur {where} : son interface RPC est réglée sur XML.",
            "L’administrateur de LimeSurvey doit choisir « JSON-RPC » dans Configuration globale "
            "> Interfaces.",
        )
    if '{"id":' in body:
        return asked.error(
            "LimeSurvey mêle des avertissements de PHP à ses réponses sur {where}.",
            "L’administrateur du serveur doit couper l’affichage des erreurs de PHP "
            "(display_errors = Off).",
        )
    if "<html" in body.lower():
        return asked.error(
            "Une page web répond à la place de LimeSurvey sur {where}.",
            _ADDRESS + " Une page de maintenance ou de connexion produit le même effet.",
        )
    return _unreadable(error, asked)


def _unreadable(_error: Exception, asked: Asked) -> PlatformError:
    return asked.error(
        "La réponse à {method} sur {where} n’a pas la forme attendue.",
        _ADDRESS + " Si elle est juste, signalez le cas avec la version de LimeSurvey.",
        method=asked.method,
    )


# --- HTTP and the network -----------------------------------------------------------------------


def _http(error: Exception, asked: Asked) -> PlatformError:
    response = getattr(error, "response", None)
    code = response.status_code if response is not None else 0
    if code == requests.codes.not_found:
        return asked.error("Rien ne se trouve à l’adresse {where} (HTTP 404).", _ADDRESS)
    if code < requests.codes.internal_server_error and code != requests.codes.too_many_requests:
        return asked.error(
            "Le serveur web refuse l’accès à {where} (HTTP {code}).",
            "Demandez à l’administrateur du serveur d’ouvrir cette adresse à votre machine.",
            code=code,
        )
    return asked.error(
        "Le serveur de LimeSurvey échoue à l’appel {method} sur {where} (HTTP {code}).",
        "Relancez plus tard. Si l’échec vient à l’export des réponses, le serveur manque de temps "
        "ou de mémoire : baissez MATURITY_WINDOW (par exemple 200).",
        again=True,
        code=code,
        method=asked.method,
    )


def _redirected(error: Exception, asked: Asked) -> PlatformError:
    response = getattr(error, "response", None)
    target = response.headers.get("location", "") if response is not None else ""
    return asked.error(
        "L’adresse {where} renvoie vers {target}.",
        "Écrivez cette adresse-là dans MATURITY_LIMESURVEY_URL : un renvoi ferait perdre les "
        "demandes.",
        target=shown(target),
    )


def _certificate(_error: Exception, asked: Asked) -> PlatformError:
    return asked.error(
        "La connexion chiffrée à {where} échoue : le certificat du serveur n’est pas accepté.",
        "Vérifiez l’adresse, la date de cette machine et le certificat du serveur ; une autorité "
        "interne se déclare par la variable REQUESTS_CA_BUNDLE.",
    )


def _network(error: Exception, asked: Asked) -> PlatformError:
    if _timed_out(error):
        return asked.error(
            "LimeSurvey ne répond pas à temps à l’appel {method} sur {where}.",
            "Relancez plus tard, augmentez MATURITY_HTTP_TIMEOUT, ou baissez MATURITY_WINDOW si "
            "l’export des réponses est en cause.",
            again=True,
            method=asked.method,
        )
    return asked.error(
        "LimeSurvey est injoignable : {where}.",
        "Vérifiez que le serveur fonctionne, que cette machine a accès au réseau et que l’adresse "
        "MATURITY_LIMESURVEY_URL est juste, puis relancez.",
        again=True,
    )


def _timed_out(error: Exception) -> bool:
    inner = error.args[0] if error.args else None
    reason = getattr(inner, "reason", inner)
    return isinstance(error, requests.ReadTimeout) or isinstance(reason, ReadTimeoutError)


def _bad_address(_error: Exception, asked: Asked) -> PlatformError:
    return asked.error(
        "L’adresse de LimeSurvey n’en est pas une : {where}.",
        "Écrivez dans MATURITY_LIMESURVEY_URL une adresse complète, par exemple "
        "https://enquetes.exemple.fr/index.php/admin/remotecontrol.",
    )


_BAD_ADDRESSES = (
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidURL,
)

# The first kind that fits speaks; the order matters where one kind derives from another.
_TELLERS: tuple[
    tuple[
        type[Exception] | tuple[type[Exception], ...], Callable[[Exception, Asked], PlatformError]
    ],
    ...,
] = (
    (LimeSurveyStatusError, _status),
    (LimeSurveyApiError, _internal),
    (RPCInterfaceNotEnabledError, _interface_off),
    (InvalidJSONResponseError, _not_json),
    (TooManyRedirects, _redirected),
    (requests.HTTPError, _http),
    (_BAD_ADDRESSES, _bad_address),
    (SSLError, _certificate),
    (
        (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError),
        _network,
    ),
)
