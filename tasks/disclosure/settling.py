"""The last word on what an issue shows: what the attacker would work out is taken back.

The plan keeps groups and differences from being too small, whatever people answered. Some
answers give more away: a side of one mind, or two late answers that happen to be the same. Each
table is therefore tried beside all earlier ones, with all its sides, then with fewer. One that
cannot be shown anew stays as the last issue showed it, which tells nothing new; failing that it
is withheld.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from config.maturity_model import Item, ItemKind, MaturityModel, ReadingRule
from config.study import Study
from tasks.disclosure.attack import tells
from tasks.disclosure.former import counts_erased, not_lifted
from tasks.disclosure.moves import change, lists_a_move, tells_a_move
from tasks.disclosure.quadrant import shown_quadrant
from tasks.disclosure.tables import (
    EVERYBODY,
    TICKED,
    Issue,
    Table,
    Values,
    after_table,
    asked,
    change_told,
    changes_table,
    read_distribution,
    read_options,
    row_of,
    tables,
)
from tasks.disclosure.waves import shown_changes
from tasks.interviews.model import PositionChange
from tasks.results import (
    CollectiveResults,
    DimensionResult,
    Distribution,
    InterviewView,
    OtherItemResult,
    Reading,
    SideView,
    Withheld,
)
from tasks.scoring.cycle import standing
from tasks.scoring.notices import kept_notes, quadrant_note, withheld_notes
from tasks.scoring.positions import reading, withheld
from tasks.scoring.profiles import gaps
from tasks.scoring.publication import Plan


@dataclass(frozen=True)
class _Desk:
    """What every table is settled with."""

    model: MaturityModel
    study: Study
    plan: Plan
    invited: int
    past: Sequence[Mapping[str, tuple[Table, ...]]]  # issue by issue
    figures: Sequence[Values]  # of each issue
    compared: Sequence[Values]  # of those whose answers are compared
    after_erasure: bool  # staff chose to show everybody's row without those erased since

    @property
    def last(self) -> Values:
        """The figures of the last issue."""
        return self.compared[-1] if self.compared else {}

    def gives_away(
        self,
        name: str,
        item: Item,
        rows: Mapping[str, Mapping[str, int]],
        after: Mapping[str, int] | None = None,
    ) -> bool:
        """Would these rows, beside the earlier ones, give away more than these did?

        With `after`: and what the dimension shows after the interviews, over everybody?
        """
        former = [table for issue in self.past for table in issue.get(name, ())]
        groups = asked(self.plan.publication.groups, item)
        now = [Table(groups, rows)]
        if after:
            now.append(after_table(groups, self.plan.publication.interviews, name, after))
        return tells(former, now, self.plan.min_group, self.after_erasure)

    def tells_who_changed(self, name: str, item: Item, view: InterviewView) -> bool:
        """Do the counts of those who confirmed, nuanced and revised give somebody away?"""
        told = (view.confirmed, view.nuanced, view.revised)
        row = {c.value: n for c, n in zip(PositionChange, told, strict=True) if n is not None}
        former = [table for issue in self.past for table in issue.get(f"{name}.interview", ())]
        groups = asked(self.plan.publication.groups, item)
        now = changes_table(groups, self.plan.publication.interviews, name, row)
        return tells(former, [now], self.plan.min_group, self.after_erasure)

    def read(self, shown: Distribution, item: Item) -> Reading:
        """What may be said of a distribution over everybody."""
        stage = item.kind is ItemKind.STAGE
        rule = self.model.reading if stage else ReadingRule.DISTRIBUTION
        missing = None if item.asked_of else max(shown.n, self.invited)
        return reading(shown, self.study, rule, missing)


def settle(
    results: CollectiveResults,
    plan: Plan,
    history: Sequence[Issue],
    model: MaturityModel,
    study: Study,
    *,
    after_erasure: bool = False,
) -> tuple[CollectiveResults, Plan]:
    """Take back from the results what would give somebody's answer away.

    Args:
        results: computed as `plan` allows.
        plan: what the issue may show whatever people answered.
        history: the earlier issues of the wave, oldest first.
        model: items and levels.
        study: language, sides, smallest group.
        after_erasure: staff chose to show everything without those erased since.

    Returns:
        Results that may be shown, and the plan whose ledger says what they repeat.
    """
    figures, answered = [issue.values for issue in history], not_lifted(history)
    compared = [issue.values for issue in answered]
    past = [tables(model, issue) for issue in history]
    invited = results.participation.invited or 0
    chosen = after_erasure and counts_erased(history)
    desk = _Desk(model, study, plan, invited, past, figures, compared, chosen)
    dimensions = [_dimension(one, desk) for one in results.dimensions]
    others = [_other(one, desk) for one in results.other_items]
    held = frozenset(name for _, names in (*dimensions, *others) for name in names)
    told = tuple(one for one, _ in dimensions)
    points = shown_quadrant(results.quadrant, plan, answered, model, after_erasure=chosen)
    notes = [*withheld_notes(told, plan, model, study), *kept_notes(held, model, study)]
    if results.quadrant and not points:
        notes.append(quadrant_note(study))
    settled = replace(
        results,
        dimensions=told,
        other_items=tuple(one for one, _ in others),
        quadrant=points,
        wave_changes=shown_changes(results.wave_changes, told, plan, held, compared),
        withheld_notes=tuple(notes),
    )
    return settled, replace(plan, publication=replace(plan.publication, held=held))


def _dimension(one: DimensionResult, desk: _Desk) -> tuple[DimensionResult, set[str]]:
    """A dimension as it may be shown, and the names of the tables that are as they were."""
    dimension, name = desk.model.dimension(one.code), f"dimension.{one.code}"
    stage, coherence = (dimension.item(kind) for kind in (ItemKind.STAGE, ItemKind.COHERENCE))
    held: set[str] = set()
    if stage is not None and one.distribution.counts is not None:
        one, kept = _stage(one, name, stage, desk)
        held |= {name} if kept else set()
    if coherence is not None and one.coherence is not None and one.coherence.counts is not None:
        name = f"{name}.coherence"
        if desk.gives_away(name, coherence, {EVERYBODY: row_of(one.coherence)}):
            former = read_distribution(desk.last, name, one.coherence.codes)
            shown = former or withheld(one.coherence.codes, Withheld.NOT_RENEWED)
            one = replace(one, coherence=shown, coherence_reading=desk.read(shown, coherence))
            held |= {name} if former else set()
    return one, held


def _stage(
    one: DimensionResult, name: str, item: Item, desk: _Desk
) -> tuple[DimensionResult, bool]:
    """The distribution of a dimension and its sides; True when they are those of before."""
    whole = {EVERYBODY: row_of(one.distribution)}
    shown = {v.side: row_of(v.distribution) for v in one.sides if v.distribution.counts is not None}
    fine = [s for s in shown if not desk.gives_away(name, item, {s: shown[s]} | whole)]
    for chosen in _most_first(shown, fine):
        if not desk.gives_away(name, item, {s: shown[s] for s in chosen} | whole):
            views = tuple(_among(view, chosen, desk.study) for view in one.sides)
            after = _after(one, name, item, {s: shown[s] for s in chosen} | whole, desk)
            return replace(one, sides=views, gaps=gaps(one.code, views), interviews=after), False
    former = read_distribution(desk.last, name, one.distribution.codes)
    told = former or withheld(one.distribution.codes, Withheld.NOT_RENEWED)
    views = tuple(_as_before(view, name, desk) for view in one.sides)
    read = desk.read(told, item)
    kept = replace(
        one,
        distribution=told,
        reading=read,
        sides=views,
        gaps=gaps(one.code, views),
        cycle=standing(read, desk.model),
        interviews=_without_counts(one.interviews, desk) if former else None,
    )
    return kept, former is not None


def _most_first(
    rows: Mapping[str, Mapping[str, int]], sides: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """The sets of sides that could be shown: most sides first, of these most people; none last."""
    for size in range(len(sides), -1, -1):
        sets = combinations(sides, size)
        yield from sorted(sets, key=lambda some: -sum(sum(rows[s].values()) for s in some))


def _among(view: SideView, chosen: Sequence[str], study: Study) -> SideView:
    if view.side in chosen or view.distribution.counts is None:
        return view
    return _withheld(view, Withheld.COMPLEMENTARY, study)


def _size(distribution: Distribution) -> int:
    return sum(row_of(distribution).values())


def _withheld(view: SideView, reason: Withheld, study: Study) -> SideView:
    hidden = withheld(view.distribution.codes, reason)
    return replace(view, distribution=hidden, reading=reading(hidden, study))


def _as_before(view: SideView, name: str, desk: _Desk) -> SideView:
    """A side as the last issue showed it on this dimension, if it did."""
    codes = view.distribution.codes
    former = read_distribution(desk.last, f"{name}.side.{view.side}", codes)
    if former is None:
        return _withheld(view, Withheld.NOT_RENEWED, desk.study)
    read = reading(former, desk.study, desk.model.reading)
    return SideView(view.side, _size(former), former, read)


def _after(
    one: DimensionResult,
    name: str,
    item: Item,
    rows: Mapping[str, Mapping[str, int]],
    desk: _Desk,
) -> InterviewView | None:
    """What the interviews changed, as far as it may stand beside these rows."""
    view = one.interviews
    if view is None:
        return None
    after = row_of(view.after)
    if desk.gives_away(name, item, rows, after) or desk.tells_who_changed(name, item, view):
        return _without_counts(view, desk, Withheld.COMPLEMENTARY)
    former = [told for values in desk.figures if (told := change_told(values, name))]
    now = change(rows[EVERYBODY], after, view.moves)
    if tells_a_move(now, former):
        return _without_after(view, desk, Withheld.SMALL_GROUP)
    return replace(view, moves={}) if lists_a_move(now, former) else view


def _without_counts(
    view: InterviewView | None, desk: _Desk, reason: Withheld = Withheld.NOT_RENEWED
) -> InterviewView | None:
    """How many were met, without what came of it: neither counts, distribution nor moves."""
    if view is None:
        return None
    hidden = _without_after(view, desk, reason)
    return replace(hidden, confirmed=None, nuanced=None, revised=None)


def _without_after(view: InterviewView, desk: _Desk, reason: Withheld) -> InterviewView:
    """How many confirmed, nuanced and revised, without what they said instead."""
    hidden = withheld(view.after.codes, reason)
    return replace(view, after=hidden, reading_after=reading(hidden, desk.study), moves={})


def _other(one: OtherItemResult, desk: _Desk) -> tuple[OtherItemResult, set[str]]:
    """A complementary question as it may be shown."""
    item, name = desk.model.item(one.item), f"other.{one.item}"
    counts = one.counts or {}
    several = item.kind is ItemKind.MULTIPLE_CHOICE
    rows = {name: dict(counts)} if not several else {
        f"{name}.option.{option}": {TICKED: count} for option, count in counts.items()
    }  # fmt: skip
    if not any(desk.gives_away(key, item, {EVERYBODY: row}) for key, row in rows.items() if row):
        return one, set()
    former = read_options(desk.last, name)
    if former is None:
        return replace(one, counts=None, numbers=None), set()
    answered, options = former
    kept = replace(one, answered=answered, counts=options, numbers=None)
    return kept, set(rows)
