"""The flow `refresh_study`: the steps of a refresh as Prefect tasks.

Staff start it from the form, the weekly schedule starts it by itself; `maturity refresh` runs the
same steps without Prefect when no server answers.
"""

from collections.abc import Callable
from typing import Any

from prefect import Task, flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State, TaskRun
from prefect.runtime import flow_run
from prefect.states import Failed
from prefect.tasks import exponential_backoff

from config.errors import DisclosureError, MaturityError, PlatformUnreachable
from config.settings import Settings
from flows.request import RefreshRequest
from flows.summary import Summary, as_markdown
from flows.wiring import refresh
from flows.writing import may_be_tried_again

RETRIES = 3
BACKOFF = 10  # seconds before the second try; then 20, 40


def _worth_another_try(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Only a platform that did not answer; never a refusal, a wrong password or bad input."""
    try:
        state.result()
    except PlatformUnreachable:
        return True
    except Exception:  # noqa: BLE001 - any other failure is final, whatever it is
        return False
    return False


def as_task(title: str, step: Callable[..., Any], *args: object) -> Any:  # noqa: ANN401
    """Run one step as a Prefect task.

    A step that only reads is tried again when the platform did not answer; one that writes there
    never is. The step's arguments travel in a closure: Prefect neither walks through them (20,000
    answers) nor keeps them (names, secrets).
    """
    run = Task(
        fn=lambda: step(*args),
        name=title,
        task_run_name=title,
        retries=RETRIES if may_be_tried_again(step) else 0,
        retry_delay_seconds=exponential_backoff(backoff_factor=BACKOFF),
        retry_condition_fn=_worth_another_try,
        persist_result=False,
    )
    return run()


# The flow's parameter has a French name: the form shows it.
def _run_name() -> str:
    request = flow_run.parameters["demande"]
    study = request["study"] if isinstance(request, dict) else request.study
    return f"Actualisation – {study}"


@flow(name="refresh_study", flow_run_name=_run_name, persist_result=False, validate_parameters=True)
def refresh_study(demande: RefreshRequest) -> Summary:
    """Actualise une étude : relève les réponses, les nettoie, calcule et écrit le rapport.

    L’actualisation peut être relancée sans risque : elle ne perd rien, n’écrase aucune correction
    et, si quelque chose manque, s’arrête en disant quoi faire ; le dernier rapport reste en place.
    """
    logger = get_run_logger()
    try:
        summary: Summary = refresh(demande, Settings(), as_task)
    except MaturityError as error:
        logger.error("%s", error)
        # Raised here, its message would stand in an English sentence of Prefect's; Prefect takes
        # this state as it is, and raises the error that it holds to whoever called.
        return Failed(message=str(error), data=error)  # type: ignore[return-value]
    for notice in summary.notices:
        logger.warning("%s", notice)
    create_markdown_artifact(
        key=f"actualisation-{summary.study}".lower().replace("_", "-"),
        markdown=as_markdown(summary),
        description="Fichiers écrits et changements",
    )
    if summary.withheld:  # all else is done; the run tells that a document is missing
        message = " ".join(summary.withheld)
        logger.error("%s", message)
        return Failed(message=message, data=DisclosureError(message))  # type: ignore[return-value]
    return summary
