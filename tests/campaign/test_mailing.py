"""Invitations and reminders through the real client over HTTP: once only, whatever breaks."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from config.errors import MailingError, PlatformError
from config.settings import PRODUCT_CONFIG, Settings
from flows.cli import app
from flows.mailing import as_markdown
from flows.request import RefreshRequest
from flows.setup import prepare
from flows.steps.pulling import pull_answers
from tasks.campaign.mailing.model import MailStatus
from tasks.survey.sandbox.demo import SURVEY_ID
from tasks.survey.sandbox.faults import Fault, FaultKind
from tasks.survey.sandbox.server import running
from tests.campaign.post import Postman, at_once, nobody_invited
from tests.campaign.staff import SURVEY, Staff
from tests.leaks.test_demo import secrets

EVERYBODY = set(range(1, 16))


@pytest.fixture
def team(settings: Settings) -> Iterator[Postman]:
    """Monday nine o'clock, nobody invited yet."""
    platform = nobody_invited()
    with running(platform) as url:
        yield Postman(settings, platform, url)


def answered(team: Postman) -> set[int]:
    """Numbers of those who have answered, as the platform has them."""
    people = team.platform.survey(SURVEY_ID).participants or ()
    return {person.tid for person in people if person.completed != "N"}


def waiting(team: Postman) -> set[int]:
    """Numbers of those who have not."""
    return EVERYBODY - answered(team)


def plain(lines: object) -> str:
    """What was told, with ordinary spaces."""
    return " ".join(map(str, lines if isinstance(lines, tuple) else (lines,))).replace("\xa0", " ")


def statuses(team: Postman) -> Counter[MailStatus]:
    """How many lines of the ledger are in each state."""
    return Counter(line.status for line in team.ledger)


def test_a_campaign_invites_once_and_reminds_by_the_rules(team: Postman) -> None:
    """Invited on Monday; again: nobody; a week later those who are silent, twice at most."""
    mailed = team.invite()
    assert {tid for tid, _ in team.received} == waiting(team)
    assert plain(mailed.lines) == f"{len(waiting(team))} invitations envoyées"
    assert plain(mailed.left_out) == f"{len(answered(team))} personnes ont déjà répondu"

    team.invite()
    team.wait(days=6)
    with pytest.raises(MailingError, match="samedi ni le dimanche"):
        team.remind()
    assert len(team.received) == len(waiting(team))

    for days in (1, 7, 4):
        team.wait(days=days)
        team.remind()
        team.remind()
    assert Counter(team.received) == {
        (tid, kind): times
        for tid in waiting(team)
        for kind, times in (("invite", 1), ("remind", 2))
    }


def test_a_trial_shows_and_sends_nothing(team: Postman) -> None:
    """Who would receive what, by number, and how many not, by reason; no call that mails."""
    mailed = team.invite(trial=True)
    assert len(mailed.lines) == len(waiting(team))
    assert all(" : invitation" in plain(line) for line in mailed.lines)
    assert "rien n’a été envoyé" in plain(mailed.notices)
    assert team.received == []
    assert team.platform.calls["invite_participants"] == 0
    assert team.ledger == ()


def test_a_trial_at_night_tells_the_next_moment(team: Postman) -> None:
    """At 19 h the trial shows tomorrow's mails; the real thing sends nothing and says when."""
    team.wait(hours=10)
    assert "15 septembre 2026 à 08:00" in plain(team.invite(trial=True).notices)
    with pytest.raises(MailingError) as caught:
        team.invite()
    assert "Il est 19:00 ; l’étude n’écrit qu’entre 8 h et 18 h" in plain(caught.value.message)
    assert "mardi 15 septembre 2026 à 08:00" in plain(caught.value.remedy)
    assert team.received == []


@pytest.mark.parametrize(("days", "said"), [(-3, "La campagne ouvre"), (21, "est close")])
def test_nothing_leaves_outside_the_wave(team: Postman, days: int, said: str) -> None:
    """Neither before the first day nor after the last."""
    team.wait(days=days)
    with pytest.raises(MailingError, match=said):
        team.invite()
    assert team.received == []


