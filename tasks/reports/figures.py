"""Every figure that the report may print, with a stable name: the base of the values sheet.

A counted figure is one cell of the results. A derived figure (a sum, a percentage, the agreement)
says from which counted figures it comes, by the beginning of their names.
"""

from collections.abc import Iterator, Mapping

from config.maturity_model import ItemKind
from tasks.reports.chart_data import Drawer, answer_labels
from tasks.reports.figure import Figure
from tasks.reports.quadrant_figures import cell_figures, place_figures
from tasks.reports.revised import revised_answers
from tasks.reports.wording import Scale, common_ground
from tasks.results import (
    CollectiveResults,
    DimensionResult,
    Distribution,
    InterviewView,
    ReadingKind,
)


def all_figures(drawer: Drawer, results: CollectiveResults) -> tuple[Figure, ...]:
    """Every figure of a report, counted ones first; withheld cells give none."""
    return (*counted(drawer, results), *_derived(drawer, results))


def counted(drawer: Drawer, results: CollectiveResults) -> tuple[Figure, ...]:
    """The figures that are one cell of the results."""
    return (
        *_participation(drawer, results),
        *(figure for one in results.dimensions for figure in _dimension(drawer, one)),
        *_others(drawer, results),
        *_changes(drawer, results),
        *place_figures(drawer, results),
    )


def _participation(drawer: Drawer, results: CollectiveResults) -> Iterator[Figure]:
    say, part = drawer.voice.say, results.participation
    about, everybody = say("Participation"), say("Ensemble")
    rows = {
        "invited": (say("Personnes invitées"), part.invited),
        "complete": (say("Questionnaires complets"), part.complete),
        "partial": (say("Questionnaires remplis en partie"), part.partial_kept),
        "excluded": (say("Envois non retenus"), part.excluded),
        "interviewed": (say("Personnes rencontrées"), part.interviewed),
    }
    for key, (label, value) in rows.items():
        if value is not None:
            yield Figure(f"participation.{key}", about, everybody, label, value)
    for side, (answered, invited) in part.by_side.items():
        view = drawer.sides.get(side, side)
        for key, label, value in (
            ("answered", say("Ont répondu"), answered),
            ("invited", say("Personnes invitées"), invited),
        ):
            if value is not None:
                yield Figure(f"participation.side.{side}.{key}", about, view, label, value)
    for day, count in sorted(part.by_day.items()):
        yield Figure(f"participation.day.{day}", about, everybody, day, count)


def _dimension(drawer: Drawer, one: DimensionResult) -> Iterator[Figure]:
    name, say = f"dimension.{one.code}", drawer.voice.say
    about, dimension = drawer.title(one.code), drawer.model.dimension(one.code)
    stage, coherence = (dimension.item(kind) for kind in (ItemKind.STAGE, ItemKind.COHERENCE))
    stage_code = stage.code if stage else ""
    yield from _table(
        drawer, name, about, say("Ensemble"), one.distribution, drawer.levels, stage_code
    )
    for view in one.sides:
        label, key = drawer.sides.get(view.side, view.side), f"{name}.side.{view.side}"
        yield from _table(drawer, key, about, label, view.distribution, drawer.levels, stage_code)
    if one.coherence is not None and coherence is not None:
        scale = Scale.of_item(drawer.model, coherence, drawer.voice)
        key, view_name = f"{name}.coherence", say("Cohérence des moyens")
        yield from _table(drawer, key, about, view_name, one.coherence, scale, coherence.code)
    if one.interviews is not None:
        yield from _interviews(drawer, one, one.interviews, stage_code)


def _table(
    drawer: Drawer,
    name: str,
    about: str,
    view: str,
    distribution: Distribution,
    scale: Scale,
    item: str,
) -> Iterator[Figure]:
    """The cells of one distribution; none when it is withheld."""
    if distribution.counts is None:
        return
    for code, count in zip(distribution.codes, distribution.counts, strict=True):
        yield Figure(f"{name}.level.{code}", about, view, scale.short.get(code, code), count, item)
    for kind, count in distribution.out_of_scale.items():
        label = silence_label(drawer, kind)
        yield Figure(f"{name}.silent.{kind}", about, view, label, count, item)


