"""One run at a time writes the reports of a study; one that died holds nobody up for ever."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo

from config.catalogue import say
from config.errors import ReportLocked
from tasks.store.repository import Store

LASTING = timedelta(minutes=3)
"""Much more than a report takes; a run that was killed holds up others for no longer."""

ERASING = timedelta(minutes=15)
"""An erasure takes longer: it opens all files of the study."""

PATIENCE = 30.0  # seconds that a run waits for another one
_STEP = 0.1  # seconds between two looks


@contextmanager
def in_turn(
    store: Store,
    study: str,
    zone: tzinfo | None,
    language: str,
    lasting: timedelta = LASTING,
) -> Iterator[None]:
    """Write reports of a study while no other run does; wait a little for one that does.

    Not to be nested.

    Args:
        store: the installation's store, which knows whose turn it is.
        study: code of the study.
        zone: of the time in the message.
        language: of the message.
        lasting: how long this takes at the most.

    Raises:
        ReportLocked: another run is still at it; nothing has changed.
    """
    name, owner = f"reports:{study}", secrets.token_hex(8)
    patience = time.monotonic() + PATIENCE
    while (ends := _taken(store, name, owner, lasting)) is not None:
        if time.monotonic() >= patience:
            raise _busy(study, ends.astimezone(zone), language)
        time.sleep(_STEP)
    try:
        yield
    finally:
        store.drop_hold(name, owner)


def _taken(store: Store, name: str, owner: str, lasting: timedelta) -> datetime | None:
    now = datetime.now(UTC)
    return store.take_hold(name, owner, now, now + lasting)


def _busy(study: str, ends: datetime, language: str) -> ReportLocked:
    return ReportLocked(
        say("Une autre commande (actualisation, reprise d’une édition, effacement…) écrit les "
            "rapports de l’étude « {study} ».", language, study=study),
        say("Recommencez quand elle est finie. Si elle s’est arrêtée en route, la place se libère "
            "d’elle-même, au plus tard à {time}.", language, time=f"{ends:%H:%M}"),
    )  # fmt: skip
