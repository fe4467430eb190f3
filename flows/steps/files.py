"""The steps that write files: the report, the results workbook, the notes workbook."""

from dataclasses import replace
from pathlib import Path

from config.catalogue import say
from config.errors import NotesError
from flows.setup import Setup
from flows.steps.carried import Cleaned, Issued, Scored, Written
from flows.steps.decided import waiting_passages
from flows.steps.disclosing import (
    COLLECTIVE,
    naming_notice,
    refuse_disclosure,
    refuse_unpublished,
    typed_in_answers,
    typed_names,
)
from flows.steps.reviewing import left_alone
from flows.steps.words import waiting_words
from tasks.campaign.mailing.counts import mail_counts
from tasks.files import lock_files, write_whole
from tasks.interviews.form import NOTES
from tasks.interviews.making import make_workbook
from tasks.interviews.positions import positions_in_words
from tasks.interviews.reading import read_with_doubts
from tasks.interviews.sources import contradictions
from tasks.publishing import Report, publish, refuse_erased
from tasks.reports.change_log import ChangeLog, change_log
from tasks.reports.collective import collective_report
from tasks.reports.content import ReportContent
from tasks.reports.follow_up import MOST_INTERVIEWS
from tasks.reports.weekly_note import weekly_note
from tasks.reports.workbook import results_workbook
from tasks.scoring.ledger import write_ledger
from tasks.word.merge import Offers
from tasks.word.template import WordTemplate

WEEKLY = "weekly_note"  # kind of report in the store
REPORT, NOTE, WORKBOOK = "Rapport collectif", "Note hebdomadaire", "Classeur des résultats"


def write_report(setup: Setup, cleaned: Cleaned, scored: Scored) -> Issued:
    """Render the collective report and issue it, merged with what staff wrote in the last one.

    Raises:
        TemplateError: the template uses what the product does not offer.
        DisclosureError: it would give somebody's answer away; nothing has changed.
        ReportLocked: the folder cannot be written; nothing has changed.
    """
    study, wave = setup.study, setup.wave
    content = collective_report(
        scored.results,
        setup.loaded.model,
        study,
        wave,
        setup.recommendations,
        final=setup.campaign_closed,
    )
    path = setup.file(REPORT, ".docx")
    report = _report(setup, COLLECTIVE, study.report_template, path, content, cleaned)
    refuse_disclosure(setup, scored, content, {path.name: report.content})
    with setup.store() as store:
        refuse_erased(store, study.code, cleaned.erased, setup.language)
        former = store.last_issue(study.code, wave.code, COLLECTIVE)
        # Before the file leaves: if the run breaks off in between, what might have been seen
        # counts as seen.
        store.record_publication(
            study.code, wave.code, cleaned.pull, write_ledger(scored.plan.ledger)
        )
        published = publish(report, store, setup.language)
    return Issued(content, former.values if former else None, published)


def _report(
    setup: Setup, kind: str, template: str, path: Path, content: ReportContent, cleaned: Cleaned
) -> Report:
    opened = WordTemplate.open(setup.template(template), setup.language)
    return Report(
        study=setup.study.code,
        wave=setup.wave.code,
        kind=kind,
        path=path,
        content=opened.render(content.context, content.charts, content.properties),
        values=content.values,
        responses=cleaned.published.fingerprints,
        erased=cleaned.erased,
        moment=setup.moment,
        offers=Offers(setup.study.edits),
    )


def write_note(setup: Setup, cleaned: Cleaned, scored: Scored, issued: Issued) -> Written | None:
    """Write the note of the day: what the refresh changed, who answered, what to do next.

    Returns:
        None when a note of today is there already and the report says nothing new.

    Raises:
        DisclosureError: it tells something that the report does not; it has not been written.
    """
    study, wave = setup.study, setup.wave
    path = setup.file(NOTE, f" {setup.today:%Y-%m-%d}.docx")
    if path.is_file() and not issued.published.new:
        return None
    with setup.store() as store:
        content = weekly_note(
            scored.results,
            cleaned.now.journal,
            log_of(setup, issued),
            setup.loaded.model,
            study,
            wave,
            today=setup.today,
            renewed=cleaned.renewed,
            waiting_passages=waiting_passages(setup, store),
            mails=mail_counts(store.mail_lines(store.mail_book(study, wave)), study.timezone),
            waiting_words=waiting_words(setup, store, cleaned, scored.plan.publication.words),
            undecided=len(contradictions(store.notes_by_source(study.code, wave.code))),
        )
        kind = f"{WEEKLY}/{setup.today:%Y-%m-%d}"
        report = _report(setup, kind, WEEKLY, path, content, cleaned)
        told = replace(content, values={**issued.content.values, **content.values})
        refuse_unpublished(setup, told, {path.name: report.content}, issued.former)
        published = publish(report, store, setup.language)
    return Written(published.path, published.notices)


def log_of(setup: Setup, issued: Issued) -> ChangeLog:
    """What the refresh changed, kept and offered, in words that staff understand."""
    published = issued.published
    return change_log(
        published.log,
        issued.former,
        issued.content.values,
        setup.loaded.model,
        setup.study,
        standing=published.standing,
    )


def write_workbook(setup: Setup, cleaned: Cleaned, scored: Scored, issued: Issued) -> Written:
    """Write the results workbook, for the programme team alone.

    Raises:
        DisclosureError: its figures are not those published; it has not been written.
    """
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
    path = setup.file(WORKBOOK, ".xlsx")
    typed = typed_names(setup, typed_in_answers(cleaned))
    refuse_unpublished(setup, issued.content, {path.name: workbook}, allowed=typed)
    return Written(
        write_whole(path, workbook, setup.language), naming_notice(setup, typed, path.name)
    )


def complete_notes(setup: Setup, cleaned: Cleaned) -> Written | None:
    """As `make_notes`; a workbook that cannot be read is left as staff have it."""
    try:
        return make_notes(setup, cleaned)
    except NotesError:  # told where it is read
        path = setup.file(NOTES, ".xlsx")
        return Written(path, (left_alone(path, setup.language),))


def make_notes(setup: Setup, cleaned: Cleaned) -> Written | None:
    """Make the notes workbook, or add the new respondents to it.

    Returns:
        None when there is nobody to interview yet, or far too many.

    Raises:
        NotesError: the workbook is another one, damaged, or lacks a heading; it has not changed.
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
    if existing is not None:
        read_with_doubts(existing, setup.form, path.name)  # ours, and whole
    content = make_workbook(setup.form, positions, existing)
    return Written(write_whole(path, content, setup.language))
