"""The flow `close_campaign`, as Prefect tasks; `flows/closing.py` does the same without Prefect."""

from prefect import flow
from prefect.runtime import flow_run

from config.settings import Settings
from flows.campaign_page import tell_on_page
from flows.closing import ClosingRequest
from flows.closing import close_campaign as close_here
from flows.outcome import Outcome
from flows.refresh_study import as_task


def _run_name() -> str:
    request = flow_run.parameters["demande"]
    return f"Clôture – {request['study'] if isinstance(request, dict) else request.study}"


@flow(
    name="close_campaign", flow_run_name=_run_name, persist_result=False, validate_parameters=True
)
def close_campaign(demande: ClosingRequest) -> Outcome:
    """Ferme l’enquête aux réponses, relève les dernières et écrit l’édition définitive du rapport.

    Le flux peut être relancé sans risque : il reprend là où il s’est arrêté.
    """
    return tell_on_page(lambda: close_here(demande, Settings(), as_task))
