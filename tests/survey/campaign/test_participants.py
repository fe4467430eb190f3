"""Participants written to LimeSurvey and read back."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from config.errors import PlatformError
from config.maturity_model import MaturityModel
from config.study import Study
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox import (
    SandboxPlatform,
)
from tests.survey.campaign.conftest import SURVEY, invited, person, reminded


def test_people_are_added_and_read_back(platform: SandboxPlatform, opened: LimeSurvey) -> None:
    """In the given order and in several calls, each with a token; whoever is refused is missing."""
    people = [person(number) for number in range(250)]
    people[3] = person(3, email="pas une adresse")
    people[7] = person(7, language="de")
    added = opened.add_participants(SURVEY, people)

    assert platform.calls["add_participants"] == 3
    assert [each.email for each in added] == [
        each.email for n, each in enumerate(people) if n not in (3, 7)
    ]
    assert len({each.token for each in added}) == 248
    assert all(len(each.token) == 20 for each in added)
    assert added[0].attributes == {"attribute_1": "Élue", "attribute_2": "=1+1"}
    assert opened.participants(SURVEY, ("attribute_1", "attribute_2")) == added


def test_nobody_to_add_is_no_call(platform: SandboxPlatform, opened: LimeSurvey) -> None:
    """An empty list is nothing to do."""
    assert opened.add_participants(SURVEY, []) == ()
    assert platform.calls["add_participants"] == 0


def test_participant_is_changed_and_keeps_the_token(opened: LimeSurvey) -> None:
    """Name, address, language and attributes become what was said."""
    (before,) = opened.add_participants(SURVEY, [person(1)])
    update = person(2, language="en")
    opened.update_participant(SURVEY, before.platform_id, update)
    people = opened.participants(SURVEY, ("attribute_1", "attribute_2"))
    assert people == (replace(before, firstname=update.firstname, email=update.email),)


@pytest.mark.parametrize(
    ("status", "address", "deliverable"),
    [
        ("bounced", "neuve@exemple.ch", True),
        ("bounced", "p1@exemple.ch", False),
        ("OptOut", "neuve@exemple.ch", False),
    ],
)
def test_corrected_address_is_deliverable_again(
    platform: SandboxPlatform, opened: LimeSurvey, status: str, address: str, deliverable: bool
) -> None:
    """A new address in place of a wrong one; never for somebody who wants no more mails."""
    opened.add_participants(SURVEY, [person(1)])
    (there,) = platform.survey(SURVEY).participants or ()
    platform.put_participant(SURVEY, replace(there, emailstatus=status))
    opened.update_participant(SURVEY, 1, person(1, email=address))
    assert [state.deliverable for state in opened.mail_states(SURVEY)] == [deliverable]


def test_refused_change_names_the_columns(opened: LimeSurvey) -> None:
    """Neither the address nor the name of the person is in the message; nothing is changed."""
    added = opened.add_participants(SURVEY, [person(1)])
    with pytest.raises(PlatformError, match=r"n°.1 \(language, email\)") as refused:
        opened.update_participant(SURVEY, 1, person(2, email="secret", language="de"))
    assert "secret" not in str(refused.value)
    assert "Prénom2" not in str(refused.value)
    assert opened.participants(SURVEY, ("attribute_1", "attribute_2")) == added
    with pytest.raises(PlatformError, match="n’est plus dans la table"):
        opened.update_participant(SURVEY, 99, person(1))


WITHOUT_TABLE: list[Callable[[LimeSurvey], object]] = [
    lambda limesurvey: limesurvey.add_participants(SURVEY, [person(1)]),
    lambda limesurvey: limesurvey.update_participant(SURVEY, 1, person(1)),
    lambda limesurvey: limesurvey.mail_states(SURVEY),
    lambda limesurvey: invited(limesurvey, [1]),
    lambda limesurvey: reminded(limesurvey, [1]),
]


def test_missing_participants_table_is_told(
    limesurvey: LimeSurvey, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """Each call that needs it says so."""
    limesurvey.import_survey(demo[2], SURVEY)
    for call in WITHOUT_TABLE:
        with pytest.raises(PlatformError, match="pas de table de participants"):
            call(limesurvey)
