"""What is said on the way names nobody: logs at their most talkative, errors, run parameters."""

import logging
import traceback
from datetime import date

import pytest

from config.errors import MaturityError
from config.settings import Settings
from flows.request import RefreshRequest
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox.demo import week_date
from tests.conftest import DEMO, refresh_demo
from tests.leaks.test_demo import secrets

DAY = week_date(DEMO, 3)


def leaks(text: str) -> list[str]:
    """The names, addresses and tokens of the demo that a text holds."""
    folded = text.casefold()
    return [secret for secret in secrets() if secret in folded]


def test_no_log_of_a_refresh_names_anybody(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Every library at DEBUG, HTTP included; SQLAlchemy, which staff cannot switch on, apart."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy").setLevel(logging.WARNING)
    refresh_demo(settings, 3, DAY)
    said = "\n".join(f"{record.name} {record.getMessage()}" for record in caplog.records)
    assert "urllib3" in said, "the HTTP client was listened to"
    assert leaks(said) == []


def test_a_failing_database_names_nobody(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver's own error quotes rows; the error for staff, and what it came from, do not."""
    from sqlalchemy import insert

    from tasks.store import people
    from tasks.store.tables import participants

    def twice(table: object) -> object:
        return insert(participants).values(id=1) if table is participants else insert(table)

    monkeypatch.setattr(people, "insert", twice)
    with pytest.raises(MaturityError) as caught:
        refresh_demo(settings, 3, DAY)
    shown = "".join(traceback.format_exception(caught.value))
    assert leaks(shown) == []
    assert "base de données" in caught.value.message


def test_a_platform_that_breaks_off_names_nobody(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A failure after participants were read tells nothing of them."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy").setLevel(logging.WARNING)

    def broken(self: LimeSurvey, survey_id: int) -> object:
        self.participants(survey_id, ())
        raise MaturityError(f"enquête {survey_id}", "réessayez")

    monkeypatch.setattr(LimeSurvey, "windows", broken)
    with pytest.raises(MaturityError) as caught:
        refresh_demo(settings, 3, DAY)
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert leaks("".join(traceback.format_exception(caught.value)) + said) == []


def test_what_prefect_keeps_names_nobody() -> None:
    """A run's parameters are a study, a wave, a day and a yes or no; none can hold a person."""
    assert set(RefreshRequest.model_fields) == {"study", "wave", "as_of", "after_erasure"}
    with pytest.raises(ValueError, match="Extra inputs"):
        RefreshRequest.model_validate({"study": "demo", "who": "x@y.fr"})
    assert date.fromisoformat(RefreshRequest(study="demo", as_of=str(DAY)).as_of) == DAY
