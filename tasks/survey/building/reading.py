"""Which LimeSurvey question an item reads, and of which type that question is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from config.maturity_model import CODED_KINDS, Item, ItemKind, MaturityModel
from tasks.survey.question_types import FIXED_CODES

# LimeSurvey's type for an item that has a question to itself…
KINDS = {
    ItemKind.COMMENT: "T",
    ItemKind.TEXT: "T",
    ItemKind.MULTIPLE_CHOICE: "M",
    ItemKind.YES_NO: "Y",
    ItemKind.NUMBER: "N",
    ItemKind.DATE: "D",
}
# …and for one that has a row of an array.
ROW_KINDS = {ItemKind.YES_NO: "C", ItemKind.NUMBER: "K"}
# Arrays whose answers are the platform's own numbers: they have no list of options.
NUMBERED = {FIXED_CODES[kind]: kind for kind in "AB"}


@dataclass(frozen=True)
class Reading:
    """An item, and what it reads: a platform question (`base`) or parts of it."""

    item: Item
    base: str
    parts: tuple[str, ...]  # `OUT[SQ001]` → ("SQ001",)

    @classmethod
    def of(cls, item: Item) -> "Reading":
        """What an item reads, from its column."""
        base, *parts = re.findall(r"[A-Za-z0-9_]+", item.platform_column)
        return cls(item, base, tuple(parts))

    @property
    def comment(self) -> bool:
        """Whether it reads the comment beside an answer."""
        return bool(self.parts) and self.parts[0].endswith("comment")

    @property
    def other(self) -> bool:
        """Whether it reads the words of « other »."""
        return self.parts == ("other",)

    @property
    def beside(self) -> bool:
        """Whether it reads what stands beside an answer, not the answer."""
        return self.comment or self.other


def question_kind(model: MaturityModel, readings: Sequence[Reading]) -> str:
    """LimeSurvey's letter for the question that these items share."""
    main = next((each for each in readings if not each.beside), readings[0])
    if any(each.comment for each in readings):
        return "P" if main.item.kind is ItemKind.MULTIPLE_CHOICE else "O"
    if main.other:
        return "L"
    if not main.parts:
        return _single_kind(model, main.item)
    return "1" if len(main.parts) > 1 else _row_kind(model, main)


def _single_kind(model: MaturityModel, item: Item) -> str:
    if item.kind in CODED_KINDS:
        return "L"
    # Somebody's post takes one line, an example or a brake takes several.
    short = item.kind is ItemKind.TEXT and item in model.profile_questions
    return "S" if short else KINDS[item.kind]


def _row_kind(model: MaturityModel, main: Reading) -> str:
    if "_" in main.parts[0]:
        return ":" if main.item.kind is ItemKind.NUMBER else ";"
    if main.item.kind not in CODED_KINDS:
        return ROW_KINDS.get(main.item.kind, "Q")
    options = model.options(main.item)
    bare = all(
        option.label and {*option.label.root.values()} == {option.code} for option in options
    )
    return NUMBERED.get(tuple(option.code for option in options), "F") if bare else "F"
