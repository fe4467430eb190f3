"""The last step: tell what the refresh wrote and what changed."""

from collections.abc import Iterable

from config.catalogue import say, say_count
from flows.setup import Setup
from flows.steps.accounting import account, doubt_sentence
from flows.steps.carried import Cleaned, Issued, Noted, Pulled, Scored, Written
from flows.steps.files import NOTE, REPORT, WORKBOOK, log_of
from flows.steps.following import follow_up
from flows.summary import Summary
from tasks.interviews.form import NOTES
from tasks.interviews.review_workbook import REVIEW


def sum_up(
    setup: Setup,
    pulled: Pulled,
    cleaned: Cleaned,
    scored: Scored,
    report: Issued,
    note: Written | None,
    workbook: Written,
    notes: Written | None,
    review: Written | None,
    noted: Noted,
) -> Summary:
    """Tell what the refresh wrote and what changed."""
    language = setup.language
    with setup.store() as store:
        tables = account(setup, store)
    doubts = [doubt_sentence(name, one, language, words=False) for name, one in noted.doubts]
    written = [(REPORT, report.written), (NOTE, note), (WORKBOOK, workbook), (NOTES, notes)]
    written.append((REVIEW, review))
    answered = scored.results.participation
    return Summary(
        study=setup.study.code,
        wave=setup.wave.code,
        language=language,
        files=tuple((say(name, language), one.path) for name, one in written if one),
        answered=answered.complete + answered.partial_kept,
        invited=answered.invited,
        new=pulled.record.new,
        changed=pulled.record.changed,
        deleted=pulled.record.deleted,
        excluded=answered.excluded,
        interviewed=answered.interviewed,
        figures_changed=report.figures_changed,
        pull=pulled.record.kind,
        log=log_of(setup, report).lines(),
        following=follow_up(setup, cleaned, log_of(setup, report).to_choose),
        notices=(
            *_notices(setup, pulled, cleaned, [one for _, one in written if one]),
            *doubts,
        ),
        notes=tables,
    )


def _notices(
    setup: Setup, pulled: Pulled, cleaned: Cleaned, written: Iterable[Written]
) -> Iterable[str]:
    language = setup.language
    yield from pulled.notices
    if pulled.record.erased:
        yield say_count(
            "{count} réponse effacée à la demande, encore sur la plateforme, n’est pas reprise.",
            "{count} réponses effacées à la demande, encore sur la plateforme, ne sont pas "
            "reprises.",
            pulled.record.erased,
            language,
        )
    for one in written:
        yield from one.notices
    if not cleaned.renewed:
        yield say(
            "Trop peu de réponses ont changé depuis la dernière publication : les résultats "
            "collectifs restent ceux d’alors, pour que personne ne puisse être reconnu.",
            language,
        )
    if len(cleaned.now.journal):
        yield say_count(
            "Journal du nettoyage : {count} ligne dans le classeur des résultats.",
            "Journal du nettoyage : {count} lignes dans le classeur des résultats.",
            len(cleaned.now.journal),
            language,
        )
