"""The flow on a real Prefect server: tasks, states, what it keeps of us."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from docx import Document
from prefect.client.schemas.objects import State
from pydantic import ValidationError

from config.errors import PlatformError, PlatformUnreachable
from config.loading import load_model, load_study
from config.settings import Settings
from flows.request import RefreshRequest
from flows.setup import PRODUCT_TEMPLATES
from tasks.survey.sandbox.demo import demo_platform
from tasks.survey.sandbox.faults import Fault, FaultKind
from tasks.survey.sandbox.platform import SandboxPlatform
from tasks.survey.sandbox.server import running
from tests.conftest import DEMO, Demo
from tests.leaks.test_demo import people, secrets

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


@pytest.mark.usefixtures("prefect_home", "platform")
def test_a_note_that_names_somebody_is_withheld_alone(tmp_path: Path) -> None:
    """A template with a participant's name in it: no note, all else is there, the run says it."""
    from flows.refresh_study import refresh_study

    name = f"{people()[0]['firstname']} {people()[0]['lastname']}"
    document = Document(str(PRODUCT_TEMPLATES / "weekly_note.docx"))
    document.add_paragraph(f"Contact : {name}")
    own = tmp_path / "report_templates"
    own.mkdir()
    document.save(str(own / "weekly_note.docx"))

    state = refresh_study(WEEK_2, return_state=True)

    assert state.is_failed()
    assert "Ce document ne peut pas sortir. «\u00a0Note hebdomadaire" in str(state.message)
    assert name not in str(state.message)
    written = {path.name.split(" V2026")[0] for path in (tmp_path / "rapports/demo").glob("*.*")}
    assert written == {"Rapport collectif", "Classeur des résultats", "Notes d’entretien"}


def test_the_end_of_keeping_has_its_page(
    prefect_home: Path, played_demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing before the day; after it, an open file stops it in French; closed, all goes."""
    from flows.end_of_keeping import KeepingRequest, end_of_keeping

    shutil.copytree(played_demo.settings.home, tmp_path / "copie")
    monkeypatch.setenv("MATURITY_HOME", str(tmp_path / "copie"))
    folder, request = tmp_path / "copie" / "rapports" / "demo", KeepingRequest(study="demo")
    (folder / "Rapport imprimé.pdf").write_bytes(b"%PDF-1.7")
    (notes,) = folder.glob("Notes*.xlsx")

    def on(day: date) -> State[None]:
        class Then(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> "Then":
                return cls(day.year, day.month, day.day, tzinfo=tz)

        monkeypatch.setattr("flows.end_of_keeping.datetime", Then)
        state: State[None] = end_of_keeping(request, return_state=True)
        return state

    last = load_study("demo", Settings()).wave().keep_until
    assert on(last).is_completed()
    lock = notes.with_name(f".~lock.{notes.name}#")
    lock.write_text("")
    refused = on(last + timedelta(days=1))
    assert refused.is_failed()
    assert "Ces fichiers sont ouverts" in str(refused.message)
    lock.unlink()
    assert notes.is_file()
    assert on(last + timedelta(days=1)).is_completed()
    assert not notes.exists()
    content = _everything(prefect_home)
    assert "Aucune donn" in content  # the artifacts; accents are escaped there
    assert "**Ce qui a \\u00e9t\\u00e9 retir\\u00e9**" in content
    assert "Rapport imprim" in content
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
