"""Each item read by the model: a state, an option, a level, a text."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from config.maturity_model import Item, ItemKind, MaturityModel, Option, OutOfScale
from tasks.cleaning.forbidden import visible
from tasks.cleaning.journal import Entry, Rule
from tasks.cleaning.profiles import asked_of
from tasks.cleaning.reading import OTHER, TICKED
from tasks.cleaning.values import read_date, read_number
from tasks.frames import ANSWERED, ANSWERS, QUARANTINED, STATES

_YES_NO = (Option(code="Y"), Option(code="N"))
_STATE = {state: number for number, state in enumerate(STATES)}
_UNANSWERED = _STATE[OutOfScale.UNANSWERED.value]
_QUARANTINED = _STATE[QUARANTINED]
_NO_LEVEL = -1


class Meaning(NamedTuple):
    """How the model reads one value of an item."""

    state: int  # place in STATES
    option: str | None = None
    level: int = _NO_LEVEL  # place in the model's levels
    text: str | None = None


_Rows = pd.DataFrame
"""Answers of one item: `who` (int32, place of the respondent) and the fields of `Meaning`."""


def read_answers(
    received: pd.DataFrame, sides: pd.Series, model: MaturityModel
) -> tuple[pd.DataFrame, list[Entry]]:
    """Read every item of every response.

    Args:
        received: tidied columns in the order wanted, with a `respondent` column.
        sides: side codes or None, same index; items put to other sides give no row, unless the
            person answered all the same.
        model: the items and their options.

    Returns:
        A frame that holds the `ANSWERS` contract, by respondent, then in the model's order, and
        an entry for each value that was changed or set aside.
    """
    pieces, entries = [], []
    for number, item in enumerate(model.items):
        rows, changed = _read_item(item, received, model)
        silent = (rows["state"] == _UNANSWERED) & ~asked_of(item, sides)[rows["who"]]
        pieces.append(rows[~silent].assign(item=np.int16(number)))
        entries += changed
    return _frame(_by_respondent(pieces), received["respondent"], model), entries


def _by_respondent(pieces: list[_Rows]) -> _Rows:
    """All rows, by respondent; those of one respondent stay in the order of the pieces.

    Column by column: `pd.concat` looks at every text for missing ones, which costs seconds.
    """
    order = np.argsort(np.concatenate([piece["who"] for piece in pieces]), kind="stable")
    return pd.DataFrame(
        {name: np.concatenate([piece[name] for piece in pieces])[order] for name in pieces[0]}
    )


def _frame(rows: _Rows, respondents: pd.Series, model: MaturityModel) -> pd.DataFrame:
    homes = [d.code if (d := model.dimension_of(item)) else None for item in model.items]
    dimensions = [dimension.code for dimension in model.dimensions]
    kinds = [kind.value for kind in ItemKind]
    home = np.array([-1 if code is None else dimensions.index(code) for code in homes], np.int16)
    kind = np.array([kinds.index(item.kind.value) for item in model.items], np.int8)
    frame = pd.DataFrame(
        {
            "respondent": _named(rows["who"], respondents),
            "item": _named(rows["item"], (item.code for item in model.items)),
            "kind": _named(kind[rows["item"]], kinds),
            "dimension": _named(home[rows["item"]], dimensions),
            "state": _named(rows["state"], STATES),
            "option": rows["option"],
            "level": _named(rows["level"], model.level_codes),
            "text": rows["text"],
        }
    )
    return ANSWERS.validate(frame)


def _named(places: "pd.Series | np.ndarray", names: Iterable[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(places, pd.Index(list(names), dtype=object))


def _read_item(
    item: Item, received: pd.DataFrame, model: MaturityModel
) -> tuple[_Rows, list[Entry]]:
    match item.kind:
        case ItemKind.MULTIPLE_CHOICE:
            return _read_boxes(item, received)
        case ItemKind.NUMBER:
            return _read_values(item, received, read_number)
        case ItemKind.DATE:
            return _read_values(item, received, read_date)
        case ItemKind.COMMENT | ItemKind.TEXT:
            return _read_values(item, received, lambda value: (value, None))
        case _:
            return _read_choice(item, received, model)


def _read_choice(
    item: Item, received: pd.DataFrame, model: MaturityModel
) -> tuple[_Rows, list[Entry]]:
    """One code of an answer set (or yes/no), perhaps with words of one's own beside it."""
    meanings = _meanings(item, model)
    values, words = received[item.platform_columns[0]], _other_words(item, received)
    alone = (values == "") & (words != "")
    values = values.mask(alone, OTHER)
    rows = _rows(values, lambda value: meanings.get(value) or Meaning(_QUARANTINED))
    strange = (rows["state"] == _QUARANTINED).to_numpy()
    # Nothing is dropped: a code set aside and the words beside it stay as text.
    both = values.where(words == "", values + "\n" + words)
    aside = both.where(strange).map(visible, na_action="ignore")
    text = aside.where(strange, words.where(words != "", None))
    entries = [
        Entry(id_, item.code, Rule.OTHER_TEXT, "", OTHER) for id_ in received.loc[alone, "id"]
    ]
    entries += [
        Entry(id_, item.code, Rule.UNKNOWN_OPTION, value, "")
        for id_, value in zip(received.loc[strange, "id"], both[strange], strict=True)
    ]
    return rows.assign(text=text.to_numpy()), entries


