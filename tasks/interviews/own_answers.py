"""What one respondent answered, dimension by dimension, for their interview guide."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from config.catalogue import say
from config.maturity_model import ItemKind, MaturityModel
from tasks.frames import ANSWERED
from tasks.interviews.positions import WORDS


@dataclass(frozen=True)
class OwnAnswer:
    """The answers of one person on one dimension."""

    level: str | None = None  # level code; None: no level given
    stage: str = ""  # the same in words, or why there is none
    coherence: str = ""  # the option, or why there is none; empty: not asked
    comment: str = ""  # as typed


def own_answers(
    answers: pd.DataFrame, model: MaturityModel, language: str
) -> Mapping[str, Mapping[str, OwnAnswer]]:
    """Return, by pseudonym and dimension, what each respondent answered.

    Args:
        answers: a frame of the ANSWERS contract.
        model: the maturity model.
        language: of the words.
    """
    told: dict[str, dict[str, dict[str, str | None]]] = {
        str(person): {} for person in answers["respondent"].unique()
    }
    rows = answers[answers["dimension"].notna()].astype(object)
    columns = (rows[name] for name in ("respondent", "item", "state", "option", "level", "text"))
    for person, code, state, option, level, text in zip(*columns, strict=True):
        item = model.item(code)
        dimension = model.dimension_of(item)
        if dimension is not None:
            cell = told[person].setdefault(dimension.code, {})
            for key, value in _cell(model, code, state, option, level, text, language).items():
                cell.setdefault(key, value)
    return {
        person: {code: OwnAnswer(**cell) for code, cell in cells.items()}  # type: ignore[arg-type]
        for person, cells in told.items()
    }


def _cell(
    model: MaturityModel,
    code: str,
    state: str,
    option: str | None,
    level: str | None,
    text: str | None,
    language: str,
) -> dict[str, str | None]:
    """What one answer says, under the name of a field of `OwnAnswer`."""
    item = model.item(code)
    silent = {kind.value: say(sentence, language) for kind, sentence in WORDS.items()}
    if item.kind is ItemKind.COMMENT:
        return {"comment": str(text)} if state == ANSWERED and isinstance(text, str) else {}
    if state != ANSWERED:
        words = silent.get(state, say("à vérifier", language))
        names = {ItemKind.STAGE: "stage", ItemKind.COHERENCE: "coherence"}
        return {names[item.kind]: words} if item.kind in names else {}
    if item.kind is ItemKind.STAGE:
        return {"level": level, "stage": model.level(str(level)).label.say(language)}
    if item.kind is ItemKind.COHERENCE:
        found = next((one for one in model.options(item) if one.code == option), None)
        return {"coherence": model.option_text(item, found, language)} if found else {}
    return {}
