"""A figure of the report: a number with a stable name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure.

    Attributes:
        name: stable, dotted: `dimension.STR.level.S2`.
        about: what it is about, in words: a dimension, a question, the participation.
        view: whose answers: everybody, a side, after the interviews.
        label: the level, option or measure counted.
        value: the figure, as a number.
        item: code of the question it counts; empty when it counts none.
        sources: beginning of the names of the counted figures it comes from; empty for these.
    """

    name: str
    about: str
    view: str
    label: str
    value: int | float
    item: str = ""
    sources: str = ""
