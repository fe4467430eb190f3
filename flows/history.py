"""`maturity history` and `maturity restore`: the issues of a study's report."""

from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from rich.table import Table

from config.catalogue import say
from config.settings import Settings
from flows.request import RefreshRequest
from flows.setup import prepare
from flows.steps.disclosing import COLLECTIVE
from flows.steps.files import REPORT
from tasks.publishing import editions, restore


def history(study: str, wave: str, settings: Settings) -> Table:
    """A table of the issues of the collective report: number, time, answers, kept file."""
    setup = prepare(RefreshRequest(study=study, wave=wave), settings)
    language, zone = setup.language, ZoneInfo(setup.study.timezone)
    path = setup.file(REPORT, ".docx")
    table = Table(title=path.name, title_justify="left")
    for heading in ("Édition", "Le", "Réponses", "Fichier gardé"):
        table.add_column(say(heading, language))
    with setup.store() as store:
        listed = editions(setup.study.code, setup.wave.code, COLLECTIVE, path, store)
        campaign = store.campaign(setup.study.code, setup.wave.code)
    closed_at = campaign.closed_at if campaign else None
    for one in listed:
        final = closed_at is not None and one.issued_at >= closed_at
        number = say("{number} (définitive)", language, number=one.number) if final else one.number
        when = format_datetime(one.issued_at.astimezone(zone), "medium", locale=language)
        kept = "\n".join(file.name for file in one.kept) or say("dans la base", language)
        table.add_row(str(number), when, str(one.responses), kept)
    return table


def bring_back(study: str, wave: str, number: int, settings: Settings) -> Path:
    """Bring an issue of the collective report back; returns the file.

    Raises:
        UnknownIssue: no issue has this number.
        ReportLocked: the report is open.
    """
    setup = prepare(RefreshRequest(study=study, wave=wave), settings)
    with setup.store() as store:
        return restore(
            setup.study.code, setup.wave.code, COLLECTIVE, setup.file(REPORT, ".docx"), number,
            store, setup.language,
        )  # fmt: skip
