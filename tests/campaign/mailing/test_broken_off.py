"""Mails whose sending breaks off, is refused or is no longer needed."""

from collections import Counter

import pytest

from flows.mailing import as_markdown
from tasks.campaign.mailing.model import MailStatus
from tasks.survey.sandbox.demo import SURVEY_ID
from tasks.survey.sandbox.faults import Fault, FaultKind
from tests.campaign.mailing.conftest import answered, plain, statuses, waiting
from tests.campaign.post import Postman


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
