"""The store of an installation: one face over all that it remembers."""

from typing import Self

from config.errors import StoreError
from tasks.store.database import connect
from tasks.store.erasure import Erasure
from tasks.store.holds import Holds
from tasks.store.issues import Issues
from tasks.store.mails import Mails
from tasks.store.notebook import Notebook
from tasks.store.opening import migrate
from tasks.store.people import People
from tasks.store.pins import ModelPins
from tasks.store.pulls import Pulls
from tasks.store.reviews import ReviewDecisions


class Store(ModelPins, Pulls, People, Notebook, ReviewDecisions, Issues, Holds, Mails, Erasure):
    """Everything the house remembers. Studies and waves are named by their codes.

    Every method may raise `StoreError` when the database does not answer. Use as a context
    manager, or call `close`.
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(url: str, language: str = "fr") -> Store:
    """Open the store, made or brought to this version's tables first.

    Args:
        url: `Settings.database`: an SQLite file (its folder is made) or `postgresql://…`.
        language: of the messages for staff, `fr` or `en`.

    Raises:
        StoreError: it cannot be opened, or is newer than the program.
    """
    engine = connect(url, language)
    try:
        migrate(engine, language)
    except StoreError:
        engine.dispose()
        raise
    return Store(engine, language)
