"""A fault in the middle of what staff do: the store stays whole, and running again completes."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from config.errors import MaturityError
from config.loading import load_model, load_study
from config.settings import Settings
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from flows.steps import pulling
from tasks.store.records import PullKind
from tasks.survey.limesurvey import transport
from tasks.survey.sandbox import Fault, FaultKind, SandboxPlatform, SandboxSurvey, running
from tasks.survey.sandbox.demo import SURVEY_ID, demo_platform, week_date
from tests.campaign.post import Postman, nobody_invited
from tests.conftest import DEMO, Team

FOREVER = 99
EVERYWHERE = [kind for kind in FaultKind if kind is not FaultKind.HALF]  # half: of writing alone


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries follow each other at once."""
    monkeypatch.setattr(transport, "BACKOFF_SECONDS", 0)


# --- pulling ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def puller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """The demo with all its answers, pulled by small windows."""
    settings = Settings(home=tmp_path_factory.mktemp("pull"), window=5)
    model = load_model(load_study("demo", settings).model, settings).model
    platform = demo_platform(model, DEMO, 3)
    with running(platform) as url:
        yield Team(settings, platform, url)


@pytest.fixture(scope="module")
def patient(puller: Team) -> Setup:
    """The demo, before its last day."""
    return prepare(RefreshRequest(study="demo", as_of=str(week_date(DEMO, 2))), puller.settings)


@contextmanager
def failing(team: Team, fault: Fault) -> Iterator[None]:
    """The platform while a fault strikes."""
    team.platform.faults.append(fault)
    try:
        yield
    finally:
        team.platform.faults.clear()
        team.platform.unlock()


def edit_some(team: Team, kind: FaultKind) -> None:
    """Two respondents edit, far from each other; one response comes in, one goes."""
    *_, last_but_one, last = team.platform.survey(SURVEY_ID).responses
    at = {"datestamp": f"2027-01-01 10:{[*FaultKind].index(kind):02}:00"}
    for number in (1, last_but_one):
        team.platform.edit_response(SURVEY_ID, number, at | {"lastpage": kind})
    team.platform.delete_response(SURVEY_ID, last)
    team.platform.add_response(SURVEY_ID, {"submitdate": "2027-01-01 10:00:00", **at})


@pytest.mark.parametrize("wanted", [*PullKind])
def test_a_pull_that_fails_half_way_keeps_the_former_one(
    puller: Team, patient: Setup, wanted: PullKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever fails after the first window: as before, or whole; and then it goes on."""
    monkeypatch.setattr(pulling, "WORTH_SCANNING", 1 if wanted is PullKind.DATES else FOREVER)
    pulling.pull_answers(patient)
    hasty = replace(patient, settings=patient.settings.model_copy(update={"http_timeout": 0.2}))
    for kind in EVERYWHERE:
        edit_some(puller, kind)
        setup = hasty if kind is FaultKind.SLOW else patient
        with setup.store() as store:
            before = store.last_pull("demo", setup.wave.code)
            answers = list(store.current_responses("demo", setup.wave.code))
            told = None
            fault = Fault(kind, "export_responses", after=1, times=FOREVER, seconds=0.6)
            with failing(puller, fault):
                try:
                    pulling.pull_answers(setup)
                except MaturityError as error:
                    told = error
            if told is not None:
                assert told.remedy, kind
                assert store.last_pull("demo", setup.wave.code) == before, kind
                assert list(store.current_responses("demo", setup.wave.code)) == answers, kind
                record = pulling.pull_answers(patient).record
                assert record.kind is wanted
            now = list(store.current_responses("demo", setup.wave.code))
            assert [one["id"] for one in now] == [*puller.platform.survey(SURVEY_ID).responses]
            assert now[0]["lastpage"] == kind
        assert told is not None or kind is FaultKind.LOCKED_OUT


# --- mailing ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def not_invited() -> SandboxSurvey:
    """The demo's survey before anybody was written to."""
    return nobody_invited().survey(SURVEY_ID)


@pytest.mark.parametrize("kind", [*FaultKind])
def test_an_invitation_that_fails_leaves_nobody_with_two(
    tmp_path: Path, not_invited: SandboxSurvey, kind: FaultKind
) -> None:
    """Run again, now and a quarter of an hour later: each person has received one mail."""
    platform = SandboxPlatform([not_invited])
    slow = kind is FaultKind.SLOW
    settings = Settings(home=tmp_path, http_timeout=0.3 if slow else 20.0)
    people = not_invited.participants or ()
    with running(platform) as url:
        team = Postman(settings, platform, url)
        with failing(team, Fault(kind, "invite_participants", seconds=0.6)):
            told = invited(team)
        for person in people:
            for secret in (person.token, person.email):
                assert secret not in told
        for minutes in (0, 16):
            team.wait(minutes=minutes)
            invited(team)
    waiting = {person.tid for person in people if person.completed == "N"}
    assert Counter(team.received) == {(tid, "invite"): 1 for tid in waiting}


def invited(team: Postman) -> str:
    """Invite, and what staff are told then."""
    try:
        mailed = team.invite()
    except MaturityError as error:
        return str(error)
    return f"{mailed.lines} {mailed.left_out} {mailed.error}"
