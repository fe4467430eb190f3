"""The data of every chart of the collective report, each with a text that reads it out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from config.maturity_model import Item, ItemKind, MaturityModel
from config.study import Study
from tasks.reports.path_drawing import path_points
from tasks.reports.quadrant_drawing import quadrant_points
from tasks.reports.voice import Voice
from tasks.reports.wording import Scale, place
from tasks.results import CollectiveResults, DimensionResult, Distribution
from tasks.word.charts import ChartData


@dataclass(frozen=True)
class Drawer:
    """What all charts of one report need."""

    voice: Voice
    model: MaturityModel
    levels: Scale
    sides: Mapping[str, str]  # side code → label

    @classmethod
    def of(cls, voice: Voice, model: MaturityModel, study: Study) -> "Drawer":
        """The drawer of a study's report."""
        sides = {side.code: voice.text(side.label) for side in study.sides}
        return cls(voice, model, Scale.of_levels(model, voice), sides)

    def title(self, code: str) -> str:
        """The name of a dimension."""
        return self.voice.text(self.model.dimension(code).label)

    def place(self, result: DimensionResult) -> str:
        """Where the reading of a dimension falls."""
        return place(self.voice, self.levels, result.distribution, result.reading)


def all_charts(
    voice: Voice, model: MaturityModel, study: Study, results: CollectiveResults
) -> dict[str, ChartData]:
    """Every chart that the report may place, by name. Charts without data have a sentence."""
    drawer = Drawer.of(voice, model, study)
    charts = dict(_general(drawer, results))
    for one in results.dimensions:
        charts |= dict(_of_dimension(drawer, one))
    for other in results.other_items:
        charts[f"other-{other.item}"] = _other(drawer, other.item, other.counts or {})
    return charts


def _general(drawer: Drawer, results: CollectiveResults) -> Iterator[tuple[str, ChartData]]:
    yield "overview", _overview(drawer, results)
    yield "overview-coherence", _coherence_overview(drawer, results)
    yield "participation-sides", _by_side(drawer, results)
    yield "participation-days", _by_day(drawer, results)
    yield "path", path_points(drawer.voice, drawer.model)
    if drawer.model.quadrant is not None:
        yield "quadrant", quadrant_points(drawer.voice, drawer.model, results.quadrant or ())


def _of_dimension(drawer: Drawer, one: DimensionResult) -> Iterator[tuple[str, ChartData]]:
    yield f"stages-{one.code}", _stages(drawer, one)
    yield f"sides-{one.code}", _sides(drawer, one)
    item = drawer.model.dimension(one.code).item(ItemKind.COHERENCE)
    if item is not None and one.coherence is not None:
        scale = Scale.of_item(drawer.model, item, drawer.voice)
        yield f"coherence-{one.code}", _coherence(drawer, one, scale)


def _stages(drawer: Drawer, one: DimensionResult) -> ChartData:
    voice, scale = drawer.voice, drawer.levels
    series = [(voice.say("Questionnaire"), _counts(one.distribution))]
    view = one.interviews
    if view is not None and view.spoken and view.after.counts is not None:
        series.append((voice.say("Après les entretiens"), _counts(view.after)))
    return ChartData(
        categories=tuple(scale.short[code] for code in one.distribution.codes),
        series=tuple(series),
        description=voice.say(
            "Répartition des réponses, « {title} » : {reading}.",
            title=drawer.title(one.code),
            reading=_read_out(voice, scale, one.distribution),
        ),
        empty_sentence=_no_data(voice, one.distribution),
    )


def _sides(drawer: Drawer, one: DimensionResult) -> ChartData:
    voice, scale = drawer.voice, drawer.levels
    rows = [(voice.say("Ensemble"), one.distribution)]
    rows += [(drawer.sides.get(view.side, view.side), view.distribution) for view in one.sides]
    shown = [(label, row) for label, row in rows if row.n]
    return ChartData(
        categories=tuple(f"{label} ({row.n})" for label, row in shown),
        series=_by_code(scale, one.distribution.codes, [row for _, row in shown]),
        description=voice.say(
            "Réponses par point de vue, « {title} » : {rows}.",
            title=drawer.title(one.code),
            rows=" ; ".join(f"{label} : {_read_out(voice, scale, row)}" for label, row in shown),
        ),
        empty_sentence=voice.say("Aucun point de vue ne peut être montré séparément."),
    )


def _coherence(drawer: Drawer, one: DimensionResult, scale: Scale) -> ChartData:
    voice = drawer.voice
    distribution = one.coherence or Distribution(scale.codes, None)
    return ChartData(
        categories=tuple(scale.short[code] for code in distribution.codes),
        series=((voice.say("Réponses"), _counts(distribution)),),
        description=voice.say(
            "Cohérence des moyens avec les ambitions, « {title} » : {reading}.",
            title=drawer.title(one.code),
            reading=_read_out(voice, scale, distribution),
        ),
        empty_sentence=_no_data(voice, distribution),
    )


def _overview(drawer: Drawer, results: CollectiveResults) -> ChartData:
    shown = [one for one in results.dimensions if one.distribution.n]
    return ChartData(
        categories=tuple(drawer.title(one.code) for one in shown),
        series=_by_code(drawer.levels, drawer.levels.codes, [one.distribution for one in shown]),
        description=drawer.voice.say(
            "Pour chaque sujet, le nombre de personnes qui décrivent chaque {level_word} ; les"
            " effectifs sont repris dans l’annexe.",
            level_word=drawer.voice.level_word,
        ),
        empty_sentence=drawer.voice.say("Aucune répartition ne peut encore être montrée."),
    )


