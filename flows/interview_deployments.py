"""The deployments of a study's interviews: guides to print, notes back and their review."""

from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType

from config.study import Mode, Study
from flows.collect_notes import collect_notes
from flows.prepare_interviews import prepare_interviews


def interview_deployments(study: Study) -> list[RunnerDeployment]:
    """What staff start from the pages for the interviews of one study; nothing is scheduled.

    An anonymous study has no guide for anybody; its notes come back all the same. While a review
    waits, its run holds no place: notes may be collected again.
    """
    title = study.title.say("fr")
    made = _deployment(study, prepare_interviews, f"Guides d’entretien de l’étude « {title} ».")
    back = _deployment(
        study, collect_notes, f"Notes d’entretien de l’étude « {title} » : relevé, puis relecture."
    )
    return [back] if study.confidentiality.mode is Mode.ANONYMOUS else [made, back]


def _deployment(study: Study, flow: Flow[..., Any], description: str) -> RunnerDeployment:
    alone = None if flow is collect_notes else ConcurrencyLimitConfig(limit=1)
    return RunnerDeployment.from_flow(
        flow,
        name=study.code,
        parameters={"demande": {"study": study.code}},
        concurrency_limit=alone,
        description=description,
        entrypoint_type=EntrypointType.MODULE_PATH,
        tags=[study.programme] if study.programme else [],
    )
