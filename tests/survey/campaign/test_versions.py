"""An older version of LimeSurvey, accounts with few rights, participants of the sandbox."""

import pytest
from pydantic import SecretStr

from config.errors import PlatformError
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox import (
    AnswerRefused,
    SandboxPlatform,
)
from tests.survey.campaign.conftest import SURVEY, WRITING, at, person
from tests.survey.conftest import Connect
from tests.survey.recorded import platform_3


def test_version_3_tells_its_state_and_mails(connect: Connect) -> None:
    """The reading half of a campaign on the recorded 3.8.1."""
    limesurvey = connect(platform_3())
    state = limesurvey.state(648751)
    assert state is not None
    assert (state.active, state.participants_table) == (True, True)
    assert limesurvey.languages(648751)[0] == state.languages[0] == "fr"
    people = limesurvey.participants(648751, ())
    assert people is not None
    assert len(limesurvey.mail_states(648751)) == len(people)


def test_account_that_may_only_pull_changes_nothing(
    platform: SandboxPlatform, opened: LimeSurvey, connect: Connect
) -> None:
    """Every writing call is refused with the right it needs."""
    platform.add_user("lecture", SecretStr("lecture"), ("survey", "responses", "settings"))
    reader = connect(platform, user="lecture", password=SecretStr("lecture"))
    before = platform.survey(SURVEY)
    for method, call in WRITING.items():
        if method == "activate_tokens":
            continue  # the table is there: nothing is asked
        with pytest.raises(PlatformError, match="n’a pas le droit"):
            call(reader)
    assert platform.survey(SURVEY) is before
    assert opened.state(SURVEY) is not None


def test_participants_answer_as_on_the_public_pages(
    platform: SandboxPlatform, opened: LimeSurvey
) -> None:
    """Saved half-way, ended, changed: one response; then the survey closes."""
    (one,) = opened.add_participants(SURVEY, [person(1)])
    number = platform.answer(SURVEY, one.token, {"ROLE": "EL"}, complete=False)
    assert not opened.mail_states(SURVEY)[0].completed
    platform.clock = lambda: at("2026-09-16 08:00")
    assert platform.answer(SURVEY, one.token, {"ROLE": "DG"}) == number
    (row,) = next(opened.windows(SURVEY))
    assert (row["ROLE"], row["token"], row["submitdate"]) == (
        "DG",
        one.token,
        "2026-09-16 08:00:00",
    )
    assert row["startdate"] == "2026-09-15 10:30:00"
    assert opened.mail_states(SURVEY)[0].completed
    opened.expire(SURVEY, at("2026-09-16 08:00"))
    with pytest.raises(AnswerRefused, match="closed"):
        platform.answer(SURVEY, one.token, {"ROLE": "EL"})
