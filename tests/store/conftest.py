"""A store of its own for each test: SQLite, or PostgreSQL where the environment offers one."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tasks.store.database import connect
from tasks.store.repository import Store, open_store

POSTGRESQL = os.environ.get("MATURITY_TEST_POSTGRESQL_URL", "")


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of an empty database."""
    if not POSTGRESQL:
        return f"sqlite:///{tmp_path / 'var' / 'maturity.sqlite'}"
    engine = connect(POSTGRESQL)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return POSTGRESQL


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An open store without a row."""
    with open_store(url) as opened:
        yield opened
