"""Opening a campaign over HTTP: whole or not at all, taken up where it stopped, nothing doubled."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from config.errors import (
    MaturityError,
    ParticipantsError,
    PlatformError,
    QuestionnaireMismatch,
    StudyFileError,
)
from config.loading import load_model
from config.settings import PRODUCT_CONFIG
from config.study import Mode
from tasks.survey.building import expected_structure, survey_file
from tasks.survey.building.voice import Voice
from tasks.survey.sandbox.faults import FaultKind
from tasks.survey.sandbox.platform import SandboxPlatform
from tasks.survey.sandbox.state import SandboxSurvey
from tests.campaign.staff import STUDY, SURVEY, TODAY, Staff, addresses, csv_list, person

WRITING = ("import_survey", "activate_tokens", "activate_survey")


def told(outcome: object) -> str:
    """All that was said, with plain spaces."""
    return str(outcome).replace("\u00a0", " ").replace("\\xa0", " ")


def surveys(platform: SandboxPlatform) -> list[SandboxSurvey]:
    """All surveys of a platform."""
    return [*platform._surveys.values()]


@contextmanager
def told_if_it_fails() -> Iterator[list[MaturityError]]:
    """Some failures stop the opening, others the client gets over: gather what staff are told."""
    errors: list[MaturityError] = []
    try:
        yield errors
    except MaturityError as error:
        errors.append(error)


def assert_open(staff: Staff) -> None:
    """One survey, equal to the model in every language, active, with its participants table."""
    (survey,) = surveys(staff.platform)
    setup = staff.setup
    with setup.limesurvey() as platform:
        for language in setup.loaded.model.languages:
            expected = expected_structure(setup.loaded.model, setup.study, setup.wave, language)
            assert platform.structure(SURVEY, language) == expected
    assert survey.active
    assert not survey.anonymized
    assert survey.participants == ()


def test_a_campaign_opens(staff: Staff) -> None:
    """Imported, read back, table made, activated; staff read what was done and what comes next."""
    outcome = staff.open()
    assert_open(staff)
    assert outcome.rows[0][1] == "importé, puis relu : égal au modèle (fr, en)".replace(
        " :", "\u00a0:"
    )
    assert "table faite (Poste, Service)" in told(outcome)
    assert "maturity participants essai" in told(outcome.next_steps)
    with staff.setup.store() as store:
        campaign = store.campaign(STUDY, "V2026")
        assert campaign is not None
        assert campaign.opened_at is not None
        assert store.pinned_version(STUDY, "V2026") == staff.setup.loaded.model.version


def test_opened_twice_is_open_once(staff: Staff) -> None:
    """The second time all is there: nothing is imported, made or activated again."""
    staff.open()
    outcome = staff.open()
    assert_open(staff)
    assert [staff.platform.calls[method] for method in WRITING] == [1, 1, 1]
    assert "déjà sur la plateforme, égal au modèle" in told(outcome)
    assert "déjà activée" in told(outcome)


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        *((FaultKind.LOST, method) for method in WRITING),
        *((FaultKind.ERROR_EMPTY, method) for method in WRITING),
        (FaultKind.NO_RIGHT, "activate_tokens"),
        (FaultKind.CUT, "list_questions"),
    ],
)
def test_a_failure_anywhere_is_taken_up_where_it_stopped(
    staff: Staff, kind: FaultKind, method: str
) -> None:
    """Whatever call fails in whatever way: run again, there is one survey, whole and open."""
    staff.break_down(kind, method)
    with told_if_it_fails() as errors:
        staff.open()
    if errors:
        assert errors[0].remedy
        staff.pass_time(16)
        staff.open()
    assert_open(staff)


def test_a_failure_in_mid_reading_is_taken_up_too(staff: Staff) -> None:
    """The platform dies while the questionnaire is read back: nothing is active, all is resumed."""
    staff.break_down(FaultKind.ERROR_EMPTY, "get_question_properties", after=12)
    with pytest.raises(PlatformError):
        staff.open()
    assert not any(survey.active for survey in surveys(staff.platform))
    staff.open()
    assert_open(staff)
    assert staff.platform.calls["import_survey"] == 1


def test_a_half_import_is_made_anew(staff: Staff) -> None:
    """The platform died half-way: what it left is removed, imported whole, there is one survey."""
    staff.break_down(FaultKind.HALF, "import_survey")
    with pytest.raises(PlatformError):
        staff.open()
    assert not any(survey.active for survey in surveys(staff.platform))
    with pytest.raises(PlatformError, match="Relancez après"):
        staff.open()  # LimeSurvey may still be at it
    assert staff.platform.calls["delete_survey"] == 0
    staff.pass_time(16)
    assert "restée incomplète et sans réponse, a été retirée" in told(staff.open())
    assert_open(staff)


def test_an_import_by_hand_after_a_lost_one_is_never_deleted(staff: Staff) -> None:
    """Its questions are some of ours and the store knows of our import: only the mark tells."""
    staff.open()
    whole = staff.platform.survey(SURVEY)
    staff.platform._surveys.clear()
    staff.break_down(FaultKind.ERROR_EMPTY, "import_survey", times=5)
    with pytest.raises(PlatformError):
        staff.open()
    staff.platform.faults.clear()
    properties = {**whole.properties, "bounceaccountuser": ""}
    by_hand = replace(
        whole, active=False, participants=None, questions=whole.questions[1:], properties=properties
    )
    staff.platform.put_survey(by_hand)
    staff.pass_time(16)
    with pytest.raises(QuestionnaireMismatch, match="supprimer"):
        staff.open()
    assert staff.platform.survey(SURVEY) == by_hand


def test_a_survey_that_was_whole_is_never_remains(staff: Staff) -> None:
    """Imported by us and read back, then changed by hand before it was open: it is theirs."""
    staff.break_down(FaultKind.ERROR_EMPTY, "activate_tokens")
    with pytest.raises(PlatformError):
        staff.open()
    whole = staff.platform.survey(SURVEY)
    staff.platform.put_survey(replace(whole, questions=whole.questions[1:]))
    staff.pass_time(16)
    with pytest.raises(QuestionnaireMismatch):
        staff.open()
    assert staff.platform.calls["delete_survey"] == 0


def test_two_openings_at_once_import_once(staff: Staff) -> None:
    """The second is told until when to wait; it removes nothing of the first's."""
    with staff.setup.store() as store:
        now = datetime.now(UTC)
        store.take_hold(f"opening:{SURVEY}", "first", now, now + timedelta(minutes=15))
    with pytest.raises(PlatformError, match="en cours"):
        staff.open()
    assert staff.platform.calls["import_survey"] == 0
    staff.pass_time(16)
    staff.open()
    assert_open(staff)


