"""How a refresh of 20,000 responses compares with the bare export it cannot do without."""

import base64
import json
import resource
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import requests

from config.settings import Settings
from flows import steps
from flows.request import RefreshRequest
from flows.setup import prepare
from flows.wiring import refresh
from tests.benchmarks._load import (
    RESPONSES,
    WINDOW,
    Platform,
    call,
    installation,
    load_platform,
    seconds,
)


def measures() -> Iterator[tuple[str, float]]:
    """Yield `pull.vs_bare_export`, `clean_score.seconds_20000` and `refresh.peak_mb`."""
    with load_platform() as platform, TemporaryDirectory() as folder:
        settings = installation(Path(folder), platform)
        setup = prepare(RefreshRequest(study="valdore"), settings)
        bare = seconds(lambda: _bare_export(platform))
        pull = seconds(lambda: steps.pull_answers(setup))
        again = seconds(lambda: _bare_export(platform))
        yield "pull.vs_bare_export", pull / ((bare + again) / 2)
        start = time.perf_counter()
        steps.score_answers(setup, steps.clean_answers(setup))
        yield "clean_score.seconds_20000", time.perf_counter() - start
        yield "refresh.peak_mb", _peak_of_refresh(settings)


def _bare_export(platform: Platform) -> None:
    """The windowed export as a few lines of `requests` would do it: nothing checked or kept."""
    with requests.Session() as session:
        key = call(session, platform, "get_session_key", platform.user, platform.password)
        for first in range(1, RESPONSES + 1, WINDOW):
            last = first + WINDOW - 1
            export = ("json", None, "all", "code", "short", first, last)
            answer = call(session, platform, "export_responses", key, platform.survey, *export)
            json.loads(base64.b64decode(str(answer)))


def _peak_of_refresh(settings: Settings) -> float:
    """Megabytes at the peak of one whole refresh, in a process of its own."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_refresh, args=(settings.model_dump(), there))
    process.start()
    peak: float = here.recv()
    process.join()
    return peak


def _refresh(values: dict[str, object], channel: Connection) -> None:
    refresh(RefreshRequest(study="valdore"), Settings(**values), _directly)  # type: ignore[arg-type]
    channel.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _directly(_title: str, step: Callable[..., object], *args: object) -> object:
    return step(*args)
