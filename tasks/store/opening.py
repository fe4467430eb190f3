"""Bring a database to the tables of this version of the program."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from config.catalogue import say
from config.errors import StoreError
from tasks.store.database import Database, shown, unusable

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, language: str = "fr") -> None:
    """Bring the database to the newest tables; do nothing when it has them.

    Safe when two processes open the same database at once: they take turns.

    Raises:
        StoreError: the database is newer than the program, or cannot be used.
    """
    if engine.dialect.name == "sqlite":
        _use_write_ahead_log(engine, language)
    with Database(engine, language).writing() as connection:
        settings = _settings(connection)
        script = ScriptDirectory.from_config(settings)
        found = set(MigrationContext.configure(connection).get_current_heads())
        if not found <= {revision.revision for revision in script.walk_revisions()}:
            raise _newer(engine, language)
        if found != set(script.get_heads()):
            command.upgrade(settings, "head")


def _settings(connection: Connection) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def _use_write_ahead_log(engine: Engine, language: str) -> None:
    # Kept in the file: readers never wait for a writer. Cannot be set inside a transaction.
    raw = None
    try:
        raw = engine.raw_connection()
        if raw.cursor().execute("PRAGMA journal_mode").fetchone() != ("wal",):
            raw.cursor().execute("PRAGMA journal_mode = WAL")
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise unusable(engine.url, error, language) from None
    finally:
        if raw is not None:
            raw.close()


def _newer(engine: Engine, language: str) -> StoreError:
    return StoreError(
        say(
            "La base de données {url} a été ouverte par une version plus récente du logiciel.",
            language,
            url=shown(engine.url),
        ),
        say(
            "Installez cette version ou une plus récente ; la base n’a pas été modifiée.", language
        ),
    )
