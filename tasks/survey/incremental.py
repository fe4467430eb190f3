"""Pull what changed: compare the dates of all responses, read those that moved, came or went.

The platform filters nothing by date, so a scan of ids and dates comes first; it costs about half
of reading everything. While it goes on, other connections read what it found changed.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import SimpleQueue
from typing import Protocol, runtime_checkable

from tasks.survey.source import RawResponse, SurveySource, given, response_id

WORTH_SCANNING = 3_000
"""Responses from which a scan is worth it: below, reading everything takes about a second."""

FULL_EVERY = timedelta(days=6)
"""Age of the last full comparison from which the next pull is one: an edit through the platform's
programming interface moves no date. Less than a week, so that each weekly refresh is full."""

UNSETTLED = timedelta(minutes=10)
"""Dates have seconds: a response may be edited again in the second in which it was read. Those
dated so shortly before the newest one are read once more; no pull should last longer."""

NEAR = 250
"""Responses between two changed ones up to which one call reads both: on LimeSurvey 6.4.2 a call
costs as much (55 ms) as 450 responses there, or 300 with what they cost here."""

Span = tuple[int, int]
"""First and last place, both included."""

Reader = Callable[[int, int], tuple[RawResponse, ...]]
"""Gives the whole responses from one id to another, both included."""


@runtime_checkable
class DatedSource(SurveySource, Protocol):
    """A platform that can be asked for the dates of its responses, and for some of them."""

    def dates(self, survey_id: int) -> Iterator[tuple[RawResponse, ...]]:
        """All responses by windows of ids with `id`, `submitdate` and `datestamp` alone."""
        ...

    def between(self, survey_id: int, first: int, last: int) -> tuple[RawResponse, ...]:
        """The whole responses of a span of ids, both ends included."""
        ...


@dataclass(frozen=True)
class Portion:
    """What one window of ids brought."""

    responses: tuple[RawResponse, ...]
    unchanged: tuple[int, ...] = ()  # ids still there, with the date that the store knows


def date_of(response: RawResponse) -> str | None:
    """The platform's own date of a response, to the second; None when it keeps none.

    A completion may be a second later than the date stamp: the larger counts. Without a date
    stamp nothing tells an edit.
    """
    stamp = _second(given(response, "datestamp"))
    return stamp and max(stamp, _second(given(response, "submitdate")) or "")


def _second(text: str | None) -> str | None:
    try:
        return None if text is None else datetime.fromisoformat(text[:19]).isoformat(" ")
    except ValueError:
        return None


def settled(dates: Mapping[int, str]) -> dict[int, str]:
    """The dates that can be relied on: not those too close to the newest one.

    Args:
        dates: response id → its `date_of`.
    """
    if not dates:
        return {}
    newest = datetime.fromisoformat(max(dates.values()))
    limit = (newest - UNSETTLED).isoformat(" ")
    return {number: date for number, date in dates.items() if date < limit}


def changes(
    scan: Iterable[Sequence[RawResponse]],
    readers: Sequence[Reader],
    known: Mapping[int, str],
    widest: int,
) -> Iterator[Portion]:
    """Turn a scan into portions: what changed is read meanwhile, the rest named.

    Args:
        scan: windows of all responses with `id`, `submitdate` and `datestamp`, ids ascending.
        readers: read spans of ids, each through a connection of its own.
        known: response id → date that the store holds and that can be relied on.
        widest: responses that a reader may be asked for at once.
    """
    free: SimpleQueue[Reader] = SimpleQueue()
    for reader in readers:
        free.put(reader)
    coming: deque[Future[Portion]] = deque()
    pool = ThreadPoolExecutor(len(readers))
    try:
        for window in scan:
            ids = [response_id(row) for row in window]
            moved = (place for place, row in enumerate(window) if not _as_known(row, known))
            spans = near_ones(moved, widest)
            coming.extend(pool.submit(_read, free, ids[one], ids[other]) for one, other in spans)
            asked = {number for one, other in spans for number in ids[one : other + 1]}
            yield Portion((), tuple(number for number in ids if number not in asked))
            while coming and coming[0].done():
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _read(free: SimpleQueue[Reader], first: int, last: int) -> Portion:
    reader = free.get()  # as many as the pool's threads: it never waits
    try:
        return Portion(reader(first, last))
    finally:
        free.put(reader)


def _as_known(row: RawResponse, known: Mapping[int, str]) -> bool:
    date = date_of(row)
    return date is not None and known.get(response_id(row)) == date


def near_ones(places: Iterable[int], widest: int) -> list[Span]:
    """Group ascending places into spans: no gap above `NEAR`, no span of more than `widest`."""
    spans: list[Span] = []
    for place in places:
        if spans and place - spans[-1][1] <= NEAR and place - spans[-1][0] < widest:
            spans[-1] = (spans[-1][0], place)
        else:
            spans.append((place, place))
    return spans
