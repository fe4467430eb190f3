"""What the tables between two steps hold: pandera contracts, checked at every border.

A frame that does not hold fails with the row, before anything is written.
"""

import pandas as pd
from pandera.pandas import Check, Column, DataFrameSchema

from config.maturity_model import ItemKind, OutOfScale

ANSWERED = "answered"
QUARANTINED = "quarantined"
STATES = (ANSWERED, QUARANTINED, *(state.value for state in OutOfScale))
RESPONSE_STATUS = ("complete", "partial")

RESPONDENTS = DataFrameSchema(
    {
        "respondent": Column(str, unique=True),  # pseudonym, e.g. P07
        "response_id": Column(int, unique=True),  # on the platform
        "status": Column(str, Check.isin(RESPONSE_STATUS)),
        "submitted_at": Column(str, nullable=True),  # the platform's local time, as received
        "language": Column(str, nullable=True),
        "side": Column(str, nullable=True),  # side code; None: no side known
        # plus one `profile_<attribute>` column (str, nullable) per profile attribute
    },
    strict=False,
    coerce=True,
    name="respondents",
)

ANSWERS = DataFrameSchema(
    {
        "respondent": Column("category"),
        "item": Column("category"),
        "kind": Column("category", Check.isin([kind.value for kind in ItemKind])),
        "dimension": Column("category", nullable=True),  # None: profile and other items
        "state": Column("category", Check.isin(STATES)),
        "option": Column("object", nullable=True),  # option code; one row per ticked box
        "level": Column("category", nullable=True),  # level code, stage items only
        "text": Column("object", nullable=True),  # comments, free text, numbers, dates, "other"
    },
    strict=True,
    name="answers",
)

JOURNAL = DataFrameSchema(
    {
        "response": Column(str),  # pseudonym, or `réponse <id>` where there is none
        "item": Column(str),  # empty: the whole response
        "rule": Column(str),  # short stable name of the rule
        "before": Column(str),
        "after": Column(str),
        "reason": Column(str),  # a sentence for staff, in the study's language
    },
    strict=True,
    coerce=True,
    name="journal",
)


def empty(schema: DataFrameSchema) -> pd.DataFrame:
    """A frame with no row and the columns of a contract, valid against it."""
    columns = {name: pd.Series(dtype=_dtype(column)) for name, column in schema.columns.items()}
    return schema.validate(pd.DataFrame(columns))


def _dtype(column: Column) -> str:
    return str(column.dtype) if column.dtype is not None else "object"
