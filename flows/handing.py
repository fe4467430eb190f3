"""Hand a refresh to the team's server when one answers and serves this study."""

import asyncio
from uuid import UUID

from rich.console import Console

from config.catalogue import say
from config.errors import MaturityError
from config.settings import Settings
from flows.prefect_settings import prepare_prefect
from flows.request import RefreshRequest
from flows.serving import answers

POLL_SECONDS = 2.0


def hand_over(request: RefreshRequest, settings: Settings, console: Console) -> bool:
    """Run the refresh on the team's server and follow it to its end.

    Returns:
        False when no server is set, none answers, or it does not serve this study: the caller
        then runs the same steps in process.

    Raises:
        MaturityError: the run on the server did not succeed; gives its page.
    """
    api_url = settings.prefect_api_url.rstrip("/")
    if not api_url or not answers(api_url):
        return False
    prepare_prefect(settings.home)
    return asyncio.run(_follow(request, settings.language, console, api_url))


async def _follow(request: RefreshRequest, language: str, console: Console, api_url: str) -> bool:
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound

    async with get_client() as client:
        try:
            deployment = await client.read_deployment_by_name(f"refresh_study/{request.study}")
        except ObjectNotFound:
            return False
        run = await client.create_flow_run_from_deployment(
            deployment.id, parameters={"demande": request.model_dump()}
        )
        page = f"{api_url.removesuffix('/api')}/runs/flow-run/{run.id}"
        console.print(say("Actualisation confiée au serveur de l’équipe : {page}", language,
                          page=page), soft_wrap=True)  # fmt: skip
        state, message = await _wait(client, run.id, console, language)
    if state != "COMPLETED":
        raise MaturityError(
            say("L’actualisation n’a pas abouti : {message}", language, message=message),
            say("Lisez son journal : {page}", language, page=page),
        )
    console.print(say("Actualisation terminée.", language))
    return True


async def _wait(client: object, run: UUID, console: Console, language: str) -> tuple[str, str]:
    """Poll the run until it is over; returns the type and the message of its last state."""
    from prefect.client.orchestration import PrefectClient

    assert isinstance(client, PrefectClient)  # noqa: S101 - narrows the type of a late import
    with console.status(say("En attente d’un exécutant…", language)) as status:
        while True:
            flow_run = await client.read_flow_run(run)
            state = flow_run.state
            if state is not None and state.is_final():
                return state.type.value, state.message or str(state.name)
            if state is not None and state.is_running():
                status.update(say("Actualisation en cours…", language))
            await asyncio.sleep(POLL_SECONDS)
