"""Persons erased or forgotten, and what the command tells."""

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.mailing import as_markdown
from flows.request import RefreshRequest
from flows.setup import prepare
from flows.steps.pulling import pull_answers
from tasks.survey.sandbox.demo import SURVEY_ID
from tasks.survey.sandbox.faults import Fault, FaultKind
from tests.campaign.mailing.conftest import plain, waiting
from tests.campaign.post import Postman
from tests.campaign.staff import SURVEY, Staff
from tests.leaks.test_demo import secrets


def test_an_erased_person_leaves_no_line_and_receives_nothing(team: Postman) -> None:
    """Their lines go with them; while the platform still has them, they are passed over."""
    team.invite()
    pull_answers(prepare(RefreshRequest(study="demo", as_of="2026-09-21"), team.settings))
    people = team.platform.survey(SURVEY_ID).participants or ()
    gone = next(person for person in people if person.tid == min(waiting(team)))
    with team.store() as store:
        trace = store.trace("demo", gone.email)
        assert trace is not None
        assert store.erase(trace, lambda content: content)["mails"] == 1
    assert gone.tid not in {line.platform_id for line in team.ledger}

    team.wait(days=7)
    mailed = team.remind()
    assert (gone.tid, "remind") not in team.received
    assert "1 personne effacée ici à sa demande" in plain(mailed.left_out)


def test_the_end_of_keeping_empties_the_ledger(team: Postman) -> None:
    """A wave past its date keeps no mail."""
    team.invite()
    with team.store() as store:
        assert store.erase_wave("demo", "V2026")["mails"] == len(waiting(team))
    assert team.ledger == ()


def test_nothing_that_is_told_or_kept_names_anybody(team: Postman) -> None:
    """No name, address or token on the screen, on the page, or in a line of the ledger."""
    team.platform.mail.refused |= {
        person.email for person in team.platform.survey(SURVEY_ID).participants or ()
    }
    told = as_markdown(team.invite(trial=True)) + as_markdown(team.invite()) + str(team.ledger)
    assert [word for word in secrets() if word.casefold() in told.casefold()] == []


def test_the_command_tells_it_and_fails_when_mails_stopped(
    team: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a person types: the trial, then the thing; a call that broke off is exit code 1."""
    settings = team.settings
    monkeypatch.setenv("MATURITY_HOME", str(settings.home))
    monkeypatch.setenv("MATURITY_LIMESURVEY_URL", settings.limesurvey_url)
    monkeypatch.setenv("MATURITY_LIMESURVEY_USER", settings.limesurvey_user)
    secret = settings.limesurvey_password.get_secret_value()
    monkeypatch.setenv("MATURITY_LIMESURVEY_PASSWORD", secret)
    monkeypatch.setattr("flows.mailing.datetime", _Clock(team))
    shown = CliRunner().invoke(app, ["invite", "demo", "--essai"])
    assert shown.exit_code == 0, shown.output
    assert "Essai : rien n’a été envoyé." in plain(shown.output)
    team.platform.faults.append(Fault(FaultKind.LOST, "invite_participants"))
    assert CliRunner().invoke(app, ["invite", "demo"]).exit_code == 1
    assert {tid for tid, _ in team.received} == waiting(team)
    again = CliRunner().invoke(app, ["invite", "demo"])
    assert again.exit_code == 0
    assert "0 invitation envoyée" in plain(again.output)


def test_an_opened_survey_has_the_contact_and_the_letters(staff: Staff) -> None:
    """Imported and read back: who signs, what is written; without a contact, a warning."""
    staff.write_study(contact={"name": "Équipe du programme", "email": "programme@exemple.fr"})
    outcome = staff.open()
    survey = staff.platform.survey(SURVEY)
    assert "signés" not in plain(outcome.notices)
    assert survey.properties["adminemail"] == "programme@exemple.fr"
    assert survey.properties["admin"] == "Équipe du programme"
    for letters in survey.language_properties.values():
        assert "programme@exemple.fr" in letters["surveyls_email_invite"]
        assert "{SURVEYURL}" in letters["surveyls_email_remind"]
    staff.write_study(contact={"name": "Autre équipe", "email": "autre@exemple.fr"})
    assert "contact de l’étude (autre@exemple.fr)" in plain(staff.open().notices)


def test_an_opening_without_a_contact_warns(staff: Staff) -> None:
    """Before the first mail leaves under an address that may be nobody's."""
    assert "adresse par défaut de LimeSurvey" in plain(staff.open().notices)


class _Clock:
    """Tells the team's time as `datetime.now` does."""

    def __init__(self, team: Postman) -> None:
        self._team = team

    def now(self, _zone: object) -> object:
        return self._team.now
