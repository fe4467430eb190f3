"""What the tests of the flows share."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One Prefect server for all tests of the flows; gives the file of its database."""
    from prefect.testing.utilities import prefect_test_harness

    from flows.prefect_settings import prepare_prefect

    prepare_prefect(tmp_path_factory.mktemp("prefect"))
    with prefect_test_harness(server_startup_timeout=120):
        from prefect.settings import PREFECT_SERVER_DATABASE_CONNECTION_URL

        url = PREFECT_SERVER_DATABASE_CONNECTION_URL.value()
        text = str(url.get_secret_value() if hasattr(url, "get_secret_value") else url)
        yield Path(text.split("///")[-1])
