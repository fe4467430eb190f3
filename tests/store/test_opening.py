"""Opening: migration, two processes, a newer database, messages without passwords."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from config.errors import StoreError
from tasks.store.database import connect
from tasks.store.repository import Store, open_store
from tasks.store.tables import metadata

sqlite_only = pytest.mark.skipif(
    "os.environ.get('MATURITY_TEST_POSTGRESQL_URL')", reason="speaks of an SQLite file"
)


def test_migrations_from_empty_give_the_tables_the_program_uses(url: str) -> None:
    """After migration the database differs in nothing from `tables.py`."""
    open_store(url).close()

    with connect(url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opening_twice_keeps_what_is_there(url: str) -> None:
    """A second opening migrates nothing and loses nothing."""
    with open_store(url) as store:
        store.pin_model("demo", "w1", "datacites2", "1.0", "aa")

    with open_store(url) as store:
        assert store.pin_model("demo", "w1", "datacites2", "1.0", "aa") is None


def test_a_newer_database_is_refused_and_left_alone(url: str) -> None:
    """A revision that this program does not know stops the opening, and stays."""
    open_store(url).close()
    with connect(url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreError, match="plus récente"):
        open_store(url)

    with connect(url).connect() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    assert found == "9999"


def test_the_refusal_speaks_english_when_asked(url: str) -> None:
    """Messages come in the reader's language."""
    open_store(url).close()
    with connect(url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreError, match="more recent version"):
        open_store(url, "en")


def test_processes_that_open_at_once_take_turns(url: str) -> None:
    """Three programs started together on an absent database all find it ready."""
    program = (
        "import sys; from tasks.store.repository import open_store;"
        "open_store(sys.argv[1]).pin_model('s', 'w', 'm', '1', 'aa')"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, url], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    outcomes = [(process.communicate()[1], process.returncode) for process in running]

    assert [code for _, code in outcomes] == [0, 0, 0], outcomes


@sqlite_only
def test_sqlite_writes_ahead_and_keeps_references(store: Store) -> None:
    """Readers do not wait for writers, and foreign keys are enforced."""
    with store.reading() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_reader_goes_on_while_a_writer_is_at_work(store: Store, url: str) -> None:
    """Another connection reads the state before the transaction that is under way."""
    store.pin_model("demo", "w1", "datacites2", "1.0", "aa")
    with open_store(url) as other, store.writing() as connection:
        connection.execute(text("DELETE FROM model_pins"))
        with other.reading() as reader:
            assert reader.execute(text("SELECT count(*) FROM model_pins")).scalar() == 1


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://anne:s3cr3t@127.0.0.1:1/base?sslpassword=s3cr3t",
        "nosuchdatabase://anne:s3cr3t@host/base",
        "s3cr3t",
        "sqlite:////proc/nowhere/base?password=s3cr3t",
    ],
)
def test_a_password_never_shows(url: str) -> None:
    """Neither the URL's password nor its parameters come out, in the message or its cause."""
    with pytest.raises(StoreError) as caught:
        open_store(url)

    assert "s3cr3t" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """The message says which file, and that nothing was written."""
    broken = tmp_path / "letter.sqlite"
    broken.write_text("Dear colleague, " * 100)

    with pytest.raises(StoreError, match=r"letter\.sqlite"):
        open_store(f"sqlite:///{broken}")

    assert broken.read_text().startswith("Dear colleague")


def test_a_folder_that_cannot_be_made_is_an_error_for_staff(tmp_path: Path) -> None:
    """A file in the way of the folder gives a StoreError, not a traceback."""
    (tmp_path / "var").write_text("in the way")

    with pytest.raises(StoreError, match="ne peut pas être utilisée"):
        open_store(f"sqlite:///{tmp_path / 'var' / 'maturity.sqlite'}")


@sqlite_only
def test_a_failure_while_working_is_told_without_values(store: Store, url: str) -> None:
    """An error of the database in mid-work becomes a StoreError that quotes no row."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("DROP TABLE model_pins")

    with pytest.raises(StoreError) as caught:
        store.pin_model("demo", "w1", "a-secret-code", "1.0", "aa")

    assert "a-secret-code" not in str(caught.value)
