"""The review step of `collect_notes` on a real Prefect server: wait, ask, go on, keep nothing."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook

from config.settings import Settings
from flows.demo import INTERVIEWS, interview
from flows.interview_deployments import interview_deployments
from flows.request import RefreshRequest
from flows.setup import prepare
from tasks.interviews.form import Column
from tasks.interviews.review_workbook import COLUMNS, REVIEW, ReviewForm
from tasks.survey.sandbox.demo import week_date
from tests.conftest import DEMO, refresh_demo
from tests.flows.test_prefect import _everything
from tests.leaks.test_demo import secrets

pytestmark = pytest.mark.slow

AFTER = week_date(DEMO, 3) + INTERVIEWS
DEMANDE = {"study": "demo", "as_of": str(AFTER)}


@pytest.fixture(scope="module")
def played_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo after its interviews: notes typed, nothing collected."""
    settings = Settings(home=tmp_path_factory.mktemp("review"))
    refresh_demo(settings, 3, week_date(DEMO, 3))
    interview(settings, AFTER)
    return settings.home


@pytest.fixture
def home(played_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as a flow finds it through its environment."""
    monkeypatch.setenv("MATURITY_HOME", str(played_home))
    return played_home


def started() -> UUID:
    """Register the deployments of the demo and ask for a run of `collect_notes`."""
    from prefect.client.orchestration import get_client

    from config.loading import load_study

    made = {one.flow_name: one for one in interview_deployments(load_study("demo", Settings()))}
    assert set(made) == {"prepare_interviews", "collect_notes"}
    deployment = made["collect_notes"].apply()
    assert isinstance(deployment, UUID)

    async def create() -> UUID:
        async with get_client() as client:
            run = await client.create_flow_run_from_deployment(
                deployment, parameters={"demande": DEMANDE}
            )
            return run.id

    return asyncio.run(create())


def run_of(number: UUID) -> Any:
    """The run as the server has it."""
    from prefect.client.orchestration import get_client

    async def read() -> object:
        async with get_client() as client:
            return await client.read_flow_run(number)

    return asyncio.run(read())


def played(number: UUID) -> str:
    """Let the run go on, as its runner would; returns the name of its state."""
    from prefect.exceptions import Pause
    from prefect.flow_engine import run_flow

    from flows.collect_notes import collect_notes

    # The engine lets a runner know by a signal that the run only waits.
    with contextlib.suppress(Pause):
        run_flow(collect_notes, flow_run=run_of(number), return_type="state")
    return str(run_of(number).state.name)


def resumed(number: UUID, decision: str) -> None:
    """Press « Resume » with a decision."""
    from prefect.flow_runs import resume_flow_run

    resume_flow_run(number, run_input={"decision": decision})


def asked(database: Path) -> str:
    """Everything that Prefect keeps: the form's text too."""
    return _everything(database)


def review(home: Path) -> None:
    """Decide on every passage of the review workbook."""
    setup = prepare(RefreshRequest(**DEMANDE), Settings(home=home))
    form = ReviewForm(setup.loaded.model, setup.study, setup.wave)
    path = setup.file(REVIEW, ".xlsx")
    workbook = load_workbook(path)
    sheet, columns = workbook[form.sheet], list(COLUMNS)
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, columns.index(Column.REVIEWED) + 1, "non")
    workbook.save(path)


@pytest.mark.usefixtures("home")
def test_staff_may_stop_waiting(prefect_home: Path) -> None:
    """« Plus tard » ends the run; the passages go on waiting in their workbook."""
    number = started()
    assert played(number) == "Suspended"
    resumed(number, "plus tard")
    assert played(number) == "Completed"
    assert prefect_home.is_file()


def test_the_run_waits_for_the_review_and_goes_on(prefect_home: Path, home: Path) -> None:
    """It is suspended with a form; what is not reviewed asks again; at the end nothing waits."""
    number = started()
    assert played(number) == "Suspended"
    assert run_of(number).state.state_details.run_input_keyset
    content = asked(prefect_home)
    assert "Relecture des citations V2026.xlsx" in content
    assert "Passages à relire" in content
    assert "| Attendent une relecture |" in content
    resumed(number, "relecture terminée")
    assert played(number) == "Suspended", "undecided passages are asked about again"
    review(home)
    resumed(number, "relecture terminée")
    assert played(number) == "Completed"
    forbidden = [*secrets(), "jamais publiée", "portail des familles"]
    kept = asked(prefect_home).casefold()
    assert [word for word in forbidden if word.casefold() in kept] == []
