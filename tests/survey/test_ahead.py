"""Windows read one ahead."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import PlatformUnreachable
from tasks.survey.ahead import Window, ahead


@given(st.lists(st.lists(st.integers(), max_size=3), max_size=5))
def test_nothing_is_lost_and_the_order_stays(windows: list[list[int]]) -> None:
    """Every window comes once, in its order, the empty ones too."""
    given_windows = [tuple({"id": number} for number in window) for window in windows]
    assert list(ahead(iter(given_windows))) == given_windows


def test_a_failure_comes_after_what_came_before_it() -> None:
    """The windows before the failure are handed on, then the failure itself is raised."""

    def windows() -> Iterator[Window]:
        yield ({"id": 1},)
        raise PlatformUnreachable("gone")

    seen = ahead(windows())
    assert next(seen) == ({"id": 1},)
    with pytest.raises(PlatformUnreachable, match="gone"):
        next(seen)
