"""LimeSurvey as a campaign's platform: what is written there, mailed, and told when it fails."""

import inspect
import logging
import typing
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from lxml import etree
from pydantic import SecretStr

from config.errors import PlatformError, PlatformUnreachable
from config.loading import load_model, load_study
from config.maturity_model import MaturityModel
from config.settings import Settings
from config.study import Study
from tasks.campaign.platform import CampaignPlatform, MailOutcome, MailState, NewParticipant
from tasks.survey.adopting.gathered import read_questionnaire
from tasks.survey.building.survey import expected_structure, survey_file
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox import (
    AnswerRefused,
    Fault,
    FaultKind,
    SandboxPlatform,
    SandboxSurvey,
    running,
)
from tests.survey.conftest import Connect
from tests.survey.recorded import platform_3

SURVEY = 650_001
at = datetime.fromisoformat
NOW = at("2026-09-15 10:30")  # within the demonstration's wave
FOREVER = 99


@pytest.fixture(scope="module")
def demo() -> tuple[MaturityModel, Study, bytes]:
    """The demonstration's model and study, and the survey file of its wave."""
    settings = Settings()
    model, study = load_model("datacites2", settings).model, load_study("demo", settings)
    return model, study, survey_file(model, study, study.waves[0])


@pytest.fixture
def platform() -> SandboxPlatform:
    """An empty platform whose clock stands still."""
    empty = SandboxPlatform()
    empty.clock = lambda: NOW
    return empty


@pytest.fixture
def limesurvey(connect: Connect, platform: SandboxPlatform) -> LimeSurvey:
    """A connection to it."""
    return connect(platform)


