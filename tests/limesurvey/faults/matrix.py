"""Each fault at each call, over HTTP, with the real client: what staff are told.

`docs/pannes.md` is written from what this gives.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import SecretStr

from config.errors import PlatformError
from config.loading import load_model, load_study
from config.settings import Settings
from tasks.campaign.platform import NewParticipant
from tasks.survey.building import survey_file
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox import Fault, FaultKind, SandboxParticipant, SandboxPlatform
from tasks.survey.sandbox.from_model import survey_from_model
from tasks.survey.sandbox.state import SandboxSurvey

SURVEY, EMPTY, WANTED = 641001, 641002, 641003
PASSWORD = SecretStr("mot-de-passe-des-pannes")
TOKEN, NAME, EMAIL = "jeton-secret-{}", "Nomsecret{}", "adresse-secrete-{}@example.org"
FOREVER = 99
DATE = "2026-09-20 10:00:00"

_SETTINGS = Settings()
_MODEL = load_model("capgemini2012", _SETTINGS).model
_STUDY = load_study("demo", _SETTINGS)
_FILE = survey_file(_MODEL, _STUDY, _STUDY.waves[0])
_ROWS = {
    n: {"id": n, "submitdate": DATE, "datestamp": DATE, "token": TOKEN.format(n)} for n in (1, 2)
}
_MAIN = replace(survey_from_model(_MODEL, SURVEY, "Enquête"), responses=_ROWS)
_CLOSED = replace(survey_from_model(_MODEL, EMPTY, "À ouvrir"), active=False, participants=None)
_NEW = NewParticipant("Ada", "Nomsecret9", EMAIL.format(9), "fr")

CALLS: Mapping[str, Callable[[LimeSurvey], object]] = {
    "get_session_key": lambda it: list(it.windows(SURVEY)),
    "get_site_settings": lambda it: it.version(),
    "list_surveys": lambda it: it.structure(SURVEY, "fr"),
    "list_groups": lambda it: it.structure(SURVEY, "fr"),
    "list_questions": lambda it: it.structure(SURVEY, "fr"),
    "get_question_properties": lambda it: it.structure(SURVEY, "fr"),
    "get_survey_properties": lambda it: it.state(SURVEY),
    "get_language_properties": lambda it: it.state(SURVEY),
    "get_summary": lambda it: list(it.windows(SURVEY)),
    "export_responses": lambda it: list(it.windows(SURVEY)),
    "list_participants": lambda it: it.participants(SURVEY, ()),
    "get_participant_properties": lambda it: it.update_participant(SURVEY, 1, _NEW),
    "import_survey": lambda it: it.import_survey(_FILE, WANTED),
    "activate_tokens": lambda it: it.open_participants(EMPTY, {}),
    "activate_survey": lambda it: it.activate(EMPTY),
    "add_participants": lambda it: it.add_participants(SURVEY, [_NEW]),
    "set_participant_properties": lambda it: it.update_participant(SURVEY, 1, _NEW),
    "invite_participants": lambda it: list(it.invite(SURVEY, [1, 2])),
    "remind_participants": lambda it: list(it.remind(SURVEY, [1, 2])),
    "set_survey_properties": lambda it: it.expire(SURVEY, datetime(2026, 12, 1)),  # noqa: DTZ001
    "delete_survey": lambda it: it.delete_survey(SURVEY),
}
WRITING = frozenset([*CALLS][[*CALLS].index("import_survey") :])
HALVED = frozenset({"import_survey", "add_participants", "invite_participants",
                    "remind_participants"})  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One fault at one call."""

    kind: FaultKind | None
    call: str
    error: PlatformError | None  # None: staff see nothing of it
    calls: int  # how often the call was made
    logins: int
    surveys: int  # on the platform afterwards
    added: int  # participants of the address that was added
    mails: tuple[int, ...]  # numbers of those who were written to


def pairs() -> Iterator[tuple[FaultKind, str]]:
    """The cells of the matrix; half of a thing can be done by some calls alone."""
    for kind in FaultKind:
        for call in CALLS:
            if kind is not FaultKind.HALF or call in HALVED:
                yield kind, call


def platform() -> SandboxPlatform:
    """A platform for all cells."""
    return SandboxPlatform(user="programme", password=PASSWORD)


def play(
    platform: SandboxPlatform, url: str, kind: FaultKind | None, call: str, language: str
) -> Cell:
    """Let a fault, if any, strike every time at one call."""
    _fill(platform, invited=call == "remind_participants")
    slow = kind is FaultKind.SLOW
    if kind is not None:
        platform.faults.append(Fault(kind, call, times=FOREVER, seconds=1.0))
    limesurvey = LimeSurvey(
        url, platform.user, PASSWORD, language=language, timeout=0.15 if slow else 20.0
    )
    error = None
    try:
        CALLS[call](limesurvey)
    except PlatformError as caught:
        error = caught
    platform.faults.clear()
    cell = Cell(
        kind,
        call,
        error,
        platform.calls[call],
        platform.calls["get_session_key"],
        len(_numbers(platform)),
        sum(one.email == _NEW.email for one in _people(platform)),
        tuple(mail.tid for mail in platform.mail.outbox),
    )
    limesurvey.close()
    return cell


def _numbers(platform: SandboxPlatform) -> list[int]:
    """The numbers of the surveys there are."""
    return [number for number in range(SURVEY, SURVEY + 100) if _there(platform, number)]


def _there(platform: SandboxPlatform, number: int) -> bool:
    try:
        platform.survey(number)
    except KeyError:
        return False
    return True


def _people(platform: SandboxPlatform) -> tuple[SandboxParticipant, ...]:
    return platform.survey(SURVEY).participants or () if _there(platform, SURVEY) else ()


def _fill(platform: SandboxPlatform, *, invited: bool) -> None:
    """Put the platform back to its beginning."""
    for number in _numbers(platform):
        platform.remove_survey(number)
    for survey in _surveys(invited=invited):
        platform.put_survey(survey)
    platform.unlock()
    platform.faults.clear()
    platform.calls.clear()
    platform.mail.outbox.clear()


def _surveys(*, invited: bool) -> Iterator[SandboxSurvey]:
    people = tuple(
        SandboxParticipant(
            tid=n,
            token=TOKEN.format(n),
            firstname="Prénom",
            lastname=NAME.format(n),
            email=EMAIL.format(n),
            sent="2026-09-14 08:00" if invited else "N",
        )
        for n in (1, 2)
    )
    yield replace(_MAIN, participants=people)
    yield _CLOSED
