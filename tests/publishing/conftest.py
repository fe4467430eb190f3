"""A store and a place for a report."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.store.repository import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the report is usually written."""
    folder = tmp_path / "rapports"
    folder.mkdir()
    return folder / "Rapport.docx"
