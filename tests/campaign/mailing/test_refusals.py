"""What stops the mails of a study, and is told."""

from dataclasses import replace

import pytest

from config.errors import MailingError, PlatformError
from config.settings import PRODUCT_CONFIG, Settings
from tasks.campaign.mailing.model import MailStatus
from tasks.survey.sandbox.demo import SURVEY_ID
from tasks.survey.sandbox.faults import Fault, FaultKind
from tasks.survey.sandbox.server import running
from tests.campaign.mailing.conftest import EVERYBODY, plain, statuses, waiting
from tests.campaign.post import Postman, nobody_invited


@pytest.mark.parametrize(
    ("sender", "said"),
    [("inherit", "adresse par défaut"), ("a@example.net", "adresse par défaut"),
     ("programme@exemple.fr", "")],
)  # fmt: skip
def test_mails_without_a_sender_of_ones_own_are_told(team: Postman, sender: str, said: str) -> None:
    """LimeSurvey's default address swallows what people reply."""
    survey = team.platform.survey(SURVEY_ID)
    properties = {**survey.properties, "adminemail": sender}
    team.platform.put_survey(replace(survey, properties=properties))
    told = plain(team.invite(trial=True).notices)
    assert (said in told) is True
    assert ("adresse par défaut" in told) is bool(said)


def test_people_without_a_valid_address_are_left_out_with_their_reason(team: Postman) -> None:
    """Nobody tries an address that the platform holds to be wrong."""
    wrong, absent = sorted(waiting(team))[:2]
    team.change(wrong, emailstatus="bounced")
    team.change(absent, email="")
    mailed = team.invite()
    assert "2 personnes sans adresse valable" in plain(mailed.left_out)
    assert {tid for tid, _ in team.received} == waiting(team) - {wrong, absent}


def test_a_refusal_of_the_whole_call_is_an_error_and_no_doubt(team: Postman) -> None:
    """No right to mail: nothing left, all may be tried again, and staff read what to do."""
    team.platform.faults.append(Fault(FaultKind.NO_RIGHT, "invite_participants"))
    mailed = team.invite()
    assert mailed.error is not None
    assert "droit" in plain(mailed.error.message)
    assert statuses(team) == {MailStatus.FAILED: len(waiting(team))}
    team.wait(minutes=1)
    team.invite()
    assert {tid for tid, _ in team.received} == waiting(team)


def test_a_platform_that_is_silent_sends_nothing(team: Postman) -> None:
    """What left already cannot be read: then nothing leaves."""
    team.platform.faults.append(Fault(FaultKind.ERROR_EMPTY, "list_participants", times=9))
    with pytest.raises(PlatformError):
        team.invite()
    assert team.received == []


def test_a_survey_that_is_not_open_invites_nobody(team: Postman) -> None:
    """An invitation to a questionnaire that nobody can open is worse than none."""
    survey = team.platform.survey(SURVEY_ID)
    team.platform.put_survey(replace(survey, active=False))
    with pytest.raises(MailingError, match="n’est pas ouverte"):
        team.invite()
    team.platform.put_survey(replace(survey, participants=()))
    with pytest.raises(MailingError, match="Personne n’est inscrit"):
        team.invite()


def test_a_survey_closed_before_its_end_reminds_nobody(team: Postman) -> None:
    """Closed from here: the wave is over, whatever its file says."""
    team.invite()
    with team.store() as store:
        store.mark_closed("demo", "V2026", SURVEY_ID)
    team.wait(days=7)
    with pytest.raises(MailingError, match="est close") as caught:
        team.remind()
    assert "maturity close demo --annuler" in plain(caught.value.remedy)


def test_an_anonymous_study_reminds_without_naming_who_is_missing(settings: Settings) -> None:
    """Counts alone are told, and the ledger treats everybody alike."""
    folder = settings.home / "config" / "studies"
    folder.mkdir(parents=True)
    text = (PRODUCT_CONFIG / "studies" / "demo.yaml").read_text()
    (folder / "demo.yaml").write_text(text.replace("mode: confidential", "mode: anonymous"))
    platform = nobody_invited(anonymized=True)
    with running(platform) as url:
        team = Postman(settings, platform, url)
        for tid in EVERYBODY:
            team.change(tid, sent="2026-09-14 08:00")
        team.wait(days=7)
        shown = team.remind(trial=True)
        mailed = team.remind()
    assert plain(shown.lines).startswith("15 personnes invitées ; la plateforme n’écrit pas")
    assert "n° " not in plain(mailed.lines) + plain(mailed.left_out) + plain(shown.left_out)
    assert {tid for tid, _ in team.received} == waiting(team)
    assert {line.platform_id for line in team.ledger} == EVERYBODY
    assert statuses(team) == {MailStatus.SENT: 15}
