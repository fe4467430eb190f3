"""A report under way, and what the data do to it from week to week."""

import random
from dataclasses import dataclass, field, replace

from tasks.word.merge import Offers
from tests.word.merge.specimens import Chart, Report, Section, render

_WORDS = [
    "orientations",
    "essais",
    "projets",
    "bilan",
    "équipe",
    "données",
    "service",
    "élus",
    "territoire",
    "carte",
]


@dataclass
class Life:
    """A report under way, and what the test knows of it.

    Attributes:
        texts: key of each generated passage → its text now.
        touched: keys that staff edited; `deleted`: keys that they deleted.
        typed: texts of staff that must be found in the file; of comments: `remarks`.
        colours: key of a chart → colour that staff gave it; `fills`: the same for cells.
        cut: key of a chart → text typed beside it where staff pasted it.
    """

    rng: random.Random
    report: Report
    base: bytes
    edited: bytes
    offers: Offers
    touched: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    remarks: set[str] = field(default_factory=set)
    colours: dict[str, str] = field(default_factory=dict)
    fills: dict[str, str] = field(default_factory=dict)
    cut: dict[str, str] = field(default_factory=dict)
    charts_touched: set[str] = field(default_factory=set)
    story: list[str] = field(default_factory=list)
    count: int = 0

    @classmethod
    def start(cls, seed: int) -> "Life":
        """Return the life of a seed, its report just issued."""
        rng = random.Random(seed)
        number = rng.randint(1, 3)
        sections = tuple(_section(rng, f"s{index}") for index in range(number))
        report = Report(sections, header="v0", contents=rng.random() < 0.3)
        content = render(report)
        offers = rng.choice((Offers.COMMENTS, Offers.COMMENTS, Offers.TRACKED))
        return cls(rng, report, content, content, offers)

    def fresh(self, kind: str) -> str:
        """Return a text that occurs nowhere else."""
        self.count += 1
        return f"{kind}{self.count}q"


def _text(rng: random.Random, key: str) -> str:
    words = " ".join(rng.sample(_WORDS, 3))
    return f"{key} dit {words} *{rng.randint(0, 15)}* fois sur quinze."


def _section(rng: random.Random, key: str) -> Section:
    paragraphs = tuple(
        (f"{key}p{index}", _text(rng, f"{key}p{index}")) for index in range(rng.randint(1, 3))
    )
    rows = tuple(_row(rng, f"{key}r{index}") for index in range(rng.choice((0, 2, 3))))
    chart = _chart(rng) if rng.random() < 0.4 else None
    return Section(key, f"{key}t Titre {rng.choice(_WORDS)}", paragraphs, rows, chart)


def _row(rng: random.Random, key: str) -> tuple[str, tuple[str, ...]]:
    return key, (f"{key}a", f"{key}b {rng.randint(0, 9)}", f"{key}c {rng.choice(_WORDS)}")


def _chart(rng: random.Random) -> Chart:
    return Chart(tuple((f"Stade {i}", float(rng.randint(1, 9))) for i in range(rng.randint(2, 4))))


def move_data(life: Life) -> None:
    """Bring new answers: texts, rows and charts change, come and go."""
    rng = life.rng
    sections = [_moved(life, section) for section in life.report.sections]
    if rng.random() < 0.15:
        sections.insert(rng.randint(0, len(sections)), _section(rng, life.fresh("s")))
    if len(sections) > 1 and rng.random() < 0.1:
        sections.pop(rng.randrange(len(sections)))
    if len(sections) > 1 and rng.random() < 0.1:
        rng.shuffle(sections)
    life.report = replace(life.report, sections=tuple(sections), header=life.fresh("v"))


def _moved(life: Life, section: Section) -> Section:
    rng = life.rng
    paragraphs = [
        (key, _text(rng, key) if rng.random() < 0.5 else text) for key, text in section.paragraphs
    ]
    if rng.random() < 0.25:
        key = life.fresh(f"{section.key}p")
        paragraphs.insert(rng.randint(0, len(paragraphs)), (key, _text(rng, key)))
    if paragraphs and rng.random() < 0.2:
        paragraphs.pop(rng.randrange(len(paragraphs)))
    rows = [_row(rng, key) if rng.random() < 0.5 else (key, cells) for key, cells in section.rows]
    if rows and rng.random() < 0.3:
        rows.insert(rng.randint(0, len(rows)), _row(rng, life.fresh(f"{section.key}r")))
    if len(rows) > 1 and rng.random() < 0.2:
        rows.pop(rng.randrange(len(rows)))
    chart = section.chart
    if chart is not None and rng.random() < 0.6:
        chart = _chart(rng)
    return replace(section, paragraphs=tuple(paragraphs), rows=tuple(rows), chart=chart)
