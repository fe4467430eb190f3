"""The days of a campaign: how many answers came in, and a line of bars that fits a terminal.

Days are counted over everybody, never by side: on a day with one answer, a side would be a person.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from config.study import Wave

MOST_DAYS = 42
"""The longest campaign drawn day by day; a longer one is drawn week by week."""

BARS = "▁▂▃▄▅▆▇█"
NONE = "·"


@dataclass(frozen=True)
class Days:
    """Answers by day, or by week in a long campaign; days without any are there, with 0."""

    starts: tuple[date, ...]
    counts: tuple[int, ...]
    step: int  # days that one count covers: 1 or 7

    @property
    def weekly(self) -> bool:
        """True when each count is that of a week."""
        return self.step > 1


def days_of(by_day: Mapping[str, int], wave: Wave, today: date) -> Days:
    """The days from the opening to today, or to the closing if that is over.

    Args:
        by_day: ISO date → answers submitted.
        wave: opens and closes.
        today: in the study's time zone.
    """
    counts = Counter({date.fromisoformat(day): one for day, one in by_day.items()})
    first = min([wave.opens, *counts])
    last = max([min(today, wave.closes), *counts])
    step = 1 if (last - first).days < MOST_DAYS else 7
    starts = [first + timedelta(days=n) for n in range(0, max(0, (last - first).days) + 1, step)]
    bars = [sum(counts[start + timedelta(days=n)] for n in range(step)) for start in starts]
    return Days(tuple(starts), tuple(bars), step)


def sparkline(counts: Sequence[int]) -> str:
    """One character a count: a block as high as its share of the largest, a dot for none.

    >>> sparkline((0, 1, 4, 8))
    '·▁▄█'
    """
    most = max(counts, default=0)
    return "".join(BARS[ceil(len(BARS) * one / most) - 1] if one else NONE for one in counts)
