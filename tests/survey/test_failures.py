"""Each way in which a platform fails: the message, the remedy, and what is never tried twice."""

import logging
import socket
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from pydantic import SecretStr

from config.errors import PlatformError, PlatformUnreachable
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox import Fault, FaultKind, SandboxPlatform, running
from tasks.survey.sandbox.replies import PlainBody
from tests.survey.conftest import Connect
from tests.survey.recorded import platform_3, platform_6

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


@pytest.mark.parametrize(("kind", "method", "said", "again", "remedy"), FAULTS)
def test_fault_is_told_with_place_and_remedy(
    connect: Connect, kind: FaultKind, method: str, said: str, again: bool, remedy: str
) -> None:
    """The message says what and where, the remedy what to do; no traceback, nothing internal."""
    platform = platform_6()
    platform.faults.append(Fault(kind, method, times=FOREVER))
    error = failure(connect(platform))
    assert said in error.message
    assert "http://127.0.0.1:" in error.message
    assert remedy in error.remedy
    assert isinstance(error, PlatformUnreachable) is again
    assert "SQLSTATE" not in str(error)
    assert "/srv/" not in str(error)
    if method != "get_session_key":
        assert f"(questionnaire {SURVEY})" in error.message


@pytest.mark.parametrize(("kind", "method"), [case[:2] for case in FAULTS])
def test_fault_is_told_in_english_too(connect: Connect, kind: FaultKind, method: str) -> None:
    """Message and remedy both have their English sentence."""
    platform = platform_6()
    platform.faults.append(Fault(kind, method, times=FOREVER))
    error = failure(connect(platform, language="en"))
    for french in ("é", "è", "à", "’", "«", "questionnaire 6"):
        assert french not in str(error), error


def test_slow_answer_is_told_as_such(connect: Connect) -> None:
    """A time limit that runs out three times, reading again each time, names its settings."""
    platform = platform_6()
    platform.faults.append(Fault(FaultKind.SLOW, "export_responses", times=FOREVER, seconds=2))
    error = failure(connect(platform, timeout=0.1))
    assert isinstance(error, PlatformUnreachable)
    assert "ne répond pas à temps" in error.message
    assert "MATURITY_HTTP_TIMEOUT" in error.remedy
    assert platform.calls["export_responses"] == 3
    assert platform.calls["get_session_key"] == 1


@pytest.mark.parametrize(
    ("survey", "said"),
    [
        (424242, "ne connaît pas ce questionnaire"),
        (641002, "n’est pas activé"),
    ],
)
def test_survey_that_cannot_be_pulled(connect: Connect, survey: int, said: str) -> None:
    """Unknown and not activated are two messages, each with the survey's number."""
    error = failure(connect(platform_6()), survey)
    assert said in error.message
    assert f"(questionnaire {survey})" in error.message
    assert "survey_id" in error.remedy


def test_structure_of_a_survey_that_cannot_be_read(connect: Connect) -> None:
    """Unknown number, missing language and missing right, before any question is read."""
    platform = platform_6()
    platform.add_user("rien", SecretStr("rien"), ())
    limesurvey = connect(platform)
    with pytest.raises(PlatformError, match="ne connaît pas ce questionnaire"):
        limesurvey.structure(424242, "fr")
    with pytest.raises(PlatformError, match="n’existe pas dans la langue"):
        limesurvey.structure(SURVEY, "de")
    with pytest.raises(PlatformError, match="n’a pas le droit"):
        connect(platform, user="rien", password=SecretStr("rien")).structure(SURVEY, "fr")


def test_participants_of_an_unknown_survey(connect: Connect) -> None:
    """Not the same as a survey without a participants table."""
    with pytest.raises(PlatformError, match="ne connaît pas ce questionnaire"):
        connect(platform_6()).participants(424242, ())


