"""Random studies with their refreshes, published as production publishes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from config.maturity_model import Dimension, MaturityModel
from config.recommendation import Recommendations
from config.study import Study
from report_templates import __file__ as templates
from tasks.disclosure.former import former_issues
from tasks.disclosure.settling import settle
from tasks.disclosure.tables import Issue, Values, issue_of
from tasks.frames import ANSWERS, RESPONDENTS
from tasks.interviews.merging import interview_positions
from tasks.interviews.model import Note, NoteKind, Notes, PositionChange
from tasks.reports.chart_data import Drawer
from tasks.reports.collective import collective_report
from tasks.reports.content import ReportContent
from tasks.reports.figures import all_figures, values_of
from tasks.reports.voice import Voice
from tasks.results import CollectiveResults
from tasks.scoring.collective import collective_results
from tasks.scoring.ledger import Ledger, read_ledger, without_erased, write_ledger
from tasks.scoring.participation import participation
from tasks.scoring.publication import Plan, gate, plan_publication
from tasks.store.records import IssueRecord
from tasks.word.template import WordTemplate
from tests.scoring.specimens import (
    LEVELS,
    Person,
    answers,
    axis,
    dimension,
    fingerprints,
    item,
    respondents,
    stage_dimension,
    study,
    text,
)
from tests.scoring.specimens import model as small_model

SILENT = ("?", "")
CELLS = [
    {"code": f"{x}_{y}", "label": text(x + y), "description": text(x + y), "x": x, "y": y}
    for x in ("low", "high")
    for y in ("low", "high")
]
QUADRANT = {"x": "a1", "y": "a2", "in_favour_from": "S3", "cells": CELLS}


@pytest.fixture
def trusted_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """The specimens validate nothing a second time: contracts are proved elsewhere, and slow."""
    for contract in (ANSWERS, RESPONDENTS):
        monkeypatch.setattr(contract, "validate", lambda frame: frame)


@lru_cache
def questionnaire(*, points: bool = False) -> MaturityModel:
    """Two subjects, a choice and boxes to tick.

    One subject is asked of two sides alone; or of all, and people are points between the two.
    """
    of = {} if points else {"asked_of": ["A", "B"]}
    axes = [
        axis("a1", stage_dimension(1)),
        axis("a2", dimension("d2", item("STR2", "stage", answer_set="levels", **of))),
    ]
    others = [
        item("CHO", "choice", answer_set="fit"),
        item("BOX", "multiple_choice", answer_set="fit"),
    ]
    drawn = {"topology": "quadrant", "quadrant": QUADRANT} if points else {}
    return small_model(axes=axes, other_items=others, **drawn)


@dataclass
class Life:
    """A study as it goes: who is there, what they say, what was published."""

    random: Random
    study: Study
    model: MaturityModel = field(default_factory=questionnaire)
    people: dict[str, Person] = field(default_factory=dict)
    kept: list[Person] = field(default_factory=list)
    ledger: Ledger = ()
    issues: tuple[Issue, ...] = ()
    records: tuple[IssueRecord, ...] = ()
    closing: int | None = None  # place of the closing issue
    results: list[CollectiveResults] = field(default_factory=list)
    interviews: dict[str, tuple[Note, ...]] = field(default_factory=dict)

    @property
    def sides(self) -> list[str]:
        """Codes of the sides."""
        return [side.code for side in self.study.sides]

    def join(self, count: int) -> None:
        """So many people answer for the first time; a few belong to no known side."""
        for _ in range(count):
            name = f"P{len(self.people) + self.random.randint(100, 900) * 100}"
            side = self.random.choice([*self.sides * 4, None])
            self.people[name] = (name, side, self.said())

    def said(self) -> dict[str, Any]:
        """Answers of one person; most people of most studies lean to one level."""
        leaning = self.random.choice([1, 1, 3])
        levels = [*LEVELS, *["S2"] * leaning, *SILENT]
        fits = ["C1", "C2", "C3", "C4", *SILENT]
        ticked = [code for code in fits[:4] if self.random.random() < 0.4]
        told: dict[str, Any] = {
            "STR1": self.random.choice(levels),
            "STR2": self.random.choice(levels),
            "COH1": self.random.choice(fits),
            "CHO": self.random.choice(fits[:4]),
        }
        return {**told, "BOX": ticked} if ticked else told

    @property
    def notes(self) -> Notes:
        """What was noted of those who were met."""
        told = tuple(note for notes in self.interviews.values() for note in notes)
        return Notes(notes=told, interviewed=frozenset(self.interviews))

    def meet(self, count: int) -> None:
        """So many people are met, or met again; some revise what they said."""
        for name in self.some(count):
            self.interviews[name] = tuple(
                self.position(name, dimension)
                for dimension in self.model.dimensions
                if self.random.random() < 0.8
            )

    def position(self, name: str, dimension: Dimension) -> Note:
        """What became of a person's answer on a dimension."""
        kept = [PositionChange.CONFIRMED, PositionChange.NUANCED]
        change = self.random.choice([*kept, PositionChange.REVISED])
        level = self.random.choice(LEVELS) if change is PositionChange.REVISED else None
        return Note(name, dimension.code, NoteKind.POSITION, "", change, level)

    def move(self) -> None:
        """A week goes by: people join, change what they said, withdraw, are met."""
        for name in self.some(self.random.randint(0, 3)):
            self.people[name] = (name, self.people[name][1], self.said())
        for name in self.some(self.random.randint(0, 1)):
            del self.people[name]
        self.join(self.random.choice([0, 1, 1, 2, 3, 5, 8]))
        self.meet(self.random.choice([0, 1, 3, 6, 10]))

    def some(self, count: int) -> list[str]:
        """Some of the people."""
        return self.random.sample(sorted(self.people), min(count, len(self.people)))

    def erase(self, name: str) -> None:
        """Somebody is erased: where people are counted, a place without a name is left."""
        del self.people[name]
        self.interviews.pop(name, None)

        def without(people: Mapping[str, Any]) -> dict[str, Any]:
            return {"#gone" if who == name else who: said for who, said in people.items()}

        def unnamed(one: Any) -> Any:
            groups = {side: without(people) for side, people in one.groups.items()}
            return replace(one, groups=groups, interviews=without(one.interviews))

        self.ledger = tuple(unnamed(one) for one in self.ledger)
        self.issues = tuple(unnamed(one) for one in self.issues)
        self.records = tuple(replace(r, responses=without(r.responses)) for r in self.records)

    def refresh(
        self, closed: bool, over: bool, suppressed: bool = True, *, after_erasure: bool = False
    ) -> None:
        """Publish what may be published, or everything when nothing is suppressed."""
        now = list(self.people.values())
        minimum = self.study.confidentiality.min_group
        known = without_erased(self.ledger) if after_erasure else self.ledger
        opens = gate(known, fingerprints(now), minimum, closed)
        self.kept = now if opens or not suppressed else self.kept
        if not self.kept:
            return
        frame = respondents(self.kept)
        made = plan_publication(
            frame,
            fingerprints(self.kept),
            interview_positions(self.notes, self.model),
            self.model,
            self.study,
            known,
            closed=closed,
            interviews_over=over,
        )
        made = made if suppressed else everything(made)
        results = collective_results(
            answers(self.kept, self.model),
            self.model,
            self.study,
            self.study.wave("w1"),
            plan=made,
            participation=participation(frame, 0, self.study, self.study.wave("w1")),
            notes=self.notes,
            computed_at=datetime(2026, 1, 19, tzinfo=UTC),
            data_until=date(2026, 1, 18),
        )
        if suppressed:
            history = former_issues(self.records, self.ledger, closed=closed)
            results, made = settle(
                results, made, history, self.model, self.study, after_erasure=after_erasure
            )
        self.ledger = read_ledger(write_ledger(made.ledger))
        self.published(results, made)

    def published(self, results: CollectiveResults, made: Plan) -> None:
        """Keep an issue: as the store does, and as the attacker does."""
        values, people = figures(results, self.drawer), fingerprints(self.kept)
        place = len(self.records) + 1
        record = IssueRecord(
            "s", "w1", "report", place, "", "", results.computed_at, b"", values, people
        )
        if self.closing is None and any(publication.closing for publication in self.ledger):
            self.closing = len(self.issues)
        self.records = (*self.records, record)
        self.issues = (*self.issues, issue_of(made.publication, values))
        self.results.append(results)

    @property
    def drawer(self) -> Drawer:
        """What its reports are drawn with."""
        return Drawer.of(Voice.of(self.study, self.model), self.model, self.study)

    @property
    def contents(self) -> list[ReportContent]:
        """The report of each issue."""
        return [report(results, self.study, self.model) for results in self.results]


