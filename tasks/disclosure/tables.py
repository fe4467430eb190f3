"""The count tables of an issue, found again among its figures, and the people they are about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from config.maturity_model import Item, ItemKind, MaturityModel
from tasks.disclosure.moves import Change, change
from tasks.interviews.merging import Positions
from tasks.interviews.model import PositionChange
from tasks.results import Distribution
from tasks.scoring.ledger import Group, Publication

Values = Mapping[str, str | float | int | None]
"""Stable name of a figure → the figure, as a report publishes it."""

EVERYBODY = ""
"""The row of all those asked."""

BESIDE = " "
"""The group of those who were met without being asked: no side is called so."""

TICKED = "ticked"
"""The column of a box that may be ticked beside others."""

QUADRANT, PLACE = "quadrant", "quadrant.place."
"""The table of the places between two axes, and what the names of its figures begin with."""

APART = frozenset({ItemKind.STAGE, ItemKind.COHERENCE})


@dataclass(frozen=True)
class Table:
    """What one issue makes public of one question.

    Attributes:
        groups: side → its people, of the sides asked; the empty side: side not known.
        rows: side (`EVERYBODY`: all those asked) → answer → people; only the rows shown.
    """

    groups: Mapping[str, Group]
    rows: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Issue:
    """What an attacker holds of one issue.

    Attributes:
        groups: side → its people.
        values: the figures published.
        held: names of the tables that repeat those of an earlier issue.
        interviews: who was met, and what came of it.
        lifted: what it tells of answers is not held against a new issue: the wave was closed
            since. What it tells of interviews is.
    """

    groups: Mapping[str, Group]
    values: Values
    held: frozenset[str] = frozenset()
    interviews: Positions = field(default_factory=dict)
    lifted: bool = False


def issue_of(publication: Publication, values: Values) -> Issue:
    """An issue with these figures, made of these people."""
    return Issue(publication.groups, values, publication.held, publication.interviews)


def tables(model: MaturityModel, issue: Issue) -> dict[str, tuple[Table, ...]]:
    """The tables of an issue by name; one that repeats an earlier one says nothing new.

    The names are the beginnings of the names of their figures: `dimension.STR`,
    `dimension.STR.coherence`, `dimension.STR.interview`, `other.OBS.option.O3`, `quadrant`. What a
    dimension shows after the interviews is about the same people as what it shows before, and
    stands beside it. Of an issue that is lifted, the counts of interviews alone are left.
    """
    found: dict[str, tuple[Table, ...]] = {}
    for name, item, rows in _all_rows(model, issue):
        if EVERYBODY in rows and name not in issue.held:
            groups = asked(issue.groups, item)
            if not issue.lifted:
                after = _row(issue.values, f"{name}.after")
                more = (after_table(groups, issue.interviews, name, after),) if after else ()
                found[name] = (Table(groups, rows), *more)
            if changes := _changes(issue.values, name):
                told = changes_table(groups, issue.interviews, name, changes)
                found[f"{name}.interview"] = (told,)
    if not issue.lifted and (places := places_told(issue.values)):
        found[QUADRANT] = (Table(issue.groups, {EVERYBODY: places}),)
    return found


def after_table(
    groups: Mapping[str, Group], interviews: Positions, name: str, row: Mapping[str, int]
) -> Table:
    """What a dimension shows after the interviews, over everybody; `name`: of its table.

    Should it count more people than before, they are those who were met without being asked.
    """
    dimension = name.rpartition(".")[2]
    asked_before = set(chain.from_iterable(groups.values()))
    beside = dict.fromkeys(interviews.keys() - asked_before, "")
    if sum(row.values()) > len(asked_before):
        groups = {**groups, BESIDE: beside}
    return Table(after_interviews(groups, interviews, dimension), {EVERYBODY: row})


def changes_table(
    groups: Mapping[str, Group], interviews: Positions, name: str, row: Mapping[str, int]
) -> Table:
    """How many of those met confirmed, nuanced or revised; `name`: of the dimension's table."""
    dimension = name.rpartition(".")[2]
    met = {
        side: {p: _version(interviews[p], dimension) for p in group if p in interviews}
        for side, group in groups.items()
    }
    return Table(met, {EVERYBODY: row})


def _version(done: Mapping[str, str], dimension: str) -> str:
    """What came of an interview on a dimension; of somebody erased, which version it was."""
    return done.get(dimension, done.get("", ""))


def after_interviews(
    groups: Mapping[str, Group], interviews: Positions, dimension: str
) -> Mapping[str, Group]:
    """The same people, those who were met with a sheet of their own: it may say something else.

    Who was met is known to their colleagues; whether they changed their mind is not.
    """

    def sheet(person: str, fingerprint: str) -> str:
        done = interviews.get(person)
        if done is None:
            return fingerprint
        return f"{fingerprint} {_version(done, dimension)}"

    return {
        side: {person: sheet(person, fingerprint) for person, fingerprint in group.items()}
        for side, group in groups.items()
    }


