"""The order of a refresh. The runner decides how each step runs: as a Prefect task, or here."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from config.errors import DisclosureError
from config.settings import Settings
from flows import steps
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from flows.steps.carried import Cleaned, PublishedFiles, Written
from flows.summary import Summary

STEPS = (
    "Lire l’étude et son modèle",
    "Comparer le questionnaire",
    "Relever les réponses",
    "Lire les notes d’entretien",
    "Nettoyer les réponses",
    "Calculer les résultats collectifs",
    "Écrire le rapport",
    "Écrire la note hebdomadaire",
    "Écrire le classeur des résultats",
    "Compléter le classeur des notes",
    "Compléter le classeur de relecture",
    "Faire le bilan",
)

StepRunner = Callable[..., Any]
"""Called with a title, a step and its arguments; returns what the step returns."""


def refresh(request: RefreshRequest, settings: Settings, step: StepRunner) -> Summary:
    """Run the steps of one refresh, in order, through a runner.

    Raises:
        MaturityError: what stopped it; the last good report is still in place.
    """
    titles = iter(STEPS)
    prepared: Setup = step(next(titles), prepare, request, settings)
    setup = replace(prepared, after_erasure=request.after_erasure)
    step(next(titles), steps.check_questionnaire, setup)
    pulled = step(next(titles), steps.pull_answers, setup)
    noted = step(next(titles), steps.collect_notes, setup)
    cleaned = step(next(titles), steps.clean_answers, setup)
    published = _publish(setup, cleaned, step, titles)
    notes = step(next(titles), steps.complete_notes, setup, cleaned)
    review = step(next(titles), steps.complete_review, setup)
    summary: Summary = step(
        next(titles), steps.sum_up, setup, pulled, cleaned, published, notes, review, noted,
    )  # fmt: skip
    return summary


def _publish(
    setup: Setup, cleaned: Cleaned, step: StepRunner, titles: Iterator[str]
) -> PublishedFiles | None:
    """Compute and write what shows collective results; None when they wait: see `Cleaned.waits`.

    A report that cannot pass the last check stops the refresh, and nothing is published. The note
    and the workbook tell figures of the report and nothing else: one that cannot pass is withheld
    alone, with its former edition in place, and the refresh goes on and says which table.
    """
    scoring, reporting, noting, tabling = islice(titles, 4)
    if cleaned.waits:
        return None
    scored = step(scoring, steps.score_answers, setup, cleaned)
    report = step(reporting, steps.write_report, setup, cleaned, scored)
    withheld: list[DisclosureError] = []

    def unless_withheld(title: str, write: Callable[..., Written | None]) -> Written | None:
        try:
            written: Written | None = step(title, write, setup, cleaned, scored, report)
        except DisclosureError as error:
            withheld.append(error)
            return None
        return written

    note = unless_withheld(noting, steps.write_note)
    workbook = unless_withheld(tabling, steps.write_workbook)
    return PublishedFiles(report, note, workbook, tuple(withheld))
