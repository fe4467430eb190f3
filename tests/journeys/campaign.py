"""A whole campaign, from the model to the final report: the same on any platform."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from docx import Document
from ruamel.yaml import YAML

from config.settings import PRODUCT_CONFIG, Settings
from flows.closing import ClosingRequest, close_campaign
from flows.following import follow
from flows.listing import ListRequest, list_people
from flows.mailing import MailingRequest, mail
from flows.opening import OpeningRequest, open_campaign
from flows.outcome import Outcome
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from flows.steps.mailing import Mailed
from flows.summary import Summary
from flows.wiring import refresh
from tasks.campaign.mailing.model import MailKind
from tasks.campaign.platform import SurveyState
from tasks.reports.following import Following
from tasks.survey.building import expected_structure
from tasks.survey.building.form import Form
from tasks.survey.building.pages import form
from tasks.survey.source import RawResponse, SurveyStructure, given
from tests.conftest import directly
from tests.journeys.answers import PEOPLE, Answers, Person, answers_of, excel_list

STUDY, WAVE = "parcours", "V1"
TODAY = date.today()  # noqa: DTZ011 - the platform's own day
FIRST, BEGUN, LATER = PEOPLE[:9], PEOPLE[9:12], PEOPLE[12:]
STOPS = {10: 9, 11: 11, 12: 2}  # of those who begin: after how many of the fifteen pages
RESUMING = PEOPLE[9]
FOLLOWED = {
    "Ont répondu": "11 sur 15",
    "Questionnaires complets": "9",
    "Commencés, pas terminés": "3",
}


class World(Protocol):
    """A platform and the people who answer on it."""

    survey: int

    @abstractmethod
    def answer(self, person: Person, answers: Answers, pages: int | None) -> None:
        """Answer so many pages; None: to the end."""

    @abstractmethod
    def mailed(self) -> list[str]:
        """To whom mails came since this was last asked."""

    @abstractmethod
    def refuses(self, person: Person) -> bool:
        """Whether the personal link leads to no question any more."""


class Office:
    """Programme staff: what they do, in one word each."""

    def __init__(self, settings: Settings, survey: int) -> None:
        self.settings = settings
        path = settings.home / "config" / "studies" / f"{STUDY}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        YAML().dump(_study(survey), path)
        self.setup: Setup = prepare(RefreshRequest(study=STUDY), settings)

    @property
    def form(self) -> Form:
        """The questionnaire."""
        return form(self.setup.loaded.model, self.setup.study)

    def open(self) -> Outcome:
        """`maturity open`."""
        return open_campaign(OpeningRequest(study=STUDY), self.settings, directly)

    def enrol(self) -> Outcome:
        """`maturity participants`, with an Excel list."""
        path = self.setup.folder / "liste.xlsx"
        path.write_bytes(excel_list())
        return list_people(ListRequest(study=STUDY), self.settings, directly, path)

    def write(self, kind: MailKind, days: int = 0) -> Mailed:
        """`maturity invite` or `maturity remind`, so many days from now."""
        moment = datetime.now(UTC) + timedelta(days=days)
        return mail(kind, MailingRequest(study=STUDY), self.settings, directly, lambda: moment)

    def refresh(self) -> Summary:
        """`maturity refresh`."""
        return refresh(RefreshRequest(study=STUDY), self.settings, directly)

    def follow(self) -> Following:
        """`maturity follow`."""
        return follow(RefreshRequest(study=STUDY), self.settings)

    def close(self) -> Outcome:
        """`maturity close`, before the last day."""
        return close_campaign(ClosingRequest(study=STUDY, early=True), self.settings, directly)

    def report(self) -> str:
        """What the collective report says."""
        (path,) = self.setup.folder.glob("Rapport collectif*.docx")
        return words("\n".join(one.text for one in Document(str(path)).paragraphs))

    def structures(self) -> Mapping[str, tuple[SurveyStructure, SurveyStructure]]:
        """By language: the questionnaire as it must be, and as the platform has it."""
        model, study, wave = self.setup.loaded.model, self.setup.study, self.setup.wave
        with self.setup.limesurvey() as platform:
            return {
                language: (
                    expected_structure(model, study, wave, language),
                    platform.structure(wave.survey_id, language),
                )
                for language in model.languages
            }

    def responses(self) -> Mapping[str, RawResponse]:
        """What the platform holds, by address."""
        survey = self.setup.wave.survey_id
        with self.setup.limesurvey() as platform:
            people = {one.token: one.email for one in platform.participants(survey, ()) or ()}
            rows = [row for window in platform.windows(survey) for row in window]
        return {people[str(row["token"])]: row for row in rows}

    def state(self) -> SurveyState | None:
        """The survey's settings on the platform."""
        with self.setup.limesurvey() as platform:
            return platform.state(self.setup.wave.survey_id)

    def tokens(self) -> set[str]:
        """The secret of each link."""
        with self.setup.limesurvey() as platform:
            people = platform.participants(self.setup.wave.survey_id, ()) or ()
        return {one.token for one in people if one.token}


