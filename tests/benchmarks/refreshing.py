"""How a refresh of 20,000 responses compares with the bare export it cannot do without.

Measured against the sandbox in a process of its own, or against the LimeSurvey that
`MATURITY_LIVE_LIMESURVEY_URL`, `_USER`, `_PASSWORD` and `_SURVEY` name (a survey with the
questionnaire of `tests/data/maturite_numerique`, ids from 1 on).
"""

import base64
import json
import os
import random
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import NamedTuple

import requests
from pydantic import SecretStr

from config.loading import load_model
from config.settings import Settings
from flows import steps
from flows.request import RefreshRequest
from flows.setup import prepare
from flows.wiring import refresh
from tasks.survey.sandbox.from_model import survey_from_model
from tasks.survey.sandbox.platform import SandboxPlatform
from tasks.survey.sandbox.server import running

RESPONSES = 20_000
WINDOW = 1_000
SURVEY = 641001
DATA = Path(__file__).parents[1] / "data" / "maturite_numerique"
ROWS = ("OUT[SQ001]", "OUT[SQ002]", "OUT[SQ003]")
LIVE = "MATURITY_LIVE_LIMESURVEY_"


class Platform(NamedTuple):
    """Where the 20,000 responses are."""

    url: str
    user: str
    password: str
    survey: int


def measures() -> Iterator[tuple[str, float]]:
    """Yield `pull.vs_bare_export`, `clean_score.seconds_20000` and `refresh.peak_mb`."""
    with _platform() as platform, TemporaryDirectory() as folder:
        settings = _installation(Path(folder), platform)
        setup = prepare(RefreshRequest(study="valdore"), settings)
        bare = _seconds(lambda: _bare_export(platform))
        pull = _seconds(lambda: steps.pull_answers(setup))
        again = _seconds(lambda: _bare_export(platform))
        yield "pull.vs_bare_export", pull / ((bare + again) / 2)
        start = time.perf_counter()
        steps.score_answers(setup, steps.clean_answers(setup))
        yield "clean_score.seconds_20000", time.perf_counter() - start
        yield "refresh.peak_mb", _peak_of_refresh(settings)


@contextmanager
def _platform() -> Iterator[Platform]:
    if os.environ.get(LIVE + "SURVEY"):
        url, user, password = (os.environ[LIVE + name] for name in ("URL", "USER", "PASSWORD"))
        yield Platform(url, user, password, int(os.environ[LIVE + "SURVEY"]))
        return
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        yield Platform(*here.recv())
    finally:
        here.send("stop")
        process.join()


def _serve(channel: Connection) -> None:
    """The sandbox with its 20,000 responses, in a process of its own."""
    with TemporaryDirectory() as folder:
        model = load_model("valdore", _home(Path(folder))).model
    draw = random.Random(RESPONSES)
    responses = {number: _response(draw, number) for number in range(1, RESPONSES + 1)}
    survey = replace(survey_from_model(model, SURVEY, "Charge"), responses=responses)
    platform = SandboxPlatform([survey])
    with running(platform) as url:
        channel.send((url, platform.user, platform.password.get_secret_value(), SURVEY))
        channel.recv()


def _response(draw: random.Random, number: int) -> dict[str, str | int]:
    """A plausible response to the trial questionnaire."""
    moment = (
        f"2026-10-{draw.randint(1, 28):02} {draw.randint(8, 19):02}:{draw.randint(0, 59):02}:00"
    )
    stages = ("A1", "A2", "A3", "A4", "A5", "NSP")
    coded = {code: draw.choice(stages) for code in ("STR1", "STR2", *ROWS)}
    boxes = {f"DONN[SQ00{row}]": draw.choice(("Y", "")) for row in (1, 2, 3)}
    return {
        "id": number, "submitdate": moment, "lastpage": 2, "startlanguage": "fr",
        "seed": str(draw.randint(1, 2**31)), "startdate": moment, "datestamp": moment,
        "ROLE": draw.choice(("R1", "R2", "R3", "R4")), **coded, **boxes,
        "STR2[comment]": "Rarement consultés" * draw.randint(0, 4), "DEBUT": "2019-03-01 00:00:00",
        "ECH[SQ001]": str(draw.randint(1, 5)), "ECH[SQ002]": str(draw.randint(1, 5)),
        "DONN[other]": "", "CANAL": draw.choice(("C1", "C2", "C3")), "CANAL[other]": "",
        "ETP": str(draw.randint(1, 40)), "FORM": draw.choice(("Y", "N")),
        "COM": "Il manque une formation de base. " * draw.randint(0, 5), "SCORE": "3",
    }  # fmt: skip


def _home(folder: Path) -> Settings:
    copytree(DATA, folder / "config")
    return Settings(home=folder)


def _installation(folder: Path, platform: Platform) -> Settings:
    """An installation whose study is the load survey, open in the whole of 2026."""
    settings = _home(folder)
    file = folder / "config" / "studies" / "valdore.yaml"
    study = file.read_text(encoding="utf-8")
    file.write_text(study.replace(str(SURVEY), str(platform.survey)), encoding="utf-8")
    return settings.model_copy(
        update={
            "limesurvey_url": platform.url,
            "limesurvey_user": platform.user,
            "limesurvey_password": SecretStr(platform.password),
        }
    )


def _bare_export(platform: Platform) -> None:
    """The windowed export as a few lines of `requests` would do it: nothing checked or kept."""
    with requests.Session() as session:
        key = _call(session, platform, "get_session_key", platform.user, platform.password)
        for first in range(1, RESPONSES + 1, WINDOW):
            last = first + WINDOW - 1
            export = ("json", None, "all", "code", "short", first, last)
            answer = _call(session, platform, "export_responses", key, platform.survey, *export)
            json.loads(base64.b64decode(str(answer)))


def _call(session: requests.Session, platform: Platform, method: str, *params: object) -> object:
    body = {"method": method, "params": params, "id": 1}
    return session.post(platform.url, json=body, timeout=60).json()["result"]


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


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
