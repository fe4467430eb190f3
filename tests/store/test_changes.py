"""Pulls that name responses as unchanged: the same counts, whole or not at all."""

from datetime import UTC, datetime

import pytest

from config.errors import StoreError
from tasks.store.records import PullKind, PullRecord
from tasks.store.repository import Store
from tasks.store.traces import Trace
from tasks.survey.incremental import Portion
from tasks.survey.source import RawResponse

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def response(id_: int, stage: str = "A1") -> RawResponse:
    """A response dated by its number."""
    date = f"2026-11-21 22:12:{id_:02}"
    return {"id": id_, "token": f"tok{id_}", "submitdate": "", "datestamp": date, "STR1": stage}


def full(store: Store, *responses: RawResponse) -> PullRecord:
    """Everything there is."""
    return store.record_pull("demo", "w1", 1, [responses], None, AT)


def test_unchanged_new_changed_and_deleted_add_up(store: Store) -> None:
    """Of four responses one is edited, one gone, two named unchanged; a fifth comes in."""
    before = full(store, *map(response, (1, 2, 3, 4)))
    edited, added = response(2, "A5"), response(5)
    portion = Portion((edited, added), unchanged=(1, 4))
    record = store.record_changes("demo", "w1", 1, [portion], None, AT, base=before.id)

    assert (record.new, record.changed, record.unchanged, record.deleted) == (1, 1, 2, 1)
    assert (before.kind, record.kind) == (PullKind.FULL, PullKind.DATES)
    assert list(store.current_responses("demo", "w1")) == [
        response(1), edited, response(4), added,
    ]  # fmt: skip
    assert store.last_full_pull("demo", "w1") == before
    assert store.last_pull("demo", "w1") == record
    again = full(store, response(1), edited, response(4), added)
    assert (again.sha256, again.unchanged) == (record.sha256, 4)


def test_dates_of_the_newest_contents_are_known(store: Store) -> None:
    """The larger of the two dates, of current responses only; none where there is no date stamp."""
    full(store, response(1), {"id": 2, "submitdate": "2026-11-21 22:12:13"}, response(3))
    full(store, response(1) | {"datestamp": "2026-11-22 08:00:00"}, {"id": 2, "submitdate": ""})

    assert store.dates("demo", "w1") == {1: "2026-11-22 08:00:00"}
    assert store.dates("demo", "w2") == {}


def test_a_pull_recorded_meanwhile_stops_one_that_builds_on_the_former(store: Store) -> None:
    """Nothing is stored, and the message says to run again."""
    before = full(store, response(1))
    meanwhile = full(store, response(1, "A5"))
    portions = [Portion((), unchanged=(1,))]
    with pytest.raises(StoreError, match="en même temps") as caught:
        store.record_changes("demo", "w1", 1, portions, None, AT, base=before.id)

    assert "Relancez" in caught.value.remedy
    assert store.last_pull("demo", "w1") == meanwhile
    assert list(store.current_responses("demo", "w1")) == [response(1, "A5")]


def test_a_person_erased_meanwhile_does_not_come_back(store: Store) -> None:
    """The scan still named their response as unchanged; it is left out and counted."""
    before = full(store, response(1), response(2))
    trace = store.trace("demo", "tok2")
    assert isinstance(trace, Trace)
    store.erase(trace, lambda content: content)
    portions = [Portion((), unchanged=(1, 2))]
    record = store.record_changes("demo", "w1", 1, portions, None, AT, base=before.id)

    assert (record.total, record.unchanged, record.erased) == (1, 1, 1)
    assert list(store.current_responses("demo", "w1")) == [response(1)]
