"""What is told when a call that writes fails or its answer is lost."""

import logging
from dataclasses import replace

import pytest

from config.errors import PlatformError, PlatformUnreachable
from config.maturity_model import MaturityModel
from config.study import Study
from tasks.survey.building.survey import expected_structure
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox import (
    Fault,
    FaultKind,
    SandboxPlatform,
    running,
)
from tests.survey.campaign.conftest import FOREVER, SURVEY, WRITING, invited, person, reminded
from tests.survey.conftest import Connect

# after these nobody knows whether the call was carried out: it was not…
NOT_DONE = [
    *(FaultKind.ERROR_PAGE, FaultKind.ERROR_EMPTY, FaultKind.WEB_PAGE, FaultKind.EMPTY),
    *(FaultKind.XML, FaultKind.SQL_ERROR),
]


# …or it was, and its answer got lost or garbled
DONE = [
    *(FaultKind.LOST, FaultKind.CUT, FaultKind.PROXY_LIMIT),
    *(FaultKind.PHP_WARNING, FaultKind.WRONG_ID),
]


# what was refused before anything was done
REFUSED = [FaultKind.NOT_FOUND, FaultKind.FORBIDDEN, FaultKind.REDIRECT, FaultKind.NO_RIGHT]


@pytest.fixture
def peopled(platform: SandboxPlatform, opened: LimeSurvey) -> LimeSurvey:
    """Two participants, ready for any writing call."""
    opened.add_participants(SURVEY, [person(1), person(2)])
    platform.calls.clear()
    return opened


def prepared(platform: SandboxPlatform, limesurvey: LimeSurvey, method: str) -> None:
    """What a method needs to be called at all."""
    if method == "activate_tokens":
        platform.put_survey(replace(platform.survey(SURVEY), participants=None))
    if method == "remind_participants":
        invited(limesurvey, [1, 2])


@pytest.mark.parametrize("method", WRITING)
def test_writing_call_is_never_repeated(
    platform: SandboxPlatform, peopled: LimeSurvey, method: str
) -> None:
    """Whatever came instead of an answer: one call, and the message says what is not known."""
    prepared(platform, peopled, method)
    before, mails = platform.survey(SURVEY), [*platform.outbox]
    for kind in [*NOT_DONE, *DONE]:
        platform.calls.clear()
        platform.put_survey(before)
        platform.faults[:] = [Fault(kind, method, times=FOREVER)]
        with pytest.raises(PlatformUnreachable) as doubtful:
            WRITING[method](peopled)
        assert platform.calls[method] == 1, kind
        assert f"On ne sait pas si l’appel {method} a été exécuté" in doubtful.value.message
        assert "relancez" in doubtful.value.remedy.lower()
        new = platform.outbox[len(mails) :]
        mailed = method in ("invite_participants", "remind_participants") and kind in DONE
        assert [mail.tid for mail in new] == ([1, 2] if mailed else [])
        platform.outbox[:] = mails


@pytest.mark.parametrize(
    "method", ["add_participants", "invite_participants", "remind_participants"]
)
def test_call_that_dies_half_way(
    platform: SandboxPlatform, peopled: LimeSurvey, method: str
) -> None:
    """Half of it is done; one call, and not known."""
    prepared(platform, peopled, method)
    mails, people = len(platform.outbox), len(platform.survey(SURVEY).participants or ())
    platform.faults[:] = [Fault(FaultKind.HALF, method, times=FOREVER)]
    with pytest.raises(PlatformUnreachable, match="On ne sait pas"):
        WRITING[method](peopled)
    done = (len(platform.outbox) - mails, len(platform.survey(SURVEY).participants or ()) - people)
    assert done == ((0, 2) if method == "add_participants" else (1, 0))


