"""The flow `list_participants`, as Prefect tasks; `flows/listing.py` does the same without."""

from prefect import flow
from prefect.runtime import flow_run

from config.settings import Settings
from flows.campaign_page import tell_on_page
from flows.listing import ListRequest, list_people
from flows.outcome import Outcome
from flows.refresh_study import as_task


def _run_name() -> str:
    request = flow_run.parameters["demande"]
    return f"Participants – {request['study'] if isinstance(request, dict) else request.study}"


@flow(
    name="list_participants",
    flow_run_name=_run_name,
    persist_result=False,
    validate_parameters=True,
)
def list_participants(demande: ListRequest) -> Outcome:
    """Inscrit sur LimeSurvey les personnes d’une liste déposée dans le dossier de l’étude.

    Le flux peut être relancé sans risque : personne n’est inscrit deux fois ni supprimé. « Essai »
    montre ce qui changerait.
    """
    return tell_on_page(lambda: list_people(demande, Settings(), as_task))