def test_unforeseen_status_is_quoted(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence of LimeSurvey that we do not know is passed on, shortened."""
    platform = platform_6()
    survey = platform.survey(SURVEY)
    monkeypatch.setattr(
        platform._methods,
        "get_summary",
        lambda _key, _sid, _name="all": {"status": "Survey is on fire " + "x" * 500},
    )
    error = failure(connect(platform), survey.survey_id)
    assert "«\u00a0Survey is on fire xxx" in error.message
    assert len(error.message) < 400


def test_text_in_place_of_an_answer(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """Printed text that is no page, no XML and no warning is told without guessing."""
    platform = platform_6()

    def printed(*_: object) -> None:
        raise PlainBody("At least one column must be selected for export.")

    monkeypatch.setattr(platform._methods, "call", printed)
    assert "n’a pas la forme attendue" in failure(connect(platform)).message


@pytest.mark.parametrize("result", [None, 5, "texte", [{"sid": 1}]])
def test_answer_of_another_form_is_told(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, result: object
) -> None:
    """JSON that is not the protocol's gives a message, never a traceback."""
    platform = platform_6()
    login = platform._methods.call

    def strange(method: str, params: list[object]) -> object:
        return login(method, params) if method == "get_session_key" else result

    monkeypatch.setattr(platform._methods, "call", strange)
    limesurvey = connect(platform)
    with pytest.raises(PlatformError, match="n’a pas la forme attendue"):
        limesurvey.structure(SURVEY, "fr")
    with pytest.raises(PlatformError, match="n’a pas la forme attendue"):
        limesurvey.participants(SURVEY, ())
    if result is not None:  # no summary: the export itself is asked
        assert "n’a pas la forme attendue" in failure(limesurvey).message


# --- what is never tried twice ------------------------------------------------------------------


def test_wrong_password_is_sent_once(connect: Connect) -> None:
    """Three refusals lock the address out: one attempt, however often staff's steps ask."""
    platform = platform_6()
    limesurvey = connect(platform, password=SecretStr("faux"))
    first = failure(limesurvey)
    assert "mot de passe" in first.message
    assert "trois échecs" in first.remedy
    assert not isinstance(first, PlatformUnreachable)
    for _ in range(3):
        assert failure(limesurvey) is first
    assert platform.calls["get_session_key"] == 1


def test_lock_out_names_the_ten_minutes(connect: Connect) -> None:
    """The right password does not help then, and is not insisted upon."""
    platform = platform_6()
    platform.lock()
    limesurvey = connect(platform)
    error = failure(limesurvey)
    failure(limesurvey)
    assert "10\u00a0minutes" in error.remedy
    assert platform.calls["get_session_key"] == 1


def test_key_refused_after_renewal_stops(connect: Connect) -> None:
    """A platform that forgets every key costs two logins, no loop."""
    platform = platform_6()
    platform.faults.append(Fault(FaultKind.EXPIRED_KEY, times=FOREVER))
    platform.faults[0].method = "get_summary"
    failure(connect(platform))
    assert platform.calls["get_session_key"] == 2
    assert platform.calls["get_summary"] == 2


def test_errors_with_an_answer_are_not_tried_again(connect: Connect) -> None:
    """An HTTP 500 is an answer: one call."""
    platform = platform_6()
    platform.faults.append(Fault(FaultKind.ERROR_PAGE, "export_responses", times=FOREVER))
    failure(connect(platform))
    assert platform.calls["export_responses"] == 1


def test_transient_failure_does_not_condemn_the_login(connect: Connect) -> None:
    """After an HTTP 500 at login the same source may ask again, later."""
    platform = platform_6()
    platform.faults.append(Fault(FaultKind.ERROR_PAGE, "get_session_key"))
    limesurvey = connect(platform)
    assert isinstance(failure(limesurvey), PlatformUnreachable)
    assert len([*limesurvey.windows(SURVEY)]) == 1


# --- the network --------------------------------------------------------------------------------


@contextmanager
def dropping(platform: SandboxPlatform, drops: tuple[int, ...]) -> Iterator[tuple[str, list[str]]]:
    """A relay before a platform that drops some requests (by rank) without an answer."""
    seen: list[str] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def relay(address: tuple[str, int]) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            with near:
                request = _whole_request(near)
                seen.append("login" if b"get_session_key" in request else "call")
                if len(seen) in drops or not request:
                    continue
                with socket.create_connection(address) as far:
                    far.sendall(request.replace(b"Connection: keep-alive", b"Connection: close"))
                    while piece := far.recv(65536):
                        near.sendall(piece)

    with running(platform) as url:
        host, port = url.split("/")[2].split(":")
        thread = Thread(target=relay, args=((host, int(port)),), daemon=True)
        thread.start()
        near_port = listener.getsockname()[1]
        try:
            yield url.replace(f":{port}/", f":{near_port}/"), seen
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            thread.join()


def _whole_request(near: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        piece = near.recv(65536)
        if not piece:
            return request
        request += piece
    head, body = request.split(b"\r\n\r\n", 1)
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += near.recv(65536)
    return head + b"\r\n\r\n" + body


def test_dropped_call_is_sent_again() -> None:
    """Reading calls survive a connection closed without an answer."""
    platform = platform_6()
    with dropping(platform, drops=(3, 4)) as (url, seen):
        limesurvey = LimeSurvey(url, "admin", platform.password)
        assert len([*limesurvey.windows(SURVEY)]) == 1
    assert seen == ["login", "call", "call", "call", "call"]


def test_dropped_login_is_not_sent_again() -> None:
    """Its password may have been counted as wrong; staff decide on another try."""
    platform = platform_6()
    with dropping(platform, drops=(1,)) as (url, seen):
        error = failure(LimeSurvey(url, "admin", platform.password))
    assert isinstance(error, PlatformUnreachable)
    assert seen == ["login"]


def test_slow_login_is_not_sent_again(connect: Connect) -> None:
    """Nor after a time limit."""
    platform = platform_6()
    platform.faults.append(Fault(FaultKind.SLOW, "get_session_key", seconds=2))
    error = failure(connect(platform, timeout=0.1))
    assert "ne répond pas à temps" in error.message
    assert platform.calls["get_session_key"] == 1


def test_nothing_listens() -> None:
    """A server that is down is told, and worth another try."""
    platform = platform_6()
    with running(platform) as url:
        pass
    error = failure(LimeSurvey(url, "admin", platform.password))
    assert isinstance(error, PlatformUnreachable)
    assert error.message.startswith("LimeSurvey est injoignable")


def test_certificate_that_cannot_be_checked_is_told() -> None:
    """Https where plain http answers: the encrypted connection fails, and that is said."""
    platform = platform_6()
    with running(platform) as url:
        error = failure(LimeSurvey(url.replace("http:", "https:"), "admin", platform.password))
    assert "connexion chiffrée" in error.message
    assert not isinstance(error, PlatformUnreachable)


@pytest.mark.parametrize("url", ["", "enquetes.exemple.fr/admin", "ftp://x/y", "http://[::1"])
def test_address_that_is_none(url: str) -> None:
    """A forgotten scheme or a slip of the keyboard is told before anything is sent."""
    error = failure(LimeSurvey(url, "admin", SecretStr("x")))
    assert "n’en est pas une" in error.message
    assert "https://" in error.remedy


def test_closing_survives_a_platform_that_is_gone() -> None:
    """Giving the key back is a courtesy: it never raises."""
    platform = platform_6()
    with running(platform) as url:
        limesurvey = LimeSurvey(url, "admin", platform.password)
        limesurvey.version()
    limesurvey.close()
    limesurvey.close()


# --- secrets ------------------------------------------------------------------------------------


def test_secrets_stay_out_of_messages_logs_and_tracebacks(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Neither the password, nor one in the address, nor a session key is ever shown."""
    caplog.set_level(logging.DEBUG)
    platform = platform_6()
    secret = platform.password.get_secret_value()
    shown = []
    with running(platform) as url:
        url = url.replace("http://", "http://moi:motdepasse-adresse@")
        for kind, method, *_ in FAULTS:
            platform.unlock()
            platform.faults[:] = [Fault(kind, method, times=FOREVER)]
            limesurvey = LimeSurvey(url, "admin", platform.password)
            error = failure(limesurvey)
            shown += [repr(limesurvey), str(error), repr(error), *traceback.format_exception(error)]
        keys = [*platform._accounts.keys]
        platform.faults.clear()
        shown += [repr(platform), repr(platform.password)]
    shown.append(caplog.text)
    everything = "\n".join(shown)
    assert keys
    for hidden in (secret, "motdepasse-adresse", *keys):
        assert hidden not in everything


def test_version_3_misspelling_is_understood(connect: Connect) -> None:
    """« Invalid S ession Key » after a renewal is the expired session, not an unknown status."""
    platform = platform_3()
    platform.faults.append(Fault(FaultKind.EXPIRED_KEY, "get_summary", times=FOREVER))
    assert "ne reconnaît plus la connexion" in failure(connect(platform), 648751).message
