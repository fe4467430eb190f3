"""`maturity history` and `maturity restore`: the issues of a study's report."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from rich.table import Table

from config.catalogue import say
from config.settings import Settings
from flows.request import RefreshRequest
from flows.setup import prepare
from flows.steps.disclosing import COLLECTIVE
from flows.steps.files import REPORT
from tasks.publishing import Edition, Restored, editions, restore


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
        table.add_row(str(number), when, str(one.responses), _comes_back(one, language))
    return table


def _comes_back(one: Edition, language: str) -> str:
    """What `maturity restore` brings back of an issue."""
    if one.kept:
        return "\n".join(file.name for file in one.kept)
    if one.stored:
        return say("aucun : elle revient comme le logiciel l’a écrite, sans vos corrections",
                   language)  # fmt: skip
    return say("aucun : effacée, elle ne peut pas être reprise", language)


def bring_back(study: str, wave: str, number: int, settings: Settings) -> tuple[str, ...]:
    """Bring an issue of the collective report back; returns what was done, in sentences.

    Raises:
        UnknownIssue: no issue has this number.
        ReportLocked: the report is open, or another run writes it.
    """
    setup = prepare(RefreshRequest(study=study, wave=wave), settings)
    with setup.store() as store:
        done = restore(
            setup.study.code, setup.wave.code, COLLECTIVE, setup.file(REPORT, ".docx"), number,
            store, setup.moment, setup.language,
        )  # fmt: skip
    return tuple(_told(done, number, setup.language))


def _told(done: Restored, number: int, language: str) -> Iterator[str]:
    if done.source is None:
        yield say(
            "Édition {number} remise, comme le logiciel l’avait écrite, sans ce que vous y aviez "
            "écrit ensuite : {path}",
            language, number=number, path=done.path,
        )  # fmt: skip
    else:
        yield say(
            "Édition {number} remise, avec ce que vous y aviez écrit (« {name} ») : {path}",
            language, number=number, name=done.source.name, path=done.path,
        )  # fmt: skip
    if done.former is not None:
        yield say("Le fichier d’avant est gardé dans « {folder} » : « {name} ».", language,
                  folder=done.former.parent.name, name=done.former.name)  # fmt: skip
