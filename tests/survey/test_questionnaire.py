"""The model against the platform: what stops a refresh, what is only remarked."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from config.errors import QuestionnaireMismatch
from config.loading import load_model
from config.maturity_model import MaturityModel
from config.settings import Settings
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.question_types import platform_columns
from tasks.survey.questionnaire import compare, remarks, require_match
from tasks.survey.sandbox import running
from tasks.survey.source import PlatformQuestion, SurveyStructure
from tests.survey.recorded import platform_6, responses

DATA = Path(__file__).parents[1] / "data" / "maturite_numerique"
Change = Callable[[PlatformQuestion], PlatformQuestion | None]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> MaturityModel:
    """A model written for the recorded questionnaire."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(DATA, home / "config")
    return load_model("valdore", Settings(home=home)).model


@pytest.fixture(scope="module")
def recorded() -> dict[int, SurveyStructure]:
    """The structures of the recorded surveys."""
    platform = platform_6()
    with running(platform) as url, LimeSurvey(url, "admin", platform.password) as limesurvey:
        return {survey: limesurvey.structure(survey, "fr") for survey in (641001, 488771)}


@pytest.fixture(scope="module")
def structure(recorded: dict[int, SurveyStructure]) -> SurveyStructure:
    """The recorded questionnaire."""
    return recorded[641001]


def changed(structure: SurveyStructure, code: str, change: Change) -> SurveyStructure:
    """The questionnaire after somebody changed one question on the platform."""
    questions = (
        change(question) if question.code == code else question for question in structure.questions
    )
    return replace(structure, questions=tuple(each for each in questions if each is not None))


def without(mapping: object, *codes: str) -> dict[str, str]:
    """Options or rows less some of them."""
    assert isinstance(mapping, dict)
    return {code: text for code, text in mapping.items() if code not in codes}


def test_matching_questionnaire_has_nothing_to_say(
    structure: SurveyStructure, model: MaturityModel
) -> None:
    """Rows, comments, boxes and « other » are read in place; the hidden sum is left out."""
    assert compare(structure, model) == ()
    assert remarks(structure, model) == ()
    require_match(structure, model)


CHANGES: list[tuple[str, str, Change, str]] = [
    ("removed", "STR1", lambda _q: None, "La question STR1 («\u00a0Une feuille de route"),
    (
        "type",
        "DEBUT",
        lambda q: replace(q, kind="T"),
        "le modèle attend une date, la plateforme demande un texte (type T)",
    ),
    (
        "option gone",
        "STR1",
        lambda q: replace(q, options=without(q.options, "A5")),
        "La question STR1 n’a plus l’option A5 («\u00a0Tout à fait\u00a0»)",
    ),
    (
        "option added",
        "ROLE",
        lambda q: replace(q, options={**q.options, "R5": "Élue, élu"}),
        "ROLE propose une option que le modèle ne connaît pas\u00a0: R5 («\u00a0Élue, élu\u00a0»)",
    ),
    ("row gone", "OUT", lambda q: replace(q, rows=without(q.rows, "SQ002")), "la ligne SQ002"),
    ("box gone", "DONN", lambda q: replace(q, rows=without(q.rows, "SQ003")), "la ligne SQ003"),
    (
        "box added",
        "DONN",
        lambda q: replace(q, rows={**q.rows, "SQ009": "Élections"}),
        "DONN propose une case que le modèle ne connaît pas\u00a0: SQ009",
    ),
    ("other gone", "CANAL", lambda q: replace(q, other=False), "CANAL n’a plus de choix"),
    ("other added", "ROLE", lambda q: replace(q, other=True), "ROLE propose «\u00a0Autre\u00a0»"),
    ("comment gone", "STR2", lambda q: replace(q, kind="L"), "STR2 n’a plus la ligne comment"),
    (
        "made an array",
        "STR1",
        lambda q: replace(q, kind="F", rows={"SQ001": "ligne"}),
        "STR1 est devenue un tableau",
    ),
    ("ten points", "ECH", lambda q: replace(q, kind="B"), "ECH propose une option"),
    ("unknown type", "FORM", lambda q: replace(q, kind="|"), "la plateforme demande autre chose"),
]


