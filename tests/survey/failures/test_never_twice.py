"""What is never tried twice."""

from pydantic import SecretStr

from config.errors import PlatformUnreachable
from tasks.survey.sandbox import Fault, FaultKind
from tests.survey.conftest import Connect
from tests.survey.failures.conftest import FOREVER, SURVEY, failure
from tests.survey.recorded import platform_6


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
