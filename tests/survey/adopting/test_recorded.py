"""Questionnaires of a real LimeSurvey become models and studies."""

from pathlib import Path

import pytest

from config.loading import load_model, load_study
from config.maturity_model import ItemKind, OutOfScale
from config.settings import Settings
from tasks.survey.building import expected_structure
from tasks.survey.questionnaire import compare, remarks
from tasks.survey.sandbox import running
from tests.conftest import Team
from tests.survey.adopting.conftest import TO_DO, TODAY, Structures, adopted
from tests.survey.recorded import platform_6


def test_recorded_questionnaire_becomes_a_model(
    recorded: dict[int, Structures], tmp_path: Path
) -> None:
    """Levels, subjects, comment, profile and the rest of the recorded survey are recognised."""
    model, study, *_ = adopted(recorded[641001], tmp_path)

    assert model.languages == ("fr", "en")
    assert [level.label.say("fr") for level in model.levels] == [
        *("Pas du tout", "Plutôt non", "Partiellement", "Plutôt oui", "Tout à fait")
    ]
    assert [one.items[0].platform_column for one in model.dimensions] == [
        *("STR1", "STR2", "OUT[SQ001]", "OUT[SQ002]", "OUT[SQ003]")
    ]
    assert model.dimensions[1].items[1].platform_column == "STR2[comment]"
    assert model.dimensions[2].label.say("fr") == "Les documents sont partagés en ligne"
    assert model.dimensions[0].label.say("en") == "Is a digital roadmap written and shared"
    assert [item.code for item in model.profile_questions] == ["ROLE"]
    kinds = {item.platform_column: item.kind.value for item in model.other_items}
    assert kinds == {
        **{"DEBUT": "date", "ECH[SQ001]": "scale", "ECH[SQ002]": "scale"},
        **{"DONN": "multiple_choice", "CANAL": "choice", "ETP": "number"},
        **{"FORM": "yes_no", "COM": "text"},
    }
    assert model.item("CANAL").other
    assert model.unused_questions == ("SCORE",)
    unknown = model.answer_sets["niveaux"].options[-1]
    assert (unknown.code, unknown.out_of_scale) == ("NSP", OutOfScale.DONT_KNOW)
    assert study.waves[0].survey_id == 641001
    assert study.waves[0].opens < TODAY < study.waves[0].closes


@pytest.mark.parametrize("survey", [641001, 488771])
def test_adopted_model_is_what_the_platform_asks(
    recorded: dict[int, Structures], tmp_path: Path, survey: int
) -> None:
    """A refresh of the adopted survey finds nothing changed and nothing left out."""
    model, *_ = adopted(recorded[survey], tmp_path)

    for language, structure in recorded[survey].items():
        assert compare(structure, model, language) == ()
        assert remarks(structure, model, language) == ()


def test_every_type_of_question_is_read(recorded: dict[int, Structures], tmp_path: Path) -> None:
    """Of one question of every type, only calculations, texts, files and the language are left."""
    model, _, text, _ = adopted(recorded[488771], tmp_path)

    assert model.unused_questions == ("LNG", "TXT", "FICH", "EQ", "EQ2")
    columns = {column for item in model.items for column in item.platform_columns}
    assert {"DUAL[SQ001][2]", "ARRN[Y2_X1]", "RANG[3]", "MULC[SQ001comment]"} <= columns
    assert {"MULC[othercomment]", "DROP[other]", "MNUM[SQ001]", "MTXT[SQ001]"} <= columns
    # no list of it is a scale beyond doubt, and the file says so
    assert "aucune liste de réponses ne se reconnaît" in text


def test_adopted_survey_refreshes(recorded: dict[int, Structures], tmp_path: Path) -> None:
    """The two files, as written, are enough for a refresh of the recorded responses."""
    platform = platform_6()
    with running(platform) as url:
        team = Team(Settings(home=tmp_path), platform, url)
        adopted(recorded[641001], tmp_path)

        summary = team.refresh("etude_641001", TODAY)

    assert (summary.answered, summary.invited) == (12, 18)
    assert all(path.is_file() for _, path in summary.files)


def test_files_say_what_is_left_to_do(recorded: dict[int, Structures], tmp_path: Path) -> None:
    """What only staff can know is marked, above the line concerned, in French."""
    _, study, model_text, study_text = adopted(recorded[641001], tmp_path)

    for text in (model_text, study_text):
        heading, _, rest = text.partition("\ncode:")
        assert all(line.startswith("#") for line in heading.splitlines() if line)
        assert TO_DO in heading
        assert rest.count(TO_DO) > 4
        assert not any(line.endswith(" ") for line in text.splitlines())
    assert model_text.count(f"# {TO_DO}\u00a0: pour chaque niveau, un comportement") == 5
    assert study.authority.name == TO_DO


def test_example_of_sides_works_once_uncommented(
    recorded: dict[int, Structures], tmp_path: Path
) -> None:
    """The commented rule names the real answers: without its dièses it is a valid study."""
    _, _, _, text = adopted(recorded[641001], tmp_path)
    start, end = text.index("# sides:"), text.index("\n\n", text.index("# sides:"))
    example = "\n".join(line.removeprefix("# ") for line in text[start:end].splitlines())
    path = tmp_path / "config" / "studies" / "etude_641001.yaml"
    path.write_text(text[:start] + example + text[end:], encoding="utf-8")

    study = load_study("etude_641001", Settings(home=tmp_path))

    assert study.side_rule is not None
    assert set(study.side_rule.values) == {"R1", "R2", "R3", "R4"}


def test_own_questionnaire_is_recognised(tmp_path: Path) -> None:
    """A survey built from a model of ours is adopted with its stages, coherence and comments."""
    shipped = load_model("datacites2", Settings(home=tmp_path)).model
    study = load_study("demo", Settings(home=tmp_path))
    structures = {
        language: expected_structure(shipped, study, study.waves[0], language)
        for language in shipped.languages
    }

    model, *_ = adopted(structures, tmp_path)

    kinds = [tuple(item.kind for item in one.items) for one in model.dimensions]
    assert kinds == [(ItemKind.STAGE, ItemKind.COHERENCE, ItemKind.COMMENT)] * 13
    for mine, ours in zip(model.dimensions, shipped.dimensions, strict=True):
        assert [*mine.behaviours.values()] == [*ours.behaviours.values()]
    assert [item.code for item in model.profile_questions] == ["ROLE", "PART"]
