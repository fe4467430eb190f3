"""The flow `collect_notes`: notes come back, then wait for their review, as Prefect tasks.

`flows/collecting.py` does the same without Prefect, but for the waiting.
"""

from typing import Literal

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.flow_runs import suspend_flow_run
from prefect.input import RunInput
from prefect.runtime import deployment, flow_run
from pydantic import ConfigDict, Field

from config.catalogue import say
from config.errors import MaturityError
from config.settings import Settings
from flows.collecting import CollectRequest, Gathered, collect_folder, remarks
from flows.refresh_study import as_task
from flows.tabled import markdown_table

PATIENCE = 14 * 24 * 3600  # seconds a review may take; then the run ends, and nothing is lost
MOST_TIMES = 20  # a review is asked for


class Review(RunInput):
    """The form of the review step. Counts and places alone: Prefect keeps it in clear."""

    model_config = ConfigDict(title="Relecture")

    decision: Literal["relecture terminée", "plus tard"] = Field(
        default="relecture terminée",
        title="Où en est la relecture",
        description="« relecture terminée » : le classeur est enregistré et fermé, il est lu "
        "maintenant. « plus tard » : arrêter ici ; rien de ce qui n’est pas relu ne paraît.",
    )


def _run_name() -> str:
    request = flow_run.parameters["demande"]
    study = request["study"] if isinstance(request, dict) else request.study
    return f"Relevé des notes – {study}"


@flow(name="collect_notes", flow_run_name=_run_name, persist_result=False, validate_parameters=True)
def collect_notes(demande: CollectRequest) -> int:
    """Relève les notes d’entretien d’un dossier, puis attend leur relecture.

    Guides Word remplis et classeurs Excel : ce qui ne se lit pas avec certitude est listé, jamais
    deviné. Les passages qui peuvent paraître sont mis dans le classeur de relecture ; le flux
    s’interrompt, dit ce qui attend, et reprend par le bouton « Resume ». Il peut être relancé sans
    risque. Rend le nombre de passages encore à relire.
    """
    for turn in range(MOST_TIMES):
        gathered = _gather(demande)
        if not _to_review(gathered) or not deployment.id:
            break  # started without a deployment, nobody could resume it
        # After « Resume » the flow runs from its beginning: answers already given come at once.
        answer = suspend_flow_run(
            wait_for_input=Review.with_initial_data(description=form_text(gathered)),
            timeout=PATIENCE,
            key=f"relecture-{turn}",
        )
        if answer.decision == "plus tard":
            break
    return gathered.waiting


def _gather(request: CollectRequest) -> Gathered:
    """Read what there is now; tell it in the journal and on the run's page."""
    logger = get_run_logger()
    try:
        gathered = collect_folder(request, Settings(), as_task)
    except MaturityError as error:
        logger.error("%s", error)
        raise
    for remark in remarks(gathered, words=False):
        logger.warning("%s", remark)
    create_markdown_artifact(
        key=f"notes-{request.study}".lower().replace("_", "-"),
        markdown=page_text(gathered),
        description="Notes relevées, et ce qu’elles deviennent",
    )
    return gathered


def _to_review(gathered: Gathered) -> bool:
    return bool(gathered.waiting or gathered.doubts)


def page_text(gathered: Gathered) -> str:
    """The account of the notes and what deserves a look, as Markdown; no words of anybody."""
    lines = [line for table in gathered.tables for line in ("", *markdown_table(table))]
    return "\n".join([*lines, "", *(f"- {line}" for line in remarks(gathered, words=False))])


def form_text(gathered: Gathered) -> str:
    """What the review form says: where the workbook is, what waits, what to do."""
    language = gathered.language
    head = say("## Relecture des notes d’entretien", language)
    waits = say("Passages à relire : **{count}**. Classeur : `{path}`", language,
                count=gathered.waiting, path=gathered.workbook or "–")  # fmt: skip
    todo = say(
        "Ouvrez ce classeur, décidez de chaque passage (colonnes claires ; « Relu par » dit qui), "
        "enregistrez-le et fermez-le, puis confirmez ici. Rien de ce qui n’est pas relu ne paraît.",
        language,
    )
    return "\n\n".join((head, waits, todo, page_text(gathered)))
