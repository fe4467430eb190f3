"""The attack test: random studies, three refreshes each, and somebody who kept every report.

The attacker holds the figures of all three issues and knows who answered when and on which side.
It must find nobody's answer and no cell of a group under the threshold; on the same studies
without suppression it must.
"""

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
from tasks.disclosure.attack import Rebuilt, rebuilt
from tasks.disclosure.check import check_publication
from tasks.disclosure.settling import settle
from tasks.disclosure.tables import Issue, Values, issue_of, tables
from tasks.frames import ANSWERS, RESPONDENTS
from tasks.interviews.model import Note, NoteKind, Notes, PositionChange
from tasks.reports.chart_data import Drawer
from tasks.reports.collective import collective_report
from tasks.reports.content import ReportContent
from tasks.reports.figures import all_figures, values_of
from tasks.reports.voice import Voice
from tasks.results import CollectiveResults, Withheld
from tasks.scoring.collective import collective_results
from tasks.scoring.ledger import Ledger, read_ledger, write_ledger
from tasks.scoring.participation import participation
from tasks.scoring.publication import Plan, gate
from tasks.word.template import WordTemplate
from tests.scoring.specimens import (
    LEVELS,
    Person,
    answers,
    axis,
    dimension,
    fingerprints,
    item,
    plan,
    respondents,
    stage_dimension,
    study,
)
from tests.scoring.specimens import model as small_model

STUDIES, CHUNKS = 500, 20
SILENT = ("?", "")


@pytest.fixture(autouse=True)
def _frames_are_what_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """The specimens validate nothing a second time: contracts are proved elsewhere, and slow."""
    for contract in (ANSWERS, RESPONDENTS):
        monkeypatch.setattr(contract, "validate", lambda frame: frame)


@lru_cache
def questionnaire() -> MaturityModel:
    """Two subjects, one of them asked of two sides alone, a choice and boxes to tick."""
    asked = dimension("d2", item("STR2", "stage", answer_set="levels", asked_of=["A", "B"]))
    others = [
        item("CHO", "choice", answer_set="fit"),
        item("BOX", "multiple_choice", answer_set="fit"),
    ]
    return small_model(axes=[axis("a1", stage_dimension(1)), axis("a2", asked)], other_items=others)


@dataclass
class Life:
    """A study as it goes: who is there, what they say, what was published."""

    random: Random
    study: Study
    people: dict[str, Person] = field(default_factory=dict)
    kept: list[Person] = field(default_factory=list)
    ledger: Ledger = ()
    issues: tuple[Issue, ...] = ()
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
                for dimension in questionnaire().dimensions
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

    def refresh(self, closed: bool, over: bool, suppressed: bool = True) -> None:
        """Publish what may be published, or everything when nothing is suppressed."""
        now = list(self.people.values())
        minimum = self.study.confidentiality.min_group
        opens = gate(self.ledger, fingerprints(now), minimum, closed)
        self.kept = now if opens or not suppressed else self.kept
        if not self.kept:
            return
        made = plan(self.kept, self.study, questionnaire(), self.ledger, self.notes, closed, over)
        made = made if suppressed else everything(made)
        results = collective_results(
            answers(self.kept, questionnaire()),
            questionnaire(),
            self.study,
            self.study.wave("w1"),
            plan=made,
            participation=participation(
                respondents(self.kept), 0, self.study, self.study.wave("w1")
            ),
            notes=self.notes,
            computed_at=datetime(2026, 1, 19, tzinfo=UTC),
            data_until=date(2026, 1, 18),
        )
        if suppressed:
            results, made = settle(results, made, self.issues, questionnaire(), self.study)
        self.ledger = read_ledger(write_ledger(made.ledger))
        self.issues = (*self.issues, issue_of(made.publication, figures(results, self.study)))
        self.results.append(results)

    @property
    def contents(self) -> list[ReportContent]:
        """The report of each issue."""
        return [report(results, self.study) for results in self.results]


def figures(results: CollectiveResults, one: Study) -> Values:
    """Every figure of the report of these results."""
    known = questionnaire()
    return values_of(all_figures(Drawer.of(Voice.of(one, known), known, one), results))


def report(results: CollectiveResults, one: Study) -> ReportContent:
    """The report of these results."""
    nothing = Recommendations(code="small")
    return collective_report(results, questionnaire(), one, one.wave("w1"), nothing)


