"""The annex tables: counts of every dimension, agreement, gaps between points of view."""

from collections.abc import Mapping
from typing import Any

from config.maturity_model import ItemKind, OutOfScale
from tasks.reports.chart_data import Drawer
from tasks.reports.quotes import in_the_annex, quote_fields
from tasks.reports.voice import Voice
from tasks.reports.wording import Scale
from tasks.results import CollectiveResults, Distribution, Gap, Reading


def annex(drawer: Drawer, results: CollectiveResults) -> dict[str, Any]:
    """The fields of the annex; a table without rows is left out by the template."""
    voice = drawer.voice
    return {
        "levels": _levels_table(drawer, results),
        "coherence": _coherence_tables(drawer, results),
        "gaps": [
            {
                "key": f"{one.code}/{gap.low_side}/{gap.high_side}",
                "title": drawer.title(one.code),
                "sides": _pair(drawer, gap),
                "levels": gap_words(voice, gap.levels),
                "delta": voice.decimal(gap.cliffs_delta),
            }
            for one in results.dimensions
            for gap in one.gaps
        ],
        "quotes": _quotes(drawer, results),
    }


def _quotes(drawer: Drawer, results: CollectiveResults) -> list[dict[str, Any]]:
    """The quotations that no page has room for, and those that speak to no dimension."""
    voice = drawer.voice
    general = [quote_fields(voice, quote) for quote in results.quotes]
    groups = [("general", voice.say("Sans lien avec un seul sujet"), general)]
    groups += [
        (one.code, drawer.title(one.code), in_the_annex(voice, one.quotes))
        for one in results.dimensions
    ]
    return [
        {"key": key, "title": title, "quotes": quotes} for key, title, quotes in groups if quotes
    ]


def _levels_table(drawer: Drawer, results: CollectiveResults) -> dict[str, Any]:
    scale = drawer.levels
    rows = [
        {"key": one.code, "title": drawer.title(one.code)}
        | _numbers(drawer.voice, scale, one.distribution, one.reading)
        for one in results.dimensions
    ]
    return {"columns": [scale.short[code] for code in scale.codes], "rows": rows}


def _coherence_tables(drawer: Drawer, results: CollectiveResults) -> list[dict[str, Any]]:
    """One table per answer set: dimensions asked with the same options stand together."""
    tables: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in results.dimensions:
        item = drawer.model.dimension(one.code).item(ItemKind.COHERENCE)
        if item is None or one.coherence is None:
            continue
        scale = Scale.of_item(drawer.model, item, drawer.voice)
        columns = tuple(scale.short[code] for code in scale.codes)
        empty = {"key": "/".join(scale.codes), "columns": list(columns), "rows": []}
        tables.setdefault(columns, empty)["rows"].append(
            {"key": one.code, "title": drawer.title(one.code)}
            | _numbers(drawer.voice, scale, one.coherence, one.coherence_reading)
        )
    return list(tables.values())


def _numbers(
    voice: Voice, scale: Scale, distribution: Distribution, reading: Reading | None
) -> dict[str, Any]:
    hidden = distribution.counts is None
    table = dict(zip(distribution.codes, distribution.counts or (), strict=False))
    silent = distribution.out_of_scale
    agreement = reading.agreement if reading is not None else None
    return {
        "counts": ["–" if hidden else str(table.get(code, 0)) for code in scale.codes],
        "unknowing": "–" if hidden else str(silent.get(OutOfScale.DONT_KNOW, 0)),
        "other": "–" if hidden else str(_others(silent)),
        "n": "–" if hidden else str(distribution.n),
        "agreement": "–" if agreement is None else voice.decimal(agreement),
    }


def _others(silent: Mapping[str, int]) -> int:
    return sum(count for kind, count in silent.items() if kind != OutOfScale.DONT_KNOW)


def _pair(drawer: Drawer, gap: Gap) -> str:
    return drawer.voice.say(
        "{one} / {other}",
        one=drawer.sides.get(gap.low_side, gap.low_side),
        other=drawer.sides.get(gap.high_side, gap.high_side),
    )


def gap_words(voice: Voice, levels: float) -> str:
    """A gap in words: « un demi-stade », « un stade et demi », « deux stades »."""
    whole, half = int(levels), levels % 1 >= 0.5
    if not half:
        return voice.count(
            "{count} {level}",
            "{count} {levels}",
            whole,
            level=voice.level_word,
            levels=voice.level_words,
        )
    if not whole:
        return voice.say("un demi-{level}", level=voice.level_word)
    return voice.count(
        "{count} {level} et demi",
        "{count} {levels} et demi",
        whole,
        level=voice.level_word,
        levels=voice.level_words,
    )
