"""A campaign from the model to its final report, on the built-in platform over HTTP."""

from collections.abc import Iterator

import pytest

from config.settings import Settings
from tasks.survey.sandbox.answering import AnswerRefused
from tasks.survey.sandbox.platform import SandboxPlatform
from tasks.survey.sandbox.server import running
from tests.conftest import Team
from tests.journeys.answers import Answers, Person
from tests.journeys.campaign import CampaignJourney, Office, Played, play

SURVEY = 643_900


class Sandbox:
    """People who answer on the built-in platform."""

    survey = SURVEY

    def __init__(self, platform: SandboxPlatform) -> None:
        self.platform, self._read = platform, 0

    def answer(self, person: Person, answers: Answers, pages: int | None) -> None:
        """Answer, once invited."""
        token = next(
            one.token
            for one in self.platform.survey(SURVEY).participants or ()
            if one.email == person.email
        )
        self.platform.answer(SURVEY, token, dict(answers), complete=pages is None)

    def mailed(self) -> list[str]:
        """To whom mails came."""
        new = self.platform.outbox[self._read :]
        self._read += len(new)
        return [mail.to for mail in new]

    def refuses(self, person: Person) -> bool:
        """Whether they may not answer any more."""
        try:
            self.answer(person, {}, None)
        except AnswerRefused:
            return True
        return False


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The campaign, played once; the platform still answers."""
    platform = SandboxPlatform()
    with running(platform) as url:
        empty = Settings(home=tmp_path_factory.mktemp("parcours"))
        settings = Team(empty, platform, url).settings
        yield play(Office(settings, SURVEY), Sandbox(platform))


class TestCampaignOnTheSandbox(CampaignJourney):
    """The journey that every build makes."""
