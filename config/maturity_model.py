"""The maturity model as data: levels, axes > dimensions > items, answers, texts.

One YAML file a model (`config/models/<code>.yaml`). Topology drives wording and drawing only,
never arithmetic; no overall reading exists.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from config.text import Code, Frozen, OptionCode, PlatformCode, Share, Text


class Topology(StrEnum):
    """How the levels of a model relate to each other."""

    CYCLE = "cycle"
    LINEAR = "linear"
    QUADRANT = "quadrant"
    NONE = "none"


class ReadingRule(StrEnum):
    """How a dimension is read; `mean` only where the model itself declares it."""

    DISTRIBUTION = "distribution"
    MEDIAN = "median"
    MODE = "mode"
    AXIS_THRESHOLD = "axis_threshold"
    MEAN = "mean"


class OutOfScale(StrEnum):
    """Four different things that are not a level; none is ever imputed."""

    DONT_KNOW = "dont_know"
    NOT_APPLICABLE = "not_applicable"
    REFUSED = "refused"
    UNANSWERED = "unanswered"


class ItemKind(StrEnum):
    """What a question asks for."""

    STAGE = "stage"
    COHERENCE = "coherence"
    COMMENT = "comment"
    SCALE = "scale"
    CHOICE = "choice"
    MULTIPLE_CHOICE = "multiple_choice"
    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


CODED_KINDS = frozenset({ItemKind.STAGE, ItemKind.COHERENCE, ItemKind.SCALE, ItemKind.CHOICE})
"""Kinds whose answer is one code of an answer set."""


class Level(Frozen):
    """One level; the order in the file is the order of the scale."""

    code: Code
    label: Text
    short: Text
    description: Text


class Arrow(Frozen):
    """A declared return of the cycle (DataCités: 5 → 3), « un nouveau tour »."""

    origin: Code
    target: Code
    meaning: Text


class Option(Frozen):
    """One answer of a set: mapped to a level, out of scale, or neither (ordered, nominal sets).

    A level option without a label shows the dimension's own behaviour for that level.
    """

    code: OptionCode
    label: Text | None = None
    level: Code | None = None
    out_of_scale: OutOfScale | None = None


class AnswerSet(Frozen):
    """Answers shared by items; in-scale options stand in order, lowest first."""

    scale: Literal["levels", "ordered", "nominal"]
    options: Annotated[tuple[Option, ...], Field(min_length=2)]

    @property
    def in_scale(self) -> tuple[Option, ...]:
        """The options that are on the scale, in order."""
        return tuple(option for option in self.options if option.out_of_scale is None)


class Item(Frozen):
    """One question put to a respondent.

    `column` is the answer's key in the platform's export (`STR1`, `STR2[comment]`, `OUT[SQ001]`);
    it is the code itself when left out.
    """

    code: PlatformCode
    kind: ItemKind
    question: Text
    help: Text | None = None
    answer_set: Code | None = None
    choices: tuple[Option, ...] = ()  # multiple choice: one sub-question each
    other: bool = False
    mandatory: bool = False
    asked_of: tuple[Code, ...] = ()  # sides; empty: everybody
    column: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9]*(\[[A-Za-z0-9_]+\])*$")] | None = (
        None
    )

    @property
    def platform_column(self) -> str:
        """The key of this item's answer in the platform's export."""
        return self.column or self.code

    @property
    def platform_columns(self) -> tuple[str, ...]:
        """All keys this item reads: several for a multiple choice, one or two otherwise."""
        base = self.platform_column
        rows = [f"{base}[{choice.code}]" for choice in self.choices] or [base]
        return (*rows, f"{base}[other]") if self.other else tuple(rows)


def _whole(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


class Action(Frozen):
    """Something an authority can do, within 1, 3 or 6 months."""

    # months; a file gives text, and a choice of numbers does not read text by itself
    horizon: Annotated[Literal[1, 3, 6], BeforeValidator(_whole)]
    text: Text


class Readings(Frozen):
    """Help to read a dimension: when views are shared, and when they are divided."""

    shared: Text
    divided: Text


class Dimension(Frozen):
    """One subject that respondents place on the levels."""

    code: Code
    label: Text
    description: Text
    behaviours: Mapping[str, Text]  # level code → a behaviour one can agree with
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    interview_prompts: tuple[Text, ...] = ()
    workshop_questions: tuple[Text, ...] = ()
    readings: Readings | None = None
    recommendations: tuple[Code, ...] = ()
    actions: tuple[Action, ...] = ()

    def item(self, kind: ItemKind) -> Item | None:
        """The first item of this kind, or None."""
        return next((item for item in self.items if item.kind is kind), None)


class Axis(Frozen):
    """A capacity: a family of dimensions."""

    code: Code
    label: Text
    description: Text
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]


class Cell(Frozen):
    """A named cell of a quadrant."""

    code: Code
    label: Text
    description: Text
    x: Literal["low", "high"]
    y: Literal["low", "high"]


class Quadrant(Frozen):
    """Two axes, one cut, four named cells (Capgemini).

    A respondent's coordinate on an axis is the number of its dimensions placed at
    `in_favour_from` or above, of those answered; the cut is a share of them.
    """

    x: Code
    y: Code
    in_favour_from: Code
    cut: Share = 0.5
    cells: Annotated[tuple[Cell, ...], Field(min_length=4, max_length=4)]


class Term(Frozen):
    """A word of the glossary."""

    term: Text
    definition: Text


class Replacement(Frozen):
    """What an earlier version of this model called things, so that waves can be compared."""

    version: str
    items: Mapping[str, str] = {}  # old item code → new item code
    levels: Mapping[str, str] = {}  # old level code → new level code


class MaturityModel(Frozen):
    """A whole model. Its codes are stable over waves; a wave pins code, version and hash."""

    code: Code
    version: str
    title: Text
    description: Text
    licence: str
    source: Text
    languages: Annotated[tuple[str, ...], Field(min_length=1)]
    topology: Topology
    level_word: Text  # « stade », « degré »
    reading: ReadingRule = ReadingRule.DISTRIBUTION
    levels: Annotated[tuple[Level, ...], Field(min_length=2)]
    return_arrows: tuple[Arrow, ...] = ()
    quadrant: Quadrant | None = None
    answer_sets: Mapping[str, AnswerSet]
    profile_questions: tuple[Item, ...] = ()
    axes: Annotated[tuple[Axis, ...], Field(min_length=1)]
    other_items: tuple[Item, ...] = ()
    unused_questions: tuple[PlatformCode, ...] = ()  # on the platform, on purpose not read
    glossary: tuple[Term, ...] = ()
    replaces: tuple[Replacement, ...] = ()

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """All dimensions, axis by axis."""
        return tuple(dimension for axis in self.axes for dimension in axis.dimensions)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items: profile questions first, then the dimensions', then the others."""
        inner = tuple(item for dimension in self.dimensions for item in dimension.items)
        return (*self.profile_questions, *inner, *self.other_items)

    @cached_property
    def level_codes(self) -> tuple[str, ...]:
        """The level codes in the order of the scale."""
        return tuple(level.code for level in self.levels)

    def item(self, code: str) -> Item:
        """The item of this code.

        Raises:
            KeyError: no item has it.
        """
        return self._items_by_code[code]

    def dimension(self, code: str) -> Dimension:
        """The dimension of this code.

        Raises:
            KeyError: no dimension has it.
        """
        return next(d for d in self.dimensions if d.code == code)

    def level(self, code: str) -> Level:
        """The level of this code (StopIteration never leaves: codes are checked on load)."""
        return next(level for level in self.levels if level.code == code)

    def options(self, item: Item) -> tuple[Option, ...]:
        """The options a respondent can choose from; empty for free entries."""
        if item.answer_set is not None:
            return self.answer_sets[item.answer_set].options
        return item.choices

    def option_text(self, item: Item, option: Option, language: str) -> str:
        """What a respondent reads for an option: its label, else the behaviour of its level."""
        if option.label is not None:
            return option.label.say(language)
        if option.level is None:
            return option.code
        dimension = self.dimension_of(item)
        if dimension and option.level in dimension.behaviours:
            return dimension.behaviours[option.level].say(language)
        return self.level(option.level).label.say(language)

    def dimension_of(self, item: Item) -> Dimension | None:
        """The dimension an item belongs to; None for profile and other items."""
        return next((d for d in self.dimensions if item in d.items), None)

    def coded_items(self) -> Iterator[Item]:
        """The items answered by one code of an answer set."""
        return (item for item in self.items if item.kind in CODED_KINDS)

    @cached_property
    def _items_by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}