def test_import_that_dies_half_way_leaves_half(
    platform: SandboxPlatform, limesurvey: LimeSurvey, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """The survey is there, and the comparison with the model shows what it lacks."""
    platform.faults.append(Fault(FaultKind.HALF, "import_survey"))
    with pytest.raises(PlatformUnreachable, match="On ne sait pas"):
        limesurvey.import_survey(demo[2], SURVEY)
    assert limesurvey.state(SURVEY) is not None
    expected = expected_structure(demo[0], demo[1], demo[1].waves[0], "fr")
    found = limesurvey.structure(SURVEY, "fr").questions
    assert 0 < len(found) < len(expected.questions)


@pytest.mark.parametrize("method", WRITING)
def test_refused_call_leaves_no_doubt(
    platform: SandboxPlatform, peopled: LimeSurvey, method: str
) -> None:
    """Nothing was done: the message is that of the refusal alone."""
    prepared(platform, peopled, method)
    before = platform.survey(SURVEY)
    for kind in REFUSED:
        platform.faults[:] = [Fault(kind, method, times=FOREVER)]
        with pytest.raises(PlatformError) as refused:
            WRITING[method](peopled)
        assert not isinstance(refused.value, PlatformUnreachable)
        assert "On ne sait pas" not in refused.value.message
        assert ("n’a pas le droit «" in refused.value.message) is (kind is FaultKind.NO_RIGHT)
    assert platform.survey(SURVEY) is before


@pytest.mark.parametrize("method", WRITING)
def test_expired_key_is_renewed_for_a_writing_call(
    platform: SandboxPlatform, peopled: LimeSurvey, method: str
) -> None:
    """The key is refused before anything is done: the second call does it, once."""
    prepared(platform, peopled, method)
    before = platform.calls[method]
    platform.faults[:] = [Fault(FaultKind.EXPIRED_KEY, method)]
    if method == "import_survey":
        with pytest.raises(PlatformError, match="Rien n’a été importé"):
            WRITING[method](peopled)
    else:
        WRITING[method](peopled)
    assert platform.calls[method] == before + 2
    if method == "invite_participants":
        assert len(platform.outbox) == 2
    if method == "add_participants":
        assert len(platform.survey(SURVEY).participants or ()) == 6


def test_slow_mailing_is_not_sent_again(platform: SandboxPlatform, connect: Connect) -> None:
    """A time limit that runs out is not known either; what comes after it was sent once."""
    platform.faults.append(Fault(FaultKind.SLOW, "invite_participants", seconds=0.5))
    with pytest.raises(PlatformUnreachable, match=r"ne répond pas à temps.*On ne sait pas"):
        [*connect(platform, timeout=0.1).invite(SURVEY, [1])]
    assert platform.calls["invite_participants"] == 1


def test_platform_that_is_gone_leaves_no_doubt(
    platform: SandboxPlatform, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """A connection that was never made: nothing was done, worth another try."""
    with running(platform) as url:
        limesurvey = LimeSurvey(url, platform.user, platform.password)
        limesurvey.import_survey(demo[2], SURVEY)
    with pytest.raises(PlatformUnreachable, match="injoignable") as gone:
        limesurvey.activate(SURVEY)
    assert "On ne sait pas" not in gone.value.message


def test_reading_after_a_writing_call_still_retries(
    platform: SandboxPlatform, peopled: LimeSurvey
) -> None:
    """Sending once is for the one call: reading calls are repeated as before."""
    invited(peopled, [1])
    platform.faults.append(Fault(FaultKind.CUT, "list_participants"))
    assert len(peopled.mail_states(SURVEY)) == 2


def test_messages_are_told_in_english_too(
    platform: SandboxPlatform, connect: Connect, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """Doubts, refusals and outcomes have their English sentences."""
    english = connect(platform, language="en")
    english.import_survey(demo[2], SURVEY)
    english.open_participants(SURVEY, {})
    english.add_participants(SURVEY, [person(1, email="")])
    said = [outcome.reason for outcome in invited(english, [1]) + reminded(english, [1])]
    for method, call in WRITING.items():
        prepared(platform, english, method)
        for kind in (FaultKind.NO_RIGHT, FaultKind.LOST):
            platform.faults[:] = [Fault(kind, method, times=FOREVER)]
            with pytest.raises(PlatformError) as error:
                call(english)
            said.append(str(error.value))
        platform.faults.clear()
        if method == "delete_survey":
            english.import_survey(demo[2], SURVEY)
            english.open_participants(SURVEY, {})
            english.add_participants(SURVEY, [person(1)])
    for french in ("é", "è", "à", "’", "«", "questionnaire 6"):
        assert not any(french in text for text in said), french


def test_tokens_and_addresses_stay_out_of_the_log(
    platform: SandboxPlatform, opened: LimeSurvey, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever happens while adding and mailing."""
    caplog.set_level(logging.DEBUG)
    platform.mail.refused = {"p2@exemple.ch"}
    added = opened.add_participants(SURVEY, [person(1), person(2)])
    invited(opened, [1, 2])
    platform.faults.append(Fault(FaultKind.LOST, "remind_participants"))
    with pytest.raises(PlatformUnreachable) as lost:
        reminded(opened, [1])
    everything = caplog.text + repr(lost.value) + str(lost.value)
    for personal in (added[0].token, "p1@exemple.ch", "Prénom1", "p2@exemple.ch"):
        assert personal not in everything
