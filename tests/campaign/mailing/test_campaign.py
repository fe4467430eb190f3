"""Who is written to, when, and once."""

from collections import Counter

import pytest

from config.errors import MailingError
from tasks.campaign.mailing.model import MailStatus
from tasks.survey.sandbox.demo import SURVEY_ID
from tests.campaign.mailing.conftest import EVERYBODY, answered, plain, statuses, waiting
from tests.campaign.post import Postman, at_once


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
