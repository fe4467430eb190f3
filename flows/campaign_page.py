"""What the flows of a campaign show on the page of their run."""

from collections.abc import Callable

from prefect import get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.states import Failed

from config.errors import MaturityError
from flows.outcome import Outcome, as_markdown


def tell_on_page(run: Callable[[], Outcome]) -> Outcome:
    """Run, then show the outcome on the run's page; a failure is told in its own words."""
    logger = get_run_logger()
    try:
        outcome = run()
    except MaturityError as error:
        logger.error("%s", error)
        # As in `refresh_study`: Prefect would put the message into an English sentence.
        return Failed(message=str(error), data=error)  # type: ignore[return-value]
    for notice in outcome.notices:
        logger.warning("%s", notice)
    create_markdown_artifact(
        key=f"campagne-{outcome.study}".lower().replace("_", "-"),
        markdown=as_markdown(outcome),
        description=outcome.title,
    )
    return outcome
