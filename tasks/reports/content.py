"""What a report is made of, before Word lays it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tasks.word.charts import ChartData
from tasks.word.properties import DocumentProperties


@dataclass(frozen=True)
class ReportContent:
    """Everything a Word template needs, and every figure it prints.

    Attributes:
        context: plain dictionaries, lists and strings for the template's fields.
        charts: name of a chart (as in its alternative text, after `chart:`) → its data.
        properties: title, subject, author, keywords and language of the document.
        values: stable name of a figure → its value, for the values sheet of the workbook.
    """

    context: Mapping[str, Any]
    charts: Mapping[str, ChartData]
    properties: DocumentProperties
    values: Mapping[str, str | int | float]
