"""The answer lists of an adopted questionnaire under the names that its items call them by."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from config.maturity_model import ItemKind
from tasks.survey.adopting.drafts import Draft
from tasks.survey.adopting.lists import AnswerList
from tasks.survey.adopting.plan import Plan

LEVELS = "niveaux"
ORDERED = (ItemKind.SCALE, ItemKind.COHERENCE)


@dataclass(frozen=True)
class NamedList:
    """An answer set to be."""

    name: str
    answers: AnswerList
    scale: Literal["levels", "ordered", "nominal"]
    worded_apart: bool = False  # each question words the levels itself

    def serves(self, draft: Draft) -> bool:
        """Whether an item has these answers."""
        if draft.answers is None or (draft.kind is ItemKind.STAGE) != (self.scale == "levels"):
            return False
        return self.worded_apart or draft.answers == self.answers


def named_lists(found: Plan) -> tuple[NamedList, ...]:
    """Every list once: the levels' first, the others after the first question that has them.

    A list can be there twice: read as levels by most questions, and as a plain choice by one that
    offers « Autre » too.
    """
    named: list[NamedList] = []
    drafts = tuple(_drafts(found))
    for draft in drafts:
        if draft.answers is None or any(one.serves(draft) for one in named):
            continue
        if draft.kind is ItemKind.STAGE:
            name = f"{LEVELS}_{draft.code}" if named else LEVELS
            named.append(NamedList(name, draft.answers, "levels", found.scale.labels is None))
        else:
            ordered = any(one.answers == draft.answers for one in drafts if one.kind in ORDERED)
            scale: Literal["ordered", "nominal"] = "ordered" if ordered else "nominal"
            named.append(NamedList(f"reponses_{draft.code}", draft.answers, scale))
    return tuple(named)


def _drafts(found: Plan) -> Iterator[Draft]:
    """All drafts, those that give a level first."""
    for dimension in found.dimensions:
        yield dimension.stage
    for dimension in found.dimensions:
        yield from dimension.items[1:]
    yield from found.profile
    yield from found.others
