"""What one run at a time may do; a run that died holds nobody up for ever."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from tasks.store.database import Database
from tasks.store.tables import holds


class Holds(Database):
    """Holds by name, each with its owner and the time until which it counts."""

    def take_hold(self, name: str, owner: str, now: datetime, until: datetime) -> datetime | None:
        """Take a hold, unless another owner has it.

        Args:
            name: of what is held.
            owner: of the run.
            now: aware.
            until: when the hold ends by itself.

        Returns:
            None when it was taken; else the time at which the other owner's ends.
        """
        with self.writing() as connection:
            found = connection.execute(select(holds).where(holds.c.name == name)).one_or_none()
            if found is not None and found.owner != owner and found.until > now:
                ends: datetime = found.until
                return ends
            connection.execute(delete(holds).where(holds.c.name == name))
            connection.execute(insert(holds).values(name=name, owner=owner, until=until))
        return None

    def drop_hold(self, name: str, owner: str) -> None:
        """Let others have what this owner holds."""
        with self.writing() as connection:
            connection.execute(delete(holds).where(holds.c.name == name, holds.c.owner == owner))
