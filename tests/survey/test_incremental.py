"""Telling what changed from dates: spans, dates that may be relied on, and the proof by play."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.store.records import PullRecord
from tasks.store.repository import Store, open_store
from tasks.survey import incremental
from tasks.survey.incremental import Portion, changes, date_of, near_ones, settled
from tasks.survey.source import RawResponse
from tests.survey.recorded import responses

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
START = datetime(2026, 10, 1, 8, 0)  # noqa: DTZ001 - the platform names no time zone
WINDOW = 3


# --- dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("response", "date"),
    [
        ({"datestamp": "2026-11-21 22:12:13", "submitdate": ""}, "2026-11-21 22:12:13"),
        ({"datestamp": "2026-11-21 22:12:13", "submitdate": None}, "2026-11-21 22:12:13"),
        (
            {"datestamp": "2026-11-21 22:12:13", "submitdate": "2026-11-21 22:12:14"},
            "2026-11-21 22:12:14",
        ),
        (
            {"datestamp": "2026-11-21 22:12:13.250", "submitdate": "1980-01-01 00:00:00"},
            "2026-11-21 22:12:13",
        ),
        ({"datestamp": None, "submitdate": "1980-01-01 00:00:00"}, None),
        ({"submitdate": "2026-11-21 22:12:13"}, None),
        ({"datestamp": "hier", "submitdate": "2026-11-21 22:12:13"}, None),
    ],
)
def test_the_later_date_counts_and_only_with_a_date_stamp(
    response: RawResponse, date: str | None
) -> None:
    """A completion alone (1980 in anonymous surveys) tells no edit; nor does a strange text."""
    assert date_of(response) == date


def test_every_recorded_response_of_a_dated_survey_has_its_date() -> None:
    """The recordings of a real LimeSurvey are dated, partial responses too."""
    assert all(date_of(response) for response in responses("6.4.2", "052").values())


def test_the_newest_dates_are_not_relied_on() -> None:
    """A response may be edited twice in a second; what is older than ten minutes is settled."""
    dates = {1: "2026-11-21 22:00:00", 2: "2026-11-21 22:09:59", 3: "2026-11-21 22:12:00"}
    assert settled(dates) == {1: "2026-11-21 22:00:00"}
    assert settled({}) == {}


# --- spans --------------------------------------------------------------------------------------


def test_spans_join_what_lies_near() -> None:
    """A call of its own only beyond a gap that costs more than a call, and no span too wide."""
    gap = incremental.NEAR
    assert near_ones([], 1000) == []
    assert near_ones([5, 5 + gap, 6 + 2 * gap], 1000) == [(5, 5 + gap), (6 + 2 * gap,) * 2]
    assert near_ones(range(10), 4) == [(0, 3), (4, 7), (8, 9)]


@given(st.sets(st.integers(0, 5000), max_size=60), st.integers(1, 900))
def test_spans_hold_every_place_once(places: set[int], widest: int) -> None:
    """Whatever changed is fetched, no span overlaps another, none is wider than told."""
    spans = near_ones(sorted(places), widest)
    covered = [place for first, last in spans for place in range(first, last + 1)]
    assert places <= set(covered)
    assert covered == sorted(set(covered))
    assert all(last - first < widest for first, last in spans)


def test_fifty_changes_in_twenty_thousand_cost_few_calls_and_rows() -> None:
    """Spread evenly, each change is its own call or shares one; never twenty whole windows."""
    rows = [_dates_only(_response(number, START)) for number in range(1, 20_001)]
    known = {number: str(START) for number in range(1, 20_001)}
    for number in range(200, 20_001, 400):
        known[number] = "2026-09-01 00:00:00"
    asked: list[int] = []

    def fetch(first: int, last: int) -> tuple[RawResponse, ...]:
        asked.append(last - first + 1)
        return tuple(_response(number, START) for number in range(first, last + 1))

    scan = (rows[first : first + 2000] for first in range(0, 20_000, 2000))
    portions = list(changes(scan, [fetch], known, 1000))
    read = [response["id"] for portion in portions for response in portion.responses]
    unchanged = [number for portion in portions for number in portion.unchanged]
    assert sorted([*read, *unchanged]) == list(range(1, 20_001))
    assert len(asked) <= 50
    assert sum(asked) <= 50
    assert set(range(200, 20_001, 400)) <= set(read)


# --- any campaign -------------------------------------------------------------------------------


def _response(number: int, moment: datetime, **more: str) -> RawResponse:
    return {"id": number, "submitdate": "", "datestamp": str(moment), "STR1": "A1"} | more


def _dates_only(response: RawResponse) -> RawResponse:
    return {name: response[name] for name in ("id", "submitdate", "datestamp")}


@dataclass
class Campaign:
    """A platform's table, as respondents and staff change it."""

    clock: datetime = START
    last: int = 0
    rows: dict[int, RawResponse] = field(default_factory=dict)

    def play(self, kind: str, which: int, seconds: int) -> None:
        """Let one thing happen some seconds later; `which` chooses the response."""
        self.clock += timedelta(seconds=seconds)
        if kind == "add":
            self.last += 1
            self.rows[self.last] = _response(self.last, self.clock)
        elif self.rows:
            number = sorted(self.rows)[which % len(self.rows)]
            if kind == "delete":
                del self.rows[number]
            else:
                self.rows[number] = {**self.rows[number], **self._edit(kind, which)}

    def _edit(self, kind: str, which: int) -> RawResponse:
        answer = {"STR1": f"A{which}"}
        if kind == "silent edit":
            return answer
        done = {"submitdate": str(self.clock)} if kind == "complete" else {}
        return {**answer, **done, "datestamp": str(self.clock)}

    def windows(self) -> Iterator[tuple[RawResponse, ...]]:
        """Everything, by windows."""
        rows = [self.rows[number] for number in sorted(self.rows)]
        for first in range(0, len(rows), WINDOW):
            yield tuple(rows[first : first + WINDOW])

    def dates(self) -> Iterator[tuple[RawResponse, ...]]:
        """Dates alone, by windows."""
        for window in self.windows():
            yield tuple(map(_dates_only, window))

    def between(self, first: int, last: int) -> tuple[RawResponse, ...]:
        """A span."""
        return tuple(self.rows[n] for n in sorted(self.rows) if first <= n <= last)


