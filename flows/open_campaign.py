"""The flow `open_campaign`, as Prefect tasks; `flows/opening.py` does the same without Prefect."""

from prefect import flow
from prefect.runtime import flow_run

from config.settings import Settings
from flows.campaign_page import tell_on_page
from flows.opening import OpeningRequest
from flows.opening import open_campaign as open_here
from flows.outcome import Outcome
from flows.refresh_study import as_task


def _run_name() -> str:
    request = flow_run.parameters["demande"]
    return f"Ouverture – {request['study'] if isinstance(request, dict) else request.study}"


@flow(name="open_campaign", flow_run_name=_run_name, persist_result=False, validate_parameters=True)
def open_campaign(demande: OpeningRequest) -> Outcome:
    """Met le questionnaire sur LimeSurvey, le relit mot à mot, puis l’ouvre aux réponses.

    Le flux peut être relancé sans risque : il reprend là où il s’est arrêté et ne fait rien deux
    fois.
    """
    return tell_on_page(lambda: open_here(demande, Settings(), as_task))