@pytest.mark.parametrize(
    ("code", "change", "said"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_change_on_the_platform_stops_and_names_the_question(
    structure: SurveyStructure, model: MaturityModel, code: str, change: Change, said: str
) -> None:
    """Each kind of change gives a sentence with the question's code and what happened to it."""
    after = changed(structure, code, change)
    assert said in "\n".join(compare(after, model))
    with pytest.raises(QuestionnaireMismatch) as caught:
        require_match(after, model)
    assert code in caught.value.message
    assert "641001" in caught.value.message
    assert "dernier rapport reste en place" in caught.value.remedy
    for sentence in compare(after, model, "en"):
        assert re.search("^Question [A-Z]+[0-9]* .*(no longer|expects|offers|become)", sentence)


def test_shared_question_is_named_once(structure: SurveyStructure, model: MaturityModel) -> None:
    """Three items read the array: its missing option is one difference, not three."""
    after = changed(structure, "OUT", lambda q: replace(q, options=without(q.options, "A1")))
    assert len(compare(after, model)) == 1


def test_every_changed_question_is_named(structure: SurveyStructure, model: MaturityModel) -> None:
    """Staff see all that they have to restore at once."""
    after = changed(changed(structure, "STR1", lambda _q: None), "COM", lambda _q: None)
    with pytest.raises(QuestionnaireMismatch) as caught:
        require_match(after, model)
    assert caught.value.message.count("\n– ") == 2


REMARKS: list[tuple[str, str, Change, str]] = [
    (
        "question",
        "STR1",
        lambda q: replace(q, text="Avez-vous une feuille de route ?"),
        "La question STR1 est formulée autrement",
    ),
    (
        "option",
        "STR1",
        lambda q: replace(q, options={**q.options, "A1": "Aucunement", "A5": "Oui"}),
        "La question STR1 formule autrement ses réponses\u00a0: A1, A5.",
    ),
    (
        "row",
        "OUT",
        lambda q: replace(q, rows={**q.rows, "SQ004": "autre ligne"}),
        "De la question OUT, le modèle ne lit pas\u00a0: OUT[SQ004].",
    ),
    (
        "comment",
        "ROLE",
        lambda q: replace(q, kind="O"),
        "le modèle ne lit pas\u00a0: ROLE[comment]",
    ),
    (
        "new question",
        "SCORE",
        lambda q: replace(q, code="NEUF", kind="T", text="Question ajoutée"),
        "La question NEUF («\u00a0Question ajoutée\u00a0») n’est pas lue",
    ),
]


@pytest.mark.parametrize(
    ("code", "change", "said"), [case[1:] for case in REMARKS], ids=[case[0] for case in REMARKS]
)
def test_harmless_change_is_remarked_and_does_not_stop(
    structure: SurveyStructure, model: MaturityModel, code: str, change: Change, said: str
) -> None:
    """Wording, and columns that nobody reads, leave the refresh running."""
    after = changed(structure, code, change)
    assert said in "\n".join(remarks(after, model))
    require_match(after, model)


def test_text_display_and_typography_are_no_remark(
    structure: SurveyStructure, model: MaturityModel
) -> None:
    """A displayed text is no question; apostrophes, spaces and capitals are no wording."""
    intro = PlatformQuestion("INTRO", "X", "Bienvenue")
    after = replace(structure, questions=(intro, *structure.questions))
    after = changed(after, "ROLE", lambda q: replace(q, text="QUEL  est votre\u00a0rôle ?"))
    assert remarks(after, model) == ()


def test_columns_of_every_type_are_those_of_an_export(
    recorded: dict[int, SurveyStructure],
) -> None:
    """What a question is said to hold equals the keys of recorded exports, type by type."""
    for survey, name in ((488771, "076"), (641001, "052")):
        (first, *_) = responses("6.4.2", name).values()
        system = {"id", "submitdate", "lastpage", "startlanguage", "seed", "token"}
        exported = [key for key in first if key not in system | {"startdate", "datestamp"}]
        columns = [c for q in recorded[survey].questions for c in platform_columns(q)]
        assert columns == exported
