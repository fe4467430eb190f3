"""What stops a report from leaving."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something a document would give away.

    Attributes:
        document: its name.
        table: the table, chart or passage, as staff would look for it; never a name of a person.
        reason: what is wrong with it, in the study's language.
    """

    document: str
    table: str
    reason: str