def silence_label(drawer: Drawer, kind: str) -> str:
    """The name of an answer that is not on the scale."""
    labels = {
        "dont_know": drawer.voice.say("Ne sait pas"),
        "not_applicable": drawer.voice.say("Pas concerné"),
        "refused": drawer.voice.say("Préfère ne pas répondre"),
        "unanswered": drawer.voice.say("Sans réponse"),
    }
    return labels.get(str(kind), str(kind))


def _interviews(
    drawer: Drawer, one: DimensionResult, view: InterviewView, item: str
) -> Iterator[Figure]:
    name, say = f"dimension.{one.code}.interview", drawer.voice.say
    about, label = drawer.title(one.code), say("Entretiens")
    for key, words, value in (
        ("interviewed", say("Personnes rencontrées"), view.interviewed),
        ("confirmed", say("Réponses confirmées"), view.confirmed),
        ("nuanced", say("Réponses nuancées"), view.nuanced),
        ("revised", say("Réponses révisées"), view.revised),
    ):
        if value is not None:
            yield Figure(f"{name}.{key}", about, label, words, value)
    for move, count in view.moves.items():
        yield Figure(f"{name}.move.{move}", about, label, _move(drawer, move), count)
    after = say("Après les entretiens")
    yield from _table(
        drawer, f"dimension.{one.code}.after", about, after, view.after, drawer.levels, item
    )


def _move(drawer: Drawer, move: str) -> str:
    return " → ".join(drawer.levels.short.get(code, code) for code in move.split(">"))


def _others(drawer: Drawer, results: CollectiveResults) -> Iterator[Figure]:
    say, model, voice = drawer.voice.say, drawer.model, drawer.voice
    for other in results.other_items:
        item = model.item(other.item)
        about, view, name = voice.text(item.question), say("Ensemble"), f"other.{other.item}"
        yield Figure(f"{name}.answered", about, view, say("Ont répondu"), other.answered, item.code)
        labels = answer_labels(drawer, item)
        for code, count in (other.counts or {}).items():
            yield Figure(
                f"{name}.option.{code}",
                about,
                view,
                labels.get(code, say("Autre réponse")),
                count,
                item.code,
            )
        names = (say("Premier quartile"), say("Nombre du milieu"), say("Troisième quartile"))
        for key, label, number in zip(
            ("lower", "median", "upper"), names, other.numbers or (), strict=False
        ):
            yield Figure(f"{name}.number.{key}", about, view, label, number, item.code)
    for place, subject in enumerate(results.subjects, start=1):
        yield Figure(
            f"subject.{place}.mentions",
            subject.label,
            say("Entretiens"),
            say("Mentions"),
            subject.mentions,
        )


def _changes(drawer: Drawer, results: CollectiveResults) -> Iterator[Figure]:
    view = drawer.voice.say("D’une vague à l’autre")
    for change in results.wave_changes:
        about, name = drawer.title(change.dimension), f"dimension.{change.dimension}.wave"
        pairs = drawer.voice.say("Personnes interrogées deux fois")
        yield Figure(f"{name}.pairs", about, view, pairs, change.pairs)
        for move, count in change.paths.items():
            yield Figure(f"{name}.move.{move}", about, view, _move(drawer, move), count)


