"""How the second pull of 20,000 responses, 50 of them changed, compares with the bare scan.

The scan asks for the date of every response; no pull that misses no change can do without it.
Changes lie evenly over all ids, which is the worst case: none can be read together.
"""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import requests

from flows import steps
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from tests.benchmarks._load import (
    RESPONSES,
    WINDOW,
    Platform,
    call,
    installation,
    load_platform,
    seconds,
)

CHANGED = 50


def measures() -> Iterator[tuple[str, float]]:
    """Yield `pull.second_vs_scan` and `pull.second_vs_full`; nothing of a live platform.

    A live platform is only read here, and nothing changes on it by itself.
    """
    with load_platform() as platform, TemporaryDirectory() as folder:
        if platform.edit is None:
            return
        setup = prepare(RefreshRequest(study="valdore"), installation(Path(folder), platform))
        full = seconds(lambda: steps.pull_answers(setup))
        platform.edit(RESPONSES // CHANGED)
        before = seconds(lambda: _bare_scan(platform))
        second = seconds(lambda: _second_pull(setup))
        scan = (before + seconds(lambda: _bare_scan(platform))) / 2
        yield "pull.second_vs_scan", second / scan
        yield "pull.second_vs_full", second / full


def _bare_scan(platform: Platform) -> None:
    """Every date, window after window, as a few lines of `requests` would do it."""
    with requests.Session() as session:
        key = call(session, platform, "get_session_key", platform.user, platform.password)
        for first in range(1, RESPONSES + 1, WINDOW):
            span = (first, first + WINDOW - 1, ["id", "submitdate", "datestamp"])
            form = ("json", None, "all", "code", "short")
            answer = call(session, platform, "export_responses", key, platform.survey, *form, *span)
            json.loads(base64.b64decode(str(answer)))


def _second_pull(setup: Setup) -> None:
    record = steps.pull_answers(setup).record
    if record.changed != CHANGED:
        raise RuntimeError(record)
