"""A questionnaire that exists becomes a model and a study that hold, and lose no question."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from ruamel.yaml import YAML

from config.errors import PlatformError
from config.loading import load_model, load_study
from config.maturity_model import ItemKind, MaturityModel, OutOfScale, Topology
from config.settings import Settings
from config.study import Study
from tasks.survey.adopting import adopt, read_questionnaire
from tasks.survey.adopting.out_of_scale import out_of_scale
from tasks.survey.building import expected_structure
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.questionnaire import compare, remarks
from tasks.survey.sandbox import running
from tasks.survey.source import PlatformQuestion, SurveyStructure
from tests.conftest import Team
from tests.strategies import maturity_models
from tests.survey.recorded import platform_6
from tests.survey.test_building import plain_study

TODAY = date(2026, 11, 22)
TO_DO = "À COMPLÉTER"
AGREEMENT = {
    "A1": "Pas du tout",
    "A2": "Plutôt non",
    "A3": "Plutôt oui",
    "A4": "Tout à fait",
    "NSP": "Ne sait pas",
}

Structures = Mapping[str, SurveyStructure]


class Adopted(NamedTuple):
    """What was written, and what the product reads in it."""

    model: MaturityModel
    study: Study
    model_text: str
    study_text: str


def adopted(structures: Structures, home: Path) -> Adopted:
    """Adopt a questionnaire in an installation, and load both files as the product does."""
    made = adopt(structures, TODAY)
    for kind, code, text in (
        ("models", made.model_code, made.model),
        ("studies", made.study_code, made.study),
    ):
        path = home / "config" / kind / f"{code}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    here = Settings(home=home)
    model, study = load_model(made.model_code, here).model, load_study(made.study_code, here)
    return Adopted(model, study, made.model, made.study)


def questionnaire(*questions: PlatformQuestion, title: str = "Enquête") -> Structures:
    """A survey in French alone."""
    return {"fr": SurveyStructure(4711, title, questions)}


def asked(code: str, kind: str = "L", **more: object) -> PlatformQuestion:
    """A question; a list on the agreement scale unless told otherwise."""
    text = str(more.pop("text", f"Question {code} ?"))
    options = more.pop("options", AGREEMENT if kind in "L!OFH" else {})
    return PlatformQuestion(code, kind, text, options=options, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def recorded() -> dict[int, Structures]:
    """The recorded questionnaires, in each of their languages."""
    platform = platform_6()
    languages = {641001: ("fr", "en"), 488771: ("fr",)}
    with running(platform) as url, LimeSurvey(url, "admin", platform.password) as limesurvey:
        return {
            survey: {language: limesurvey.structure(survey, language) for language in spoken}
            for survey, spoken in languages.items()
        }


# --- the recorded questionnaires ----------------------------------------------------------------


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


# --- what staff find in the files ---------------------------------------------------------------


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


# --- levels -------------------------------------------------------------------------------------


def test_list_that_runs_from_high_to_low_is_turned(tmp_path: Path) -> None:
    """Levels go from the first to the last, whichever way the platform shows them."""
    falling = dict(reversed(AGREEMENT.items()))

    model, *_ = adopted(
        questionnaire(asked("Q1", options=falling), asked("Q2", options=falling)), tmp_path
    )

    options = model.answer_sets["niveaux"].options
    assert [option.code for option in options] == ["A1", "A2", "A3", "A4", "NSP"]
    assert model.levels[0].label.say("fr") == "Pas du tout"


def test_scale_with_a_way_out_comes_before_a_list_used_more(tmp_path: Path) -> None:
    """A list with « ne sait pas » is the scale, though another list serves more questions."""
    towns = {"V1": "Nord", "V2": "Sud", "V3": "Ouest"}
    others = [asked(f"V{number}", options=towns) for number in range(4)]

    model, *_ = adopted(questionnaire(*others, asked("Q1"), asked("Q2")), tmp_path)

    assert [one.items[0].code for one in model.dimensions] == ["Q1", "Q2"]


def test_same_levels_without_a_way_out_are_the_same_levels(tmp_path: Path) -> None:
    """A second list with the same words and no « ne sait pas » leads to the same levels."""
    shorter = {code: text for code, text in AGREEMENT.items() if code != "NSP"}

    model, *_ = adopted(
        questionnaire(asked("Q1"), asked("Q2"), asked("Q3", options=shorter)), tmp_path
    )

    assert len(model.dimensions) == 3
    assert len(model.answer_sets) == 2


def test_list_with_other_is_no_scale(tmp_path: Path) -> None:
    """« Autre » has no place on a scale: such a question is a choice."""
    model, *_ = adopted(questionnaire(asked("Q1"), asked("Q2"), asked("Q3", other=True)), tmp_path)

    assert model.item("Q3").kind is ItemKind.CHOICE


def test_questionnaire_without_a_list_is_refused() -> None:
    """Without any list of answers there are no levels, and the message says what to do."""
    structures = questionnaire(asked("Q1", "T"), asked("Q2", "N"))

    with pytest.raises(PlatformError, match="Le questionnaire 4711 n’a aucune question"):
        adopt(structures, TODAY)
    with pytest.raises(PlatformError, match="Questionnaire 4711 has no question") as caught:
        adopt(structures, TODAY, "en")
    assert caught.value.remedy.startswith("Add a question")


# --- out of scale -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Je ne sais pas", OutOfScale.DONT_KNOW),
        ("NE SAIT PAS", OutOfScale.DONT_KNOW),
        ("Ne sait pas / sans objet", OutOfScale.DONT_KNOW),
        ("NSP", OutOfScale.DONT_KNOW),
        ("Sans avis", OutOfScale.DONT_KNOW),
        ("Pas d’avis", OutOfScale.DONT_KNOW),
        ("Don’t know", OutOfScale.DONT_KNOW),
        ("I do not know", OutOfScale.DONT_KNOW),
        ("Sans objet", OutOfScale.NOT_APPLICABLE),
        ("Non concerné(e)", OutOfScale.NOT_APPLICABLE),
        ("Je ne suis pas concernée", OutOfScale.NOT_APPLICABLE),
        ("N/A", OutOfScale.NOT_APPLICABLE),
        ("Not applicable", OutOfScale.NOT_APPLICABLE),
        ("Je ne souhaite pas répondre", OutOfScale.REFUSED),
        ("Préfère ne pas répondre", OutOfScale.REFUSED),
        ("I would rather not answer", OutOfScale.REFUSED),
        ("Prefer not to say", OutOfScale.REFUSED),
        ("Sans réponse", OutOfScale.UNANSWERED),
        ("Pas du tout", None),
        ("On ne sait pas quelles données existent", None),
        ("Je ne sais pas où les trouver, mais elles existent", None),
        ("Sans objectif écrit", None),
        ("Nous ne sommes pas concernés par les appels à projets", None),
        ("Nobody knows", None),
        ("", None),
    ],
)
def test_answers_that_are_no_level(text: str, meaning: OutOfScale | None) -> None:
    """Whole answers are recognised in French and English; words inside a behaviour are not."""
    assert out_of_scale([text]) is meaning


def test_one_language_is_enough_to_recognise() -> None:
    """An answer is out of scale when its text is in any of the languages."""
    assert out_of_scale(["Weiss nicht", "Ne sait pas"]) is OutOfScale.DONT_KNOW


# --- what cannot be read ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        asked("LONG", "M", rows={"SQ0001": "Une case au code trop long", "SQ2": "Deux"}),
        asked("TIRET", options={"A-1": "Un", "A-2": "Deux"}),
        asked("SEULE", options={"A1": "Une seule réponse"}),
        asked("SANS", "M", rows={}),
        asked("seed", "T"),
    ],
    ids=lambda question: question.code,
)
def test_question_that_no_model_can_read_is_named(
    question: PlatformQuestion, tmp_path: Path
) -> None:
    """It is listed as left out, the model holds, and the rest is read."""
    structures = questionnaire(asked("Q1"), asked("Q2"), question)

    model, *_ = adopted(structures, tmp_path)

    assert model.unused_questions == (question.code,)
    assert [item.code for item in model.items] == ["Q1", "Q2"]
    assert compare(structures["fr"], model) == ()


def test_old_question_code_does_not_spoil_the_model(tmp_path: Path) -> None:
    """A code that no model can even name (older platforms) is passed over."""
    model, *_ = adopted(questionnaire(asked("Q1"), asked("Q2"), asked("Q_3", "T")), tmp_path)

    assert [item.code for item in model.items] == ["Q1", "Q2"]


def test_codes_made_here_never_meet_those_of_the_platform(tmp_path: Path) -> None:
    """The row `SQ1` of `Q` does not take the code of a question called `QSQ1`."""
    rows = {"SQ1": "Un", "SQ2": "Deux"}

    model, *_ = adopted(questionnaire(asked("Q", "F", rows=rows), asked("QSQ1", "T")), tmp_path)

    columns = {item.code: item.platform_column for item in model.items}
    assert columns == {"QSQ12": "Q[SQ1]", "QSQ2": "Q[SQ2]", "QSQ1": "QSQ1"}


def test_long_and_equal_codes_are_told_apart(tmp_path: Path) -> None:
    """Codes are cut at the platform's 20 characters and stay different."""
    rows = {f"LIGNE{number:03}LONGUE": f"Ligne {number}" for number in range(12)}

    model, *_ = adopted(questionnaire(asked("QUESTIONLONGUE", "F", rows=rows)), tmp_path)

    assert len({item.code for item in model.items}) == 12


