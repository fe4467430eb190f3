"""The flow `prepare_interviews`: an interview guide for each respondent, as Prefect tasks.

`flows/guides.py` does the same without Prefect.
"""

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.runtime import flow_run

from config.catalogue import say
from config.errors import MaturityError
from config.settings import Settings
from flows.guides import Guides, GuidesRequest, prepare_guides
from flows.refresh_study import as_task


def _run_name() -> str:
    request = flow_run.parameters["demande"]
    study = request["study"] if isinstance(request, dict) else request.study
    return f"Guides d’entretien – {study}"


@flow(
    name="prepare_interviews",
    flow_run_name=_run_name,
    persist_result=False,
    validate_parameters=True,
)
def prepare_interviews(demande: GuidesRequest) -> Guides:
    """Fait le guide d’entretien de chaque personne, ou met à jour ceux qui existent.

    Le flux peut être relancé sans risque : les notes déjà tapées dans un guide y restent.
    """
    logger = get_run_logger()
    try:
        guides = prepare_guides(demande, Settings(), as_task)
    except MaturityError as error:
        logger.error("%s", error)
        raise
    for notice in guides.notices:
        logger.warning("%s", notice)
    create_markdown_artifact(
        key=f"guides-{guides.study}".lower().replace("_", "-"),
        markdown=say("Guides faits ou mis à jour : {count}. Dossier : `{path}`.", guides.language,
                     count=guides.written, path=guides.folder),
        description="Guides d’entretien",
    )  # fmt: skip
    return guides
