"""A survey of 20,000 responses, and an installation whose study is this survey.

It is held by the sandbox in a process of its own, or by the LimeSurvey that
`MATURITY_LIVE_LIMESURVEY_URL`, `_USER`, `_PASSWORD` and `_SURVEY` name (a survey with the
questionnaire of `tests/data/maturite_numerique`, ids from 1 on).
"""

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
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
from tasks.survey.sandbox.from_model import survey_from_model
from tasks.survey.sandbox.platform import SandboxPlatform
from tasks.survey.sandbox.server import running

RESPONSES = 20_000
WINDOW = 1_000
SURVEY = 641001
CALL, DATES, WHOLE = 0.045, 60e-6, 120e-6  # seconds: a call; a response's dates; all of it
DATA = Path(__file__).parents[1] / "data" / "maturite_numerique"
ROWS = ("OUT[SQ001]", "OUT[SQ002]", "OUT[SQ003]")
EDITED = "2026-11-09 10:00:00"
LIVE = "MATURITY_LIVE_LIMESURVEY_"


class Platform(NamedTuple):
    """Where the 20,000 responses are."""

    url: str
    user: str
    password: str
    survey: int
    edit: Callable[[int], None] | None = None  # respondents edit n-th response


@contextmanager
def load_platform() -> Iterator[Platform]:
    """Give the platform, up while the block lasts."""
    if os.environ.get(LIVE + "SURVEY"):
        url, user, password = (os.environ[LIVE + name] for name in ("URL", "USER", "PASSWORD"))
        yield Platform(url, user, password, int(os.environ[LIVE + "SURVEY"]))
        return
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    process.start()

    def edit(every: int) -> None:
        here.send(every)
        here.recv()

    try:
        yield Platform(*here.recv(), edit=edit)
    finally:
        here.send(0)
        process.join()


def _serve(channel: Connection) -> None:
    """The sandbox with its 20,000 responses, in a process of its own."""
    with TemporaryDirectory() as folder:
        model = load_model("valdore", _home(Path(folder))).model
    draw = random.Random(RESPONSES)
    responses = {number: _response(draw, number) for number in range(1, RESPONSES + 1)}
    survey = replace(survey_from_model(model, SURVEY, "Charge"), responses=responses)
    platform = SandboxPlatform([survey])
    platform.pace = _pace
    with running(platform) as url:
        channel.send((url, platform.user, platform.password.get_secret_value(), SURVEY))
        while every := channel.recv():
            survey = platform.survey(SURVEY)
            edited = {
                number: {**response, "STR1": "A5", "datestamp": EDITED}
                for number, response in survey.responses.items()
                if number % every == 0
            }
            platform.put_survey(replace(survey, responses={**survey.responses, **edited}))
            channel.send("edited")


def _pace(method: str, params: Sequence[object]) -> float:
    """The time that a LimeSurvey 6.4.2 takes for a call, as measured.

    By itself the sandbox is ten times faster, and no ratio of two calls would mean anything.
    """
    if method != "export_responses":
        return CALL
    first, last, *fields = params[7:10]
    top = min(int(str(last or RESPONSES)), RESPONSES)
    rows = max(top - int(str(first or 1)) + 1, 0)
    return CALL + rows * (DATES if any(fields) else WHOLE)


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


def installation(folder: Path, platform: Platform) -> Settings:
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


def seconds(run: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def call(session: requests.Session, platform: Platform, method: str, *params: object) -> object:
    """One call by plain `requests`."""
    body = {"method": method, "params": params, "id": 1}
    return session.post(platform.url, json=body, timeout=60).json()["result"]
