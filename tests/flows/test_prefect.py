"""The flow on a real Prefect server: tasks, states, what it keeps of us."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from config.errors import PlatformError, PlatformUnreachable
from config.loading import load_model
from config.settings import Settings
from flows.request import RefreshRequest
from tasks.survey.sandbox.demo import demo_platform
from tasks.survey.sandbox.faults import Fault, FaultKind
from tasks.survey.sandbox.platform import SandboxPlatform
from tasks.survey.sandbox.server import running
from tests.conftest import DEMO
from tests.leaks.test_demo import secrets

pytestmark = pytest.mark.slow

WEEK_2 = RefreshRequest(study="demo", as_of="2026-09-28")


@pytest.fixture
def platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SandboxPlatform]:
    """The demo's platform at week 2, as the flow finds it through its environment."""
    model = load_model("datacites2", Settings()).model
    platform = demo_platform(model, DEMO, 2)
    with running(platform) as url:
        monkeypatch.setenv("MATURITY_HOME", str(tmp_path))
        monkeypatch.setenv("MATURITY_LIMESURVEY_URL", url)
        monkeypatch.setenv("MATURITY_LIMESURVEY_USER", platform.user)
        monkeypatch.setenv("MATURITY_LIMESURVEY_PASSWORD", platform.password.get_secret_value())
        yield platform


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries without the wait between them."""
    monkeypatch.setattr("flows.refresh_study.BACKOFF", 0)


def test_a_run_gives_the_files_and_keeps_nothing_of_anybody(
    prefect_home: Path, platform: SandboxPlatform
) -> None:
    """Ten tasks, a page of what was written; no name, token or password in Prefect's database."""
    from flows.refresh_study import refresh_study

    summary = refresh_study(WEEK_2)
    assert summary.answered == 13
    assert all(path.is_file() for _, path in summary.files)
    content = _everything(prefect_home)
    assert "13 sur 15" in content  # the artifact
    forbidden = [platform.password.get_secret_value(), *secrets()]
    assert [word for word in forbidden if word.casefold() in content.casefold()] == []


@pytest.mark.usefixtures("prefect_home", "impatient")
def test_a_platform_that_comes_back_is_tried_again(platform: SandboxPlatform) -> None:
    """Three broken answers in a row do not lose the Monday refresh."""
    from flows.refresh_study import refresh_study

    platform.faults.append(Fault(FaultKind.ERROR_EMPTY, "export_responses", times=3))
    assert refresh_study(WEEK_2).answered == 13


@pytest.mark.usefixtures("prefect_home", "impatient")
def test_a_wrong_password_is_tried_once(
    platform: SandboxPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal is final: three of them would lock the address out for everybody."""
    from flows.refresh_study import refresh_study

    monkeypatch.setenv("MATURITY_LIMESURVEY_PASSWORD", "wrong")
    with pytest.raises(PlatformError) as caught:
        refresh_study(WEEK_2)
    assert not isinstance(caught.value, PlatformUnreachable)
    assert platform.calls["get_session_key"] == 1


@pytest.mark.usefixtures("prefect_home", "impatient")
def test_a_failed_run_says_it_in_french(platform: SandboxPlatform) -> None:
    """The state of the run is our message and what to do, without a word of Prefect's own."""
    from flows.refresh_study import refresh_study

    platform.faults.append(Fault(FaultKind.NO_RIGHT, "export_responses"))
    state = refresh_study(WEEK_2, return_state=True)
    assert state.is_failed()
    error = state.result(raise_on_failure=False)
    assert isinstance(error, PlatformError)
    assert state.message == str(error)


@pytest.mark.usefixtures("prefect_home", "platform")
def test_mails_have_their_page_and_keep_nobody(prefect_home: Path) -> None:
    """The trial tells counts and numbers; nothing leaves a closed wave, and the state says why."""
    from flows.mail_participants import invite_participants, remind_participants
    from flows.mailing import MailingRequest

    mailed = remind_participants(MailingRequest(study="demo", trial=True))
    assert "close" in " ".join(mailed.notices)
    state = invite_participants(MailingRequest(study="demo"), return_state=True)
    assert state.is_failed()
    assert "La campagne est close" in str(state.message)
    content = _everything(prefect_home)
    assert "13 personnes ont d" in content  # the artifact; accents are escaped there
    assert [word for word in secrets() if word.casefold() in content.casefold()] == []


def test_the_form_refuses_a_date_that_is_none() -> None:
    """What is not a date is refused before anything runs."""
    with pytest.raises(ValidationError):
        RefreshRequest(study="demo", as_of="hier")


def _everything(database: Path) -> str:
    with sqlite3.connect(database) as connection:
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        query = "select name from sqlite_master where type = 'table'"
        tables = [row[0] for row in connection.execute(query)]
        rows = (
            value
            for table in tables
            for row in connection.execute(f'select * from "{table}"')  # noqa: S608
            for value in row
        )
        return "\n".join(
            value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
            for value in rows
        )