def _derived(drawer: Drawer, results: CollectiveResults) -> Iterator[Figure]:
    say, part = drawer.voice.say, results.participation
    about, everybody = say("Participation"), say("Ensemble")
    answered = part.complete + part.partial_kept
    yield Figure(
        "participation.answered",
        about,
        everybody,
        say("Ont répondu"),
        answered,
        sources="participation.",
    )
    if part.invited:
        yield from _percent(
            drawer, "participation.answered", about, everybody, answered, part.invited
        )
    for one in results.dimensions:
        yield from _derived_of(drawer, one)
    yield from cell_figures(drawer, results)
    revised = revised_answers(drawer.model, results)
    if revised.all_told:
        yield Figure(
            "study.revised",
            say("Étude"),
            say("Entretiens"),
            say("Réponses révisées"),
            revised.told,
            sources="dimension.",
        )


def _derived_of(drawer: Drawer, one: DimensionResult) -> Iterator[Figure]:
    say, about = drawer.voice.say, drawer.title(one.code)
    everybody = say("Ensemble")
    tables = [("", everybody, one.distribution, one.reading.agreement)]
    tables += [
        (f".side.{v.side}", drawer.sides.get(v.side, v.side), v.distribution, v.reading.agreement)
        for v in one.sides
    ]
    if one.coherence is not None:
        reading = one.coherence_reading
        agreement = reading.agreement if reading else None
        tables.append((".coherence", say("Cohérence des moyens"), one.coherence, agreement))
    for suffix, view, distribution, agreement in tables:
        name = f"dimension.{one.code}{suffix}"
        yield from _of_table(drawer, name, about, view, distribution, agreement)
    yield from _sums(drawer, one)
    for gap in one.gaps:
        name = f"dimension.{one.code}.gap.{gap.low_side}.{gap.high_side}"
        view = " / ".join(drawer.sides.get(s, s) for s in (gap.low_side, gap.high_side))
        for key, label, value in (
            ("levels", say("Écart des réponses du milieu"), gap.levels),
            ("delta", say("Delta de Cliff"), gap.cliffs_delta),
        ):
            yield Figure(
                f"{name}.{key}", about, view, label, value, sources=f"dimension.{one.code}.side."
            )


def _of_table(
    drawer: Drawer,
    name: str,
    about: str,
    view: str,
    distribution: Distribution,
    agreement: float | None,
) -> Iterator[Figure]:
    if distribution.counts is None:
        return
    say, sources = drawer.voice.say, f"{name}.level."
    yield Figure(f"{name}.n", about, view, say("Se prononcent"), distribution.n, sources=sources)
    if agreement is not None:
        label = say("Accord A de van der Eijk")
        yield Figure(f"{name}.agreement", about, view, label, agreement, sources=sources)
    for code, count in zip(distribution.codes, distribution.counts, strict=True):
        yield from _percent(drawer, f"{sources}{code}", about, view, count, distribution.n)


def _sums(drawer: Drawer, one: DimensionResult) -> Iterator[Figure]:
    """The sums of neighbouring levels that the sentences tell."""
    say, about, everybody = drawer.voice.say, drawer.title(one.code), drawer.voice.say("Ensemble")
    total, name = one.distribution.n, f"dimension.{one.code}"
    sums: dict[str, tuple[str, int]] = {}
    ground = common_ground(one.distribution)
    if ground is not None:
        sums["shared"] = (say("Ce qui est partagé"), ground.people)
    if one.reading.kind is ReadingKind.BETWEEN and total:
        sums["half"] = (say("Première moitié des réponses"), total // 2)
    for key, (label, people) in sums.items():
        yield Figure(f"{name}.{key}", about, everybody, label, people, sources=f"{name}.level.")
        yield from _percent(drawer, f"{name}.{key}", about, everybody, people, total)


def _percent(
    drawer: Drawer, name: str, about: str, view: str, count: int, total: int
) -> Iterator[Figure]:
    """The percentage of a figure, only where the report prints one."""
    if not total or total < drawer.voice.percent_from:
        return
    label = drawer.voice.say("Pourcentage")
    yield Figure(f"{name}.percent", about, view, label, round(100 * count / total), sources=name)


def values_of(figures: tuple[Figure, ...]) -> Mapping[str, str | int | float]:
    """The figures by name."""
    return {figure.name: figure.value for figure in figures}