# --- hostile ------------------------------------------------------------------------------------

HOSTILE = (
    "fin\u2028authority: x\u0085code: y\n# sides: &a *b !!python/object {{ 7*7 }} ' \" \\ : - ?\x07"
)


def test_words_of_the_platform_stay_words(tmp_path: Path) -> None:
    """Texts with YAML, line breaks and control characters end as text, everywhere."""
    options = {**AGREEMENT, "A1": HOSTILE}
    role = asked("ROLE", options={"R1": HOSTILE, "R2": "b"}, text=HOSTILE)
    again = [asked(code, options=options, text=HOSTILE) for code in ("Q1", "Q2")]

    model, study, *texts = adopted(questionnaire(role, *again, title=HOSTILE), tmp_path)

    said = model.item("Q1").question.say("fr")
    assert said.startswith("fin authority: x code: y # sides: &a *b !!python/object {{ 7*7 }}")
    assert "\x07" not in said
    assert model.levels[0].label.say("fr") == said
    assert study.authority.name == TO_DO
    for text in texts:
        assert YAML(typ="safe").load(text)["code"].endswith("_4711")


def test_text_that_is_missing_is_replaced(tmp_path: Path) -> None:
    """A question without a text is called by its code, one without a translation by its base."""
    french = questionnaire(asked("Q1", text=""), asked("Q2"))["fr"]
    english = replace(french, questions=(replace(french.questions[1], text="In English"),))

    model, *_ = adopted({"fr": french, "en": english}, tmp_path)

    assert model.item("Q1").question.say("fr") == "Q1"
    assert model.item("Q2").question.say("en") == "In English"
    assert model.item("Q1").question.say("en") == "Q1"


