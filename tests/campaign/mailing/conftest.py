"""What the tests of invitations and reminders share."""

from collections import Counter
from collections.abc import Iterator

import pytest

from config.settings import Settings
from tasks.campaign.mailing.model import MailStatus
from tasks.survey.sandbox.demo import SURVEY_ID
from tasks.survey.sandbox.server import running
from tests.campaign.post import Postman, nobody_invited

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
