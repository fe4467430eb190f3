"""The demonstration's content: what the built-in platform and the notes workbook are given."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from ruamel.yaml import YAML

from config.loading import load_model, load_study
from config.maturity_model import CODED_KINDS, ItemKind, MaturityModel
from config.settings import PRODUCT_CONFIG, Settings
from config.study import Study

LEAK_MARK = "phrase jamais publiée"

Content = Mapping[str, Any]


def read(name: str) -> Content:
    """A file of the demonstration."""
    content: Content = YAML(typ="safe").load(PRODUCT_CONFIG / "demo" / name)
    return content


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The demonstration's study."""
    return load_study("demo", Settings(home=tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory, study: Study) -> MaturityModel:
    """The model the demonstration runs on."""
    return load_model(study.model, Settings(home=tmp_path_factory.mktemp("home"))).model


@pytest.fixture(scope="module")
def platform() -> Content:
    """The content of the built-in platform."""
    return read("respondents.yaml")


@pytest.fixture(scope="module")
def interviews() -> Content:
    """What the interviews wrote down."""
    return read("interviews.yaml")


def all_answers(platform: Content) -> list[Content]:
    """The answers of everybody, of those who came back, and of the trial."""
    return [
        entry["answers"] for part in ("respondents", "changes", "tests") for entry in platform[part]
    ]


def test_every_answer_is_an_option_of_the_model(platform: Content, model: MaturityModel) -> None:
    """A mistyped code would show as a quarantined answer in the demonstration."""
    for answers in all_answers(platform):
        for code, value in answers.items():
            item = model.item(code.removesuffix("[other]"))
            known = {option.code for option in model.options(item)}
            if item.kind in CODED_KINDS:
                assert value in known, (code, value)
            elif item.kind is ItemKind.MULTIPLE_CHOICE and not code.endswith("[other]"):
                assert set(value) <= known, (code, value)


def test_everybody_answers_every_coded_question(platform: Content, model: MaturityModel) -> None:
    """« Je ne sais pas » is in the data where it is meant, never for want of an answer."""
    asked = {item.code for item in model.coded_items()}
    for person in platform["respondents"]:
        assert asked <= set(person["answers"]), person["number"]


def test_weeks_hold_nine_thirteen_fifteen(platform: Content, study: Study) -> None:
    """The three refreshes of the demonstration see 9, 13 and 15 complete responses."""
    for week in platform["weeks"]:
        midnight = datetime.combine(week["date"], datetime.min.time())
        submitted = [datetime.fromisoformat(p["submitted"]) for p in platform["respondents"]]
        assert sum(moment < midnight for moment in submitted) == week["answered"]
    assert [week["answered"] for week in platform["weeks"]] == [9, 13, 15]
    assert platform["weeks"][-1]["date"] > study.wave().closes


def test_times_lie_within_the_wave_except_the_trial(platform: Content, study: Study) -> None:
    """Cleaning has one response to exclude for its dates: the trial."""
    wave = study.wave()

    def inside(moment: str) -> bool:
        day: date = datetime.fromisoformat(moment).date()
        return wave.opens <= day <= wave.closes

    assert all(inside(p["started"]) and inside(p["submitted"]) for p in platform["respondents"])
    assert all(inside(change["submitted"]) for change in platform["changes"])
    assert not any(inside(trial["submitted"]) for trial in platform["tests"])


def test_people_are_invented_and_distinct(platform: Content) -> None:
    """No name, no real address; fifteen tokens as the platform makes them."""
    people = platform["respondents"]
    assert len(people) == 15
    assert len({person["token"] for person in people}) == 15
    assert all(len(p["token"]) == 15 and p["token"].isalnum() for p in people)
    assert {person["firstname"] for person in people} == {"Personne"}
    assert all(person["email"].endswith("@exemple.invalid") for person in people)


def test_each_side_has_five_people(platform: Content, study: Study) -> None:
    """The side rule places all fifteen, five a side."""
    assert study.side_rule is not None
    sides = Counter(
        study.side_rule.values[person["answers"]["ROLE"]] for person in platform["respondents"]
    )
    assert sides == {side.code: 5 for side in study.sides}


def test_somebody_changes_an_answer_and_one_response_was_first_partial(platform: Content) -> None:
    """The weeks differ by more than the number of responses."""
    people = {person["number"]: person for person in platform["respondents"]}
    (change,) = platform["changes"]
    before = people[change["number"]]
    assert before["week"] < change["week"]
    assert before["answers"]["D06N"] != change["answers"]["D06N"]
    (late,) = [person for person in people.values() if "partial" in person]
    assert late["partial"]["week"] < late["week"]


def test_comments_bear_what_breaks_templates_and_spreadsheets(platform: Content) -> None:
    """Braces, signs, markup, emoji and a leading equals sign pass through the whole chain."""
    comments = [str(v) for answers in all_answers(platform) for v in answers.values()]
    for trap in ("{{ prenom }}", " & ", "<b>", "< 9 000", "😅"):
        assert any(trap in comment for comment in comments), trap
    assert any(comment.startswith("=") for comment in comments)


def test_notes_fit_the_model_and_the_answers(
    interviews: Content, platform: Content, model: MaturityModel
) -> None:
    """A revised position names a level, and one other than the questionnaire's."""
    answers = {person["number"]: person["answers"] for person in platform["respondents"]}
    notes = [(p["number"], note) for p in interviews["interviews"] for note in p["notes"]]
    for number, note in notes:
        stage = model.dimension(note["dimension"]).item(ItemKind.STAGE)
        assert stage is not None
        assert (note["kind"] == "position") == ("change" in note)
        assert (note.get("change") == "revised") == ("revised_level" in note)
        if "revised_level" in note:
            chosen = {option.code: option.level for option in model.options(stage)}
            assert note["revised_level"] in model.level_codes
            assert chosen[answers[number][stage.code]] != note["revised_level"]
    assert len(interviews["interviews"]) == 12


def test_some_revisions_follow_the_return_arrow(
    interviews: Content, platform: Content, model: MaturityModel
) -> None:
    """The demonstration shows « un nouveau tour », for several people."""
    arrows = {(arrow.origin, arrow.target) for arrow in model.return_arrows}
    answers = {person["number"]: person["answers"] for person in platform["respondents"]}
    turns = [
        note
        for person in interviews["interviews"]
        for note in person["notes"]
        if "revised_level" in note
        and (
            answers[person["number"]][f"{note['dimension']}N"].replace("A", "S"),
            note["revised_level"],
        )
        in arrows
    ]
    assert len(turns) >= 2


def test_marked_texts_may_not_be_published(interviews: Content) -> None:
    """Whatever bears the leak tests' mark lacks a consent or a review."""
    notes = [note for person in interviews["interviews"] for note in person["notes"]]
    marked = [note for note in notes if LEAK_MARK in note["text"]]
    assert {note.get("consent") for note in marked} == {None, "none", "anonymous"}
    for note in marked:
        allowed = note.get("consent") in {"named", "anonymous"}
        assert not (allowed and note["reviewed"])
    shared = [*interviews["subjects"], *interviews["remarks"]]
    assert not any(entry["reviewed"] for entry in shared if LEAK_MARK in entry["text"])


def test_existing_questionnaire_is_read_by_two_files_alone(tmp_path: Path) -> None:
    """A model and a study written for somebody else's survey load from a team's folder."""
    files = Path(__file__).parents[1] / "data" / "maturite_numerique"
    copytree(files, tmp_path / "config")
    settings = Settings(home=tmp_path)
    study = load_study("valdore", settings)
    model = load_model(study.model, settings).model
    columns = {column for item in model.items for column in item.platform_columns}
    assert {"STR2[comment]", "OUT[SQ003]", "ECH[SQ001]", "DONN[other]", "CANAL[other]"} <= columns
    assert "SCORE" in model.unused_questions
