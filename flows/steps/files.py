"""The steps that write files: the report, the results workbook, the notes workbook."""

from config.catalogue import say
from flows.setup import Setup
from flows.steps.carried import Cleaned, Issued, Scored, Written
from tasks.files import lock_files, write_whole
from tasks.interviews.form import NOTES
from tasks.interviews.making import make_workbook
from tasks.interviews.positions import positions_in_words
from tasks.publishing import Report, publish
from tasks.reports.collective import collective_report
from tasks.reports.workbook import results_workbook
from tasks.scoring.ledger import write_ledger
from tasks.word.merge import Offers
from tasks.word.template import WordTemplate

COLLECTIVE = "collective_report"  # kind of the report in the store
REPORT, WORKBOOK = "Rapport collectif", "Classeur des résultats"
MOST_INTERVIEWS = 200  # beyond this a wave is a survey: nobody interviews everybody


def write_report(setup: Setup, cleaned: Cleaned, scored: Scored) -> Issued:
    """Render the collective report and issue it, merged with what staff wrote in the last one.

    Raises:
        TemplateError: the template uses what the product does not offer.
        ReportLocked: the folder cannot be written; nothing has changed.
    """
    study, wave = setup.study, setup.wave
    content = collective_report(
        scored.results, setup.loaded.model, study, wave, setup.recommendations
    )
    template = WordTemplate.open(setup.template, setup.language)
    report = Report(
        study=study.code,
        wave=wave.code,
        kind=COLLECTIVE,
        path=setup.file(REPORT, ".docx"),
        content=template.render(content.context, content.charts, content.properties),
        values=content.values,
        responses=cleaned.published.fingerprints,
        moment=setup.moment,
        offers=Offers(study.edits),
    )
    with setup.store() as store:
        former = store.last_issue(study.code, wave.code, COLLECTIVE)
        # Before the file leaves: if the run breaks off in between, what might have been seen
        # counts as seen.
        store.record_publication(
            study.code, wave.code, cleaned.pull, write_ledger(scored.plan.ledger)
        )
        published = publish(report, store, setup.language)
    written = Written(published.path, published.notices)
    return Issued(written, content, former.values if former else None, published.log)


def write_workbook(setup: Setup, cleaned: Cleaned, scored: Scored, issued: Issued) -> Written:
    """Write the results workbook, for the programme team alone."""
    answers = cleaned.published  # those the report's figures come from
    workbook = results_workbook(
        scored.results,
        answers.respondents,
        answers.answers,
        answers.journal,
        setup.loaded.model,
        setup.study,
        issued.content.values,
    )
    return Written(write_whole(setup.file(WORKBOOK, ".xlsx"), workbook, setup.language))


def complete_notes(setup: Setup, cleaned: Cleaned) -> Written | None:
    """Make the notes workbook, or add the new respondents to it.

    Returns:
        None when there is nobody to interview yet, or far too many.
    """
    positions = positions_in_words(cleaned.now.answers, setup.loaded.model, setup.language)
    if not 0 < len(positions) <= MOST_INTERVIEWS:
        return None
    path = setup.file(NOTES, ".xlsx")
    if lock_files(path):
        notice = say("« {name} » est ouvert : il sera complété à la prochaine actualisation.",
                     setup.language, name=path.name)  # fmt: skip
        return Written(path, (notice,))
    existing = path.read_bytes() if path.is_file() else None
    content = make_workbook(setup.form, positions, existing)
    return Written(write_whole(path, content, setup.language))
