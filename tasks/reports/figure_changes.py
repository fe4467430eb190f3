"""What moved between the figures of two issues: the few worth reading, the rest counted.

The difference of two tables is what the people in between answered. A subject is therefore told
only when at least `min_group` answers joined it; both issues show its counts anyway, but nobody
should find somebody's questionnaire spelled out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from config.maturity_model import OutOfScale
from tasks.reports.chart_data import Drawer
from tasks.reports.lines import Line

Values = Mapping[str, str | int | float | None]

MOST_SUBJECTS = 5
"""Subjects told one by one: those where most answers fell on one level."""

MOST_LEVELS = 2
"""Levels told of a subject."""

MOST_NAMES = 4
"""Names given in a list before the rest is counted."""


@dataclass(frozen=True)
class _Move:
    """The counts of one subject in two issues: code of a level or of an answer out of scale."""

    code: str
    before: Mapping[str, int]
    after: Mapping[str, int]

    @property
    def joined(self) -> int:
        """How many answers more the second issue counts."""
        return sum(self.after.values()) - sum(self.before.values())

    @property
    def steps(self) -> list[tuple[str, int]]:
        """What changed, most first; the order of the table among equals."""
        codes = [code for code in self.after if self.after[code] != self.before.get(code, 0)]
        found = [(code, self.after[code] - self.before.get(code, 0)) for code in codes]
        return sorted(found, key=lambda step: -abs(step[1]))

    @property
    def weight(self) -> tuple[int, int]:
        """By what to choose: the largest step, then all of them."""
        sizes = [abs(size) for _, size in self.steps]
        return max(sizes), sum(sizes)


def figure_changes(
    drawer: Drawer, former: Values, values: Values, min_group: int
) -> tuple[Line, ...]:
    """Tell the differences of two issues in words.

    Args:
        drawer: voice, model and names of sides.
        former: figures of the former issue, by the names of `figures.py`.
        values: figures of this issue.
        min_group: the least number of new answers for a subject to be told.
    """
    changed = {name for name in {*former, *values} if former.get(name) != values.get(name)}
    lead = drawer.voice.say("Chiffres")
    if not changed:
        text = drawer.voice.say("aucun n’a changé depuis l’édition précédente.")
        return (Line.of(drawer.voice, lead, text),)
    moves = [move for move in _moves(drawer, former, values) if move.steps]
    chosen = _worth_reading(moves, min_group)
    told = [_subject(drawer, move) for move in chosen]
    lines = [*_participation(drawer, former, values), *told, *_shown(drawer, former, values)]
    if moves and not chosen:
        lines.append(_too_few(drawer))
    rest = changed - _names_told(chosen)
    return (*lines, *_rest(drawer, len(rest)))


def _moves(drawer: Drawer, former: Values, values: Values) -> Iterator[_Move]:
    """The subjects that both issues show."""
    for dimension in drawer.model.dimensions:
        before, after = (_table(drawer, one, dimension.code) for one in (former, values))
        if before and after:
            yield _Move(dimension.code, before, after)


def _table(drawer: Drawer, values: Values, code: str) -> dict[str, int]:
    """The counts of a subject; empty when the issue does not show it."""
    names = {level: f"dimension.{code}.level.{level}" for level in drawer.model.level_codes}
    if not any(name in values for name in names.values()):
        return {}
    names |= {kind.value: f"dimension.{code}.silent.{kind.value}" for kind in OutOfScale}
    return {key: int(values.get(name) or 0) for key, name in names.items()}


def _worth_reading(moves: Iterable[_Move], min_group: int) -> list[_Move]:
    """The subjects to tell, in the order of the model."""
    allowed = [move for move in moves if move.joined >= min_group]
    chosen = sorted(allowed, key=lambda move: move.weight, reverse=True)[:MOST_SUBJECTS]
    return [move for move in allowed if move in chosen]


def _subject(drawer: Drawer, move: _Move) -> Line:
    steps = [_step(drawer, move, code) for code, _ in _told_steps(move)]
    text = f"{', '.join(steps)}."
    return Line.of(drawer.voice, drawer.title(move.code), text)


def _told_steps(move: _Move) -> list[tuple[str, int]]:
    return move.steps[:MOST_LEVELS]


def _step(drawer: Drawer, move: _Move, code: str) -> str:
    before, after = move.before.get(code, 0), move.after[code]
    if code in drawer.levels.labels:
        return drawer.voice.count(
            "{before} → {count} réponse {at}",
            "{before} → {count} réponses {at}",
            after,
            before=before,
            at=drawer.voice.at(drawer.levels.labels[code]),
        )
    return drawer.voice.count(*_SILENT[OutOfScale(code)], after, before=before)


_SILENT = {
    OutOfScale.DONT_KNOW: ("{before} → {count} « je ne sais pas »",) * 2,
    OutOfScale.NOT_APPLICABLE: ("{before} → {count} « pas concerné »",) * 2,
    OutOfScale.REFUSED: ("{before} → {count} refus de répondre",) * 2,
    OutOfScale.UNANSWERED: (
        "{before} → {count} question laissée vide",
        "{before} → {count} questions laissées vides",
    ),
}


def _names_told(chosen: Iterable[_Move]) -> set[str]:
    told = set(_PARTICIPATION)
    for move in chosen:
        for code, _ in _told_steps(move):
            told |= {f"dimension.{move.code}.{kind}.{code}" for kind in ("level", "silent")}
    return told


_PARTICIPATION = {
    "participation.answered": (
        "{before} → {count} personne a répondu",
        "{before} → {count} personnes ont répondu",
    ),
    "participation.interviewed": (
        "{before} → {count} personne rencontrée en entretien",
        "{before} → {count} personnes rencontrées en entretien",
    ),
    "study.revised": (
        "{before} → {count} réponse révisée en entretien",
        "{before} → {count} réponses révisées en entretien",
    ),
}


def _participation(drawer: Drawer, former: Values, values: Values) -> Iterator[Line]:
    steps = [
        drawer.voice.count(*words, int(values[name] or 0), before=former[name])
        for name, words in _PARTICIPATION.items()
        if name in former and name in values and former[name] != values[name]
    ]
    if steps:
        text = f"{', '.join(steps)}."
        yield Line.of(drawer.voice, drawer.voice.say("Participation"), text)


def _shown(drawer: Drawer, former: Values, values: Values) -> Iterator[Line]:
    """Subjects and points of view that only one of the two issues shows."""
    before, after = (_on_show(drawer, one) for one in (former, values))
    for lead, names in (
        ("Montré pour la première fois", [name for name in after if name not in before]),
        ("N’est plus montré", [name for name in before if name not in after]),
    ):
        if names:
            yield Line.of(
                drawer.voice,
                drawer.voice.say(lead),
                f"{_listing(drawer, names)}.",
            )


def _on_show(drawer: Drawer, values: Values) -> list[str]:
    """What an issue shows: the names of subjects, then those of points of view."""
    names = [d.code for d in drawer.model.dimensions if _table(drawer, values, d.code)]
    sides = {name.split(".")[3] for name in values if _is_of_a_side(name)}
    subjects = [drawer.voice.quoted(drawer.title(code)) for code in names]
    views = [label for code, label in drawer.sides.items() if code in sides]
    return subjects + [drawer.voice.say("le point de vue « {side} »", side=v) for v in views]


def _is_of_a_side(name: str) -> bool:
    """True for `dimension.STR.side.policy.level.S2`."""
    parts = name.split(".")
    return parts[0] == "dimension" and parts[2:3] == ["side"] and parts[4:5] == ["level"]


def _listing(drawer: Drawer, names: list[str]) -> str:
    more = len(names) - MOST_NAMES
    if more < 2:
        return drawer.voice.listing(names)
    rest = drawer.voice.count("{count} autre", "{count} autres", more)
    return drawer.voice.listing([*names[:MOST_NAMES], rest])


def _too_few(drawer: Drawer) -> Line:
    return Line.of(
        drawer.voice,
        drawer.voice.say("Sujet par sujet"),
        drawer.voice.say(
            "trop peu de réponses ont changé depuis l’édition précédente pour en dire le"
            " détail ; on y lirait ce que chacun a répondu."
        ),
    )


def _rest(drawer: Drawer, count: int) -> Iterator[Line]:
    if count:
        yield Line.of(
            drawer.voice,
            drawer.voice.say("Et aussi"),
            drawer.voice.count(
                "{count} autre chiffre a changé ; le classeur des résultats le donne.",
                "{count} autres chiffres ont changé ; le classeur des résultats les donne tous.",
                count,
            ),
        )