def figures(results: CollectiveResults, drawer: Drawer) -> Values:
    """Every figure of the report of these results."""
    return values_of(all_figures(drawer, results))


def report(results: CollectiveResults, one: Study, known: MaturityModel) -> ReportContent:
    """The report of these results."""
    nothing = Recommendations(code="small")
    return collective_report(results, known, one, one.wave("w1"), nothing)


def everything(made: Plan) -> Plan:
    """A plan that withholds nothing."""
    asked: Any = {sides: (None, {}) for sides in made.asked}
    publication = replace(made.publication, shown=frozenset(made.publication.groups) - {""})
    return replace(made, sides={}, asked=asked, min_group=1, publication=publication)


def life(seed: int, suppressed: bool = True) -> Life:
    """A random study with its three refreshes; every second one draws people as points.

    Half of them are closed: at the last refresh or, of some, at the second.
    """
    random = Random(seed)
    one = study(random.randint(3, 6), sides="ABCD"[: random.randint(2, 4)])
    lived = Life(random, one, questionnaire(points=seed % 2 == 1))
    lived.join(random.randint(6, 30))
    closes = random.random() < 0.5
    closing = 2 if seed % 3 == 0 else 3
    for week in (1, 2, 3):
        last = week == 3
        lived.refresh(closes and week >= closing, last and random.random() < 0.5, suppressed)
        lived.move()
    return lived


@lru_cache
def template() -> WordTemplate:
    """The product's own template."""
    return WordTemplate.open(Path(templates).parent / "collective_report.docx", "fr")