def test_a_survey_deleted_on_the_platform_is_opened_anew(staff: Staff) -> None:
    """The new one is another generation: whoever was invited to the old one is to be invited."""
    staff.open()
    with staff.setup.store() as store:
        first = store.campaign_generation(STUDY, "V2026", SURVEY)
    staff.platform._surveys.clear()
    staff.open()
    assert_open(staff)
    with staff.setup.store() as store:
        assert store.campaign_generation(STUDY, "V2026", SURVEY) != first


def test_a_half_survey_that_is_not_ours_is_never_deleted(staff: Staff) -> None:
    """Only what the store knows as our import is; to be a part of the same one is not enough."""
    staff.open()
    whole = staff.platform.survey(SURVEY)
    half = replace(whole, active=False, participants=None, questions=whole.questions[:3])
    (staff.settings.home / "var" / "maturity.sqlite").unlink()
    staff.platform.put_survey(half)
    with pytest.raises(QuestionnaireMismatch):
        staff.open()
    assert staff.platform.survey(SURVEY) == half
    assert staff.platform.calls["delete_survey"] == 0


def test_a_number_that_another_survey_has_is_told(staff: Staff) -> None:
    """The other survey is named and left as it is."""
    staff.open()
    other = replace(
        staff.platform.survey(SURVEY), titles={"fr": "Cantine scolaire"}, languages=("fr",),
        questions=staff.platform.survey(SURVEY).questions[:1],
    )  # fmt: skip
    staff.platform.put_survey(other)
    with pytest.raises(QuestionnaireMismatch) as raised:
        staff.open()
    assert "Cantine scolaire" in told(raised.value)
    assert "survey_id" in raised.value.remedy
    assert staff.platform.survey(SURVEY) == other


