"""What each respondent answered to the stage questions, in words, for the notes workbook."""

from collections.abc import Mapping

import pandas as pd

from config.catalogue import say
from config.maturity_model import ItemKind, MaturityModel, OutOfScale
from tasks.frames import ANSWERED

WORDS = {
    OutOfScale.DONT_KNOW: "ne sait pas",
    OutOfScale.NOT_APPLICABLE: "non concerné",
    OutOfScale.REFUSED: "préfère ne pas répondre",
    OutOfScale.UNANSWERED: "sans réponse",
}


def positions_in_words(
    answers: pd.DataFrame, model: MaturityModel, language: str
) -> Mapping[str, Mapping[str, str]]:
    """Return, by pseudonym and dimension, the level given or why there is none.

    Args:
        answers: a frame of the ANSWERS contract.
        model: the maturity model.
        language: of the words.
    """
    levels = {level.code: level.label.say(language) for level in model.levels}
    words = {kind.value: say(sentence, language) for kind, sentence in WORDS.items()}
    stage = answers[answers["kind"] == ItemKind.STAGE.value].astype(object)
    found: dict[str, dict[str, str]] = {
        str(person): {} for person in answers["respondent"].unique()
    }
    for person, dimension, state, level in zip(
        stage["respondent"], stage["dimension"], stage["state"], stage["level"], strict=True
    ):
        told = levels[level] if state == ANSWERED else words.get(state, say("à vérifier", language))
        found[person].setdefault(dimension, told)
    return found
