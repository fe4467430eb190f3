"""The flow `end_of_keeping`: each month, what is past its end of keeping goes; nobody is named."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Failed
from pydantic import BaseModel, ConfigDict, Field

from config.catalogue import say
from config.errors import MaturityError
from config.loading import load_study
from config.settings import Settings
from config.study import Study
from flows.retention import kept_until, retention
from tasks.erasing.certificate import Certificate, unsearched_title


class KeepingRequest(BaseModel):
    """The form of `end_of_keeping`. No name, no secret: Prefect keeps parameters in clear."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Fin de conservation")

    study: str = Field(
        title="Étude",
        description="Code de l’étude : le nom de son fichier dans config/studies, sans « .yaml ».",
    )


def _run_name() -> str:
    request = flow_run.parameters["demande"]
    study = request["study"] if isinstance(request, dict) else request.study
    return f"Fin de conservation – {study}"


@flow(name="end_of_keeping", flow_run_name=_run_name, persist_result=False)
def end_of_keeping(demande: KeepingRequest) -> State[None] | None:
    """Efface les données personnelles des vagues dont la fin de conservation est passée.

    Ne fait rien tant qu’aucune ne l’est. Un fichier ouvert arrête tout : relancez une fois fermé.
    """
    settings = Settings()
    try:
        study = load_study(demande.study, settings)
        today = datetime.now(ZoneInfo(study.timezone)).date()
        page = tidy_up(study, today, settings)
    except MaturityError as error:
        get_run_logger().error("%s", error)
        # As in `refresh_study`: Prefect would put the message into an English sentence.
        return Failed(message=str(error), data=error)
    create_markdown_artifact(
        key=f"conservation-{study.code}".lower().replace("_", "-"),
        markdown=page,
        description=say("Fin de conservation", study.language),
    )
    return None


def tidy_up(study: Study, today: date, settings: Settings) -> str:
    """Take away what is due in a study; returns what was done, and what is kept, as Markdown.

    Raises:
        ReportLocked: a file is open; to be run again.
    """
    done = retention(settings, today, study.code)
    parts = [part for one in done for part in _told(one, study.language)]
    if not done:
        parts.append((say("Aucune donnée n’est à retirer.", study.language), ()))
    kept = kept_until(settings, today, study.code)
    return "\n\n".join("\n".join(_section(*part)) for part in (*parts, ("", kept)))


def _told(one: Certificate, language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the certificate of a wave says: headings and lines."""
    path = (f"`{one.path}`",) if one.path else ()
    told = (
        (f"{one.title} – {', '.join(one.waves)}", path),
        (say("Ce qui a été retiré", language), one.lines(language)),
        (say("Ce que le logiciel n’atteint pas", language), one.remains),
        (unsearched_title(language), one.unsearched),
    )
    return tuple(part for part in told if part[1])


def _section(heading: str, lines: tuple[str, ...]) -> list[str]:
    return [*([f"**{heading}**", ""] if heading else []), *(f"- {line}" for line in lines)]
