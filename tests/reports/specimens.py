"""Collective results made by hand: no survey, no scoring, only what a report may meet.

Counts come from a short cycle of shapes (shared, split, dispersed…), so that every way of
reading occurs; words for agreement are fixed here, because reports must print what they are given.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from config.maturity_model import ItemKind, MaturityModel
from config.settings import Settings
from config.study import Study
from tasks.results import (
    CollectiveResults,
    CycleStanding,
    DimensionResult,
    Distribution,
    Gap,
    InterviewView,
    OtherItemResult,
    Participation,
    QuadrantPoint,
    Quote,
    Reading,
    ReadingKind,
    Remark,
    SideView,
    Subject,
    WaveChange,
    Withheld,
)
from tasks.scoring.agreement import agreement

SETTINGS = Settings(language="fr")

SHAPES = (
    (1, 8, 4, 2, 0),
    (0, 3, 9, 2, 1),
    (6, 2, 1, 1, 5),
    (2, 5, 5, 2, 0),
    (3, 3, 3, 3, 3),
    (0, 0, 2, 9, 3),
    (0, 7, 7, 0, 0),
    (0, 0, 0, 3, 11),
)


MENTIONS = {
    "brake": ("Le temps manque & les moyens < aussi.", "Les mots ne sont pas les mêmes."),
    "need": ("Un lexique de deux pages.",),
}


def reading_of(codes: Sequence[str], counts: Sequence[int]) -> Reading:
    """The reading of counts, done slowly: sort the answers, look at the middle."""
    total = sum(counts)
    if not total:
        return Reading(ReadingKind.NOBODY, (), None, "")
    value = agreement(counts) or 0.0
    if value <= 0 and sum(1 for count in counts if count) > 1:
        first, second = sorted(range(len(counts)), key=lambda place: -counts[place])[:2]
        levels = tuple(codes[place] for place in sorted((first, second)))
        return Reading(ReadingKind.TWO_READINGS, levels, value, "avis opposés")
    answers = [code for code, count in zip(codes, counts, strict=True) for _ in range(count)]
    middle = {answers[(total - 1) // 2], answers[total // 2]}
    levels = tuple(code for code in codes if code in middle)
    kind = ReadingKind.ONE_LEVEL if len(levels) == 1 else ReadingKind.BETWEEN
    word = "avis largement partagé" if value >= 0.6 else "accord partiel"
    return Reading(kind, levels, value, word, levels[:1], levels[-1:])


def spread(shape: Sequence[int], width: int) -> tuple[int, ...]:
    """A shape of five levels set on another number of levels, with the same people."""
    counts = [0] * width
    for place, count in enumerate(shape):
        counts[min(width - 1, place * width // len(shape))] += count
    return tuple(counts)


def dimension(
    model: MaturityModel,
    code: str,
    shape: Sequence[int],
    *,
    sides: Mapping[str, Sequence[int] | None] | None = None,
    interviews: bool = False,
    quotes: Sequence[Quote] = (),
    silent: Mapping[str, int] | None = None,
    mentioned: bool = False,
) -> DimensionResult:
    """One dimension; a side without counts is withheld."""
    codes = model.level_codes
    counts = spread(shape, len(codes))
    reading = reading_of(codes, counts)
    views = tuple(_side(codes, side, own) for side, own in (sides or {}).items())
    coherence = _coherence(model, code, shape)
    return DimensionResult(
        code=code,
        distribution=Distribution(codes, counts, silent or {}),
        reading=reading,
        coherence=coherence,
        coherence_reading=reading_of(coherence.codes, coherence.counts or ())
        if coherence
        else None,
        sides=views,
        gaps=_gaps(code, codes, views),
        cycle=_standing(model, reading),
        interviews=_interviews(codes, counts) if interviews else None,
        quotes=tuple(quotes),
        mentions=MENTIONS if mentioned else {},
    )


def _side(codes: Sequence[str], side: str, own: Sequence[int] | None) -> SideView:
    if own is None:
        hidden = Distribution(tuple(codes), None, withheld=Withheld.SMALL_GROUP)
        return SideView(side, None, hidden, Reading(ReadingKind.WITHHELD, (), None, ""))
    counts = spread(own, len(codes))
    shown = Distribution(tuple(codes), counts)
    return SideView(side, sum(counts), shown, reading_of(codes, counts))


def _gaps(code: str, codes: Sequence[str], views: Sequence[SideView]) -> tuple[Gap, ...]:
    placed = [(codes.index(v.reading.levels[0]), v.side) for v in views if v.reading.levels]
    if len(placed) < 2 or max(placed)[0] == min(placed)[0]:
        return ()
    low, high = min(placed), max(placed)
    return (Gap(code, low[1], high[1], float(high[0] - low[0]), 0.64),)


def _coherence(model: MaturityModel, code: str, shape: Sequence[int]) -> Distribution | None:
    item = model.dimension(code).item(ItemKind.COHERENCE)
    if item is None:
        return None
    codes = tuple(o.code for o in model.options(item) if o.out_of_scale is None)
    return Distribution(codes, spread(shape[::-1], len(codes)), {"dont_know": 1})


def _standing(model: MaturityModel, reading: Reading) -> CycleStanding | None:
    if not reading.levels:
        return None
    codes = model.level_codes
    place = codes.index(reading.levels[-1])
    returns = {arrow.origin: arrow.target for arrow in model.return_arrows}
    if codes[place] in returns:
        return CycleStanding(reading.levels, returns[codes[place]], new_turn=True)
    following = codes[place + 1] if place + 1 < len(codes) else None
    return CycleStanding(reading.levels, following, new_turn=False)


def _interviews(codes: Sequence[str], counts: Sequence[int]) -> InterviewView:
    after = list(counts)
    origin = max(range(len(after)), key=lambda place: after[place])
    target = origin + 1 if origin + 1 < len(after) else origin - 1
    moved = min(2, after[origin])
    after[origin] -= moved
    after[target] += moved
    total = sum(counts)
    return InterviewView(
        interviewed=total,
        confirmed=max(0, total - moved - 1),
        nuanced=min(1, total - moved),
        revised=moved,
        after=Distribution(tuple(codes), tuple(after)),
        reading_after=reading_of(codes, after),
        moves={f"{codes[origin]}>{codes[target]}": moved} if moved else {},
    )


QUOTES = (
    Quote(
        "On lance le projet, et c’est seulement ensuite qu’on se demande à quoi il sert.",
        "Politiques publiques",
        "interview",
    ),
    Quote(
        "Chacun a ses fichiers. Le jour où l’on a voulu les rapprocher pour le plan climat, il a"
        " fallu trois mois et beaucoup de bonne volonté.",
        "",
        "comment",
    ),
    Quote(
        "Le service sait faire, mais personne ne lui demande son avis avant la commande.",
        "Numérique",
        "interview",
    ),
)


def collective(
    model: MaturityModel,
    study: Study,
    *,
    interviews: bool = True,
    sides: bool = True,
    shapes: Sequence[Sequence[int]] = SHAPES,
    quotes: Sequence[Quote] = QUOTES,
) -> CollectiveResults:
    """A whole campaign that went well: fifteen answers, every way of reading."""
    groups = [side.code for side in study.sides] if sides else []
    results = tuple(
        dimension(
            model,
            one.code,
            shapes[place % len(shapes)],
            sides=_split(groups, shapes[place % len(shapes)], place),
            interviews=interviews,
            quotes=quotes[: place % (len(quotes) + 1)],
            silent={"dont_know": place % 3, "unanswered": place % 2},
            mentioned=interviews and not place % 2,
        )
        for place, one in enumerate(model.dimensions)
    )
    return CollectiveResults(
        study=study.code,
        wave=study.wave().code,
        model=model.code,
        model_version=model.version,
        computed_at=datetime(2026, 10, 1, 9, 30, tzinfo=UTC),
        data_until=date(2026, 10, 1),
        mode=study.confidentiality.mode.value,
        min_group=study.confidentiality.min_group,
        participation=Participation(
            invited=18,
            complete=14,
            partial_kept=1,
            excluded=2,
            by_side=dict.fromkeys(groups, (5, 6)),
            by_day={f"2026-09-{day}": 1 + day % 3 for day in range(15, 24)},
            interviewed=12 if interviews else 0,
        ),
        dimensions=results,
        other_items=_others(model),
        quadrant=_points(model),
        subjects=_subjects() if interviews else (),
        remarks=_remarks(model) if interviews else (),
        withheld_notes=(
            "Le groupe « Élus et direction générale » n’est pas montré à part sur certains sujets :"
            " trop peu de ses membres s’y prononcent.",
        ),
    )


def _split(
    groups: Sequence[str], shape: Sequence[int], place: int
) -> dict[str, Sequence[int] | None]:
    if not groups:
        return {}
    low = tuple(min(count, 2) for count in shape)
    high = tuple(min(count, 2) for count in shape[::-1])
    told: list[Sequence[int] | None] = [low, (0, 1, 2, 1, 1), high]
    if place % 3 == 0:
        told = [None, None, None] if place % 6 == 0 else [None, *told[1:]]
    return dict(zip(groups, told, strict=False))


def _others(model: MaturityModel) -> tuple[OtherItemResult, ...]:
    found = []
    for item in model.other_items:
        options = [option.code for option in model.options(item)]
        counts = {code: 11 - place for place, code in enumerate(options)} if options else None
        texts = () if options else ("Le devenir des outils une fois le projet terminé.",)
        found.append(OtherItemResult(item.code, 14, counts, texts=texts))
    return tuple(found)


def _points(model: MaturityModel) -> tuple[QuadrantPoint, ...] | None:
    if model.quadrant is None:
        return None
    cells = {(cell.x, cell.y): cell.code for cell in model.quadrant.cells}
    spots = [(0, 1), (1, 1), (1, 1), (3, 1), (4, 4), (2, 3), (2, 2), (1, 3), (1, 1), (3, 3)]
    return tuple(
        QuadrantPoint(
            x, 4, y, 4, cells["high" if x >= 2 else "low", "high" if y >= 2 else "low"], 2 in (x, y)
        )
        for x, y in spots
    )


def _subjects() -> tuple[Subject, ...]:
    return (
        Subject(
            "La fin de vie des équipements",
            4,
            (
                "Rien n’est prévu pour les capteurs posés il y a huit ans.",
                "Le coût n’est pas compté.",
            ),
        ),
        Subject("Les communes sans service informatique", 3, ("Elles découvrent les projets.",)),
        Subject("La mémoire des projets abandonnés", 1),
    )


def _remarks(model: MaturityModel) -> tuple[Remark, ...]:
    first, last = model.level_codes[0], model.level_codes[-1]
    return (
        Remark("", "Le mot laisse croire qu’il y aurait une fin ; « capacité » parlerait mieux."),
        Remark("", "La maturité d’un service n’est pas celle de la collectivité."),
        Remark(first, "Ne pas s’occuper d’un sujet peut être un choix."),
        Remark(last, "On y arrive sur un projet, rarement sur une politique entière."),
    )


def withheld_everywhere(model: MaturityModel, study: Study) -> CollectiveResults:
    """Three answers only: nothing at all may be shown."""
    hidden = tuple(
        DimensionResult(
            code=one.code,
            distribution=Distribution(model.level_codes, None, withheld=Withheld.SMALL_GROUP),
            reading=Reading(ReadingKind.WITHHELD, (), None, ""),
            coherence=None,
            coherence_reading=None,
            sides=tuple(_side(model.level_codes, side.code, None) for side in study.sides),
            gaps=(),
            cycle=None,
            interviews=None,
        )
        for one in model.dimensions
    )
    return _bare(model, study, hidden, complete=3)


def nobody_yet(model: MaturityModel, study: Study) -> CollectiveResults:
    """The first morning of a campaign: not one answer."""
    empty = tuple(
        DimensionResult(
            code=one.code,
            distribution=Distribution(model.level_codes, (0,) * len(model.levels)),
            reading=Reading(ReadingKind.NOBODY, (), None, ""),
            coherence=None,
            coherence_reading=None,
            sides=(),
            gaps=(),
            cycle=None,
            interviews=None,
        )
        for one in model.dimensions
    )
    return _bare(model, study, empty, complete=0)


def _bare(
    model: MaturityModel, study: Study, dimensions: tuple[DimensionResult, ...], complete: int
) -> CollectiveResults:
    return CollectiveResults(
        study=study.code,
        wave=study.wave().code,
        model=model.code,
        model_version=model.version,
        computed_at=datetime(2026, 9, 15, 6, 0, tzinfo=UTC),
        data_until=date(2026, 9, 15),
        mode=study.confidentiality.mode.value,
        min_group=study.confidentiality.min_group,
        participation=Participation(18, complete, 0, 0, {}, {}),
        dimensions=dimensions,
        withheld_notes=("Trop peu de réponses : rien n’est montré.",) if complete else (),
    )


def with_waves(results: CollectiveResults) -> tuple[WaveChange, ...]:
    """Changes since a former wave, along a return arrow too."""
    codes = results.dimensions[0].distribution.codes
    paths = {
        f"{codes[-1]}>{codes[-3]}": 2,
        f"{codes[0]}>{codes[1]}": 1,
        f"{codes[1]}>{codes[1]}": 6,
    }
    return tuple(WaveChange(one.code, 9, paths, 2) for one in results.dimensions[:2])
