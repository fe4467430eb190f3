"""What is told when the platform answers badly."""

import pytest
from pydantic import SecretStr

from config.errors import PlatformError, PlatformUnreachable
from tasks.survey.sandbox import Fault, FaultKind
from tasks.survey.sandbox.replies import PlainBody
from tests.survey.conftest import Connect
from tests.survey.failures.conftest import FAULTS, FOREVER, SURVEY, failure
from tests.survey.recorded import platform_6


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
