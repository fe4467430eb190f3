"""A campaign on a real LimeSurvey, when one is named in the environment (see `live.py`).

The survey is imported under a free number and deleted at the end. Its participants are invented,
at addresses that no mail can reach (`.invalid`), so the platform's mail server may work or not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from pydantic import SecretStr

from config.errors import PlatformError
from config.maturity_model import MaturityModel
from config.study import Mode, Study
from tasks.campaign.platform import MailOutcome, NewParticipant
from tasks.survey.building import survey_file
from tasks.survey.limesurvey import LimeSurvey
from tests.survey.live import LIVE, MARKS, WANTED, assert_read_back, specimen

pytestmark = MARKS
ATTRIBUTES = {"attribute_1": "Fonction", "attribute_2": "Service"}


def person(number: int, language: str = "fr") -> NewParticipant:
    """An invented participant."""
    return NewParticipant(
        f"Prénom{number}",
        "O’Essai",
        f"essai{number}@exemple.invalid",
        language,
        {"attribute_1": "Élue & maire", "attribute_2": "=1+1"},
    )


@pytest.fixture(scope="module")
def limesurvey() -> Iterator[LimeSurvey]:
    """The client that the product works with."""
    with LimeSurvey(LIVE["URL"], LIVE["USER"], SecretStr(LIVE["PASSWORD"])) as connected:
        yield connected


@dataclass(frozen=True)
class Built:
    """A model, its study of today and their survey file."""

    model: MaturityModel
    study: Study
    file: bytes


@pytest.fixture(scope="module")
def built() -> Built:
    """The survey of the French and English model."""
    model, study = specimen("datacites2", Mode.CONFIDENTIAL)
    return Built(model, study, survey_file(model, study, study.waves[0]))


@pytest.fixture(scope="module")
def survey(limesurvey: LimeSurvey, built: Built) -> Iterator[int]:
    """A survey that this module imported; deleted at the end."""
    number = limesurvey.import_survey(built.file, WANTED)
    try:
        yield number
    finally:
        limesurvey.delete_survey(number)
    assert limesurvey.state(number) is None


def test_imported_survey_is_the_model(limesurvey: LimeSurvey, built: Built, survey: int) -> None:
    """Each code, option and text comes back, in French and English."""
    assert limesurvey.languages(survey) == ("fr", "en")
    assert_read_back(limesurvey, built.model, built.study, survey)
    state = limesurvey.state(survey)
    assert state is not None
    assert (state.active, state.anonymized, state.participants_table) == (False, False, False)
    assert state.datestamp
    assert state.expires == datetime.fromisoformat(f"{built.study.waves[0].closes} 23:59:59")


def test_taken_number_gives_another(limesurvey: LimeSurvey, built: Built, survey: int) -> None:
    """The one that has the number stays."""
    other = limesurvey.import_survey(built.file, survey)
    try:
        assert other != survey
    finally:
        limesurvey.delete_survey(other)
    assert limesurvey.state(survey) is not None


def test_code_too_long_halts_the_import(limesurvey: LimeSurvey, built: Built) -> None:
    """The half that is left has the number asked for, so that it can be found."""
    wanted = 640_790
    assert limesurvey.state(wanted) is None
    code = built.model.items[5].code
    long = built.file.replace(f"<title>{code}<".encode(), f"<title>{code}{'X' * 40}<".encode())
    assert long != built.file
    try:
        with pytest.raises(PlatformError, match="On ne sait pas"):
            limesurvey.import_survey(long, wanted)
        assert limesurvey.state(wanted) is not None
    finally:
        limesurvey.delete_survey(wanted)


def test_campaign_from_activation_to_its_end(limesurvey: LimeSurvey, survey: int) -> None:
    """Active, with participants; each mail has an outcome that the platform's state confirms."""
    limesurvey.activate(survey)
    limesurvey.activate(survey)
    limesurvey.open_participants(survey, ATTRIBUTES)
    limesurvey.open_participants(survey, ATTRIBUTES)
    state = limesurvey.state(survey)
    assert state is not None
    assert state.active
    assert state.participants_table

    people = [person(number) for number in range(1, 24)] + [person(24, "de"), person(25, "en")]
    added = limesurvey.add_participants(survey, people)
    assert [each.email for each in added] == [
        each.email for each in people if each.language != "de"
    ]
    assert len({each.token for each in added}) == 24
    assert limesurvey.participants(survey, tuple(ATTRIBUTES)) == added

    first = added[0].platform_id
    limesurvey.update_participant(survey, first, person(99, "en"))
    there = limesurvey.participants(survey, ())
    assert there is not None
    assert (there[0].firstname, there[0].token) == ("Prénom99", added[0].token)
    with pytest.raises(PlatformError, match="email"):
        limesurvey.update_participant(survey, first, NewParticipant("A", "B", "non", "fr"))

    _check_mails(limesurvey, survey, [each.platform_id for each in added])

    end = datetime.now().replace(microsecond=0) + timedelta(days=2)  # noqa: DTZ005 - platform's
    limesurvey.expire(survey, end)
    with pytest.raises(PlatformError, match="refuse la fin"):
        limesurvey.expire(survey, end - timedelta(days=400))
    closed = limesurvey.state(survey)
    assert closed is not None
    assert closed.expires == end


def _check_mails(limesurvey: LimeSurvey, survey: int, numbers: list[int]) -> None:
    outcomes = [one for batch in limesurvey.invite(survey, numbers) for one in batch]
    assert sorted(one.platform_id for one in outcomes) == numbers
    _assert_reasons(outcomes)
    sent = {one.platform_id for one in outcomes if one.sent}
    states = limesurvey.mail_states(survey)
    assert {one.platform_id for one in states if one.invited_at is not None} == sent
    assert all(one.deliverable and not one.completed for one in states)

    again = [one for batch in limesurvey.invite(survey, sorted(sent)) for one in batch]
    assert not any(one.sent for one in again)
    reminders = [one for batch in limesurvey.remind(survey, numbers[:3]) for one in batch]
    assert [one.platform_id for one in reminders if one.sent] == sorted(sent & {*numbers[:3]})
    _assert_reasons(reminders)
    counts = {one.platform_id: one.reminders for one in limesurvey.mail_states(survey)}
    assert [counts[number] for number in numbers[:3]] == [int(n in sent) for n in numbers[:3]]


def _assert_reasons(outcomes: list[MailOutcome]) -> None:
    """A mail that was not sent has its reason, without address or name."""
    for one in outcomes:
        assert bool(one.reason) is not one.sent
        for personal in ("@", "exemple.invalid", "Prénom", "Essai"):
            assert personal not in one.reason
