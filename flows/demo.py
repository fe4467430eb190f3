"""`maturity demo`: a whole invented study, week after week, on the sandbox platform.

Everything is real but the people: LimeSurvey's protocol over HTTP, the Prefect flow on an embedded
server, the notes workbook filled in cell by cell, the report.
"""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from config.catalogue import say
from config.loading import load_model, load_study
from config.settings import PRODUCT_CONFIG, Settings
from flows.collecting import CollectRequest, collect_folder
from flows.prefect_settings import prepare_prefect
from flows.request import RefreshRequest
from flows.setup import DEMO, prepare
from flows.terminal import console, show
from tasks.files import write_whole
from tasks.interviews.form import NOTES
from tasks.interviews.rehearsal import confirm_reviewed, fill_in
from tasks.interviews.review_workbook import REVIEW, ReviewForm
from tasks.survey.sandbox.demo import PASSWORD, USER, demo_platform, week_date
from tasks.survey.sandbox.server import running

SCRIPT = PRODUCT_CONFIG / "demo"
LAST_WEEK = 3
INTERVIEWS = timedelta(days=14)  # after the last week: the notes of twelve interviews are in


def play(settings: Settings, weeks: tuple[int, ...]) -> None:
    """Play some weeks of the demo, each a refresh as staff would run it; print what was written.

    Playing the first week begins anew: files of an earlier play are put aside in a dated folder.

    Raises:
        MaturityError: as in a real refresh.
    """
    _use_sandbox(settings)
    console.print(say("Étude inventée, plateforme d’essai : rien ne sort de cet ordinateur.",
                      settings.language))  # fmt: skip
    if 1 in weeks:
        _put_aside(settings)
    for week in weeks:
        day = week_date(SCRIPT, week)
        _refresh(settings, week, day, say("Semaine {week}", settings.language, week=week))
        if week == LAST_WEEK:
            interview(Settings(), day + INTERVIEWS)
            review(Settings(), day + INTERVIEWS)
            _refresh(settings, week, day + INTERVIEWS,
                     say("Après les entretiens", settings.language))  # fmt: skip


def _use_sandbox(settings: Settings) -> None:
    """Point this process at its own database and at an embedded Prefect server."""
    os.environ.pop("PREFECT_API_URL", None)
    os.environ["MATURITY_HOME"] = str(settings.home)
    os.environ["MATURITY_DATABASE_URL"] = f"sqlite:///{settings.demo_database}"
    os.environ["MATURITY_LIMESURVEY_USER"] = USER
    os.environ["MATURITY_LIMESURVEY_PASSWORD"] = PASSWORD.get_secret_value()
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")
    prepare_prefect(settings.home)


def _put_aside(settings: Settings) -> None:
    study = load_study(DEMO, settings)
    folder = settings.home / study.output
    kept = [path for path in (folder, *_databases(settings)) if path.exists()]
    if not kept:
        return
    aside = _free(settings.home / "var" / f"demo-{datetime.now(UTC):%Y-%m-%d}")
    aside.mkdir(parents=True)
    for path in kept:
        path.rename(aside / path.name)


def _databases(settings: Settings) -> list[Path]:
    own = settings.demo_database
    return sorted(own.parent.glob(f"{own.name}*"))


def _free(folder: Path) -> Path:
    number, free = 1, folder
    while free.exists():
        number, free = number + 1, folder.with_name(f"{folder.name}-{number}")
    return free


def _refresh(settings: Settings, week: int, day: date, title: str) -> None:
    from flows.refresh_study import refresh_study

    model = load_model(load_study(DEMO, settings).model, settings).model
    console.rule(title)
    with running(demo_platform(model, SCRIPT, week)) as url, console.status(title):
        os.environ["MATURITY_LIMESURVEY_URL"] = url
        summary = refresh_study(RefreshRequest(study=DEMO, as_of=day.isoformat()))
    show(summary)


def interview(settings: Settings, day: date) -> None:
    """Type the interviews of the script into the notes workbook, as an interviewer would."""
    setup = prepare(RefreshRequest(study=DEMO, as_of=day.isoformat()), settings)
    with setup.store() as store:
        sheets = {
            person.token: pseudonym
            for pseudonym, person in store.identities(DEMO, setup.wave.code).items()
        }
    script: dict[str, Any] = YAML(typ="safe").load(SCRIPT / "respondents.yaml")
    tokens = {entry["number"]: entry["token"] for entry in script["respondents"]}
    pseudonyms = {number: sheets[token] for number, token in tokens.items() if token in sheets}
    path = setup.file(NOTES, ".xlsx")
    notes = fill_in(path.read_bytes(), setup.form, SCRIPT / "interviews.yaml", pseudonyms)
    write_whole(path, notes, settings.language)


def review(settings: Settings, day: date) -> None:
    """Collect what was typed, then let through in the review what the script calls reviewed."""
    request = CollectRequest(study=DEMO, as_of=day.isoformat())
    collect_folder(request, settings, lambda _, step, *args: step(*args))
    setup = prepare(request, settings)
    form = ReviewForm(setup.loaded.model, setup.study, setup.wave)
    path = setup.file(REVIEW, ".xlsx")
    decided = confirm_reviewed(path.read_bytes(), form, say("Équipe d’essai", settings.language))
    write_whole(path, decided, settings.language)
