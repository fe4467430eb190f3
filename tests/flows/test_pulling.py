"""Which kind of pull a refresh makes, and that both give the same answers."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from config.loading import load_model, load_study
from config.settings import Settings
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from flows.steps import pulling
from flows.summary import Summary
from tasks.store.records import PullKind, PullRecord
from tasks.survey.sandbox.demo import SURVEY_ID, demo_platform, week_date
from tasks.survey.sandbox.platform import SandboxPlatform
from tasks.survey.sandbox.server import running
from tests.conftest import DEMO, Team


@pytest.fixture
def team(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    """The demo in its second week, where any survey counts as a large one."""
    monkeypatch.setattr(pulling, "WORTH_SCANNING", 1)
    model = load_model(load_study("demo", settings).model, settings).model
    platform = demo_platform(model, DEMO, 2)
    with running(platform) as url:
        yield Team(settings, platform, url)


def setup_of(team: Team, day: str = "") -> Setup:
    """The demo on a day of its second week."""
    return prepare(
        RefreshRequest(study="demo", as_of=day or str(week_date(DEMO, 2))), team.settings
    )


def pull(team: Team, day: str = "") -> PullRecord:
    """One pull."""
    return pulling.pull_answers(setup_of(team, day)).record


def edit(platform: SandboxPlatform) -> None:
    """One answer is edited, one deleted, one added."""
    first, second, *_ = platform.survey(SURVEY_ID).responses
    later = {"datestamp": "2026-12-01 10:00:00"}
    platform.edit_response(SURVEY_ID, first, later)
    platform.delete_response(SURVEY_ID, second)
    platform.add_response(SURVEY_ID, {"submitdate": "2026-12-01 10:00:00", **later})


def test_the_second_pull_reads_what_changed_alone(team: Team) -> None:
    """New, changed and deleted responses are counted as a full pull would count them."""
    first = pull(team)
    edit(team.platform)
    second = pull(team)
    assert (first.kind, second.kind) == (PullKind.FULL, PullKind.DATES)
    assert (second.new, second.changed, second.deleted) == (1, 1, 1)
    assert second.total == first.total


@pytest.mark.parametrize("reason", ["age", "closing", "size", "another survey"])
def test_everything_is_compared_when_dates_do_not_tell_enough(
    team: Team, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    """After some days, once the wave is closed, in small surveys, and in another survey."""
    pull(team)
    day = "2027-01-15" if reason == "closing" else ""
    if reason == "age":
        monkeypatch.setattr(pulling, "FULL_EVERY", timedelta(0))
    elif reason == "size":
        monkeypatch.setattr(pulling, "WORTH_SCANNING", 1000)
    elif reason == "another survey":
        setup = setup_of(team)
        with setup.store() as store:
            store.record_pull("demo", setup.wave.code, 999, [], None, setup.moment)
    number = next(iter(team.platform.survey(SURVEY_ID).responses))
    team.platform.edit_response(SURVEY_ID, number, {"seed": "77"})  # moves no date
    record = pull(team, day)
    assert record.kind is PullKind.FULL
    assert record.changed + record.returned >= 1


def test_a_survey_without_date_stamps_is_pulled_in_full(team: Team) -> None:
    """Without dates in the store nothing could be compared."""
    survey = team.platform.survey(SURVEY_ID)
    for number in survey.responses:
        team.platform.edit_response(SURVEY_ID, number, {"datestamp": None})
    pull(team)
    assert pull(team).kind is PullKind.FULL


@pytest.mark.parametrize(
    ("kind", "said"), [(PullKind.FULL, "complète"), (PullKind.DATES, "par les dates")]
)
def test_the_summary_says_which_kind_it_was(kind: PullKind, said: str) -> None:
    """Staff read it in the run's page."""
    summary = Summary(
        study="demo", wave="V2026", language="fr", files=(), answered=1, invited=None, new=1,
        changed=0, deleted=0, excluded=0, interviewed=0, figures_changed=None, pull=kind,
    )  # fmt: skip
    assert said in dict(summary.rows())["Relève des réponses"]