def person(number: int, **changes: str) -> NewParticipant:
    """An invented participant."""
    attributes = {"attribute_1": "Élue", "attribute_2": "=1+1"}
    one = NewParticipant(f"Prénom{number}", "Exemple", f"p{number}@exemple.ch", "fr", attributes)
    return replace(one, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ready(demo: tuple[MaturityModel, Study, bytes]) -> SandboxSurvey:
    """The demonstration's survey, imported, active, with its participants table."""
    platform = SandboxPlatform()
    with running(platform) as url, LimeSurvey(url, platform.user, platform.password) as limesurvey:
        assert limesurvey.import_survey(demo[2], SURVEY) == SURVEY
        limesurvey.activate(SURVEY)
        limesurvey.open_participants(SURVEY, {"attribute_1": "Fonction", "attribute_2": "Service"})
    return platform.survey(SURVEY)


@pytest.fixture
def opened(platform: SandboxPlatform, limesurvey: LimeSurvey, ready: SandboxSurvey) -> LimeSurvey:
    """A connection to a platform that has that survey."""
    platform.put_survey(ready)
    return limesurvey


def invited(limesurvey: LimeSurvey, numbers: list[int]) -> list[MailOutcome]:
    """All outcomes of an invitation."""
    return [outcome for batch in limesurvey.invite(SURVEY, numbers) for outcome in batch]


def reminded(limesurvey: LimeSurvey, numbers: list[int]) -> list[MailOutcome]:
    """All outcomes of a reminder."""
    return [outcome for batch in limesurvey.remind(SURVEY, numbers) for outcome in batch]


def test_limesurvey_offers_what_a_campaign_asks() -> None:
    """Every method of the contract is there with its parameters and what it gives."""
    asked = {
        name: method
        for name, method in inspect.getmembers(CampaignPlatform, inspect.isfunction)
        if not name.startswith("_")
    }
    assert {"structure", "windows", "participants", "invite", "expire"} <= set(asked)
    for name, method in asked.items():
        offered = getattr(LimeSurvey, name)
        assert [*inspect.signature(offered).parameters] == [*inspect.signature(method).parameters]
        assert typing.get_type_hints(offered) == typing.get_type_hints(method), name


# --- surveys ------------------------------------------------------------------------------------


def test_imported_survey_is_the_model(
    limesurvey: LimeSurvey, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """Each code, option and text comes back, in every language, in the same order."""
    model, study, file = demo
    number = limesurvey.import_survey(file, SURVEY)

    found = read_questionnaire(limesurvey, number)
    assert [*found] == [*model.languages]
    for language, structure in found.items():
        expected = expected_structure(model, study, study.waves[0], language)
        assert structure == replace(expected, survey_id=SURVEY)
        for mine, theirs in zip(expected.questions, structure.questions, strict=True):
            assert [*mine.options] == [*theirs.options]
            assert [*mine.rows] == [*theirs.rows]


def test_state_follows_the_survey(
    limesurvey: LimeSurvey, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """Unknown, imported, active, with a participants table, ended, gone."""
    assert limesurvey.state(SURVEY) is None
    limesurvey.import_survey(demo[2], SURVEY)
    new = limesurvey.state(SURVEY)
    assert new is not None
    assert (new.active, new.anonymized, new.participants_table) == (False, False, False)
    assert new.languages == ("fr", "en")
    assert new.expires == at("2026-10-04 23:59:59")
    assert new.datestamp
    limesurvey.activate(SURVEY)
    limesurvey.activate(SURVEY)  # nothing to do
    limesurvey.open_participants(SURVEY, {})
    limesurvey.expire(SURVEY, NOW)
    now = limesurvey.state(SURVEY)
    assert now == replace(new, active=True, participants_table=True, expires=NOW)
    limesurvey.delete_survey(SURVEY)
    assert limesurvey.state(SURVEY) is None


def test_taken_number_gives_another_one(
    limesurvey: LimeSurvey, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """The survey that has the number stays as it is."""
    limesurvey.import_survey(demo[2], SURVEY)
    limesurvey.activate(SURVEY)
    other = limesurvey.import_survey(demo[2], SURVEY)
    assert other != SURVEY
    states = (limesurvey.state(SURVEY), limesurvey.state(other))
    assert [state and state.active for state in states] == [True, False]


def test_end_before_the_opening_is_refused(opened: LimeSurvey) -> None:
    """The platform's quiet « false » becomes a message, and the old end stays."""
    with pytest.raises(PlatformError, match="refuse la fin du 2025-01-01") as refused:
        opened.expire(SURVEY, at("2025-01-01"))
    assert "ouverture" in refused.value.remedy
    state = opened.state(SURVEY)
    assert state is not None
    assert state.expires == at("2026-10-04 23:59:59")


def test_attributes_of_participants_bear_their_names(
    platform: SandboxPlatform, opened: LimeSurvey
) -> None:
    """Labels are on the platform before the table is, which is made once."""
    assert '"Fonction"' in str(platform.survey(SURVEY).properties["attributedescriptions"])
    opened.open_participants(SURVEY, {"attribute_1": "Autre chose"})
    assert platform.calls["activate_tokens"] == 0
    assert '"Fonction"' in str(platform.survey(SURVEY).properties["attributedescriptions"])


def changed(file: bytes, path: str, text: str) -> bytes:
    """A survey file with the text of one element changed."""
    document = etree.fromstring(file)
    found = document.find(path)
    assert found is not None
    found.text = text
    return etree.tostring(document)


def test_import_that_stops_half_way_says_so(
    platform: SandboxPlatform, limesurvey: LimeSurvey, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """A code too long for the database leaves half a survey under the number wanted."""
    long = changed(demo[2], "questions/rows/row[4]/title", "X" * 25)
    with pytest.raises(PlatformUnreachable, match="On ne sait pas") as failed:
        limesurvey.import_survey(long, SURVEY)
    assert "questionnaire incomplet" in failed.value.remedy
    assert "SQLSTATE" not in str(failed.value)
    assert len(platform.survey(SURVEY).questions) == 3
    assert platform.calls["import_survey"] == 1


def test_option_too_long_is_seen_by_reading_back(
    limesurvey: LimeSurvey, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """The platform drops it without a word: only the comparison shows it."""
    model, study, file = demo
    limesurvey.import_survey(changed(file, "answers/rows/row/code", "TROPLONG"), SURVEY)
    expected = expected_structure(model, study, study.waves[0], "fr")
    assert limesurvey.structure(SURVEY, "fr").questions != expected.questions


REFUSED_FILES = [b"bonjour", b"<document><inachev", b"<document/>"]


@pytest.mark.parametrize("content", REFUSED_FILES)
def test_file_that_is_no_survey_is_refused(limesurvey: LimeSurvey, content: bytes) -> None:
    """Nothing is imported, and the message says that."""
    with pytest.raises(PlatformError, match="Rien n’a été importé") as refused:
        limesurvey.import_survey(content, SURVEY)
    assert not isinstance(refused.value, PlatformUnreachable)
    assert limesurvey.state(SURVEY) is None


def test_survey_that_cannot_be_activated(
    limesurvey: LimeSurvey, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """Too wide for a table, or empty, are two messages."""
    document = etree.fromstring(demo[2])
    groups = document.find("groups")
    assert groups is not None
    document.remove(groups)
    limesurvey.import_survey(etree.tostring(document), SURVEY)
    with pytest.raises(PlatformError, match="page sans question"):
        limesurvey.activate(SURVEY)

    wide = limesurvey.import_survey(_wide(demo[2]), 650_002)
    with pytest.raises(PlatformError, match="trop de questions"):
        limesurvey.activate(wide)


def _wide(file: bytes) -> bytes:
    """The file with a thousand rows in its first array."""
    document = etree.fromstring(file)
    (holder,) = document.findall("subquestions/rows")
    first = holder[0]
    for number in range(1000):
        row = etree.fromstring(etree.tostring(first))
        for column, text in (("title", f"W{number:04}"), ("question_order", str(number + 50))):
            element = row.find(column)
            assert element is not None
            element.text = text
        holder.append(row)
    return etree.tostring(document)


# --- participants -------------------------------------------------------------------------------


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


# --- mail ---------------------------------------------------------------------------------------


def test_invitation_is_sent_once(platform: SandboxPlatform, opened: LimeSurvey) -> None:
    """Asked twice for the same people, the platform mails once and the outcome says so."""
    opened.add_participants(SURVEY, [person(1), person(2)])
    assert invited(opened, [1, 2, 2]) == [MailOutcome(1, True), MailOutcome(2, True)]
    again = invited(opened, [1, 2])
    assert [outcome.sent for outcome in again] == [False, False]
    assert all("déjà invité" in outcome.reason for outcome in again)
    assert [mail.to for mail in platform.outbox] == ["p1@exemple.ch", "p2@exemple.ch"]
    assert opened.mail_states(SURVEY) == tuple(
        MailState(n, True, False, NOW, None, 0) for n in (1, 2)
    )


def test_nobody_named_is_nobody_mailed(platform: SandboxPlatform, opened: LimeSurvey) -> None:
    """LimeSurvey takes an empty list for everybody: nothing is called."""
    opened.add_participants(SURVEY, [person(1)])
    assert invited(opened, []) == reminded(opened, []) == []
    assert platform.outbox == []
    assert platform.calls["invite_participants"] == platform.calls["remind_participants"] == 0


def test_only_those_named_are_mailed(platform: SandboxPlatform, opened: LimeSurvey) -> None:
    """Others who could be are left alone."""
    opened.add_participants(SURVEY, [person(number) for number in range(5)])
    invited(opened, [2, 4])
    assert [mail.tid for mail in platform.outbox] == [2, 4]


@pytest.mark.parametrize("at_once", [50, 7, 1])
def test_mails_go_in_batches(platform: SandboxPlatform, opened: LimeSurvey, at_once: int) -> None:
    """Whatever the platform sends in a call, everybody gets one mail and one outcome."""
    platform.mail.at_once = at_once
    opened.add_participants(SURVEY, [person(number) for number in range(45)])
    outcomes = invited(opened, [*range(1, 46)])
    assert sorted(outcome.platform_id for outcome in outcomes) == [*range(1, 46)]
    assert all(outcome.sent for outcome in outcomes)
    assert sorted(mail.tid for mail in platform.outbox) == [*range(1, 46)]


def test_answer_about_others_ends_the_batch(
    platform: SandboxPlatform, opened: LimeSurvey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A platform that mails somebody else than those named is not asked again and again."""
    opened.add_participants(SURVEY, [person(1), person(2)])
    other = {"name": "", "email": "", "status": "OK", "warning": None, "error": None}
    answer = {"2": other, "status": "0 left to send"}
    monkeypatch.setattr(platform._methods, "invite_participants", lambda *_: answer, raising=False)
    (outcome,) = invited(opened, [1])
    assert (outcome.platform_id, outcome.sent) == (1, False)
    assert platform.calls["invite_participants"] == 1


def test_refused_mails_are_told_without_addresses(
    platform: SandboxPlatform, opened: LimeSurvey
) -> None:
    """The reason is the mail server's; the others of the batch are mailed."""
    platform.mail.refused = {"p1@exemple.ch"}
    opened.add_participants(SURVEY, [person(1), person(2)])
    refused, sent = invited(opened, [1, 2])
    assert sent == MailOutcome(2, True)
    assert not refused.sent
    assert "User unknown" in refused.reason
    for personal in ("p1", "exemple", "Prénom1", "@"):
        assert personal not in refused.reason
    assert [state.invited_at for state in opened.mail_states(SURVEY)] == [None, NOW]


def test_mail_server_down_is_told_for_each(platform: SandboxPlatform, opened: LimeSurvey) -> None:
    """The platform's call succeeds all the same; nobody counts as invited."""
    platform.mail.up = False
    opened.add_participants(SURVEY, [person(1), person(2)])
    outcomes = invited(opened, [1, 2])
    assert ["Connection refused" in outcome.reason for outcome in outcomes] == [True, True]
    assert not any(outcome.sent for outcome in outcomes)
    assert all(state.invited_at is None for state in opened.mail_states(SURVEY))


def test_reminder_goes_to_those_invited_who_have_not_answered(
    platform: SandboxPlatform, opened: LimeSurvey
) -> None:
    """One was invited, one answered, one was never invited, one has no address."""
    people = [person(1), person(2), person(3), person(4, email="")]
    added = opened.add_participants(SURVEY, people)
    invited(opened, [1, 2])
    platform.answer(SURVEY, added[1].token, {"ROLE": "EL"})
    outcomes = {outcome.platform_id: outcome for outcome in reminded(opened, [1, 2, 3, 4])}
    assert [outcomes[number].sent for number in (1, 2, 3, 4)] == [True, False, False, False]
    assert "a déjà répondu" in outcomes[2].reason
    states = opened.mail_states(SURVEY)
    assert [state.reminders for state in states] == [1, 0, 0, 0]
    assert [state.reminded_at for state in states] == [NOW, None, None, None]
    assert [state.completed for state in states] == [False, True, False, False]
    assert [state.deliverable for state in states] == [True, True, True, False]


def test_mail_states_of_an_anonymous_survey(platform: SandboxPlatform, opened: LimeSurvey) -> None:
    """They are read there too, where the participants themselves are not."""
    platform.put_survey(replace(platform.survey(SURVEY), anonymized=True))
    (added,) = opened.add_participants(SURVEY, [person(1)])
    platform.answer(SURVEY, added.token, {"ROLE": "EL"})
    assert opened.participants(SURVEY, ()) is None
    assert [state.completed for state in opened.mail_states(SURVEY)] == [True]


def test_batches_before_a_failure_are_known(platform: SandboxPlatform, opened: LimeSurvey) -> None:
    """The third batch's answer is lost: forty outcomes are there, and nobody is mailed twice."""
    opened.add_participants(SURVEY, [person(number) for number in range(70)])
    platform.faults.append(Fault(FaultKind.LOST, "invite_participants", after=2))
    batches = opened.invite(SURVEY, [*range(1, 71)])
    known = [*next(batches), *next(batches)]
    with pytest.raises(PlatformUnreachable, match="On ne sait pas"):
        next(batches)
    assert sum(outcome.sent for outcome in known) == 40
    assert len(platform.outbox) == 60  # the lost batch was sent

    waiting = [s.platform_id for s in opened.mail_states(SURVEY) if s.invited_at is None]
    assert waiting == [*range(61, 71)]
    invited(opened, waiting)
    assert sorted(mail.tid for mail in platform.outbox) == [*range(1, 71)]


# --- faults -------------------------------------------------------------------------------------

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

WRITING: dict[str, Callable[[LimeSurvey], object]] = {
    "import_survey": lambda limesurvey: limesurvey.import_survey(b"<document/>", 650_009),
    "delete_survey": lambda limesurvey: limesurvey.delete_survey(SURVEY),
    "activate_survey": lambda limesurvey: limesurvey.activate(SURVEY),
    "activate_tokens": lambda limesurvey: limesurvey.open_participants(SURVEY, {}),
    "add_participants": lambda limesurvey: limesurvey.add_participants(SURVEY, [person(9)] * 4),
    "set_participant_properties": lambda limesurvey: limesurvey.update_participant(
        SURVEY, 1, person(8)
    ),
    "set_survey_properties": lambda limesurvey: limesurvey.expire(SURVEY, NOW),
    "invite_participants": lambda limesurvey: invited(limesurvey, [1, 2]),
    "remind_participants": lambda limesurvey: reminded(limesurvey, [1, 2]),
}


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


# --- the older version, and the sandbox's participants ------------------------------------------


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
