"""Who the respondents are: attributes from the participants table or the form, and the side."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from config.maturity_model import CODED_KINDS, Item, MaturityModel
from config.study import ProfileAttribute, Study
from tasks.cleaning.journal import Entry
from tasks.cleaning.reading import OTHER
from tasks.cleaning.texts import changes, tidy_column
from tasks.store.records import Person


def profiles(
    received: pd.DataFrame, model: MaturityModel, study: Study, people: Mapping[str, Person]
) -> tuple[pd.DataFrame, list[Entry]]:
    """The profile of each respondent.

    Args:
        received: tidied columns.
        model: the options of profile items.
        study: says where each attribute comes from; the participants table comes first, the
            form where the table says nothing.
        people: key → person.

    Returns:
        A column `profile_<code>` per attribute (text or option code, None where unknown) on the
        index of `received`, and what tidying the participants' attributes changed.
    """
    columns, entries = {}, []
    for attribute in study.profile:
        values, changed = _participants_values(received, attribute, people)
        values = values.where(values != "", _form_values(received, attribute, model))
        columns[f"profile_{attribute.code}"] = values.where(values != "", None)
        entries += changed
    return pd.DataFrame(columns, index=received.index, dtype=object), entries


def sides(profile: pd.DataFrame, study: Study) -> pd.Series:
    """The side of each respondent, by the study's rule; None where it tells nothing."""
    rule = study.side_rule
    if rule is None or f"profile_{rule.attribute}" not in profile:
        return pd.Series([None] * len(profile), index=profile.index, dtype=object)
    found = [rule.values.get(value) for value in profile[f"profile_{rule.attribute}"]]
    return pd.Series(found, index=profile.index, dtype=object)


def asked_of(item: Item, sides: pd.Series) -> NDArray[np.bool_]:
    """Whether an item is put to each person; a person of no known side gets the common ones."""
    if not item.asked_of:
        return np.ones(len(sides), dtype=bool)
    return sides.isin(item.asked_of).to_numpy(dtype=bool)


def invited_by_side(
    attributes: Iterable[Mapping[str, str]] | None, study: Study
) -> Mapping[str | None, int] | None:
    """How many people of each side were invited; None when the participants table cannot tell.

    Args:
        attributes: of each person invited (`Store.invited_attributes`).
        study: its side rule must read an attribute of the participants table.
    """
    rule = study.side_rule
    source = next((a.participant for a in study.profile if rule and a.code == rule.attribute), None)
    if attributes is None or rule is None or source is None:
        return None
    values = [rule.values.get(_tidy(person.get(source) or "")) for person in attributes]
    return {side.code: values.count(side.code) for side in study.sides}


def _participants_values(
    received: pd.DataFrame, attribute: ProfileAttribute, people: Mapping[str, Person]
) -> tuple[pd.Series, list[Entry]]:
    name = attribute.participant
    values = [(people[key].attributes.get(name) if name else "") or "" for key in received["key"]]
    column = pd.Series(values, index=received.index, dtype=object)
    return tidy_column(column, received["id"], attribute.code)


def _form_values(
    received: pd.DataFrame, attribute: ProfileAttribute, model: MaturityModel
) -> pd.Series:
    if attribute.item is None:
        return pd.Series("", index=received.index, dtype=object)
    item = model.item(attribute.item)
    values = received[item.platform_columns[0]]
    return (
        values.where(values.isin(_known(item, model)), "") if item.kind in CODED_KINDS else values
    )


def _known(item: Item, model: MaturityModel) -> list[str]:
    codes = [option.code for option in model.options(item)]
    return [*codes, OTHER] if item.other else codes


def _tidy(text: str) -> str:
    steps = changes(text)
    return steps[-1][2] if steps else text
