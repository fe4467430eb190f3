"""Interview guides for the respondents of a wave: what is asked, the steps, what was made."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field

from config.settings import Settings
from flows.request import WaveRequest
from flows.setup import prepare
from flows.steps.answers import clean_answers, score_answers
from flows.steps.guides import guides_folder, to_interview, write_guides
from flows.wiring import StepRunner

STEPS = (
    "Lire l’étude et son modèle",
    "Nettoyer les réponses",
    "Calculer les résultats collectifs",
    "Choisir les personnes",
    "Écrire les guides",
)


class GuidesRequest(WaveRequest):
    """The form of `prepare_interviews`. No name, no secret: Prefect keeps parameters in clear."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Guides d’entretien")

    people: Literal["not_interviewed", "all"] = Field(
        default="not_interviewed",
        title="Personnes",
        description="« not_interviewed » : celles dont aucun entretien n’est noté ; « all » : "
        "toutes celles qui ont répondu. Les notes déjà tapées dans un guide y restent.",
        json_schema_extra={"position": 4},
    )


@dataclass(frozen=True)
class Guides:
    """What was made. No name, no pseudonym: it is shown in the web pages."""

    study: str
    wave: str
    language: str
    folder: Path
    written: int
    notices: tuple[str, ...] = ()


def prepare_guides(request: GuidesRequest, settings: Settings, step: StepRunner) -> Guides:
    """Make the guides of a wave from the answers pulled last; through a runner of steps.

    Raises:
        NotesError: nobody to interview, or an anonymous study.
        MaturityError: as in a refresh.
    """
    titles = iter(STEPS)
    setup = step(next(titles), prepare, request, settings)
    cleaned = step(next(titles), clean_answers, setup)
    scored = step(next(titles), score_answers, setup, cleaned)
    people = step(next(titles), to_interview, setup, cleaned, request.people == "all")
    written = step(next(titles), write_guides, setup, cleaned, scored, people)
    return Guides(
        study=setup.study.code,
        wave=setup.wave.code,
        language=setup.language,
        folder=guides_folder(setup),
        written=len(written),
        notices=tuple(notice for one in written for notice in one.notices),
    )
