"""Responses as received → one column per key, read once and streamed."""

from collections.abc import Iterable

import pandas as pd

from config.maturity_model import MaturityModel
from tasks.survey.source import RawResponse

SYSTEM = ("submitdate", "datestamp", "startlanguage")
NO_DATE = "1980-01-01"
"""What LimeSurvey writes where an anonymous survey keeps no dates."""

OTHER = "-oth-"
"""What LimeSurvey writes when « autre » is chosen; the words stand in `<question>[other]`."""

TICKED = "Y"
"""A box that is ticked; one that is not is empty."""

SHORT = 20  # texts up to this length repeat (codes, dates) and are kept once


def respondent_key(response: RawResponse) -> str:
    """The key that tells who sent a response: the token, or `#<response id>` without one."""
    token = str(response.get("token") or "").strip()
    return token or f"#{int(response['id'] or 0)}"


def received_columns(responses: Iterable[RawResponse], model: MaturityModel) -> pd.DataFrame:
    """Read the responses into columns of text.

    Args:
        responses: any number, read once; `null` and `""` are the same thing: no value.
        model: says which columns are read; a column that nobody sent is empty.

    Returns:
        One row per response: `id` (int64), `key` (text), the `SYSTEM` columns, and the platform
        columns of all items, text as received.
    """
    names = dict.fromkeys((*SYSTEM, *(c for item in model.items for c in item.platform_columns)))
    cells: dict[str, list[str]] = {name: [] for name in names}
    ids, keys = [], []
    known: dict[str, str] = {}
    for response in responses:
        ids.append(int(response["id"] or 0))
        keys.append(respondent_key(response))
        for name, column in cells.items():
            value = response.get(name)
            text = value if isinstance(value, str) else _text(value)
            column.append(known.setdefault(text, text) if len(text) <= SHORT else text)
    # Objects, whatever pandas would guess: lone surrogates fit no other kind of column.
    columns = {name: pd.Series(column, dtype=object) for name, column in cells.items()}
    return pd.DataFrame(
        {"id": pd.Series(ids, dtype="int64"), "key": pd.Series(keys, dtype=object), **columns}
    )


def _text(value: int | float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else str(value)
