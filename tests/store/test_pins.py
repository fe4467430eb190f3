"""The pinned model of a wave."""

import pytest

from config.errors import StudyFileError
from tasks.store.repository import Store


def test_the_first_refresh_pins_and_the_next_agrees(store: Store) -> None:
    """The same model passes in silence."""
    assert store.pin_model("demo", "w1", "datacites2", "1.0", "aa") is None
    assert store.pin_model("demo", "w1", "datacites2", "1.0", "aa") is None


@pytest.mark.parametrize(("code", "version"), [("datacites2", "1.1"), ("syntec2018", "1.0")])
def test_another_model_or_version_stops_with_what_to_do(
    store: Store, code: str, version: str
) -> None:
    """The message names both models; the remedy says to go back or open a wave."""
    store.pin_model("demo", "w1", "datacites2", "1.0", "aa")

    with pytest.raises(StudyFileError, match=r"w1.*datacites2 1\.0") as caught:
        store.pin_model("demo", "w1", code, version, "bb")

    assert f"{code} {version}" in caught.value.message
    assert "nouvelle vague" in caught.value.remedy


def test_another_wave_may_have_another_version(store: Store) -> None:
    """A pin holds for one wave."""
    store.pin_model("demo", "w1", "datacites2", "1.0", "aa")
    assert store.pin_model("demo", "w2", "datacites2", "1.1", "bb") is None


def test_a_corrected_text_is_told_once(store: Store) -> None:
    """Other content under the same version passes with a notice, then is the pinned one."""
    store.pin_model("demo", "w1", "datacites2", "1.0", "aa")

    assert "sans changer de version" in str(
        store.pin_model("demo", "w1", "datacites2", "1.0", "bb")
    )
    assert store.pin_model("demo", "w1", "datacites2", "1.0", "bb") is None