def asked(groups: Mapping[str, Group], item: Item) -> Mapping[str, Group]:
    """The people who were asked an item, by side."""
    return {s: people for s, people in groups.items() if s in item.asked_of or not item.asked_of}


def row_of(distribution: Distribution | None) -> dict[str, int]:
    """The columns of a distribution: levels, then the answers out of scale; none when withheld."""
    if distribution is None or distribution.counts is None:
        return {}
    levels = zip(distribution.codes, distribution.counts, strict=True)
    return {f"level.{code}": count for code, count in levels} | {
        f"silent.{kind}": count for kind, count in distribution.out_of_scale.items()
    }


def read_distribution(values: Values, name: str, codes: Sequence[str]) -> Distribution | None:
    """A distribution among the figures of an issue; None when that issue did not show it."""
    row = _row(values, name)
    if not all(f"level.{code}" in row for code in codes):
        return None
    silent = {key.removeprefix("silent."): n for key, n in row.items() if key.startswith("silent.")}
    return Distribution(tuple(codes), tuple(row[f"level.{code}"] for code in codes), silent)


def read_options(values: Values, name: str) -> tuple[int, dict[str, int]] | None:
    """People who answered a complementary question, and people per option, in an issue."""
    options = _figures(values, f"{name}.option.")
    answered = _figures(values, f"{name}.answered").get("")
    return None if answered is None or not options else (answered, options)


def places_told(values: Values) -> dict[str, int]:
    """How many people an issue shows at each place between the two axes."""
    return _figures(values, PLACE)


def counts_of(values: Values) -> dict[str, str | float | int | None]:
    """The figures that tell what people answered; participation goes on being counted."""
    kinds = ("dimension.", "other.", PLACE)
    return {name: value for name, value in values.items() if name.startswith(kinds)}


def _all_rows(
    model: MaturityModel, issue: Issue
) -> Iterator[tuple[str, Item, Mapping[str, Mapping[str, int]]]]:
    for dimension in model.dimensions:
        name = f"dimension.{dimension.code}"
        if stage := dimension.item(ItemKind.STAGE):
            names = {side: f"{name}.side.{side}" for side in issue.groups} | {EVERYBODY: name}
            rows = {side: _row(issue.values, key) for side, key in names.items()}
            yield name, stage, {side: row for side, row in rows.items() if row}
        if coherence := dimension.item(ItemKind.COHERENCE):
            row = _row(issue.values, f"{name}.coherence")
            yield f"{name}.coherence", coherence, {EVERYBODY: row} if row else {}
    for item in model.items:
        if item.kind not in APART:
            yield from _other_rows(item, issue.values)


def _other_rows(
    item: Item, values: Values
) -> Iterator[tuple[str, Item, Mapping[str, Mapping[str, int]]]]:
    name = f"other.{item.code}"
    row = _figures(values, f"{name}.option.")
    if item.kind is ItemKind.MULTIPLE_CHOICE:
        for option, count in row.items():
            yield f"{name}.option.{option}", item, {EVERYBODY: {TICKED: count}}
    elif row:
        yield name, item, {EVERYBODY: row}


def change_told(values: Values, name: str) -> Change | None:
    """What an issue tells of those who changed their mind; `name`: of the dimension's table."""
    before, after = _row(values, name), _row(values, f"{name}.after")
    moves = _figures(values, f"{name}.interview.move.")
    return change(before, after, moves) if before and after else None


def path_counts(values: Values, name: str) -> dict[str, int]:
    """People per path since the former wave, as an issue tells them."""
    return _figures(values, f"{name}.wave.move.")


def _changes(values: Values, name: str) -> dict[str, int]:
    """How many confirmed, nuanced or revised; empty when an issue does not tell."""
    figures = _figures(values, f"{name}.interview.")
    return {change.value: figures[change] for change in PositionChange if change in figures}


def _row(values: Values, name: str) -> dict[str, int]:
    kinds = ("level.", "silent.")
    return {
        f"{kind}{key}": n for kind in kinds for key, n in _figures(values, f"{name}.{kind}").items()
    }


def _figures(values: Values, start: str) -> dict[str, int]:
    """The counts whose names begin so; percentages and the like are no counts."""
    names = {name.removeprefix(start): value for name, value in values.items()
             if name.startswith(start)}  # fmt: skip
    return {
        name: int(value)
        for name, value in names.items()
        if value is not None and not name.endswith(".percent")
    }
