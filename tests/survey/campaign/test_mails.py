"""Mails that LimeSurvey is asked to send."""

from dataclasses import replace

import pytest

from config.errors import PlatformUnreachable
from tasks.campaign.platform import MailOutcome, MailState
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox import (
    Fault,
    FaultKind,
    SandboxPlatform,
)
from tests.survey.campaign.conftest import NOW, SURVEY, invited, person, reminded


def test_invitation_is_sent_once(platform: SandboxPlatform, opened: LimeSurvey) -> None:
    """Asked twice for the same people, the platform mails once and the outcome says so."""
    opened.add_participants(SURVEY, [person(1), person(2)])
    assert invited(opened, [1, 2, 2]) == [MailOutcome(1, True), MailOutcome(2, True)]
    again = invited(opened, [1, 2])
    assert [outcome.sent for outcome in again] == [False, False]
    assert all("déjà invité" in outcome.reason for outcome in again)
    assert [mail.to for mail in platform.outbox] == ["p1@exemple.ch", "p2@exemple.ch"]
    assert opened.mail_states(SURVEY) == tuple(
        MailState(n, True, False, NOW, None, 0) for n in (1, 2)
    )


def test_nobody_named_is_nobody_mailed(platform: SandboxPlatform, opened: LimeSurvey) -> None:
    """LimeSurvey takes an empty list for everybody: nothing is called."""
    opened.add_participants(SURVEY, [person(1)])
    assert invited(opened, []) == reminded(opened, []) == []
    assert platform.outbox == []
    assert platform.calls["invite_participants"] == platform.calls["remind_participants"] == 0


def test_only_those_named_are_mailed(platform: SandboxPlatform, opened: LimeSurvey) -> None:
    """Others who could be are left alone."""
    opened.add_participants(SURVEY, [person(number) for number in range(5)])
    invited(opened, [2, 4])
    assert [mail.tid for mail in platform.outbox] == [2, 4]


@pytest.mark.parametrize("at_once", [50, 7, 1])
def test_mails_go_in_batches(platform: SandboxPlatform, opened: LimeSurvey, at_once: int) -> None:
    """Whatever the platform sends in a call, everybody gets one mail and one outcome."""
    platform.mail.at_once = at_once
    opened.add_participants(SURVEY, [person(number) for number in range(45)])
    outcomes = invited(opened, [*range(1, 46)])
    assert sorted(outcome.platform_id for outcome in outcomes) == [*range(1, 46)]
    assert all(outcome.sent for outcome in outcomes)
    assert sorted(mail.tid for mail in platform.outbox) == [*range(1, 46)]


def test_answer_about_others_ends_the_batch(
    platform: SandboxPlatform, opened: LimeSurvey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A platform that mails somebody else than those named is not asked again and again."""
    opened.add_participants(SURVEY, [person(1), person(2)])
    other = {"name": "", "email": "", "status": "OK", "warning": None, "error": None}
    answer = {"2": other, "status": "0 left to send"}
    monkeypatch.setattr(platform._methods, "invite_participants", lambda *_: answer, raising=False)
    (outcome,) = invited(opened, [1])
    assert (outcome.platform_id, outcome.sent) == (1, False)
    assert platform.calls["invite_participants"] == 1


def test_refused_mails_are_told_without_addresses(
    platform: SandboxPlatform, opened: LimeSurvey
) -> None:
    """The reason is the mail server's; the others of the batch are mailed."""
    platform.mail.refused = {"p1@exemple.ch"}
    opened.add_participants(SURVEY, [person(1), person(2)])
    refused, sent = invited(opened, [1, 2])
    assert sent == MailOutcome(2, True)
    assert not refused.sent
    assert "User unknown" in refused.reason
    for personal in ("p1", "exemple", "Prénom1", "@"):
        assert personal not in refused.reason
    assert [state.invited_at for state in opened.mail_states(SURVEY)] == [None, NOW]


def test_mail_server_down_is_told_for_each(platform: SandboxPlatform, opened: LimeSurvey) -> None:
    """The platform's call succeeds all the same; nobody counts as invited."""
    platform.mail.up = False
    opened.add_participants(SURVEY, [person(1), person(2)])
    outcomes = invited(opened, [1, 2])
    assert ["Connection refused" in outcome.reason for outcome in outcomes] == [True, True]
    assert not any(outcome.sent for outcome in outcomes)
    assert all(state.invited_at is None for state in opened.mail_states(SURVEY))


def test_reminder_goes_to_those_invited_who_have_not_answered(
    platform: SandboxPlatform, opened: LimeSurvey
) -> None:
    """One was invited, one answered, one was never invited, one has no address."""
    people = [person(1), person(2), person(3), person(4, email="")]
    added = opened.add_participants(SURVEY, people)
    invited(opened, [1, 2])
    platform.answer(SURVEY, added[1].token, {"ROLE": "EL"})
    outcomes = {outcome.platform_id: outcome for outcome in reminded(opened, [1, 2, 3, 4])}
    assert [outcomes[number].sent for number in (1, 2, 3, 4)] == [True, False, False, False]
    assert "a déjà répondu" in outcomes[2].reason
    states = opened.mail_states(SURVEY)
    assert [state.reminders for state in states] == [1, 0, 0, 0]
    assert [state.reminded_at for state in states] == [NOW, None, None, None]
    assert [state.completed for state in states] == [False, True, False, False]
    assert [state.deliverable for state in states] == [True, True, True, False]


def test_mail_states_of_an_anonymous_survey(platform: SandboxPlatform, opened: LimeSurvey) -> None:
    """They are read there too, where the participants themselves are not."""
    platform.put_survey(replace(platform.survey(SURVEY), anonymized=True))
    (added,) = opened.add_participants(SURVEY, [person(1)])
    platform.answer(SURVEY, added.token, {"ROLE": "EL"})
    assert opened.participants(SURVEY, ()) is None
    assert [state.completed for state in opened.mail_states(SURVEY)] == [True]


def test_batches_before_a_failure_are_known(platform: SandboxPlatform, opened: LimeSurvey) -> None:
    """The third batch's answer is lost: forty outcomes are there, and nobody is mailed twice."""
    opened.add_participants(SURVEY, [person(number) for number in range(70)])
    platform.faults.append(Fault(FaultKind.LOST, "invite_participants", after=2))
    batches = opened.invite(SURVEY, [*range(1, 71)])
    known = [*next(batches), *next(batches)]
    with pytest.raises(PlatformUnreachable, match="On ne sait pas"):
        next(batches)
    assert sum(outcome.sent for outcome in known) == 40
    assert len(platform.outbox) == 60  # the lost batch was sent

    waiting = [s.platform_id for s in opened.mail_states(SURVEY) if s.invited_at is None]
    assert waiting == [*range(61, 71)]
    invited(opened, waiting)
    assert sorted(mail.tid for mail in platform.outbox) == [*range(1, 71)]
