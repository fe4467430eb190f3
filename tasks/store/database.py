"""Connections and transactions, the same on SQLite and PostgreSQL; errors for staff."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from config.catalogue import say
from config.errors import StoreError

BUSY_SECONDS = 30  # a writer waits this long for another one
WRITERS_LOCK = 7_202_020  # any number of ours: names the lock on PostgreSQL


class Database:
    """An engine, a reader's language, and the two kinds of transactions."""

    def __init__(self, engine: Engine, language: str = "fr") -> None:
        self._engine = engine
        self._writers = engine.execution_options(maturity_writes=True)
        self.language = language

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads; never waits for a writer.

        Raises:
            StoreError: the database does not answer.
        """
        with self._in_words(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole or not at all; writers come one after the other.

        Raises:
            StoreError: the database does not answer, or stays locked.
        """
        with self._in_words(), self._writers.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")
            yield connection

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        # `from None`: a driver's own text may quote a row, hence a token.
        try:
            yield
        except SQLAlchemyError as error:
            raise unusable(self._engine.url, error, self.language) from None


def connect(url: str, language: str = "fr") -> Engine:
    """An engine for this URL; the folder of an SQLite file is made when it lacks.

    Raises:
        StoreError: the URL cannot be read, its driver is not installed, or the folder cannot
            be made. The message never holds the URL's password.
    """
    parsed = _parse(url, language)
    try:
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, hide_parameters=True)
    except (SQLAlchemyError, OSError, ImportError) as error:
        raise unusable(parsed, error, language) from None
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    return engine


def unusable(url: URL, error: Exception, language: str) -> StoreError:
    """The error for staff: which database, the kind of failure; no password, no value."""
    return StoreError(
        say(
            "La base de données {url} ne peut pas être utilisée ({reason}).",
            language,
            url=shown(url),
            reason=_reason(url, error),
        ),
        say(
            "Vérifiez l’adresse MATURITY_DATABASE_URL, les droits sur le dossier et la place "
            "sur le disque, puis relancez. Rien n’a été enregistré à moitié.",
            language,
        ),
    )


def shown(url: URL) -> str:
    """The URL as a message may show it: no password, no parameters."""
    return url.set(query={}).render_as_string(hide_password=True)


def _reason(url: URL, error: Exception) -> str:
    inner = getattr(error, "orig", None) or error
    # SQLite's own texts never quote a value; other drivers quote rows.
    telling = url.get_backend_name() == "sqlite" or isinstance(error, ImportError)
    return f"{type(inner).__name__}: {inner}" if telling else type(inner).__name__


def _parse(url: str, language: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(
            say("L’adresse de la base de données ne se lit pas.", language),
            say(
                "Donnez à MATURITY_DATABASE_URL une adresse de la forme "
                "sqlite:///dossier/maturity.sqlite ou postgresql://compte@serveur/base.",
                language,
            ),
        ) from None
    # The PostgreSQL driver that the product's extra installs is psycopg 3.
    if parsed.drivername in {"postgres", "postgresql"}:
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _prepare_sqlite(engine: Engine) -> None:
    """Let SQLAlchemy, not the driver, begin transactions; wait for locks; keep references."""

    @event.listens_for(engine, "connect")
    def _on_connect(connection, _record) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # A writer asks for its lock at once: a lock asked for half-way may be refused.
        writes = connection.get_execution_options().get("maturity_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
