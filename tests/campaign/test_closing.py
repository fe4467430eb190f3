"""Closing a campaign over HTTP: ended there, counted here, harmless twice, completed later."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from config.errors import PlatformError, StudyFileError
from config.loading import load_study
from config.settings import Settings
from flows.closing import ClosingRequest, reopen_campaign, warning
from flows.history import history
from flows.outcome import Outcome
from tasks.campaign.closing import past_everywhere
from tasks.survey.sandbox.faults import FaultKind
from tests.campaign.staff import STUDY, SURVEY, TODAY, Staff, person
from tests.conftest import directly

WAVE = load_study("demo", Settings()).wave()  # opens on 14 September 2026


@pytest.fixture
def answered(opened: Staff) -> Staff:
    """A team whose campaign is open, with five answers."""
    opened.send([person(number) for number in range(1, 6)])
    answer(opened, range(5))
    return opened


def answer(staff: Staff, who: range) -> None:
    """Let some participants answer every question in the same way."""
    survey = staff.platform.survey(SURVEY)
    people = survey.participants or ()
    moment = f"{TODAY} 00:00:01"
    answers = {one.code: next(iter(one.options)).code for one in survey.questions if one.options}
    for number in who:
        staff.platform.add_response(
            SURVEY,
            {"token": people[number].token, "submitdate": moment, "startdate": moment,
             "datestamp": moment, "startlanguage": "fr", "lastpage": 9, **answers},
        )  # fmt: skip


def told(outcome: object) -> str:
    """All that was said, with plain spaces."""
    return str(outcome).replace("\u00a0", " ").replace("\\xa0", " ")


def cover(staff: Staff) -> str:
    """The text of the collective report."""
    (path,) = staff.setup.folder.glob("Rapport collectif*.docx")
    return told("\n".join(one.text for one in Document(str(path)).paragraphs))


def expires(staff: Staff) -> datetime:
    """When the survey ends on the platform."""
    with staff.setup.limesurvey() as platform:
        state = platform.state(SURVEY)
    assert state is not None
    assert state.expires is not None
    return state.expires


def assert_closed(staff: Staff, outcome: Outcome) -> None:
    """Ended on the platform, closed and finished here, the report marked."""
    assert expires(staff) < datetime.now()  # noqa: DTZ005 - the platform's own time
    setup = staff.setup
    assert setup.closed
    with setup.store() as store:
        campaign = store.campaign(STUDY, "V2026")
    assert campaign is not None
    assert campaign.finished_at is not None
    assert "Édition définitive des réponses, état au" in cover(staff)
    assert "édition définitive des réponses" in told(outcome)


def test_a_campaign_closed_early_is_closed(answered: Staff) -> None:
    """Before its last day, once confirmed: answers stop, the wave counts as closed from then on."""
    assert not answered.setup.closed
    outcome = answered.close(early=True)
    assert_closed(answered, outcome)
    assert "5 sur 5" in told(outcome)


def test_closing_early_needs_to_be_confirmed(answered: Staff) -> None:
    """Otherwise nothing changes, and the message says how to confirm."""
    before = expires(answered)
    with pytest.raises(StudyFileError, match="--oui"):
        answered.close()
    assert expires(answered) == before
    assert not answered.setup.closed


def test_after_the_last_day_no_confirmation_is_needed(answered: Staff) -> None:
    """The day after the end: closed at once."""
    assert_closed(answered, answered.close(as_of=str(TODAY + timedelta(days=21))))


def test_closing_frees_what_was_held_back(answered: Staff) -> None:
    """One answer more than last published is held back in the campaign, and counted at its end."""
    answered.refresh(STUDY)
    answered.send([person(number) for number in range(1, 7)])
    answer(answered, range(5, 6))
    held = told(answered.refresh(STUDY).notices)
    assert "Trop peu de réponses ont changé" in held
    assert "Trop peu de réponses ont changé" not in told(answered.close(early=True))
    numbers = [*history(STUDY, "", answered.settings).columns[0].cells]
    assert numbers == ["1", "2", "3 (définitive)"]  # the second told who answered meanwhile


def test_staff_know_whose_answers_the_closing_lets_be_read(answered: Staff) -> None:
    """Five answers are published and a sixth waits: said before the closing, and after it."""
    assert warning(ClosingRequest(study=STUDY), answered.settings) == "", "nothing is published"
    answered.refresh(STUDY)
    assert warning(ClosingRequest(study=STUDY), answered.settings) == "", "nothing came since"
    answered.send([person(number) for number in range(1, 7)])
    answer(answered, range(5, 6))
    known = told(warning(ClosingRequest(study=STUDY), answered.settings))
    assert "1 seule réponse est arrivée ou a changé : qui a gardé" in known
    assert "Attendez qu’il y en ait 5 pour clore, ou ne diffusez pas les deux éditions." in known
    outcome = told(answered.close(early=True))
    assert "1 seule réponse est arrivée" in outcome
    assert "Ne diffusez pas les deux éditions." in outcome
    assert warning(ClosingRequest(study=STUDY), answered.settings) == "", "it is done"


def test_closing_twice_is_harmless(answered: Staff) -> None:
    """The second time nothing is changed, refreshed or issued again."""
    answered.close(early=True)
    before, calls = expires(answered), answered.platform.calls["export_responses"]
    with answered.setup.store() as store:
        issue = store.last_issue(STUDY, "V2026", "collective_report")
    outcome = answered.close()
    assert "déjà fermée" in told(outcome)
    assert expires(answered) == before
    assert answered.platform.calls["export_responses"] == calls
    with answered.setup.store() as store:
        assert store.last_issue(STUDY, "V2026", "collective_report") == issue


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        (FaultKind.ERROR_EMPTY, "set_survey_properties"),
        (FaultKind.ERROR_PAGE, "export_responses"),
    ],
)
def test_a_platform_down_in_mid_closing_is_completed_later(
    answered: Staff, kind: FaultKind, method: str
) -> None:
    """Whichever call fails, the second run ends what the first began."""
    answered.break_down(kind, method, times=5)  # also what the client itself tries again
    with pytest.raises(PlatformError):
        answered.close(early=True)
    answered.platform.faults.clear()
    assert_closed(answered, answered.close(early=True))


def test_an_end_whose_answer_was_lost_is_read_back(answered: Staff) -> None:
    """The platform ended the survey and its answer was lost: closing goes on."""
    answered.break_down(FaultKind.LOST, "set_survey_properties")
    assert_closed(answered, answered.close(early=True))


def test_a_closed_campaign_cannot_be_opened_again(answered: Staff) -> None:
    """A closing is said to respondents; a new wave is the way."""
    answered.close(early=True)
    with pytest.raises(StudyFileError, match="--annuler"):
        answered.open()
    with pytest.raises(StudyFileError, match="--annuler"):
        answered.send([person(1)], trial=True)


def reopen(staff: Staff) -> Outcome:
    """Undo an early closing."""
    return reopen_campaign(ClosingRequest(study=STUDY), staff.settings, directly)


def test_a_closing_that_published_nothing_is_undone(opened: Staff) -> None:
    """Nobody had answered: the survey takes answers until the wave's last day again."""
    end = expires(opened)
    opened.send([person(1)])
    opened.break_down(FaultKind.ERROR_PAGE, "export_responses", times=9)
    with suppress(PlatformError):
        opened.close(early=True)
    opened.platform.faults.clear()
    assert opened.setup.closed
    outcome = reopen(opened)
    assert "Campagne rouverte" in told(outcome)
    assert expires(opened) == end
    assert not opened.setup.closed
    opened.send([person(1), person(2)])


