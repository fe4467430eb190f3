"""The demo's fifteen participants before anybody wrote to them, and the team that does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from config.loading import load_model
from config.settings import Settings
from flows.mailing import MailingRequest, mail
from flows.request import RefreshRequest
from flows.setup import prepare
from flows.steps.mailing import Mailed
from tasks.campaign.mailing.model import MailKind, MailLine
from tasks.survey.sandbox.demo import SURVEY_ID, demo_platform
from tasks.survey.sandbox.platform import SandboxPlatform
from tests.conftest import DEMO, Team, directly

PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 9, 14, 9, tzinfo=PARIS)  # the wave's first day


def nobody_invited(*, anonymized: bool = False) -> SandboxPlatform:
    """The demo's platform in its first week: nine have answered by a link given by hand."""
    platform = demo_platform(load_model("datacites2", Settings()).model, DEMO, 1)
    survey = platform.survey(SURVEY_ID)
    people = tuple(replace(person, sent="N") for person in survey.participants or ())
    platform.put_survey(replace(survey, participants=people, anonymized=anonymized))
    return platform


class Postman(Team):
    """Programme staff who write to people, at a time that tests set."""

    def __init__(self, settings: Settings, platform: SandboxPlatform, url: str) -> None:
        super().__init__(settings, platform, url)
        self.now = MONDAY
        platform.clock = lambda: self.now.astimezone(PARIS).replace(tzinfo=None)

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def invite(self, *, trial: bool = False) -> Mailed:
        """`maturity invite demo`."""
        return self._mail(MailKind.INVITATION, trial=trial)

    def remind(self, *, trial: bool = False) -> Mailed:
        """`maturity remind demo`."""
        return self._mail(MailKind.REMINDER, trial=trial)

    def _mail(self, kind: MailKind, *, trial: bool) -> Mailed:
        request = MailingRequest(study="demo", trial=trial)
        return mail(kind, request, self.settings, directly, lambda: self.now)

    @property
    def received(self) -> list[tuple[int, str]]:
        """Who received what, in order: number on the platform, `invite` or `remind`."""
        return [(one.tid, one.kind) for one in self.platform.outbox]

    @property
    def ledger(self) -> tuple[MailLine, ...]:
        """The ledger of mails."""
        with self.store() as store:
            setup = prepare(RefreshRequest(study="demo"), self.settings)
            return store.mail_lines(store.mail_book(setup.study, setup.wave))

    @contextmanager
    def store(self):
        """The installation's store."""
        with prepare(RefreshRequest(study="demo"), self.settings).store() as store:
            yield store

    def change(self, tid: int, **columns: object) -> None:
        """Change a line of the platform's participants table, as its own pages would."""
        people = self.platform.survey(SURVEY_ID).participants or ()
        (person,) = (one for one in people if one.tid == tid)
        self.platform.put_participant(SURVEY_ID, replace(person, **columns))


def at_once(first: Callable[[], object], second: Callable[[], object]) -> None:
    """Run two things at the same time, to their end; what the second raises is raised here."""
    with ThreadPoolExecutor(2) as pool:
        for running in [pool.submit(first), pool.submit(second)]:
            running.result()