def _study(survey: int) -> dict[str, object]:
    source = YAML(typ="safe").load(PRODUCT_CONFIG / "studies" / "demo.yaml")
    wave = {
        **source["waves"][0],
        "code": WAVE,
        "opens": TODAY - timedelta(days=1),
        "closes": TODAY + timedelta(days=20),
        "keep_until": TODAY + timedelta(days=400),
        "survey_id": survey,
    }
    # The test may run at any hour of any day; the hours of mailing have tests of their own.
    mailing = {"from_hour": 0, "until_hour": 24, "weekdays_only": False}
    return source | {
        "code": STUDY, "output": "rapports/parcours", "mailing": mailing, "waves": [wave],
    }  # fmt: skip


@dataclass
class Played:
    """What staff and platform said at each stage."""

    office: Office
    told: list[object] = field(default_factory=list)  # all that staff read
    mails: dict[str, Counter[str]] = field(default_factory=dict)
    held: dict[str, Mapping[str, RawResponse]] = field(default_factory=dict)
    reports: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def words(told: object) -> str:
    """All that was said, with plain spaces."""
    return str(told).replace("\u00a0", " ").replace("\\xa0", " ").replace("\u202f", " ")


class CampaignJourney:
    """What must hold of a campaign played to its end, wherever it was played."""

    def test_the_questionnaire_is_the_model(self, played: Played) -> None:
        """Every code, option and text reads back, in order, in French and English."""
        structures = played.office.structures()
        assert [*structures] == ["fr", "en"]
        for expected, found in structures.values():
            assert found == expected
            assert len(found.questions) == 43
            for mine, theirs in zip(expected.questions, found.questions, strict=True):
                assert [*mine.options] == [*theirs.options]
                assert [*mine.rows] == [*theirs.rows]

    def test_each_person_is_written_to_once(self, played: Played) -> None:
        """Invited once, though staff asked twice; reminded only if they have not answered."""
        everybody = Counter(person.email for person in PEOPLE)
        waiting = Counter(person.email for person in (*BEGUN, *LATER))
        assert played.mails == {
            "invitation": everybody,
            "invitation again": Counter(),
            "reminder too soon": Counter(),
            "reminder": waiting,
            "reminder again": Counter(),
        }

    def test_answers_are_held_as_typed(self, played: Played) -> None:
        """Each code and each word, those of people who stopped half-way too; nothing else."""
        made = played.office.form
        stops = {person: STOPS.get(person.number) for person in (*FIRST, *BEGUN)}
        assert_held(played.held["midway"], made, stops)
        late = {person: STOPS.get(person.number) for person in PEOPLE} | {RESUMING: None}
        assert_held(played.held["end"], made, late)

    def test_figures_follow_the_answers(self, played: Played) -> None:
        """Midway 11 of 15 count (9 whole, 2 far enough); at the end 14."""
        (midway,) = [one for one in played.told if isinstance(one, Summary)]
        (following,) = [one for one in played.told if isinstance(one, Following)]
        closed = [one for one in played.told if isinstance(one, Outcome)][-1]
        assert (midway.invited, midway.answered, midway.excluded) == (15, 11, 1)
        rows = {label: words(value) for label, value in following.rows}
        assert FOLLOWED.items() <= rows.items()
        assert "14 sur 15" in words(closed.rows)
        assert "3 nouvelles" in words(closed.rows)

    def test_the_report_is_final_only_at_the_end(self, played: Played) -> None:
        """The edition says so, and the survey takes no answer any more."""
        assert "Édition définitive" not in played.reports["midway"]
        assert "Édition définitive des réponses" in played.reports["end"]
        assert "édition définitive" in words(played.told)
        state = played.office.state()
        assert state is not None
        assert state.expires is not None
        assert state.expires < datetime.now()  # noqa: DTZ005 - the platform's own time
        assert played.office.setup.closed

    def test_nobody_is_named(self, played: Played) -> None:
        """Neither secret nor address in what staff read, nor in the report."""
        said = words([*played.told, *played.reports.values()])
        for secret in (*played.office.tokens(), *(person.email for person in PEOPLE)):
            assert secret not in said


