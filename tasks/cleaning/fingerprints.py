"""A hash of what each respondent answered, to tell between two refreshes who changed."""

import hashlib
from collections.abc import Iterable, Mapping

import pandas as pd

from config.maturity_model import OutOfScale

_FIELD, _ROW = "\x1f", "\x1e"  # separators that cleaning leaves in no answer


def fingerprints(respondents: pd.DataFrame, answers: pd.DataFrame) -> Mapping[str, str]:
    """Pseudonym → SHA-256 of the clean answers and of the side.

    The side is part of it: a person counted on another side changes the tables by side as much
    as a new answer does. What is unanswered is not: it is the same as no row.

    Args:
        respondents: holds the `RESPONDENTS` contract.
        answers: holds the `ANSWERS` contract, in the order of `respondents`.
    """
    given = answers[answers["state"] != OutOfScale.UNANSWERED.value]
    columns = [given[name].tolist() for name in ("item", "state", "option", "text")]
    sizes = given["respondent"].cat.codes.value_counts(sort=False)
    digests, start = {}, 0
    for place, (name, side) in enumerate(_sides(respondents)):
        end = start + int(sizes.get(place, 0))
        digests[name] = _digest(side, zip(*(column[start:end] for column in columns), strict=True))
        start = end
    return digests


def _sides(respondents: pd.DataFrame) -> Iterable[tuple[str, str | None]]:
    return zip(respondents["respondent"], respondents["side"], strict=True)


def _digest(side: str | None, rows: Iterable[tuple[str | None, ...]]) -> str:
    lines = [side or "", *(_FIELD.join([cell or "" for cell in row]) for row in rows)]
    return hashlib.sha256(_ROW.join(lines).encode()).hexdigest()
