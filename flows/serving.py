"""`maturity serve`: the team's server, its pages, and the process that runs the flows."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import requests

from config.catalogue import say
from config.errors import MaturityError
from config.settings import Settings
from flows.prefect_settings import prepare_prefect

START_SECONDS = 120  # a first start makes the database
POLL_SECONDS = 0.5


def answers(api_url: str) -> bool:
    """True when a Prefect server answers at this address."""
    try:
        return requests.get(f"{api_url}/health", timeout=2).ok
    except requests.RequestException:
        return False


@contextmanager
def server(settings: Settings, host: str, port: int) -> Iterator[str]:
    """Run a Prefect server until the block ends; yields the address of its API.

    Raises:
        MaturityError: the server ended or did not answer in time (port taken, disk full…).
    """
    prepare_prefect(settings.home)
    api_url = f"http://{host}:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host,
               "--port", str(port)]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait(process, api_url, settings.language)
        yield api_url
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: "subprocess.Popen[bytes]", api_url: str, language: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if answers(api_url):
            return
        time.sleep(POLL_SECONDS)
    raise MaturityError(
        say("Le serveur n’a pas démarré à l’adresse {url}.", language, url=api_url),
        say("Vérifiez que le port est libre, ou choisissez-en un autre avec --port.", language),
    )


def serve_studies(settings: Settings, host: str, port: int) -> None:
    """Start the server and serve every study's deployment until interrupted.

    Missed schedules are caught up when it starts again: the schedules are not paused at the end.
    """
    with server(settings, host, port) as api_url:
        os.environ["PREFECT_API_URL"] = api_url
        # Only now: Prefect reads its environment when it is imported.
        from prefect import serve

        from flows.deployments import all_deployments

        today = datetime.now(UTC).date()
        deployments = all_deployments(settings, today)
        print(say("Pages de l’équipe : {url}", settings.language, url=api_url[:-4]))  # noqa: T201
        serve(*deployments, pause_on_shutdown=False, print_starting_message=False)