@pytest.fixture(scope="module")
def kept() -> Iterator[Store]:
    """A store for all examples: each has waves of its own."""
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{Path(folder) / 's'}") as store:
        yield store


def _in_full(store: Store, wave: str, campaign: Campaign) -> PullRecord:
    return store.record_pull("demo", wave, 1, campaign.windows(), None, NOW)


def _by_dates(store: Store, wave: str, campaign: Campaign) -> PullRecord:
    base = store.last_pull("demo", wave)
    assert base is not None
    known = settled(store.dates("demo", wave))
    portions = changes(campaign.dates(), [campaign.between] * 2, known, WINDOW)
    return store.record_changes("demo", wave, 1, portions, None, NOW, base=base.id)


def _told(record: PullRecord) -> tuple[object, ...]:
    return (record.sha256, record.new, record.changed, record.returned, record.unchanged,
            record.deleted, record.total)  # fmt: skip


def _step(*kinds: str) -> st.SearchStrategy[tuple[str, int, int]]:
    # Two things in one second, one a second later, or a quiet hour between them.
    return st.tuples(st.sampled_from(kinds), st.integers(0, 30), st.sampled_from([0, 1, 3600]))


DATED = ("add", "add", "edit", "complete", "delete")


@settings(max_examples=25)
@given(st.lists(st.lists(_step(*DATED), max_size=8), min_size=1, max_size=5))
def test_pulls_by_dates_equal_full_pulls(
    kept: Store, weeks: list[list[tuple[str, int, int]]]
) -> None:
    """Whatever is added, edited, completed or deleted: same content, same counts, same history."""
    dated, full = uuid4().hex, uuid4().hex  # waves of this example
    campaign = Campaign()
    for step in [("add", 0, 60)] * 4:
        campaign.play(*step)
    assert _told(_in_full(kept, dated, campaign)) == _told(_in_full(kept, full, campaign))
    for week in weeks:
        for step in week:
            campaign.play(*step)
        assert _told(_by_dates(kept, dated, campaign)) == _told(_in_full(kept, full, campaign))
        now = list(kept.current_responses("demo", dated))
        assert now == list(kept.current_responses("demo", full))
        assert now == [campaign.rows[n] for n in sorted(campaign.rows)]


def test_an_edit_that_moves_no_date_is_seen_by_the_full_comparison(kept: Store) -> None:
    """Staff edit through the programming interface: the dates hide it, the content does not."""
    campaign = Campaign()
    for step in [("add", 0, 3600)] * 5:
        campaign.play(*step)
    _in_full(kept, "silent", campaign)
    campaign.play("silent edit", 0, 0)
    assert _by_dates(kept, "silent", campaign).changed == 0
    assert _in_full(kept, "silent", campaign).changed == 1
    assert list(kept.current_responses("demo", "silent")) == [
        campaign.rows[number] for number in sorted(campaign.rows)
    ]


def test_a_survey_without_dates_is_read_whole(kept: Store) -> None:
    """Where no date tells anything, every response is fetched and every edit seen."""
    rows = {n: {"id": n, "submitdate": "1980-01-01 00:00:00", "STR1": "A1"} for n in range(1, 8)}
    campaign = Campaign(rows=dict(rows))
    kept.record_pull("demo", "undated", 1, campaign.windows(), None, NOW)
    campaign.rows[3] = {**rows[3], "STR1": "A4"}
    scan = (tuple(window) for window in campaign.windows())
    known = settled(kept.dates("demo", "undated"))
    portions = list(changes(scan, [campaign.between], known, WINDOW))
    assert known == {}
    assert not any(portion.unchanged for portion in portions)
    base = kept.last_pull("demo", "undated")
    assert base is not None
    record = kept.record_changes("demo", "undated", 1, portions, None, NOW, base=base.id)
    assert (record.changed, record.unchanged) == (1, 6)


def test_a_response_that_goes_between_scan_and_reading_counts_as_deleted(kept: Store) -> None:
    """What the scan saw and the reading no longer finds is not kept as if it were there."""
    campaign = Campaign()
    for step in [("add", 0, 3600)] * 4:
        campaign.play(*step)
    base = _in_full(kept, "going", campaign)
    campaign.play("edit", 3, 3600)
    portions = list(
        changes(
            campaign.dates(), [lambda _first, _last: ()], settled(kept.dates("demo", "going")), 9
        )
    )
    record = kept.record_changes("demo", "going", 1, portions, None, NOW, base=base.id)
    assert (record.deleted, record.total) == (1, 3)
    assert all(isinstance(portion, Portion) for portion in portions)
