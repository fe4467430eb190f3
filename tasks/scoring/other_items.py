"""Complementary questions: people per option, the spread of a number; the total only."""

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from config.maturity_model import Item, ItemKind, MaturityModel
from tasks.frames import ANSWERED
from tasks.results import OtherItemResult
from tasks.scoring.publication import Plan

APART = frozenset({ItemKind.STAGE, ItemKind.COHERENCE, ItemKind.COMMENT})
"""Kinds that a dimension's own result tells."""

YES_NO = ["Y", "N"]
"""The platform's codes for yes and no."""


def other_item_results(
    answers: pd.DataFrame, model: MaturityModel, plan: Plan
) -> tuple[OtherItemResult, ...]:
    """Count the questions that are neither a stage, nor a coherence, nor a comment.

    Profile questions are left out: they tell who people are. Under `min_group` people who
    answered, nothing but their number is shown. Free texts need consent and review, which a
    questionnaire does not give: they are never shown here. Of an item that some sides are asked,
    only the answers of these sides count.

    Args:
        answers: a frame of the ANSWERS contract.
        model: the model, for the items and their options.
        plan: what this issue may show.
    """
    items = {item.code: item for item in _items(model)}
    rows = answers[(answers["state"] == ANSWERED) & answers["item"].isin(items)]
    by_item = {str(code): part for code, part in rows.groupby("item", observed=True)}
    return tuple(
        _result(item, _asked(item, by_item.get(code, rows.head(0)), plan), model, plan)
        for code, item in items.items()
    )


def _asked(item: Item, rows: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    if not item.asked_of:
        return rows
    groups = plan.publication.groups
    people = {person for side in item.asked_of for person in groups.get(side, ())}
    return rows[rows["respondent"].isin(people)]


def _items(model: MaturityModel) -> Iterator[Item]:
    profile = {item.code for item in model.profile_questions}
    return (item for item in model.items if item.kind not in APART and item.code not in profile)


def _result(item: Item, rows: pd.DataFrame, model: MaturityModel, plan: Plan) -> OtherItemResult:
    answered = int(rows["respondent"].nunique())
    if plan.withheld(item) or 0 < answered < plan.min_group:
        return OtherItemResult(item.code, answered, None)
    numbers = _spread(rows["text"], plan.min_group) if item.kind is ItemKind.NUMBER else None
    return OtherItemResult(item.code, answered, _counts(item, rows, model), numbers)


def _counts(item: Item, rows: pd.DataFrame, model: MaturityModel) -> dict[str, int]:
    """People per option, in the model's order, then what the platform added (« autre »)."""
    chosen = rows[rows["option"].notna()]
    ticked = set(zip(chosen["respondent"], chosen["option"], strict=True))
    people = Counter(option for _, option in ticked)
    offered = [option.code for option in model.options(item) if option.out_of_scale is None]
    scale = YES_NO if item.kind is ItemKind.YES_NO else offered
    return {code: people[code] for code in (*scale, *sorted(set(people) - set(scale)))}


def _spread(texts: "pd.Series[str]", min_group: int) -> tuple[float, float, float] | None:
    """Lower quartile, median and upper quartile; a decimal comma is read too.

    The smallest and the largest number would each be one person's answer. Quartiles are told of
    twice `min_group` people at least, so that half of them is a group that may be shown.
    """
    plain = texts.astype(str).str.replace(",", ".").str.replace(r"\s", "", regex=True)
    numbers = pd.to_numeric(plain, errors="coerce").dropna()
    if len(numbers) < 2 * min_group:
        return None
    lower, median, upper = numbers.quantile([0.25, 0.5, 0.75])
    return float(lower), float(median), float(upper)
