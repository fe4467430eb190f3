"""What the tests of the merge share."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tasks.word.merge import MergeResult, Offers, merge, merge_words

Refresh = Callable[..., MergeResult]


@pytest.fixture
def refresh() -> Refresh:
    """Return the merge with its usual author, date and words."""

    def run(
        base: bytes, edited: bytes, new: bytes, offers: Offers = Offers.COMMENTS
    ) -> MergeResult:
        return merge(
            base,
            edited,
            new,
            offers=offers,
            author="Rapport automatique",
            date=datetime(2026, 3, 2, 8, tzinfo=UTC),
            words=merge_words(),
        )

    return run
