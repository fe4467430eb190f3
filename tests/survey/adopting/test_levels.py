"""Which list of answers is the scale, and which answers are no level."""

from pathlib import Path

import pytest

from config.errors import PlatformError
from config.maturity_model import ItemKind, OutOfScale
from tasks.survey.adopting import adopt
from tasks.survey.adopting.out_of_scale import out_of_scale
from tests.survey.adopting.conftest import AGREEMENT, TODAY, adopted, asked, questionnaire


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
