"""Notes that come back, in Word or Excel: what is asked, the steps, what was found."""

from pydantic import ConfigDict, Field

from config.catalogue import say
from config.settings import Settings
from flows.request import RefreshRequest
from flows.setup import prepare
from flows.steps.collecting import files_to_read, read_files
from flows.wiring import StepRunner
from tasks.interviews.collecting import Collected
from tasks.interviews.model import Doubt

STEPS = ("Lire l’étude et son modèle", "Chercher les fichiers", "Lire les notes")


class CollectRequest(RefreshRequest):
    """The form of `collect_notes`. No name, no secret: Prefect keeps parameters in clear."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Relevé des notes d’entretien")

    folder: str = Field(
        default="",
        title="Dossier",
        description="Dossier des guides remplis et des classeurs de notes, en Word, en Excel ou "
        "les deux. Laissez vide pour celui de l’étude.",
        json_schema_extra={"position": 4},
    )


def collect_folder(request: CollectRequest, settings: Settings, step: StepRunner) -> Collected:
    """Read the notes of a folder and keep them; through a runner of steps.

    Raises:
        MaturityError: the study does not hold, or there is no such folder. A file that cannot be
            read is told in what comes back and stops none of the others.
    """
    titles = iter(STEPS)
    setup = step(next(titles), prepare, request, settings)
    files = step(next(titles), files_to_read, setup, request.folder)
    collected: Collected = step(next(titles), read_files, setup, files)
    return collected


def rows(collected: Collected, language: str) -> tuple[tuple[str, ...], ...]:
    """The count of what came in: a heading, a row a file, a total; no words of anybody."""
    head = ("Fichier", "Notes trouvées", "Lues", "À revoir")
    table = [
        (one.name, str(one.found), str(one.read), str(one.doubtful)) for one in collected.sources
    ]
    sums = [sum(getattr(s, n) for s in collected.sources) for n in ("found", "read", "doubtful")]
    total = (say("Ensemble", language), *map(str, sums))
    return (tuple(say(word, language) for word in head), *table, total)


def remarks(collected: Collected, language: str, *, words: bool) -> tuple[str, ...]:
    """What deserves a look, one sentence each.

    Args:
        collected: what a scan brought.
        language: of the sentences.
        words: with what people said; never for a page that others see.
    """
    said = [_told(name, doubt, language, words=words) for name, doubt in collected.doubts]
    said += [
        say("{name} : champ absent, {place}.", language, name=one.name, place=place)
        for one in collected.sources
        for place in one.missing
    ]
    said += [
        say("Fichier laissé de côté, {name} : {why}", language, name=one.name, why=one.why)
        for one in collected.refused
    ]
    said += [
        say("{person}, {dimension} : deux positions qui ne concordent pas ; la dernière lue "
            "compte.", language, person=last.respondent, dimension=last.dimension)
        for _, last in collected.contradictions
    ]  # fmt: skip
    if collected.repeated:
        said.append(say("Notes présentes dans plusieurs fichiers et comptées une fois : {count}.",
                        language, count=collected.repeated))  # fmt: skip
    return tuple(said)


def _told(name: str, doubt: Doubt, language: str, *, words: bool) -> str:
    """Where a doubtful passage stands; what is wrong may quote it, so only with its words."""
    if not words:
        return say("{name}, {where} : à revoir.", language, name=name, where=doubt.where)
    text = f" « {doubt.text} »" if doubt.text else ""
    why = say("{name}, {where} : {why}", language, name=name, where=doubt.where, why=doubt.why)
    return why + text
