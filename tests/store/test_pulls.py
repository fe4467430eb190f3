"""Pulls: history of responses, whole or nothing, content kept once."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from config.errors import PlatformError
from tasks.store.records import PullRecord
from tasks.store.repository import Store
from tasks.survey.source import RawResponse

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def response(id_: int, stage: str = "A1", **more: str | int | None) -> RawResponse:
    """A response of the person who has token `tok<id>`."""
    return {
        "id": id_,
        "token": f"tok{id_}",
        "submitdate": "2026-11-21 22:12:13",
        "STR1": stage,
    } | more


def pull(store: Store, *responses: RawResponse, wave: str = "w1") -> PullRecord:
    """Record a pull of these responses in one window."""
    return store.record_pull("demo", wave, 641001, [responses] if responses else [], "6.4.2", AT)


def counts(record: PullRecord) -> tuple[int, int, int, int, int, int]:
    """new, changed, returned, unchanged, deleted, total."""
    return (
        record.new,
        record.changed,
        record.returned,
        record.unchanged,
        record.deleted,
        record.total,
    )


def test_what_was_received_comes_back_as_it_was(store: Store) -> None:
    """Nulls, numbers, emoji, lone surrogates, control characters and tokens survive."""
    received = response(
        7, "A3", COM="é 😀 \ud800 \x0b\t\r\n{{ 7*7 }} <w:p>", lastpage=2, **{"OUT[SQ001]": None}
    )
    pull(store, received)

    assert list(store.current_responses("demo", "w1")) == [received]


@pytest.mark.parametrize("token", ["", None])
def test_an_empty_token_stays_an_empty_token(store: Store, token: str | None) -> None:
    """A survey that keeps tokens can be told from one that keeps none."""
    received = [{"id": 1, "token": token, "STR1": "A1"}, {"id": 2, "STR1": "A1"}]
    pull(store, *received)

    assert list(store.current_responses("demo", "w1")) == received


def test_an_edit_a_deletion_and_a_comeback_are_seen_and_kept(store: Store) -> None:
    """Three pulls tell who is new, changed, deleted and back; the history keeps each state."""
    first = pull(store, response(1), response(2), response(3))
    second = pull(store, response(1, "A2"), response(3))
    third = pull(store, response(1, "A2"), response(2), response(4))

    assert counts(first) == (3, 0, 0, 0, 0, 3)
    assert counts(second) == (0, 1, 0, 1, 1, 2)
    assert counts(third) == (1, 0, 1, 1, 1, 3)
    edited, back, gone = (store.history("demo", "w1", id_) for id_ in (1, 2, 3))
    assert [(v.since, v.until) for v in edited] == [(first.id, second.id), (second.id, None)]
    assert [(v.since, v.until) for v in back] == [(first.id, second.id), (third.id, None)]
    assert back[0].sha256 == back[1].sha256
    assert [(v.since, v.until) for v in gone] == [(first.id, third.id)]
    assert [r["id"] for r in store.current_responses("demo", "w1")] == [1, 2, 4]
    assert store.last_pull("demo", "w1") == third


def test_identical_content_is_stored_once(store: Store) -> None:
    """Ten identical pulls, and an answer changed and changed back, make two contents."""
    for stage in ["A1"] * 10 + ["A2", "A1"]:
        pull(store, response(1, stage))

    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM contents")).scalar() == 2


def test_the_hash_of_a_pull_is_of_its_content_alone(store: Store) -> None:
    """Equal pulls have equal hashes whatever the windows; an edit changes the hash."""
    one, two = response(1), response(2)
    first = store.record_pull("demo", "w1", 1, [(one,), (two,)], None, AT)
    second = store.record_pull("demo", "w1", 1, [(two, one)], None, AT)
    third = pull(store, one, response(2, "A5"))

    assert first.sha256 == second.sha256 != third.sha256
    assert (first.platform_version, third.platform_version) == (None, "6.4.2")


def test_zero_responses_are_a_normal_state(store: Store) -> None:
    """An empty pull is a pull."""
    record = pull(store)

    assert counts(record) == (0, 0, 0, 0, 0, 0)
    assert list(store.current_responses("demo", "w1")) == []
    assert store.last_pull("demo", "w2") is None
    assert list(store.current_responses("demo", "w2")) == []


def test_a_pull_that_breaks_off_leaves_no_trace(store: Store) -> None:
    """When a window raises, the store is as it was before the pull."""
    before = pull(store, response(1))

    def breaking() -> Iterator[tuple[RawResponse, ...]]:
        yield (response(1, "A5"), response(2))
        raise PlatformError("the platform went away")

    with pytest.raises(PlatformError, match="went away"):
        store.record_pull("demo", "w1", 641001, breaking(), None, AT)

    assert store.last_pull("demo", "w1") == before
    assert list(store.current_responses("demo", "w1")) == [response(1)]
    assert store.history("demo", "w1", 2) == ()


def test_a_database_error_in_mid_pull_leaves_no_trace(store: Store) -> None:
    """When storing fails after some batches, nothing of the pull is kept."""
    with store.writing() as connection:
        connection.execute(text("CREATE UNIQUE INDEX one_only ON response_versions (study)"))

    with pytest.raises(Exception, match="base de données"):
        store.record_pull("demo", "w1", 1, [tuple(response(i) for i in range(1, 800))], None, AT)

    assert store.last_pull("demo", "w1") is None


def test_waves_and_studies_do_not_mix(store: Store) -> None:
    """The same response ids in two waves are different responses."""
    pull(store, response(1))
    pull(store, response(1, "A4"), wave="w2")

    assert [r["STR1"] for r in store.current_responses("demo", "w1")] == ["A1"]
    assert [r["STR1"] for r in store.current_responses("demo", "w2")] == ["A4"]


def test_a_row_given_twice_counts_once(store: Store) -> None:
    """A platform that repeats a row breaks nothing."""
    record = store.record_pull("demo", "w1", 1, [(response(1),), (response(1, "A2"),)], None, AT)

    assert counts(record) == (1, 0, 0, 0, 0, 1)
    assert list(store.current_responses("demo", "w1")) == [response(1)]


def test_a_reading_under_way_is_not_disturbed_by_a_new_pull(store: Store) -> None:
    """Responses are read as of one pull, even when the next one lands meanwhile."""
    pull(store, *(response(i) for i in range(1, 1201)))
    reading = store.current_responses("demo", "w1")
    seen = [next(reading)]
    pull(store, *(response(i, "A5") for i in range(1, 1301)))
    seen += list(reading)

    assert len(seen) == 1200
    assert {r["STR1"] for r in seen} == {"A1"}


def test_personal_columns_of_an_export_are_not_kept_with_the_answers(store: Store) -> None:
    """Names and addresses that an export may hold are left out; the token comes back."""
    pull(store, response(1, firstname="Zoé", email="z@example.org", ipaddr="192.0.2.7"))

    assert list(store.current_responses("demo", "w1")) == [response(1)]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.dictionaries(st.integers(1, 6), st.sampled_from(["A1", "A2"]), max_size=6),
        min_size=1,
        max_size=5,
    )
)
def test_any_sequence_of_pulls_adds_up(store: Store, states: list[dict[int, str]]) -> None:
    """The counts explain the way from each pull to the next, and the last state is current."""
    wave = f"w{datetime.now(UTC).timestamp()}"
    before = 0
    for state in states:
        record = pull(store, *(response(i, s) for i, s in state.items()), wave=wave)
        assert record.new + record.changed + record.returned + record.unchanged == len(state)
        assert before - record.deleted + record.new + record.returned == record.total
        before = record.total
        current = {r["id"]: r["STR1"] for r in store.current_responses("demo", wave)}
        assert current == state


def test_memory_stays_flat_over_a_large_pull(store: Store) -> None:
    """Four thousand wide responses pass through with a few megabytes in memory."""
    text_ = "Un commentaire assez long sur les données numériques. " * 8

    def windows() -> Iterator[tuple[RawResponse, ...]]:
        for start in range(0, 4000, 500):
            yield tuple(
                response(i, **{f"C{j}": f"{i} {text_}" for j in range(10)})
                for i in range(start + 1, start + 501)
            )

    tracemalloc.start()
    try:
        record = store.record_pull("demo", "w1", 1, windows(), None, AT)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert record.total == 4000
    assert peak < 30 * 2**20  # the responses themselves are some 17 MB, their copies far more


def test_records_are_frozen(store: Store) -> None:
    """What the store hands out cannot be changed by accident."""
    record = pull(store, response(1))

    with pytest.raises(AttributeError):
        record.total = 2  # type: ignore[misc]
    assert replace(record, total=2).total == 2
