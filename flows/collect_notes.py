"""The flow `collect_notes`: filled guides and notes workbooks come back, as Prefect tasks.

`flows/collecting.py` does the same without Prefect.
"""

from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact

from config.errors import MaturityError
from config.loading import load_study
from config.settings import Settings
from flows.collecting import CollectRequest, collect_folder, remarks, rows
from flows.refresh_study import as_task


@flow(name="collect_notes", persist_result=False, validate_parameters=True)
def collect_notes(request: CollectRequest) -> int:
    """Relève les notes d’entretien d’un dossier : guides Word remplis, classeurs Excel.

    Le flux peut être relancé sans risque : relire le même fichier ne change rien. Ce qui ne se
    lit pas avec certitude est listé, jamais deviné. Rend le nombre de notes trouvées.
    """
    logger = get_run_logger()
    settings = Settings()
    try:
        language = load_study(request.study, settings).language
        collected = collect_folder(request, settings, as_task)
    except MaturityError as error:
        logger.error("%s", error)
        raise
    for remark in remarks(collected, language, words=False):
        logger.warning("%s", remark)
    head, *table = rows(collected, language)
    create_table_artifact(
        key=f"notes-{request.study}".lower().replace("_", "-"),
        table=[dict(zip(head, row, strict=True)) for row in table],
    )
    return sum(source.found for source in collected.sources)
