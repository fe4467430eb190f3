"""Step 3 of the study: the collective results, assembled from every part of the scoring."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from config.maturity_model import Dimension, Item, ItemKind, MaturityModel, ReadingRule
from config.study import Study, Wave
from tasks.frames import ANSWERS
from tasks.interviews.merging import (
    Positions,
    cells_before,
    interview_view,
    mentions,
    quotes,
    remarks,
    subjects,
)
from tasks.interviews.model import Notes
from tasks.results import (
    CollectiveResults,
    DimensionResult,
    Distribution,
    InterviewView,
    Participation,
    Quote,
    Reading,
    Withheld,
)
from tasks.scoring.cycle import standing
from tasks.scoring.disclosure import small
from tasks.scoring.notices import withheld_notes
from tasks.scoring.other_items import other_item_results
from tasks.scoring.positions import Cell, Counts, Tally, group_counts, reading, tally, withheld
from tasks.scoring.profiles import gaps, side_views
from tasks.scoring.publication import Plan
from tasks.scoring.quadrant import quadrant_points


@dataclass(frozen=True)
class _Scoring:
    """What every dimension is scored from."""

    model: MaturityModel
    study: Study
    plan: Plan
    counted: Tally
    before: Mapping[str, Mapping[str, Cell]]  # stage item → person interviewed → cell
    quotes: Mapping[str | None, tuple[Quote, ...]]
    mentions: Mapping[str, Mapping[str, tuple[str, ...]]]
    invited: int | None
    invited_by_side: Mapping[str | None, int]


def collective_results(
    answers: pd.DataFrame,
    model: MaturityModel,
    study: Study,
    wave: Wave,
    *,
    plan: Plan,
    participation: Participation,
    notes: Notes,
    names: Mapping[str, str] | None = None,
    invited_by_side: Mapping[str | None, int] | None = None,
    computed_at: datetime,
    data_until: date,
) -> CollectiveResults:
    """Score one wave of a study; everything returned is safe to show.

    Of an item that some sides are asked, only the answers of these sides count.

    Args:
        answers: a frame of the ANSWERS contract, of the respondents of `plan`.
        model: the maturity model of the wave.
        study: sides, words, confidentiality, language.
        wave: the wave.
        plan: what this issue may show, from `plan_publication`.
        participation: who answered so far; it goes on while the results wait to be renewed.
        notes: all interview notes.
        names: pseudonym → name, for quotes with consent `named`.
        invited_by_side: people invited per side (None: side not known), when known.
        computed_at: now, aware, UTC.
        data_until: day of the last answer taken into account.

    Raises:
        pandera.errors.SchemaError: a frame that does not hold its contract.
    """
    rows = ANSWERS.validate(answers)
    sides = {p: side for side, group in plan.publication.groups.items() for p in group}
    scoring = _Scoring(
        model,
        study,
        plan,
        tally(rows, sides),
        cells_before(rows, plan.publication.interviews),
        quotes(notes, _side_labels(plan, study), names or {}),
        mentions(notes) if _many(plan, study) else {},
        participation.invited,
        invited_by_side or {},
    )
    dimensions = tuple(_dimension(dimension, scoring) for dimension in model.dimensions)
    return CollectiveResults(
        study=study.code,
        wave=wave.code,
        model=model.code,
        model_version=model.version,
        computed_at=computed_at,
        data_until=data_until,
        mode=study.confidentiality.mode.value,
        min_group=plan.min_group,
        participation=participation,
        dimensions=dimensions,
        other_items=other_item_results(rows, model, plan),
        quadrant=None if plan.whole else quadrant_points(rows, model, plan.min_group),
        subjects=subjects(notes),
        remarks=remarks(notes, model),
        quotes=scoring.quotes.get(None, ()),
        withheld_notes=withheld_notes(dimensions, plan, model, study),
    )


def _dimension(dimension: Dimension, scoring: _Scoring) -> DimensionResult:
    model, study = scoring.model, scoring.study
    item = dimension.item(ItemKind.STAGE)
    counts = _counts(item, model.level_codes, scoring)
    shown, read = _whole(item, counts, scoring, model.reading)
    coherence, coherence_read = _coherence(dimension, scoring)
    cells = scoring.counted.get(item.code, {}) if item else {}
    views = (
        side_views(item, counts.codes, cells, scoring.plan, study, model.reading) if item else ()
    )
    return DimensionResult(
        code=dimension.code,
        distribution=shown,
        reading=read,
        coherence=coherence,
        coherence_reading=coherence_read,
        sides=views,
        gaps=gaps(dimension.code, views),
        cycle=standing(read, model),
        interviews=_interviews(dimension, item, counts, shown, scoring),
        quotes=scoring.quotes.get(dimension.code, ()),
        mentions=scoring.mentions.get(dimension.code, {}),
    )


def _counts(item: Item | None, codes: tuple[str, ...], scoring: _Scoring) -> Counts:
    groups = scoring.counted.get(item.code, {}) if item else {}
    asked = item.asked_of if item else ()
    return group_counts(codes, [c for side, c in groups.items() if side in asked or not asked])


def _whole(
    item: Item | None,
    counts: Counts,
    scoring: _Scoring,
    rule: ReadingRule = ReadingRule.DISTRIBUTION,
) -> tuple[Distribution, Reading]:
    """The distribution over all respondents, and what may be said of it."""
    reason = scoring.plan.withheld(item) if item else scoring.plan.whole
    if small(counts, scoring.plan.min_group):
        reason = reason or Withheld.SMALL_GROUP
    shown = withheld(counts.codes, reason) if reason else counts.shown()
    return shown, reading(shown, scoring.study, rule, _population(item, scoring))


def _population(item: Item | None, scoring: _Scoring) -> int:
    """How many people could have answered this item: invited when known, else respondents."""
    sides = item.asked_of if item else ()
    groups = scoring.plan.publication.groups
    answered = sum(len(people) for side, people in groups.items() if side in sides or not sides)
    if not sides:
        return max(answered, scoring.invited or 0)
    return max(answered, sum(scoring.invited_by_side.get(side, 0) for side in sides))


def _coherence(
    dimension: Dimension, scoring: _Scoring
) -> tuple[Distribution | None, Reading | None]:
    item = dimension.item(ItemKind.COHERENCE)
    if item is None or item.answer_set is None:
        return None, None
    scale = scoring.model.answer_sets[item.answer_set].in_scale
    counts = _counts(item, tuple(option.code for option in scale), scoring)
    return _whole(item, counts, scoring)


def _interviews(
    dimension: Dimension,
    item: Item | None,
    counts: Counts,
    shown: Distribution,
    scoring: _Scoring,
) -> InterviewView | None:
    if item is None or shown.withheld:
        return None
    return interview_view(
        dimension.code,
        _of_those_counted(dimension.code, item, scoring),
        counts,
        _before(item, scoring),
        scoring.study,
        scoring.model.reading,
    )


def _of_those_counted(code: str, item: Item, scoring: _Scoring) -> Positions:
    """What the interviews did; on this dimension, to the answers that count in it alone.

    Whoever was not asked, or whose answers are still to be published, would be counted afterwards
    and not before.
    """
    counted = _asked(item, scoring)
    return {
        person: done if person in counted else {d: said for d, said in done.items() if d != code}
        for person, done in scoring.plan.publication.interviews.items()
    }


def _before(item: Item, scoring: _Scoring) -> dict[str, Cell]:
    """What the people interviewed answered, as far as it counts."""
    asked = _asked(item, scoring)
    return {p: cell for p, cell in scoring.before.get(item.code, {}).items() if p in asked}


def _asked(item: Item, scoring: _Scoring) -> set[str]:
    """The people whose answers to an item are published."""
    groups = scoring.plan.publication.groups
    return {p for side in item.asked_of or groups for p in groups.get(side, ())}


def _many(plan: Plan, study: Study) -> bool:
    """True when enough people answered for words without a name."""
    people = sum(map(len, plan.publication.groups.values()))
    return people >= study.confidentiality.quote_group


def _side_labels(plan: Plan, study: Study) -> dict[str, str]:
    """Person → side, for those whose side an anonymous quote may bear."""
    groups = plan.publication.groups
    if not _many(plan, study):
        return {}
    labels = {side.code: side.label.say(study.language) for side in study.sides}
    return {person: labels[side] for side in plan.publication.shown for person in groups[side]}