def test_survey_in_neither_language_can_be_adopted(tmp_path: Path) -> None:
    """A German questionnaire gives a German model, and a study whose reports are in French."""
    structure = questionnaire(asked("ROLE", options={"R1": "Amt", "R2": "Rat"}), asked("Q1"))["fr"]
    second = replace(structure, questions=(*structure.questions, asked("Q2")))

    model, study, *_ = adopted({"de": second}, tmp_path)

    assert model.languages == ("de",)
    assert study.language == "fr"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(model=maturity_models())
def test_any_built_survey_can_be_adopted(
    model: MaturityModel, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever model a survey was built from, the files hold and differ from it in nothing."""
    study = plain_study(model.languages[0])
    base, *rest = sorted(model.languages, key=lambda language: language != study.language)
    structures = {
        language: expected_structure(model, study, study.waves[0], language)
        for language in (base, *rest)
    }

    found, *_ = adopted(structures, tmp_path_factory.mktemp("home"))

    assert found.topology is Topology.NONE
    assert compare(structures[base], found) == ()
    read = {column for item in found.items for column in item.platform_columns}
    assert {column for item in model.items for column in item.platform_columns} <= read


# --- reading the platform -----------------------------------------------------------------------


class Platform:
    """A platform with one survey in two languages."""

    def languages(self, survey_id: int) -> tuple[str, ...]:
        """English first."""
        assert survey_id == 4711
        return ("en", "fr")

    def structure(self, survey_id: int, language: str) -> SurveyStructure:
        """A survey called by its language."""
        return SurveyStructure(survey_id, language, ())


def test_structure_is_read_in_every_language_base_first() -> None:
    """The base language comes first: it is the model's first one, and the spare text."""
    found = read_questionnaire(Platform(), 4711)

    assert [(language, one.title) for language, one in found.items()] == [
        ("en", "en"),
        ("fr", "fr"),
    ]
