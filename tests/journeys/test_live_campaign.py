"""The same campaign on a real LimeSurvey, its public pages answered in a browser.

Beside the variables of `tests/survey/live.py`:

MATURITY_LIVE_LIMESURVEY_MAIL      host:port of this machine that the platform sends its mail to
MATURITY_LIVE_CHROMIUM             the browser's program (default: chromium)

and the packages of the group `live` (`uv sync --group live`). The survey has a number from 643100
on, and is deleted at the end, whatever happens.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from config.settings import Settings
from tasks.survey.building.form import Form
from tasks.survey.limesurvey import LimeSurvey
from tests.journeys.answers import Answers, Person
from tests.journeys.campaign import CampaignJourney, Office, Played, play
from tests.journeys.mailbox import Mailbox, body, link, running_mailbox
from tests.journeys.respondent import Respondent, refused
from tests.survey.live import LIVE, MARKS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MAIL = os.environ.get("MATURITY_LIVE_LIMESURVEY_MAIL", "")
CHROMIUM = shutil.which(os.environ.get("MATURITY_LIVE_CHROMIUM", "chromium"))
NUMBERS = range(643_100, 643_200)

pytestmark = [
    *MARKS,
    pytest.mark.skipif(not MAIL, reason="MATURITY_LIVE_LIMESURVEY_MAIL is not set"),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium to answer with"),
]


class RealPeople:
    """People with a mailbox and a browser."""

    def __init__(self, browser: "Browser", mailbox: Mailbox, made: Form, survey: int) -> None:
        self.browser, self.mailbox, self.form, self.survey = browser, mailbox, made, survey
        self._read = 0

    def answer(self, person: Person, answers: Answers, pages: int | None) -> None:
        """Follow the link of the last mail, in a browser that knows nothing of the others."""
        context = self.browser.new_context(locale=person.language)
        try:
            respondent = Respondent(context.new_page(), self.form, person.language)
            respondent.answer(self._link(person), answers, pages)
        finally:
            context.close()

    def mailed(self) -> list[str]:
        """To whom mails of this survey came: the platform may write for others meanwhile."""
        all_new = self.mailbox.mails[self._read :]
        self._read += len(all_new)
        new = [mail for mail in all_new if f"/{self.survey}?" in body(mail)]
        return [address.addr_spec for mail in new for address in mail["to"].addresses]

    def refuses(self, person: Person) -> bool:
        """Whether the link leads to no question any more."""
        context = self.browser.new_context()
        try:
            return refused(context.new_page(), self._link(person))
        finally:
            context.close()

    def _link(self, person: Person) -> str:
        mine = [
            mail
            for mail in self.mailbox.mails
            if person.email in str(mail["to"]) and f"/{self.survey}?" in body(mail)
        ]
        return link(mine[-1])


@contextmanager
def free_number() -> Iterator[int]:
    """A number that no survey has; what is under it at the end is deleted."""
    account = (LIVE["URL"], LIVE["USER"], SecretStr(LIVE["PASSWORD"]))
    with LimeSurvey(*account) as limesurvey:
        number = next(one for one in NUMBERS if limesurvey.state(one) is None)
    try:
        yield number
    finally:
        with LimeSurvey(*account) as limesurvey:
            if limesurvey.state(number) is not None:
                limesurvey.delete_survey(number)
            assert limesurvey.state(number) is None


@contextmanager
def a_browser() -> Iterator["Browser"]:
    """The system's own Chromium, without a window."""
    driver = pytest.importorskip("playwright.sync_api", reason="uv sync --group live")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The campaign, played once; its survey is there until the last test."""
    settings = Settings(
        home=tmp_path_factory.mktemp("parcours"),
        limesurvey_url=LIVE["URL"],
        limesurvey_user=LIVE["USER"],
        limesurvey_password=SecretStr(LIVE["PASSWORD"]),
    )
    with a_browser() as browser, running_mailbox(MAIL) as mailbox, free_number() as number:
        office = Office(settings, number)
        played = play(office, RealPeople(browser, mailbox, office.form, number))
        print({stage: round(took, 1) for stage, took in played.seconds.items()})  # noqa: T201
        yield played


class TestCampaignOnARealLimeSurvey(CampaignJourney):
    """The journey before a release."""
