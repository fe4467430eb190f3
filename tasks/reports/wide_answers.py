"""Clean answers, one row a respondent (by pseudonym) and one column a question."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from openpyxl.utils import get_column_letter

from config.maturity_model import Item, MaturityModel
from tasks.frames import ANSWERED, QUARANTINED
from tasks.reports.chart_data import Drawer
from tasks.reports.figures import silence_label
from tasks.reports.sheets import Column
from tasks.reports.voice import Voice

_FIXED = ("respondent", "status", "submitted_at", "side")


def answer_columns(voice: Voice, model: MaturityModel, respondents: pd.DataFrame) -> list[Column]:
    """The columns: who, when, side, profile, then one per question of the model."""
    fixed = (
        Column(voice.say("Pseudonyme"), 12),
        Column(voice.say("État"), 12),
        Column(voice.say("Envoyé le"), 20),
        Column(voice.say("Point de vue"), 18),
    )
    profile = [Column(name.removeprefix("profile_"), 18) for name in _profile(respondents)]
    items = [Column(_title(voice, model, item), 26) for item in model.items]
    return [*fixed, *profile, *items]


def columns_of_items(model: MaturityModel, respondents: pd.DataFrame) -> dict[str, str]:
    """Code of a question → letter of its column."""
    first = len(_FIXED) + len(_profile(respondents)) + 1
    return {
        item.code: get_column_letter(place) for place, item in enumerate(model.items, start=first)
    }


def answer_rows(
    drawer: Drawer, model: MaturityModel, respondents: pd.DataFrame, answers: pd.DataFrame
) -> Iterator[list[Any]]:
    """The rows, in the order of the respondents frame."""
    told = _told(drawer, model, answers)
    status = {"complete": drawer.voice.say("complet"), "partial": drawer.voice.say("partiel")}
    profile = _profile(respondents)
    for row in respondents.to_dict("records"):
        who = str(row["respondent"])
        yield [
            who,
            status.get(str(row["status"]), str(row["status"])),
            _plain(row["submitted_at"]),
            drawer.sides.get(_plain(row["side"]), _plain(row["side"])),
            *(_plain(row[name]) for name in profile),
            *(told.get((who, item.code), "") for item in model.items),
        ]


def _profile(respondents: pd.DataFrame) -> list[str]:
    return [str(name) for name in respondents.columns if str(name).startswith("profile_")]


def _title(voice: Voice, model: MaturityModel, item: Item) -> str:
    dimension = model.dimension_of(item)
    about = voice.text(dimension.label) if dimension else voice.text(item.question)
    return f"{item.code} – {about}"


def _told(
    drawer: Drawer, model: MaturityModel, answers: pd.DataFrame
) -> Mapping[tuple[str, str], str]:
    """(respondent, question) → what the cell shows; ticked boxes one after the other."""
    labels = _labels(drawer, model)
    cells: dict[tuple[str, str], list[str]] = {}
    rows = answers[["respondent", "item", "state", "option", "level", "text"]].astype(object)
    for who, item, state, option, level, text in rows.itertuples(index=False, name=None):
        shown = _cell(drawer, labels, item, state, _plain(option), _plain(level), _plain(text))
        if shown:
            cells.setdefault((str(who), str(item)), []).append(shown)
    return {key: " ; ".join(parts) for key, parts in cells.items()}


def _cell(
    drawer: Drawer,
    labels: Mapping[tuple[str, str], str],
    item: str,
    state: str,
    option: str,
    level: str,
    text: str,
) -> str:
    if state == QUARANTINED:
        return drawer.voice.say("code inconnu : {code}", code=option or text)
    if state != ANSWERED:
        return "" if state == "unanswered" else f"({silence_label(drawer, state)})"
    if level:
        return f"{level} – {drawer.levels.short.get(level, level)}"
    if option:
        label = labels.get((item, option), "")
        parts = [part for part in (option, label, text) if part]
        return " – ".join(parts)
    return text


def _labels(drawer: Drawer, model: MaturityModel) -> dict[tuple[str, str], str]:
    language = drawer.voice.language
    return {
        (item.code, option.code): model.option_text(item, option, language)
        for item in model.items
        for option in model.options(item)
    }


def _plain(value: Any) -> str:  # noqa: ANN401 - a cell of a frame
    return "" if value is None or value is pd.NA or value != value else str(value)