def assert_held(
    held: Mapping[str, RawResponse], made: Form, stops: Mapping[Person, int | None]
) -> None:
    """The platform holds exactly what these people answered on so many pages."""
    assert {*held} == {person.email for person in stops}
    keys = {key for person in PEOPLE for key in answers_of(made, person)}
    for person, pages in stops.items():
        row = held[person.email]
        got = {key: given(row, key) for key in keys}
        text = {key: value.replace("\r\n", "\n") for key, value in got.items() if value}
        assert text == answers_of(made, person, pages)
        assert row["startlanguage"] == person.language
        assert (given(row, "submitdate") is None) is (pages is not None)


def play(office: Office, world: World) -> Played:
    """Play a campaign: open, invite, answer, remind, answer, close."""
    played, made = Played(office), office.form

    def let(people: tuple[Person, ...], stops: Mapping[int, int]) -> None:
        for person in people:
            pages = stops.get(person.number)
            world.answer(person, answers_of(made, person, pages), pages)

    def write(stage: str, kind: MailKind, days: int = 0) -> None:
        played.told.append(office.write(kind, days))
        played.mails[stage] = Counter(world.mailed())

    timed = _Stopwatch(played.seconds)
    with timed("open"):
        played.told += [office.open(), office.enrol()]
    with timed("mails"):
        write("invitation", MailKind.INVITATION)
        write("invitation again", MailKind.INVITATION)
    with timed("answers"):
        let(FIRST, {})
        let(BEGUN, STOPS)
    played.held["midway"] = office.responses()
    with timed("refresh"):
        played.told += [office.refresh(), office.follow()]
    played.reports["midway"] = office.report()
    with timed("mails again"):
        write("reminder too soon", MailKind.REMINDER)
        write("reminder", MailKind.REMINDER, days=7)
        write("reminder again", MailKind.REMINDER, days=8)
    with timed("more answers"):
        let((RESUMING, *LATER), {})
    with timed("close"):
        played.told.append(office.close())
    played.held["end"] = office.responses()
    played.reports["end"] = office.report()
    assert world.refuses(PEOPLE[11])
    return played


class _Stopwatch:
    """Notes how long each stage took."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds = seconds

    def __call__(self, stage: str) -> "_Stopwatch":
        self._stage = stage
        return self

    def __enter__(self) -> None:
        self._start = datetime.now(UTC)

    def __exit__(self, *_error: object) -> None:
        self._seconds[self._stage] = (datetime.now(UTC) - self._start).total_seconds()
