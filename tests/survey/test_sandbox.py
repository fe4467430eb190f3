"""The sandbox platform as staff and the demonstration use it."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from config.errors import PlatformError
from config.loading import load_model, load_study
from config.maturity_model import AnswerSet, Item, ItemKind, MaturityModel, Option
from config.settings import PRODUCT_CONFIG, Settings
from config.text import Text
from tasks.survey.building import survey_file
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.questionnaire import compare, remarks
from tasks.survey.sandbox import (
    AnswerRefused,
    SandboxParticipant,
    SandboxPlatform,
    running,
    survey_from_model,
)
from tasks.survey.sandbox.demo import PASSWORD, SURVEY_ID, USER, demo_platform, week_date
from tasks.survey.source import RawResponse
from tasks.survey.source import given as answered
from tests.strategies import maturity_models

DEMO = PRODUCT_CONFIG / "demo"


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[SandboxPlatform, LimeSurvey]]:
    """A platform that stays up, and a connection to it."""
    platform = SandboxPlatform()
    with running(platform) as url, LimeSurvey(url, platform.user, platform.password) as limesurvey:
        yield platform, limesurvey


@given(model=maturity_models())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_model_becomes_a_survey_that_matches_it(
    served: tuple[SandboxPlatform, LimeSurvey], model: MaturityModel
) -> None:
    """Questionnaire made, read back over HTTP and compared: no difference, no remark."""
    platform, limesurvey = served
    platform.put_survey(survey_from_model(model, 710001, model.title.say("fr")))
    language = model.languages[0]
    structure = limesurvey.structure(710001, language)
    assert compare(structure, model, language) == ()
    assert remarks(structure, model, language) == ()
    assert structure.title == " ".join(model.title.say("fr").split(" "))


@pytest.mark.parametrize("code", ["datacites2", "syntec2018", "deloitte2018", "capgemini2012"])
def test_shipped_models_become_surveys_in_each_language(
    served: tuple[SandboxPlatform, LimeSurvey], code: str, tmp_path: Path
) -> None:
    """What the product ships can be played."""
    platform, limesurvey = served
    model = load_model(code, Settings(home=tmp_path)).model
    platform.put_survey(survey_from_model(model, 710002, "Essai"))
    for language in model.languages:
        structure = limesurvey.structure(710002, language)
        assert compare(structure, model, language) == remarks(structure, model, language) == ()


def test_items_may_read_any_part_of_a_platform_question(
    served: tuple[SandboxPlatform, LimeSurvey], tmp_path: Path
) -> None:
    """Dual scales, two-way arrays, rows of numbers or texts, a lone comment or « other »."""
    platform, limesurvey = served
    model = load_model("datacites2", Settings(home=tmp_path)).model
    columns = {
        "DUAL[SQ001][1]": "choice",
        "DUAL[SQ001][2]": "choice",
        "NOMB[Y1_X1]": "number",
        "NOMB[Y2_X1]": "number",
        "MOTS[Y1_X1]": "text",
        "TROIS[SQ001]": "yes_no",
        "DIX[SQ001]": "scale",
        "SOMME[SQ001]": "number",
        "COURT[SQ001]": "text",
        "SEUL[comment]": "comment",
        "LIBRE[other]": "text",
    }
    items = tuple(
        Item(
            code=f"ITEM{rank}",
            kind=ItemKind(kind),
            question=Text({"fr": f"Question {rank}"}),
            column=column,
            answer_set={"choice": "role", "scale": "dix"}.get(kind),
        )
        for rank, (column, kind) in enumerate(columns.items())
    )
    ten = [Option(code=str(n), label=Text({"fr": str(n)})) for n in range(1, 11)]
    sets = {**model.answer_sets, "dix": AnswerSet(scale="ordered", options=tuple(ten))}
    fields = {name: getattr(model, name) for name in MaturityModel.model_fields}
    odd = MaturityModel(**{**fields, "other_items": items, "answer_sets": sets})
    platform.put_survey(survey_from_model(odd, 710004, "Essai"))

    structure = limesurvey.structure(710004, "fr")
    assert compare(structure, odd) == ()
    kinds = {question.code: question.kind for question in structure.questions}
    found = [kinds[code] for code in ("DUAL", "NOMB", "MOTS", "TROIS", "DIX", "SOMME", "COURT")]
    assert found == ["1", ":", ";", "C", "B", "K", "Q"]
    platform.add_response(710004, {})
    (row,) = next(limesurvey.windows(710004))
    assert set(columns) <= set(row)


def test_calls_that_the_recordings_lack(tmp_path: Path) -> None:
    """Refusals measured on LimeSurvey 6.4.2: an unknown group, participant, format or form."""
    model = load_model("datacites2", Settings(home=tmp_path)).model
    platform = SandboxPlatform([survey_from_model(model, 710004, "Essai")])
    key = platform._accounts.login(platform.user, platform.password.get_secret_value())

    def answer(method: str, *params: object) -> object:
        return platform.envelope(method, [key, *params])["result"]

    survey = platform.survey(710004)
    first = survey.groups[0].gid
    assert answer("list_questions", 710004, 0) == {"status": "Error: group not found"}
    listed = answer("list_questions", 710004, first)
    assert isinstance(listed, list)
    assert {question["gid"] for question in listed} == {first}
    no_table = {"status": "Error: No survey participants table"}
    assert answer("get_participant_properties", 710004, 9) == no_table
    platform.put_participant(710004, SandboxParticipant(tid=1, token="jeton"))
    assert answer("get_participant_properties", 710004, 9) == {"status": "Error: Invalid tokenid"}
    nobody = {"status": "Error: No results were found based on your attributes."}
    assert answer("get_participant_properties", 710004, {"token": "non"}) == nobody
    platform.add_response(710004, {})
    long = platform.envelope("export_responses", [key, 710004, "json", None, "all", "full"])
    assert "codes as headings" in str(long["error"])
    platform.add_user("rien", platform.password, ())
    nothing = platform._accounts.login("rien", platform.password.get_secret_value())
    refused = platform.envelope("get_question_properties", [nothing, survey.questions[0].qid])
    assert refused["result"] == {"status": "No permission"}
    platform.put_survey(replace(survey, questions=()))
    assert answer("list_questions", 710004) == {"status": "No questions found"}
    platform.remove_survey(710004)
    assert answer("get_summary", 710004) == {"status": "Invalid surveyid"}


ENTITY = b"""<?xml version="1.0"?><!DOCTYPE document [<!ENTITY e SYSTEM "file:///etc/hostname">]>
<document><LimeSurveyDocType>Survey</LimeSurveyDocType><surveys><rows><row><language>fr</language>
<admin>&e;</admin></row></rows></surveys></document>"""


def test_writing_calls_that_the_recordings_lack() -> None:
    """No number wanted, other files, reminders by rule, a participant by conditions."""
    platform = SandboxPlatform()
    platform.clock = lambda: datetime.fromisoformat("2026-09-20 10:00")
    key = platform._accounts.login(platform.user, platform.password.get_secret_value())

    def answer(method: str, *params: object) -> Any:
        envelope = platform.envelope(method, [key, *params])
        return envelope["error"] or envelope["result"]

    file = base64.b64encode(ENTITY).decode()
    number = answer("import_survey", file, "lss")
    assert 100_000 <= number < 1_000_000
    assert platform.survey(number).properties["admin"] == ""  # no file of ours is read
    assert "imports .lss files only" in answer("import_survey", file, "txt")
    assert answer("set_survey_properties", number, {"anonymized": "Y"}) == {"anonymized": True}
    assert platform.survey(number).anonymized

    people = [{"email": f"p{n}@exemple.ch", "firstname": f"P{n}"} for n in (1, 2)]
    answer("activate_tokens", number, [])
    answer("add_participants", number, people)
    changed = answer("set_participant_properties", number, {"firstname": "P2"}, {"email": ""})
    assert (changed["tid"], changed["email"]) == (2, "")
    nobody = answer("set_participant_properties", number, {"firstname": "P3"}, {"email": ""})
    assert nobody == {"status": "Error: No results were found based on your attributes."}
    assert answer("invite_participants", number)["status"] == "0 left to send"
    none = {"status": "Error: No candidate tokens"}
    assert answer("remind_participants", number, 1) == none  # invited a moment ago
    assert answer("remind_participants", number, None, 1)["1"]["status"] == "OK"
    assert answer("remind_participants", number, None, 1) == none  # reminded once already
    platform.clock = lambda: datetime.fromisoformat("2026-09-22 10:00")
    assert answer("remind_participants", number, 1)["1"]["status"] == "OK"
    assert [mail.kind for mail in platform.outbox] == ["invite", "remind", "remind"]


def test_version_3_imports_nothing_of_the_newer_layout(tmp_path: Path) -> None:
    """It says that all went well, as the real one does: reading back shows the empty survey."""
    settings = Settings(home=tmp_path)
    study, model = load_study("demo", settings), load_model("datacites2", settings).model
    platform = SandboxPlatform(version="3.8.1")
    with running(platform) as url, LimeSurvey(url, platform.user, platform.password) as limesurvey:
        number = limesurvey.import_survey(survey_file(model, study, study.waves[0]), 650_100)
        assert number == 650_100
        with pytest.raises(PlatformError, match="est vide"):
            limesurvey.structure(number, "fr")


def test_public_pages_refuse_whom_they_must(tmp_path: Path) -> None:
    """Not active, not open yet, closed, unknown token, answered already; an edit where allowed."""
    model = load_model("datacites2", Settings(home=tmp_path)).model
    dates = {"startdate": "2026-09-14 00:00:00", "expires": "2026-10-04 23:59:59"}
    survey = replace(survey_from_model(model, 710004, "Essai"), properties=dates)
    platform = SandboxPlatform([replace(survey, active=False)])
    platform.put_participant(710004, SandboxParticipant(tid=1, token="jeton"))

    def refused(when: str, who: str = "jeton") -> str:
        platform.clock = lambda: datetime.fromisoformat(when)
        with pytest.raises(AnswerRefused) as error:
            platform.answer(710004, who, {"ROLE": "EL"})
        return str(error.value)

    assert refused("2026-09-20 10:00") == "not active"
    platform.put_survey(replace(platform.survey(710004), active=True))
    assert refused("2026-09-13 23:59") == "not open yet"
    assert refused("2026-10-05 00:00") == "closed"
    assert refused("2026-09-20 10:00", "autre") == "unknown token"
    number = platform.answer(710004, "jeton", {"ROLE": "EL"})
    assert refused("2026-09-20 10:00") == "answered already"
    edited = {**dates, "alloweditaftercompletion": "Y"}
    platform.put_survey(replace(platform.survey(710004), properties=edited))
    assert platform.answer(710004, "jeton", {"ROLE": "DG"}) == number
    (person,) = platform.survey(710004).participants or ()
    assert (person.completed, person.uses_left) == ("2026-09-20 10:00", 0)


def test_other_addresses_of_the_server_are_web_pages(
    served: tuple[SandboxPlatform, LimeSurvey],
) -> None:
    """A wrong path gives a page and no error, as LimeSurvey does; the message names the address."""
    platform, _ = served
    with running(platform) as url:
        wrong = LimeSurvey(url.replace("admin/remotecontrol", "admin"), "bac", platform.password)
        with pytest.raises(PlatformError, match="Une page web répond"):
            wrong.version()


def test_responses_can_be_added_edited_and_deleted(
    served: tuple[SandboxPlatform, LimeSurvey], tmp_path: Path
) -> None:
    """Numbers grow and never come back; an edit leaves the dates; columns unknown stay away."""
    platform, limesurvey = served
    model = load_model("datacites2", Settings(home=tmp_path)).model
    platform.put_survey(survey_from_model(model, 710003, "Essai"))
    date = "2026-09-20 10:00:00"
    first = platform.add_response(710003, {"ROLE": "EL", "datestamp": date, "INCONNU": "x"})
    second = platform.add_response(710003, {"ROLE": "DG"})
    platform.delete_response(710003, first)
    platform.edit_response(710003, second, {"ROLE": "DN"})
    third = platform.add_response(710003, {"ROLE": "DP"})
    platform.delete_response(710003, third)
    fourth = platform.add_response(710003, {"ROLE": "SU"})

    rows = [row for window in limesurvey.windows(710003) for row in window]
    assert [(row["id"], row["ROLE"]) for row in rows] == [(second, "DN"), (fourth, "SU")]
    assert (first, second, third, fourth) == (1, 2, 3, 4)
    assert not any("INCONNU" in row for row in rows)


def test_participants_can_be_put_and_deleted(
    served: tuple[SandboxPlatform, LimeSurvey],
    tmp_path: Path,
) -> None:
    """The first participant opens the table; a changed one keeps its place."""
    platform, limesurvey = served
    model = load_model("syntec2018", Settings(home=tmp_path)).model
    platform.put_survey(survey_from_model(model, 710003, "Essai"))
    assert limesurvey.participants(710003, ()) is None
    for tid in (2, 1, 3):
        platform.put_participant(710003, SandboxParticipant(tid=tid, token=f"jeton{tid}"))
    platform.put_participant(710003, SandboxParticipant(tid=2, token="change"))
    platform.delete_participant(710003, 3)
    people = limesurvey.participants(710003, ())
    assert people is not None
    assert [person.token for person in people] == ["jeton1", "change"]


# --- the demonstration --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[RawResponse]]:
    """What each week's refresh pulls."""
    model = load_model("datacites2", Settings(home=tmp_path_factory.mktemp("home"))).model
    found = {}
    for week in (1, 2, 3):
        with (
            running(demo_platform(model, DEMO, week)) as url,
            LimeSurvey(url, USER, PASSWORD) as limesurvey,
        ):
            found[week] = [row for window in limesurvey.windows(SURVEY_ID) for row in window]
    return found


