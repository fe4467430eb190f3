"""Shared questions, pages and whom a question is put to."""

import pytest

from config.maturity_model import MaturityModel
from config.study import Mode, SideRule, Study
from tasks.survey.building.pages import form
from tests.survey.building.conftest import Load, in_mode, one, with_question


def test_items_that_share_a_question_are_one_question(load: Load, study: Study) -> None:
    """An array, a list with comment, boxes and numbers are rebuilt from their columns."""
    model = load("valdore")

    kinds = {question.code: question.kind for question in form(model, study).questions}

    assert kinds == {
        **{"ROLE": "L", "DEBUT": "D", "ETP": "N", "FORM": "Y", "STR1": "L", "STR2": "O"},
        **{"OUT": "F", "ECH": "A", "DONN": "M", "CANAL": "L", "COM": "T"},
    }
    assert [row.code for row in one(model, study, "OUT").rows] == ["SQ001", "SQ002", "SQ003"]
    assert one(model, study, "CANAL").other


def test_question_of_a_comment_is_told_in_the_help(load: Load, study: Study) -> None:
    """LimeSurvey has no place for the comment's own question, so the list's help says it."""
    asked = one(load("valdore"), study, "STR2")

    assert asked.help is not None
    assert "Votre commentaire sur l’achat des outils" in asked.help["fr"]
    assert asked.help["en"] == "Comment box: Your comment on the purchase of tools"


def test_dimensions_that_share_a_list_show_the_levels(load: Load, study: Study) -> None:
    """Rows of one array cannot each show their own behaviours: the levels' names stand there."""
    model = load("datacites2")
    for row, code in enumerate(("D01N", "D02N"), start=1):
        model = with_question(model, code, column=f"TOUT[SQ{row}]")

    asked = one(model, study, "TOUT")

    assert [option.texts["fr"] for option in asked.options][:2] == ["Sommeil", "Éveil"]
    assert form(model, study).pages[1].title["fr"] == "Discernement"  # a page an axis


def test_short_texts_take_one_line_and_comments_several(load: Load, study: Study) -> None:
    """A free text of the profile is one line; elsewhere there is room to write."""
    model = load("datacites2")
    data = model.model_dump(mode="json", exclude_none=True)
    post = {"code": "POSTE", "kind": "text", "question": {"fr": "Votre poste", "en": "Your post"}}
    data["profile_questions"].append(post)
    model = MaturityModel.model_validate(data)

    assert one(model, study, "POSTE").kind == "S"
    assert one(model, study, "SUJET").kind == "T"


def test_each_dimension_is_a_page_that_says_where_it_stands(load: Load, study: Study) -> None:
    """Profile first, one page a dimension with its place, the rest at the end."""
    pages = form(load("datacites2"), study).pages

    assert len(pages) == 15
    assert pages[0].title["fr"] == "Vous et votre fonction"
    assert pages[1].title["fr"] == "Besoins et politiques publiques d’abord"
    assert pages[1].description["fr"].startswith("Discernement, sujet 1 sur 13\n\n")
    assert pages[1].description["en"].startswith("Discernment, subject 1 of 13\n\n")
    assert [question.code for question in pages[1].questions] == ["D01N", "D01C", "D01T"]
    assert pages[-1].title == {"fr": "Pour finir", "en": "To finish"}


def test_question_for_one_side_asks_that_side(load: Load, study: Study) -> None:
    """A question put to a side is asked of those whose profile answer tells it."""
    model = with_question(load("datacites2"), "D01T", asked_of=["digital"])

    assert one(model, study, "D01T").relevance == 'ROLE.NAOK == "DN" or ROLE.NAOK == "RD"'
    assert one(model, study, "D01N").relevance == "1"


def test_side_by_label_is_asked_by_its_code(load: Load, study: Study) -> None:
    """A rule written with an answer's text still asks by the code, which the platform compares."""
    rule = SideRule(attribute="role", values={"Direction générale": "elected"})
    model = with_question(load("datacites2"), "D01T", asked_of=["elected"])
    changed = study.model_copy(update={"side_rule": rule})

    assert one(model, changed, "D01T").relevance == 'ROLE.NAOK == "DG"'


@pytest.mark.parametrize(
    ("mode", "value", "expected"),
    [
        (Mode.CONFIDENTIAL, "L’eau", 'TOKEN:ATTRIBUTE_2 == "L’eau"'),
        (Mode.CONFIDENTIAL, 'Le "numérique" \\', "TOKEN:ATTRIBUTE_2 == 'Le \"numérique\" \\\\'"),
        (Mode.CONFIDENTIAL, 'L\'"eau"', "1"),  # no way to write it: everybody is asked
        (Mode.ANONYMOUS, "L’eau", "1"),
    ],
)
def test_side_by_participant_needs_to_know_participants(
    load: Load, study: Study, mode: Mode, value: str, expected: str
) -> None:
    """An attribute of the participants table decides where there is one; else all are asked."""
    rule = SideRule(attribute="service", values={value: "digital"})
    model = with_question(load("datacites2"), "D01T", asked_of=["digital"])
    changed = in_mode(study, mode).model_copy(update={"side_rule": rule})

    assert one(model, changed, "D01T").relevance == expected
