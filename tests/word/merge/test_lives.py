"""Random lives of a report; what must hold is in `lives.checks`."""

import pytest

from tests.word.merge.lives.playing import live_many, live_with_libreoffice
from tests.word.merge.office import REASON, SOFFICE

SEQUENCES, CHUNK = 2_000, 100


@pytest.mark.parametrize("first", range(0, SEQUENCES, CHUNK))
def test_random_lives(first: int) -> None:
    """No text of staff is lost, nothing untouched is stale, a second refresh is silent."""
    assert live_many(range(first, first + CHUNK)) == CHUNK


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason=REASON)
def test_random_lives_saved_by_libreoffice() -> None:
    """The same holds when a real LibreOffice saves the file before each refresh."""
    live_with_libreoffice(range(20))