def test_demo_plays_the_survey_of_its_study(tmp_path: Path) -> None:
    """The study file and the platform agree on the survey's number and the refresh days."""
    wave = load_study("demo", Settings(home=tmp_path)).wave()
    assert wave.survey_id == SURVEY_ID
    days = [week_date(DEMO, week) for week in (1, 2, 3)]
    assert wave.opens < days[0] < days[1] < wave.closes < days[2]
    with pytest.raises(KeyError):
        week_date(DEMO, 4)


def test_demo_weeks_have_nine_thirteen_and_fifteen_responses(
    weeks: dict[int, list[RawResponse]],
) -> None:
    """Complete ones, beside one trial; in the first week one more is partial."""
    complete = {n: [r for r in rows if r["submitdate"] and r["token"]] for n, rows in weeks.items()}
    assert [len(complete[week]) for week in (1, 2, 3)] == [9, 13, 15]
    assert [len(weeks[week]) - len(complete[week]) for week in (1, 2, 3)] == [2, 1, 1]


def test_demo_partial_response_stops_where_it_was_saved(
    weeks: dict[int, list[RawResponse]],
) -> None:
    """Nothing after the last saved page is there yet; a week later everything is."""
    (partial,) = [row for row in weeks[1] if not row["submitdate"]]
    (later,) = [row for row in weeks[2] if row["token"] == partial["token"]]
    assert answered(partial, "D04N")
    assert answered(partial, "D05N") is None
    assert answered(later, "D05N")
    assert later["id"] == partial["id"]
    assert later["datestamp"] != partial["datestamp"]


def test_demo_respondent_changes_an_answer_under_the_same_number(
    weeks: dict[int, list[RawResponse]],
) -> None:
    """One response of week 1 differs in week 2: new answer, new date, same number."""
    before = {row["id"]: row for row in weeks[1] if row["submitdate"]}
    after = {row["id"]: row for row in weeks[2]}
    (number,) = [n for n, row in before.items() if row != after[n]]
    assert before[number]["D06N"] != after[number]["D06N"] == "A3"
    assert str(before[number]["submitdate"]) < str(after[number]["submitdate"])


def test_demo_boxes_and_free_entry_are_columns(weeks: dict[int, list[RawResponse]]) -> None:
    """A list of ticked boxes is one column each; what was typed beside comes along."""
    with_other = [row for row in weeks[3] if answered(row, "FREINS[other]")]
    assert len(with_other) == 2
    assert {row["FREINS[F1]"] for row in weeks[3]} == {"Y", ""}


def test_demo_password_is_not_in_the_files() -> None:
    """It is drawn anew by each process."""
    secret = PASSWORD.get_secret_value()
    assert len(secret) > 20
    texts = [path.read_text(encoding="utf-8") for path in DEMO.glob("*.yaml")]
    assert not any(secret in text for text in texts)