def test_a_number_taken_by_an_unseen_survey_is_told(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LimeSurvey silently gives another number: the fresh copy is removed, the other one stays."""
    staff.open()
    hidden = staff.platform.survey(SURVEY)
    (staff.settings.home / "var" / "maturity.sqlite").unlink()
    from tasks.survey.limesurvey import LimeSurvey

    seen = LimeSurvey.state
    monkeypatch.setattr(
        LimeSurvey, "state", lambda self, number: None if number == SURVEY else seen(self, number)
    )
    with pytest.raises(PlatformError, match="déjà pris"):
        staff.open()
    assert surveys(staff.platform) == [hidden]


def test_what_limesurvey_drops_is_found_and_rolled_back(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import that succeeds without some options is no success: the survey is gone again."""

    def truncated(*args: object) -> bytes:
        content: bytes = survey_file(*args)  # type: ignore[arg-type]
        start, end = content.index(b"<answer_l10ns>"), content.index(b"</answer_l10ns>")
        return content[:start] + content[end + len(b"</answer_l10ns>") :]

    monkeypatch.setattr("tasks.campaign.opening.importing.survey_file", truncated)
    with pytest.raises(QuestionnaireMismatch) as raised:
        staff.open()
    assert "réponses" in told(raised.value)
    assert "rien n’est ouvert" in told(raised.value)
    assert surveys(staff.platform) == []
    monkeypatch.undo()
    staff.open()
    assert_open(staff)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("code: Q01", "code: Q01234567890123456789", "ligne"),
        ("code: A1", "code: ABCDEF", "ligne"),
    ],
)
def test_a_code_too_long_for_limesurvey_is_named_with_its_line(
    staff: Staff, old: str, new: str, place: str
) -> None:
    """The model's file, its line and the code are told before anything is sent."""
    folder = staff.settings.home / "config" / "models"
    folder.mkdir(parents=True)
    text = (PRODUCT_CONFIG / "models" / "capgemini2012.yaml").read_text(encoding="utf-8")
    code = load_model("capgemini2012", staff.settings).model
    item, option = code.items[-1].code, next(iter(code.answer_sets.values())).options[0].code
    wanted = {"code: Q01": f"code: {item}", "code: A1": f"code: {option}"}[old]
    assert wanted in text
    (folder / "capgemini2012.yaml").write_text(text.replace(wanted, new), encoding="utf-8")
    with pytest.raises(StudyFileError) as raised:
        staff.open()
    assert place in told(raised.value)
    assert "capgemini2012.yaml" in told(raised.value)
    assert staff.platform.calls["import_survey"] == 0


def test_an_anonymous_study_keeps_nobody(staff: Staff) -> None:
    """No participants table, an anonymous survey, and one address for everybody."""
    staff.write_study(confidentiality={"mode": Mode.ANONYMOUS.value})
    outcome = staff.open()
    survey = staff.platform.survey(SURVEY)
    assert survey.active
    assert survey.anonymized
    assert survey.participants is None
    assert "la même pour toutes" in told(outcome.next_steps)


def test_nothing_is_activated_in_the_wrong_mode(staff: Staff) -> None:
    """A survey imported by hand as anonymous is not opened for a confidential study."""
    staff.break_down(FaultKind.ERROR_EMPTY, "activate_tokens", times=1)
    with pytest.raises(PlatformError):
        staff.open()
    wrong = replace(staff.platform.survey(SURVEY), anonymized=True)
    staff.platform.put_survey(wrong)
    with pytest.raises(PlatformError, match="anonyme"):
        staff.open()
    assert staff.platform.survey(SURVEY) == wrong


def test_a_wave_that_is_over_does_not_open(staff: Staff) -> None:
    """Its last day is told, nothing is sent."""
    wave = {
        "code": "V2026", "label": {"fr": "Vague"}, "survey_id": SURVEY,
        "opens": TODAY - timedelta(days=30), "closes": TODAY - timedelta(days=1),
        "keep_until": TODAY + timedelta(days=9),
    }  # fmt: skip
    staff.write_study(waves=[wave])
    with pytest.raises(StudyFileError, match="close"):
        staff.open()
    assert not staff.platform.calls


def test_the_list_goes_with_the_opening(staff: Staff) -> None:
    """Read first: a doubtful row stops before anything is opened; then all in one go."""
    staff.put_list(csv_list([person(1), person(2, Courriel="?")]))
    with pytest.raises(ParticipantsError):
        staff.open("liste.csv")
    assert surveys(staff.platform) == []
    staff.put_list(csv_list([person(1), person(2)]))
    outcome = staff.open("liste.csv")
    assert len(addresses(staff)) == 2
    assert "maturity participants" not in told(outcome.next_steps)


def test_settings_changed_after_the_opening_are_told_at_the_refresh(staff: Staff) -> None:
    """Another end and no more dates of answers: the refresh goes on and says so."""
    staff.open()
    assert not [one for one in staff.refresh(STUDY).notices if "plateforme" in one]
    end = datetime.combine(TODAY + timedelta(days=2), datetime.min.time())
    survey = staff.platform.survey(SURVEY)
    changed = replace(
        survey, datestamp=False, properties={**survey.properties, "expires": f"{end}"}
    )
    staff.platform.put_survey(changed)
    notices = told(staff.refresh(STUDY).notices)
    assert f"{Voice('fr', staff.setup.study).day(end.date())} (00:00) sur la plateforme" in notices
    assert "n’enregistre plus la date des réponses" in notices


def test_a_question_changed_after_the_opening_stops_the_refresh(staff: Staff) -> None:
    """The comparison of every refresh names it."""
    staff.open()
    survey = staff.platform.survey(SURVEY)
    staff.platform.put_survey(replace(survey, questions=survey.questions[1:]))
    with pytest.raises(QuestionnaireMismatch, match=survey.questions[0].code):
        staff.refresh(STUDY)