def _coherence_overview(drawer: Drawer, results: CollectiveResults) -> ChartData:
    """Only the dimensions that share the most common coherence scale: bars must compare."""
    voice, model = drawer.voice, drawer.model
    asked = {
        one.code: model.dimension(one.code).item(ItemKind.COHERENCE) for one in results.dimensions
    }
    shown = [
        one for one in results.dimensions if asked[one.code] and one.coherence and one.coherence.n
    ]
    sets = [item.answer_set for one in shown if (item := asked[one.code])]
    common = max(sets, key=sets.count, default=None)
    kept = [one for one, name in zip(shown, sets, strict=True) if name == common]
    item = asked[kept[0].code] if kept else None
    scale = Scale.of_item(model, item, voice) if item else drawer.levels
    return ChartData(
        categories=tuple(drawer.title(one.code) for one in kept),
        series=_by_code(scale, scale.codes, [one.coherence for one in kept if one.coherence]),
        description=voice.say(
            "Pour chaque sujet, le nombre de personnes qui donnent chaque réponse sur la cohérence"
            " des moyens avec les ambitions ; les effectifs sont repris dans l’annexe."
        ),
        empty_sentence=voice.say("Aucune répartition ne peut encore être montrée."),
    )


def _by_side(drawer: Drawer, results: CollectiveResults) -> ChartData:
    voice = drawer.voice
    rows = [
        (drawer.sides.get(side, side), answered, max(0, invited - answered))
        for side, (answered, invited) in results.participation.by_side.items()
        if answered is not None and invited is not None
    ]
    return ChartData(
        categories=tuple(label for label, _, _ in rows),
        series=(
            (voice.say("Ont répondu"), tuple(float(answered) for _, answered, _ in rows)),
            (voice.say("N’ont pas encore répondu"), tuple(float(rest) for _, _, rest in rows)),
        ),
        description=voice.say(
            "Participation par point de vue : {rows}.",
            rows=" ; ".join(
                f"{label} : {voice.share(answered, answered + rest)}"
                for label, answered, rest in rows
            ),
        ),
        empty_sentence=voice.say("La participation par point de vue ne peut pas être montrée."),
    )


def _by_day(drawer: Drawer, results: CollectiveResults) -> ChartData:
    voice, days = drawer.voice, sorted(results.participation.by_day.items())
    totals = tuple(accumulate(count for _, count in days))
    return ChartData(
        categories=tuple(voice.short_day(date.fromisoformat(day)) for day, _ in days),
        series=((voice.say("Réponses reçues"), tuple(float(total) for total in totals)),),
        description=voice.say(
            "Réponses reçues depuis l’ouverture, jour après jour : {total} au dernier jour.",
            total=totals[-1] if totals else 0,
        ),
        empty_sentence=voice.say("Aucune réponse n’est encore arrivée."),
    )


def answer_labels(drawer: Drawer, item: Item) -> Mapping[str, str]:
    """What the answers to an item are called, by code; a yes-no item lists none of its own."""
    voice, model = drawer.voice, drawer.model
    if item.kind is ItemKind.YES_NO:
        return {"Y": voice.say("Oui"), "N": voice.say("Non")}
    return {
        option.code: voice.say("{text}", text=model.option_text(item, option, voice.language))
        for option in model.options(item)
    }


def _other(drawer: Drawer, code: str, counts: Mapping[str, int]) -> ChartData:
    voice, item = drawer.voice, drawer.model.item(code)
    labels, other = answer_labels(drawer, item), voice.say("Autre réponse")
    rows = [(labels.get(option, other), count) for option, count in counts.items()]
    return ChartData(
        categories=tuple(label for label, _ in rows),
        series=((voice.say("Réponses"), tuple(float(count) for _, count in rows)),),
        description=voice.say(
            "{question} {rows}.",
            question=voice.text(item.question),
            rows=" ; ".join(f"{label} : {count}" for label, count in rows),
        ),
        empty_sentence=voice.say("Aucune réponse ne peut être montrée pour cette question."),
    )


def _by_code(
    scale: Scale, codes: tuple[str, ...], rows: list[Distribution]
) -> tuple[tuple[str, tuple[float | None, ...]], ...]:
    tables = [dict(zip(row.codes, row.counts or (), strict=False)) for row in rows]
    return tuple(
        (scale.short[code], tuple(float(table.get(code, 0)) for table in tables)) for code in codes
    )


def _counts(distribution: Distribution) -> tuple[float | None, ...]:
    return tuple(float(count) for count in distribution.counts or ())


def _read_out(voice: Voice, scale: Scale, distribution: Distribution) -> str:
    pairs = zip(distribution.codes, distribution.counts or (), strict=False)
    return ", ".join(f"{scale.short[code]} {count}" for code, count in pairs) or voice.say(
        "non montré"
    )


def _no_data(voice: Voice, distribution: Distribution) -> str:
    if distribution.counts is None:
        return voice.say("Répartition non montrée, pour protéger les personnes.")
    return voice.say("Aucune réponse sur cette échelle pour l’instant.")
