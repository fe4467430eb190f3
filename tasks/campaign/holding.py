"""One run at a time: two of them, or one that follows a lost answer, would do things twice."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from config.errors import MaturityError
from tasks.store.repository import Store

LASTING = timedelta(minutes=15)
"""How long a platform may be at work on a request whose answer is lost: no server waits longer."""


class Hold:
    """A hold that was taken; it is dropped at the end of the run unless it is kept."""

    kept = False

    def keep(self) -> None:
        """Leave it until it ends by itself: the platform may still be at work."""
        self.kept = True


@contextmanager
def alone(
    store: Store, name: str, now: datetime, busy: Callable[[datetime], MaturityError]
) -> Iterator[Hold]:
    """Do something that nobody else may do at the same time.

    Args:
        store: of the installation.
        name: of what is done, and where: `opening:641001`.
        now: aware.
        busy: the error for staff, given the time at which another run's hold ends at the latest.

    Raises:
        MaturityError: another run is at it.
    """
    owner, hold = secrets.token_hex(8), Hold()
    ends = store.take_hold(name, owner, now, now + LASTING)
    if ends is not None:
        raise busy(ends)
    try:
        yield hold
    finally:
        if not hold.kept:
            store.drop_hold(name, owner)
