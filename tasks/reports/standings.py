"""Where the dimensions stand along the path: a table by level, in the order of the scale."""

from typing import Any

from config.keyed import Keyed
from config.maturity_model import Topology
from tasks.reports.chart_data import Drawer
from tasks.reports.subjects import told
from tasks.results import CollectiveResults, DimensionResult, ReadingKind


def standings(drawer: Drawer, results: CollectiveResults) -> dict[str, Any]:
    """The fields of the page where the path is drawn.

    `rows` go level by level, with a row between two levels only where a reading falls there;
    then the dimensions with two readings, and those that cannot be placed.
    """
    voice, model = drawer.voice, drawer.model
    return {
        "has_path": model.topology in (Topology.CYCLE, Topology.LINEAR),
        "has_quadrant": model.quadrant is not None and bool(results.quadrant),
        "cells": _cells(drawer),
        "x_axis": _axis(drawer, model.quadrant.x) if model.quadrant else "",
        "y_axis": _axis(drawer, model.quadrant.y) if model.quadrant else "",
        "rows": [*_level_rows(drawer, results), *_other_rows(drawer, results)],
        "arrows": [
            Keyed(
                voice.say(
                    "{origin} → {target} : {meaning}.",
                    origin=voice.text(model.level(arrow.origin).label),
                    target=voice.text(model.level(arrow.target).label),
                    meaning=voice.text(arrow.meaning).rstrip("."),
                ),
                f"{arrow.origin}>{arrow.target}",
            )
            for arrow in model.return_arrows
        ],
    }


def _axis(drawer: Drawer, code: str) -> str:
    return next(drawer.voice.text(axis.label) for axis in drawer.model.axes if axis.code == code)


def _cells(drawer: Drawer) -> list[dict[str, str]]:
    quadrant, voice = drawer.model.quadrant, drawer.voice
    return [
        {
            "key": cell.code,
            "label": voice.text(cell.label),
            "text": voice.text(cell.description),
        }
        for cell in (quadrant.cells if quadrant else ())
    ]


def _level_rows(drawer: Drawer, results: CollectiveResults) -> list[dict[str, str]]:
    """One row a level, and one between two levels where a reading falls there."""
    rows: list[dict[str, str]] = []
    for code in drawer.levels.codes:
        here = _titles(drawer, results, code)
        rows.append(_row(drawer, code, drawer.levels.labels[code], here or "–"))
        betweens = [
            one
            for one in told(results.dimensions)
            if one.reading.kind is ReadingKind.BETWEEN and one.reading.levels[0] == code
        ]
        for label in dict.fromkeys(drawer.place(b) for b in betweens):
            titles = [drawer.title(one.code) for one in betweens if drawer.place(one) == label]
            rows.append(_row(drawer, f"{code}/{label}", label, " ; ".join(titles)))
    return rows


def _row(drawer: Drawer, key: str, label: str, dimensions: str) -> dict[str, str]:
    return {
        "key": key,
        "label": f"{label[:1].upper()}{label[1:]}",
        "dimensions": drawer.voice.say("{titles}", titles=dimensions),
    }


def _other_rows(drawer: Drawer, results: CollectiveResults) -> list[dict[str, str]]:
    voice = drawer.voice
    two = [
        f"{drawer.title(one.code)} ({_two(drawer, one)})"
        for one in results.dimensions
        if one.reading.kind is ReadingKind.TWO_READINGS
    ]
    silent = [_silent(drawer, one) for one in results.dimensions if not told([one])]
    rows = [("two", voice.say("deux lectures"), two), ("none", voice.say("non situés"), silent)]
    return [_row(drawer, key, label, " ; ".join(titles)) for key, label, titles in rows if titles]


def _two(drawer: Drawer, result: DimensionResult) -> str:
    """The two levels of two readings, or that answers scatter."""
    told = drawer.place(result)
    names = drawer.levels.names(result.reading.levels)
    return drawer.voice.listing(names) if names[-1] in told else told


def _silent(drawer: Drawer, result: DimensionResult) -> str:
    why = drawer.place(result)
    return f"{drawer.title(result.code)} ({why})"


def _titles(drawer: Drawer, results: CollectiveResults, level: str) -> str:
    return " ; ".join(
        drawer.title(one.code)
        for one in told(results.dimensions)
        if one.reading.kind in (ReadingKind.ONE_LEVEL, ReadingKind.MODE)
        and one.reading.levels[0] == level
    )
