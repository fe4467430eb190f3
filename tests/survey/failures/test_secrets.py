"""Secrets stay out of what is told."""

import logging
import traceback

import pytest

from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox import Fault, FaultKind, running
from tests.survey.conftest import Connect
from tests.survey.failures.conftest import FAULTS, FOREVER, failure
from tests.survey.recorded import platform_3, platform_6


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