def everything(made: Plan) -> Plan:
    """A plan that withholds nothing."""
    asked: Any = {sides: (None, {}) for sides in made.asked}
    publication = replace(made.publication, shown=frozenset(made.publication.groups) - {""})
    return replace(made, sides={}, asked=asked, min_group=1, publication=publication)


def life(seed: int, suppressed: bool = True) -> Life:
    """A random study with its three refreshes."""
    random = Random(seed)
    one = study(random.randint(3, 6), sides="ABCD"[: random.randint(2, 4)])
    lived = Life(random, one)
    lived.join(random.randint(6, 30))
    closes = random.random() < 0.5
    for week in (1, 2, 3):
        last = week == 3
        lived.refresh(closes and last, last and random.random() < 0.5, suppressed)
        lived.move()
    return lived


def attack(lived: Life) -> set[tuple[str, Rebuilt]]:
    """Everything that the three issues give away, table by table."""
    held = [tables(questionnaire(), issue) for issue in lived.issues]
    minimum = lived.study.confidentiality.min_group
    return {
        (name, one)
        for name in {name for issue in held for name in issue}
        for one in rebuilt([table for issue in held for table in issue.get(name, ())], minimum)
    }


def chunk(number: int) -> range:
    """The seeds of one part of the studies."""
    size = STUDIES // CHUNKS
    return range(number * size, (number + 1) * size)


@pytest.mark.parametrize("number", range(CHUNKS))
def test_three_issues_give_nobody_away(number: int) -> None:
    """No cell of a small group and nobody's answer follows from all the figures published."""
    lives = [life(seed) for seed in chunk(number)]
    assert sum(len(one.issues) for one in lives) > len(lives)
    found = {seed: attack(one) for seed, one in zip(chunk(number), lives, strict=True)}
    assert {seed: told for seed, told in found.items() if told} == {}


@pytest.mark.parametrize("number", range(CHUNKS))
def test_the_attacker_succeeds_without_suppression(number: int) -> None:
    """The same attacker, with everything shown, finds people in nearly all of some studies."""
    found = [bool(attack(life(seed, suppressed=False))) for seed in chunk(number)[:5]]
    assert sum(found) >= 4


def test_the_same_people_are_counted_before_and_after_the_interviews() -> None:
    """Nobody who was met without being asked, or whose answers still wait, comes in afterwards."""
    views = [
        (one.distribution, one.interviews.after)
        for seed in (19, 30, 41)
        for results in life(seed).results
        for one in results.dimensions
        if one.interviews and one.interviews.after.counts is not None
    ]
    people = [{one.n + sum(one.out_of_scale.values()) for one in pair} for pair in views]
    assert len(people) > 5
    assert [counted for counted in people if len(counted) > 1] == []


def test_the_last_person_met_is_not_given_away_by_what_changed() -> None:
    """One person more was met, and revised: that distribution is withheld, with its reason."""
    lived = Life(Random(1), study(3, sides="AB"))
    lived.join(9)
    first, *others = sorted(lived.people)
    _, side, said = lived.people[first]
    lived.people[first] = (first, side, {**said, "STR1": "S1"})
    for name in others[:5]:
        lived.interviews[name] = (Note(name, "d1", NoteKind.POSITION, "", PositionChange.NUANCED),)
    lived.refresh(closed=False, over=False)
    met = PositionChange.REVISED
    lived.interviews[first] = (Note(first, "d1", NoteKind.POSITION, "", met, "S3"),)
    lived.refresh(closed=False, over=True)
    views = [results.dimension("d1").interviews for results in lived.results]
    assert [view.interviewed for view in views if view] == [5, 6]
    assert [view.after.withheld for view in views if view] == [None, Withheld.COMPLEMENTARY]
    assert [view.revised for view in views if view] == [0, None], "nor who it was by the counts"
    assert any("d’après les entretiens" in note for note in lived.results[-1].withheld_notes)
    assert attack(lived) == set()


@lru_cache
def template() -> WordTemplate:
    """The product's own template."""
    return WordTemplate.open(Path(templates).parent / "collective_report.docx", "fr")


@pytest.mark.parametrize("number", range(CHUNKS))
def test_finished_documents_say_what_the_figures_say(number: int) -> None:
    """Real Word reports of one study per part: nothing is found, whichever issue is looked at."""
    lived = life(chunk(number)[0])
    for place, (issue, content) in enumerate(zip(lived.issues, lived.contents, strict=True)):
        document = template().render(content.context, content.charts, content.properties)
        assert not check_publication(
            {"r.docx": document}, content, issue, lived.issues[:place], questionnaire(), lived.study
        )
