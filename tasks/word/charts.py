"""Native Word charts placed by the author of a template: data swapped, formatting kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChartData:
    """Values for one chart of a template.

    For bar charts `categories` are the labels and each series has one value per category (None:
    no value). For scatter charts `categories` is empty and `points` holds (x, y) pairs per series.
    """

    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...] = ()
    points: tuple[tuple[str, tuple[tuple[float, float], ...]], ...] = ()
    description: str = ""  # alt text that reads the chart out
    empty_sentence: str = ""  # shown in place of the chart when there is no data

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to draw."""
        drawn = any(value for _, values in self.series for value in values if value)
        return not drawn and not any(pairs for _, pairs in self.points)