def _meanings(item: Item, model: MaturityModel) -> dict[str, Meaning]:
    meanings = {
        option.code: Meaning(_state(option), option.code, _level(item, option, model))
        for option in model.options(item) or _YES_NO
    }
    return meanings | {OTHER: Meaning(_STATE[ANSWERED], OTHER)} if item.other else meanings


def _state(option: Option) -> int:
    return _STATE[option.out_of_scale.value if option.out_of_scale else ANSWERED]


def _level(item: Item, option: Option, model: MaturityModel) -> int:
    if item.kind is not ItemKind.STAGE or option.level is None:
        return _NO_LEVEL
    return model.level_codes.index(option.level)


def _other_words(item: Item, received: pd.DataFrame) -> pd.Series:
    if item.other:
        return received[item.platform_columns[-1]]
    return pd.Series("", index=received.index, dtype=object)


def _read_boxes(item: Item, received: pd.DataFrame) -> tuple[_Rows, list[Entry]]:
    """Boxes to tick: a row per box ticked, in the model's order, or one row `unanswered`."""
    pieces, entries = [], []
    for choice, column in zip(item.choices, item.platform_columns, strict=False):
        rows = _rows(received[column], _box(choice))
        rows = rows[rows["state"] != _UNANSWERED]
        strange = rows[rows["state"] == _QUARANTINED]
        ids = received["id"].to_numpy()[strange["who"]]
        entries += [
            Entry(id_, item.code, Rule.UNKNOWN_OPTION, text, "")
            for id_, text in zip(ids, strange["text"], strict=True)
        ]
        pieces.append(rows)
    words = _rows(_other_words(item, received), lambda w: Meaning(_STATE[ANSWERED], OTHER, text=w))
    pieces.append(words[words["state"] != _UNANSWERED])
    answered = np.concatenate([rows["who"] for rows in pieces])
    # What is left of `words` is empty: one such row for each person who ticked nothing.
    pieces.append(words[~words["who"].isin(answered)])
    return _by_respondent(pieces), entries


def _box(choice: Option) -> Callable[[str], Meaning]:
    ticked = Meaning(_state(choice), choice.code)

    def read(value: str) -> Meaning:
        # Set aside as text that every file can hold: what XML forbids is shown, not kept.
        text = f"{choice.code}={visible(value)}"
        return ticked if value == TICKED else Meaning(_QUARANTINED, text=text)

    return read


def _read_values(
    item: Item,
    received: pd.DataFrame,
    convert: Callable[[str], tuple[str | None, Rule | None]],
) -> tuple[_Rows, list[Entry]]:
    """Free entries; `convert` gives the value (None: it is set aside) and the rule, if any."""
    values = received[item.platform_columns[0]]
    known = {value: convert(value) for value in dict.fromkeys(values.tolist()) if value}
    entries = [
        Entry(id_, item.code, rule, value, after or "")
        for id_, value in zip(received["id"].tolist(), values.tolist(), strict=True)
        if value
        for after, rule in [known[value]]
        if rule is not None
    ]

    def meaning(value: str) -> Meaning:
        after, _ = known[value]
        if after is None:
            return Meaning(_QUARANTINED, text=visible(value))
        return Meaning(_STATE[ANSWERED], text=after)

    return _rows(values, meaning), entries


def _rows(values: pd.Series, meaning: Callable[[str], Meaning]) -> _Rows:
    """One row per respondent; `meaning` is asked once for each different value but `""`."""
    # Not pd.factorize: it takes a text that begins with NUL for the empty one.
    places: dict[str, int] = {}
    codes = [places.setdefault(value, len(places)) for value in values.tolist()]
    read = [meaning(value) if value else Meaning(_UNANSWERED) for value in places]
    return pd.DataFrame(
        {
            "who": np.arange(len(values), dtype=np.int32),
            "state": np.array([m.state for m in read], dtype=np.int8)[codes],
            "option": np.array([m.option for m in read], dtype=object)[codes],
            "level": np.array([m.level for m in read], dtype=np.int8)[codes],
            "text": np.array([m.text for m in read], dtype=object)[codes],
        }
    )
