"""CollectiveResults: the one frozen object that every report reads.

Everything in it is already safe to show: suppressed cells are None, quotes are consented *and*
reviewed, respondents appear at most by pseudonym and only where a report may say so. Levels are
referred to by code; labels come from the model.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Withheld(StrEnum):
    """Why a breakdown is not shown."""

    SMALL_GROUP = "small_group"  # fewer than min_group people in it
    COMPLEMENTARY = "complementary"  # would give away a small group by subtraction
    NOT_RENEWED = "not_renewed"  # too few new responses since it was last published


@dataclass(frozen=True)
class Distribution:
    """How many respondents gave each level (or ordered option), lowest first.

    `counts` is None when withheld; then `n` and `out_of_scale` are withheld too.
    """

    codes: tuple[str, ...]
    counts: tuple[int, ...] | None
    out_of_scale: Mapping[str, int] = field(default_factory=dict)  # OutOfScale value → count
    withheld: Withheld | None = None

    @property
    def n(self) -> int:
        """How many gave a level; 0 when withheld."""
        return sum(self.counts or ())


class ReadingKind(StrEnum):
    """What may be said of a distribution in words."""

    NOBODY = "nobody"  # no level given
    ONE_LEVEL = "one_level"  # the median falls on one level
    BETWEEN = "between"  # n even, the two middle levels differ
    TWO_READINGS = "two_readings"  # A ≤ 0: two modes, no median
    MODE = "mode"  # models read by `mode` only: the most frequent level
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Reading:
    """The reading of one distribution. Never a number on a level."""

    kind: ReadingKind
    levels: tuple[str, ...]  # one or two level codes, lowest first
    agreement: float | None  # van der Eijk's A; None when nobody or withheld
    agreement_word: str  # in the study's language
    if_missing_low: tuple[str, ...] = ()  # the median if all the missing sat at the lowest level
    if_missing_high: tuple[str, ...] = ()
    mean: float | None = None  # mean rank of the level (1: lowest); models read by `mean` only


@dataclass(frozen=True)
class SideView:
    """What one side answers on a dimension."""

    side: str  # side code
    size: int | None  # respondents of this side; None when that may not be said
    distribution: Distribution
    reading: Reading


@dataclass(frozen=True)
class Gap:
    """Two sides that see a dimension differently: a question, never a verdict."""

    dimension: str
    low_side: str
    high_side: str
    levels: float  # gap of the medians, in levels (halves occur)
    cliffs_delta: float


@dataclass(frozen=True)
class Quote:
    """Words of a respondent that may be printed: consented and reviewed."""

    text: str
    attribution: str  # name (consent `named`), side label, or empty
    origin: str  # `comment` (questionnaire) or `interview`


@dataclass(frozen=True)
class InterviewView:
    """What the interviews changed on a dimension."""

    interviewed: int
    confirmed: int | None  # these three: None when withheld; `after` then is too
    nuanced: int | None
    revised: int | None
    after: Distribution  # positions after interview (revised ones replace)
    reading_after: Reading
    # "S2>S3" → how many; absent when small, all absent where one would give another away
    moves: Mapping[str, int] = field(default_factory=dict)

    @property
    def spoken(self) -> bool:
        """Whether somebody may have spoken of the dimension: counts withheld, or not zero."""
        counts = (self.confirmed, self.nuanced, self.revised)
        return None in counts or any(counts)


@dataclass(frozen=True)
class CycleStanding:
    """Where a dimension stands on the drawing, and which transition comes next."""

    levels: tuple[str, ...]  # one, or two (between / two readings)
    next_level: str | None  # target of the next transition; on a cycle, the return arrow's
    new_turn: bool  # the next transition is a declared return: a new turn of the cycle


@dataclass(frozen=True)
class DimensionResult:
    """Everything the report says of one dimension."""

    code: str
    distribution: Distribution
    reading: Reading
    coherence: Distribution | None
    coherence_reading: Reading | None
    sides: tuple[SideView, ...]
    gaps: tuple[Gap, ...]
    cycle: CycleStanding | None
    interviews: InterviewView | None
    quotes: tuple[Quote, ...] = ()
    # What the interviews brought, reviewed: `example`, `brake`, `lever`, `need` → words.
    mentions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class OtherItemResult:
    """A complementary question: counts per option (multiple choice: people who ticked it)."""

    item: str
    answered: int
    counts: Mapping[str, int] | None  # option code → people; None when withheld
    numbers: tuple[float, float, float] | None = None  # quartiles and median, lowest first
    texts: tuple[str, ...] = ()  # only consented and reviewed


@dataclass(frozen=True)
class QuadrantPoint:
    """One respondent on a quadrant; no name and no pseudonym."""

    x: int  # dimensions in favour on the x axis
    x_of: int  # of how many answered
    y: int
    y_of: int
    cell: str
    on_border: bool  # one answer more or less would change the cell


@dataclass(frozen=True)
class Participation:
    """Who answered."""

    invited: int | None
    complete: int
    partial_kept: int
    excluded: int  # tests, duplicates, too few answers, outside the dates
    by_side: Mapping[str, tuple[int | None, int | None]]  # side → answered, invited; None withheld
    by_day: Mapping[str, int] = field(default_factory=dict)  # ISO date → responses submitted
    interviewed: int = 0


@dataclass(frozen=True)
class Subject:
    """A subject that nobody takes into account and that should be."""

    label: str
    mentions: int
    details: tuple[str, ...] = ()  # reviewed paraphrases


@dataclass(frozen=True)
class Remark:
    """A remark on the notion of maturity, or on one stage."""

    about: str  # empty: the notion; else a level code
    text: str


@dataclass(frozen=True)
class WaveChange:
    """How a dimension moved since the former wave: same people, same wording only."""

    dimension: str
    pairs: int
    paths: Mapping[str, int]  # "S5>S3" → people; empty under the study's min_pairs
    new_turns: int  # along a declared return arrow
    withheld: bool = False  # some paths are not told: somebody would be recognised


@dataclass(frozen=True)
class CollectiveResults:
    """The collective results of one wave of one study, at one moment."""

    study: str
    wave: str
    model: str
    model_version: str
    computed_at: datetime  # aware, UTC
    data_until: date
    mode: str
    min_group: int
    participation: Participation
    dimensions: tuple[DimensionResult, ...]
    other_items: tuple[OtherItemResult, ...] = ()
    quadrant: tuple[QuadrantPoint, ...] | None = None
    subjects: tuple[Subject, ...] = ()
    remarks: tuple[Remark, ...] = ()
    wave_changes: tuple[WaveChange, ...] = ()
    quotes: tuple[Quote, ...] = ()  # those that speak to no dimension
    withheld_notes: tuple[str, ...] = ()  # kind sentences on what is withheld and why

    def dimension(self, code: str) -> DimensionResult:
        """The result of one dimension.

        Raises:
            KeyError: no dimension has this code.
        """
        return {result.code: result for result in self.dimensions}[code]
