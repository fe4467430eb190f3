"""Campaigns in the store: one survey's stages at a time, and what one run at a time may do."""

from datetime import UTC, datetime, timedelta

from tasks.store.repository import Store

NOW = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=15)


def test_a_generation_is_one_survey(store: Store) -> None:
    """It stays through every stage, and changes with another import or another number."""
    assert store.campaign_generation("e", "V1", 7) == "7"
    store.mark_opened("e", "V1", 7)
    assert store.campaign_generation("e", "V1", 7) == "7"
    mark = store.begin_import("e", "V1", 7)
    store.mark_imported("e", "V1", 7)
    store.mark_opened("e", "V1", 7)
    store.mark_closed("e", "V1", 7)
    assert store.campaign_generation("e", "V1", 7) == mark
    assert store.campaign_generation("e", "V1", 8) == "8"
    assert store.begin_import("e", "V1", 7) != mark


def test_another_survey_begins_its_stages_anew(store: Store) -> None:
    """Neither a new import nor a new number is opened, closed or finished because one was."""
    for change in (
        lambda: store.begin_import("e", "V1", 7),
        lambda: store.mark_imported("e", "V1", 8),
    ):
        store.mark_opened("e", "V1", 7)
        store.mark_closed("e", "V1", 7)
        store.mark_finished("e", "V1", 7)
        change()
        campaign = store.campaign("e", "V1")
        assert campaign is not None
        assert campaign.opened_at is campaign.closed_at is campaign.finished_at is None


def test_a_hold_is_one_owner_s_until_it_ends(store: Store) -> None:
    """Others are told until when; after that time, or once it is dropped, it is theirs."""
    assert store.take_hold("opening:7", "a", NOW, LATER) is None
    assert store.take_hold("opening:7", "b", NOW, LATER) == LATER
    assert store.take_hold("opening:8", "b", NOW, LATER) is None
    store.drop_hold("opening:7", "b")
    assert store.take_hold("opening:7", "b", NOW, LATER) == LATER
    assert store.take_hold("opening:7", "b", LATER, LATER + timedelta(minutes=15)) is None
    store.drop_hold("opening:7", "b")
    assert store.take_hold("opening:7", "a", NOW, LATER) is None