def test_what_was_published_since_the_closing_is_final(answered: Staff) -> None:
    """A closing that broke off after its report, or was finished by a refresh, is not undone."""
    with answered.setup.store() as store:
        store.mark_closed(STUDY, "V2026", SURVEY)
    answered.refresh(STUDY)
    with pytest.raises(StudyFileError, match="définitive"):
        reopen(answered)


def test_what_was_published_as_final_is_not_reopened(answered: Staff) -> None:
    """More answers would tell, by difference, what some people said."""
    with pytest.raises(StudyFileError, match="rien à annuler"):
        reopen(answered)
    answered.close(early=True)
    with pytest.raises(StudyFileError, match="définitive"):
        reopen(answered)
    assert answered.setup.closed


def test_the_retention_date_and_the_files_are_told(answered: Staff) -> None:
    """When the data go, and where the report is."""
    outcome = answered.close(early=True)
    assert "Conservation des données" in told(outcome)
    assert "maturity retention" in told(outcome.next_steps)
    assert all(isinstance(path, Path) and path.is_file() for _, path in outcome.files)


@given(st.timedeltas(timedelta(days=1), timedelta(days=100)), st.integers(-12, 14))
def test_the_end_is_past_on_any_clock(since: timedelta, zone: int) -> None:
    """Whatever the zone of the platform's clock, and never before the wave's opening."""
    now = datetime(2026, 9, 14, tzinfo=UTC) + since
    wave = WAVE
    at = past_everywhere(now, wave)
    local = (now + timedelta(hours=zone)).replace(tzinfo=None)
    assert at <= max(
        local, datetime.combine(wave.opens, datetime.min.time()) + timedelta(seconds=1)
    )
    assert at > datetime.combine(wave.opens, datetime.min.time())