def test_mails_sent_by_hand_count(team: Postman) -> None:
    """Who was invited or reminded on LimeSurvey itself is not written to again too soon."""
    by_hand = min(waiting(team))
    team.change(by_hand, sent="2026-09-14 08:30")
    team.invite()
    assert (by_hand, "invite") not in team.received

    team.wait(days=7)
    team.change(by_hand, remindersent="2026-09-18 10:00", remindercount=1)
    team.remind()
    assert {tid for tid, kind in team.received if kind == "remind"} == waiting(team) - {by_hand}


def test_a_survey_imported_anew_invites_its_people(team: Postman) -> None:
    """Numbers begin at 1 again: they are other people, whom nobody has written to."""
    team.invite()
    with team.store() as store:
        store.begin_import("demo", "V2026", SURVEY_ID)
    for tid in EVERYBODY:
        team.change(tid, sent="N")
    assert team.ledger == ()
    team.invite()
    assert Counter(team.received) == {(tid, "invite"): 2 for tid in waiting(team)}
    assert plain(team.invite().lines).startswith("0 invitation")


def test_two_runs_at_the_same_time_send_once(team: Postman) -> None:
    """Whichever reserves a mail sends it; the other leaves it alone."""
    at_once(team.invite, team.invite)
    assert Counter(team.received) == {(tid, "invite"): 1 for tid in waiting(team)}
    assert statuses(team) == {MailStatus.SENT: len(waiting(team))}


@pytest.mark.parametrize("kind", [FaultKind.LOST, FaultKind.PROXY_LIMIT, FaultKind.CUT])
def test_an_answer_that_is_lost_is_read_back(team: Postman, kind: FaultKind) -> None:
    """The mails left, the answer did not come: the platform's own record tells, at once."""
    team.platform.faults.append(Fault(kind, "invite_participants"))
    mailed = team.invite()
    assert statuses(team) == {MailStatus.SENT: len(waiting(team))}
    assert mailed.error is not None

    team.invite()
    assert Counter(team.received) == {(tid, "invite"): 1 for tid in waiting(team)}


def test_a_batch_that_breaks_in_the_middle_is_finished_later(team: Postman) -> None:
    """Half left; the others stay in doubt for a quarter of an hour, then leave once."""
    team.platform.faults.append(Fault(FaultKind.HALF, "invite_participants"))
    mailed = team.invite()
    left = len(team.received)
    assert 0 < left < len(waiting(team))
    doubtful = len(waiting(team)) - left
    assert statuses(team) == {MailStatus.SENT: left, MailStatus.UNKNOWN: doubtful}
    assert f"{doubtful} courriels dont la plateforme n’a pas dit" in plain(mailed.lines)

    assert f"{doubtful} personnes dont le dernier courriel" in plain(team.invite().left_out)
    assert len(team.received) == left
    team.wait(minutes=16)
    team.invite()
    assert Counter(team.received) == {(tid, "invite"): 1 for tid in waiting(team)}


def test_a_reminder_whose_answer_is_lost_is_counted_by_the_platform(team: Postman) -> None:
    """One more reminder than before: it left."""
    team.invite()
    team.wait(days=7)
    team.platform.faults.append(Fault(FaultKind.LOST, "remind_participants"))
    team.remind()
    team.remind()
    assert Counter(team.received)[min(waiting(team)), "remind"] == 1
    assert statuses(team) == {MailStatus.SENT: 2 * len(waiting(team))}


