"""Notes back from Word and Excel: what is asked, the steps, what was found."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict, Field

from config.catalogue import say, say_count
from config.settings import Settings
from flows.request import WaveRequest
from flows.setup import prepare
from flows.steps.accounting import contradiction_sentence, doubt_sentence, erased_sentence
from flows.steps.carried import Written
from flows.steps.collecting import files_to_read, read_files, take_stock
from flows.steps.reviewing import collect_reviews, complete_review
from flows.tabled import Table
from flows.wiring import StepRunner
from tasks.interviews.collecting import Collected, Source
from tasks.interviews.form import Form
from tasks.interviews.model import Doubt

SEVERAL = 6  # places that are named one by one in a sentence
STEPS = (
    "Lire l’étude et son modèle",
    "Chercher les fichiers",
    "Lire les notes",
    "Lire le classeur de relecture",
    "Compléter le classeur de relecture",
    "Compter les notes",
)


class CollectRequest(WaveRequest):
    """The form of `collect_notes`. No name, no secret: Prefect keeps parameters in clear."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Relevé des notes d’entretien")

    folder: str = Field(
        default="",
        title="Dossier",
        description="Dossier des guides remplis et des classeurs de notes, en Word, en Excel ou "
        "les deux. Laissez vide pour celui de l’étude.",
        json_schema_extra={"position": 4},
    )


@dataclass(frozen=True)
class Gathered:
    """What a scan brought, and where its review stands.

    Attributes:
        language: of the study.
        form: the words of its notes.
        collected: file by file.
        doubts: the doubtful rows of the review workbook.
        review: that workbook; None: there is nothing to review.
        tables: notes in, and what becomes of them.
        waiting: passages that nobody has decided on.
    """

    language: str
    form: Form
    collected: Collected
    doubts: tuple[Doubt, ...]
    review: Written | None
    tables: tuple[Table, ...]
    waiting: int

    @property
    def workbook(self) -> Path | None:
        """Where the review workbook is."""
        return self.review.path if self.review else None


def collect_folder(request: CollectRequest, settings: Settings, step: StepRunner) -> Gathered:
    """Read the notes of a folder, keep them, and bring the review workbook up to date.

    Raises:
        MaturityError: the study does not hold, or there is no such folder. A file that cannot be
            read, the review workbook likewise, is told in what comes back and stops none of the
            others.
    """
    titles = iter(STEPS)
    setup = step(next(titles), prepare, request, settings)
    files = step(next(titles), files_to_read, setup, request.folder)
    collected = step(next(titles), read_files, setup, files, request.folder)
    doubts = step(next(titles), collect_reviews, setup)
    review = step(next(titles), complete_review, setup)
    tables, waiting = step(next(titles), take_stock, setup, collected)
    return Gathered(setup.language, setup.form, collected, doubts, review, tables, waiting)


def remarks(gathered: Gathered, *, words: bool) -> tuple[str, ...]:
    """What deserves a look, one sentence each.

    Args:
        gathered: what a scan brought.
        words: with what people said and what staff called their files; never for a page that
            others see.
    """
    return (*_notes(gathered, words=words), *_review(gathered, words=words))


def _notes(gathered: Gathered, *, words: bool) -> Iterator[str]:
    language, collected = gathered.language, gathered.collected
    for name, doubt in collected.doubts:
        yield doubt_sentence(name, doubt, language, words=words)
    for one in collected.sources:
        yield from _missing_fields(one, language)
        if one.erased:
            yield erased_sentence(one.name, one.erased, language)
    yield from _refused(gathered, words=words)
    for who in collected.several:
        yield say("{person} a plusieurs guides dans ce relevé : leurs notes sont réunies. "
                  "Retirez du dossier celui qui ne vaut plus.", language, person=who)  # fmt: skip
    yield from _contradictions(gathered, words=words)
    yield from _gone(gathered)


def _missing_fields(source: Source, language: str) -> Iterator[str]:
    """The fields that somebody deleted from a guide, in one sentence however many."""
    places, many = source.missing, len(source.missing)
    if many:
        some = " ; ".join(places[:SEVERAL]) + ("…" if many > SEVERAL else "")
        yield say_count(
            "{name} : un champ a été effacé ({places}). Ce qui aurait dû s’y trouver n’est pas lu.",
            "{name} : {count} champs ont été effacés ({places}). Ce qui aurait dû s’y trouver "
            "n’est pas lu.",
            many,
            language,
            name=source.name,
            places=some,
        )


def _contradictions(gathered: Gathered, *, words: bool) -> Iterator[str]:
    for one in gathered.collected.contradictions:
        yield contradiction_sentence(one, gathered.form, gathered.language, words=words)


def _gone(gathered: Gathered) -> Iterator[str]:
    """The files that are no longer in the folder; their names in the store bear no name."""
    language = gathered.language
    for one in gathered.collected.gone:
        yield say_count(
            "{name} n’est plus dans le dossier : sa note ne compte plus. Pour qu’elle compte de "
            "nouveau, remettez le fichier et relevez.",
            "{name} n’est plus dans le dossier : ses {count} notes ne comptent plus. Pour qu’elles "
            "comptent de nouveau, remettez le fichier et relevez.",
            one.found,
            language,
            name=one.name,
        )
    for one in gathered.collected.lost:
        yield say("Les notes déjà lues dans {name} comptent encore : il n’a pas pu être relu, "
                  "ou il n’est plus dans le dossier. Corrigez les fichiers laissés de côté, puis "
                  "relevez.", language,
                  name=one.name)  # fmt: skip


def _refused(gathered: Gathered, *, words: bool) -> Iterator[str]:
    """The files left aside; what staff call a file may name somebody."""
    language, refused = gathered.language, gathered.collected.refused
    if not words and refused:
        yield say("Fichiers laissés de côté : {count}. « maturity collect » dit lesquels et "
                  "pourquoi.", language, count=len(refused))  # fmt: skip
    for one in refused if words else ():
        yield say("Fichier laissé de côté, {name} : {why}", language, name=one.name,
                  why=one.why)  # fmt: skip


def _review(gathered: Gathered, *, words: bool) -> Iterator[str]:
    language, review = gathered.language, gathered.review
    if review is None:
        return
    for doubt in gathered.doubts:
        yield doubt_sentence(review.path.name, doubt, language, words=words)
    yield from review.notices
