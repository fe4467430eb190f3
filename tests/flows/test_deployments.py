"""Deployments and schedules are made from the study files."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from config.loading import list_studies, load_study
from config.settings import Settings
from config.study import Mode, Wave
from flows.collecting import CollectRequest
from flows.deployments import all_deployments, first_run, schedules, weekly_rule
from flows.guides import GuidesRequest
from flows.interview_deployments import interview_deployments
from flows.request import RefreshRequest


@pytest.fixture
def wave(settings: Settings) -> Wave:
    """The demo's wave: Monday 14 September to Sunday 4 October 2026, Mondays at six."""
    return load_study("demo", settings).wave()


def test_the_rule_runs_each_week_and_once_after_closing(wave: Wave) -> None:
    """Every Monday of the campaign and the Monday after it, then never again."""
    runs = [run.date() for run in rrulestr(weekly_rule(wave))]
    assert runs == [
        date(2026, 9, 14), date(2026, 9, 21), date(2026, 9, 28), date(2026, 10, 5),
    ]  # fmt: skip


def test_the_first_run_waits_for_the_day_of_the_study(wave: Wave) -> None:
    """A campaign that opens on a Monday and refreshes on Thursdays starts on Thursday."""
    thursday = wave.schedule.model_copy(update={"day": "thursday", "hour": 18})
    first = first_run(wave.model_copy(update={"schedule": thursday}))
    assert first.isoformat() == "2026-09-17T18:00:00"


def test_a_schedule_is_in_the_study_s_time_zone(settings: Settings) -> None:
    """Six in the morning is six where the authority is, whatever the server's clock."""
    study = load_study("exemple_canton", settings)
    (schedule, *_) = schedules(study, study.waves[0].opens)
    assert schedule.timezone == "Europe/Zurich"
    assert ZoneInfo(schedule.timezone)
    assert schedule.parameters == {
        "demande": {"study": "exemple_canton", "wave": study.waves[0].code}
    }


def test_a_wave_that_is_over_has_no_schedule(settings: Settings) -> None:
    """Nothing runs for a campaign that closed more than a week ago."""
    study = load_study("demo", settings)
    assert schedules(study, date(2026, 10, 11))
    assert schedules(study, date(2026, 10, 12)) == []


def test_every_study_file_is_a_deployment(settings: Settings) -> None:
    """The loop serves all studies, one run of each at a time, with the form filled in."""
    deployments = all_deployments(settings, date(2026, 9, 1))
    refreshes = [one for one in deployments if one.flow_name == "refresh_study"]
    assert [one.name for one in refreshes] == list(list_studies(settings))
    for one in deployments:
        # A run that waits for a review holds nobody else up.
        assert one.concurrency_limit == (None if one.flow_name == "collect_notes" else 1)
        assert one.parameters == {"demande": {"study": one.name}}


def test_staff_alone_start_the_mails(settings: Settings) -> None:
    """Invitations and reminders of each study have a form and no schedule."""
    deployments = all_deployments(settings, date(2026, 9, 1))
    for flow in ("invite_participants", "remind_participants"):
        found = [one for one in deployments if one.flow_name == flow]
        assert [one.name for one in found] == list(list_studies(settings))
        assert [one.schedules for one in found] == [[]] * len(found)


def test_the_interviews_have_their_forms(settings: Settings) -> None:
    """Guides and notes of each study are started from the pages; an anonymous one has no guide."""
    study = load_study("demo", settings)
    made = {one.flow_name: one for one in interview_deployments(study)}
    assert set(made) == {"prepare_interviews", "collect_notes"}
    for one in made.values():
        assert one.schedules == []
        assert "entretien" in str(one.description)
    hidden = study.confidentiality.model_copy(update={"mode": Mode.ANONYMOUS})
    anonymous = study.model_copy(update={"confidentiality": hidden})
    assert [one.flow_name for one in interview_deployments(anonymous)] == ["collect_notes"]


@pytest.mark.parametrize(
    ("form", "last"),
    [
        (RefreshRequest, "Recalculer après un effacement"),
        (GuidesRequest, "Personnes"),
        (CollectRequest, "Dossier"),
    ],
)
def test_the_forms_speak_french(form: type[RefreshRequest], last: str) -> None:
    """Each field of a run form has a French title and says what to type."""
    fields = form.model_json_schema()["properties"]
    titles = [field["title"] for field in fields.values()]
    assert titles[:3] == ["Étude", "Vague", "Date de référence"]
    assert titles[-1] == last
    assert all(field["description"].endswith(".") for field in fields.values())
