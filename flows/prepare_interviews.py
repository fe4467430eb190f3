"""The flow `prepare_interviews`: an interview guide for each respondent, as Prefect tasks.

`flows/guides.py` does the same without Prefect.
"""

from prefect import flow, get_run_logger

from config.errors import MaturityError
from config.settings import Settings
from flows.guides import Guides, GuidesRequest, prepare_guides
from flows.refresh_study import as_task


@flow(name="prepare_interviews", persist_result=False, validate_parameters=True)
def prepare_interviews(request: GuidesRequest) -> Guides:
    """Fait le guide d’entretien de chaque personne, ou met à jour ceux qui existent.

    Le flux peut être relancé sans risque : les notes déjà tapées dans un guide y restent.
    """
    logger = get_run_logger()
    try:
        guides = prepare_guides(request, Settings(), as_task)
    except MaturityError as error:
        logger.error("%s", error)
        raise
    for notice in guides.notices:
        logger.warning("%s", notice)
    return guides