def test_a_run_that_was_killed_leaves_no_mail_twice(
    team: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reserved, sent, never written down: read back, not sent again."""
    monkeypatch.setattr("tasks.store.mails.Mails.settle_mails", _killed)
    with pytest.raises(KeyboardInterrupt):
        team.invite()
    monkeypatch.undo()
    assert statuses(team) == {MailStatus.RESERVED: len(waiting(team))}
    team.wait(minutes=1)
    team.invite()
    assert Counter(team.received) == {(tid, "invite"): 1 for tid in waiting(team)}
    assert statuses(team) == {MailStatus.SENT: len(waiting(team))}


def _killed(_self: object, _book: object, lines: object) -> None:
    if tuple(lines):  # type: ignore[arg-type]
        raise KeyboardInterrupt


def test_a_mail_server_that_refuses_is_told_and_tried_again(team: Postman) -> None:
    """Each failure with its number and reason in French; the next call sends what failed."""
    team.platform.mail.up = False
    mailed = team.invite()
    assert team.received == []
    assert plain(mailed.lines).startswith("0 invitation envoyée Participants n°")
    assert plain(mailed.lines).count("le serveur de courriel de LimeSurvey ne répond pas") == 1
    assert all(str(tid) in plain(mailed.lines) for tid in waiting(team))
    assert "maturity invite demo" in plain(mailed.next_steps)
    assert mailed.error is not None
    assert f"Aucun des {len(waiting(team))} courriels" in plain(mailed.error.message)
    assert "nouvel essai ; la dernière fois" in plain(team.invite(trial=True).lines)

    team.platform.mail.up = True
    team.wait(minutes=1)
    team.invite()
    assert {tid for tid, _ in team.received} == waiting(team)
    assert statuses(team) == {MailStatus.SENT: len(waiting(team))}


def test_an_address_that_is_refused_stops_nobody_else(team: Postman) -> None:
    """One failure, told without the address; all others receive theirs."""
    refused = min(waiting(team))
    people = team.platform.survey(SURVEY_ID).participants or ()
    address = next(person.email for person in people if person.tid == refused)
    team.platform.mail.refused.add(address)
    mailed = team.invite()
    assert {tid for tid, _ in team.received} == waiting(team) - {refused}
    told = plain(mailed.lines)
    assert f"Participant n° {refused} : pas envoyé, le serveur de courriel refuse l’adresse" in told
    assert address not in told
    assert [line.platform_id for line in team.ledger if line.status is MailStatus.FAILED] == [
        refused
    ]


def test_a_person_listed_twice_is_written_to_once(team: Postman) -> None:
    """The same address under two numbers: the one that answered, else was invited, else first."""
    first, second, third, *_ = sorted(waiting(team))
    done = min(answered(team))
    people = {one.tid: one.email for one in team.platform.survey(SURVEY_ID).participants or ()}
    team.change(second, email=f" {people[first].upper()}")
    team.change(third, email=people[done])
    mailed = team.invite()
    assert {tid for tid, _ in team.received} == waiting(team) - {second, third}
    assert "2 personnes inscrites une seconde fois" in plain(mailed.left_out)
    assert people[first] not in as_markdown(mailed)


def test_a_mail_that_is_no_longer_needed_is_no_failure(team: Postman) -> None:
    """It failed; then its receiver answered, or was invited by hand."""
    by_hand, answers, *_ = sorted(waiting(team))
    team.platform.mail.up = False
    team.invite()
    team.change(by_hand, sent="2026-09-14 10:00")
    team.change(answers, completed="2026-09-14 10:00")
    failed = len(waiting(team)) - 1
    team.invite(trial=True)
    assert statuses(team) == {MailStatus.FAILED: failed, MailStatus.OVERTAKEN: 2}


def test_nobody_due_is_told_with_the_day_of_the_next_reminders(team: Postman) -> None:
    """From when; that there is none any more; and never « less than 1 days »."""
    team.invite()
    team.wait(days=1)
    assert "à partir du lundi 21 septembre 2026 à 08:00" in plain(team.remind().notices)
    assert "à partir du lundi 21 septembre 2026" in plain(team.remind(trial=True).notices)
    team.wait(days=13)
    team.remind()
    team.wait(days=3)
    assert "finit avant que d’autres rappels" in plain(team.remind().notices)


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
