"""The last step: tell what the refresh wrote and what changed."""

from collections.abc import Iterable

from config.catalogue import say, say_count
from flows.setup import Setup
from flows.steps.accounting import account, contradiction_sentence, doubt_sentence
from flows.steps.answers import participation_now
from flows.steps.carried import Cleaned, Noted, PublishedFiles, Pulled, Written
from flows.steps.files import NOTE, REPORT, WORKBOOK, log_of
from flows.steps.following import follow_up
from flows.summary import Summary
from tasks.interviews.form import NOTES
from tasks.interviews.review_workbook import REVIEW
from tasks.reports.change_log import ChangeLog


def sum_up(
    setup: Setup,
    pulled: Pulled,
    cleaned: Cleaned,
    published: PublishedFiles | None,
    notes: Written | None,
    review: Written | None,
    noted: Noted,
) -> Summary:
    """Tell what the refresh wrote and what changed.

    Args:
        setup: the study.
        pulled: the pull.
        cleaned: the answers of now.
        published: the files that show collective results; None when these wait.
        notes: the notes workbook.
        review: the review workbook.
        noted: what is doubtful in them.
    """
    language = setup.language
    with setup.store() as store:
        tables = account(setup, store, cleaned)
        notes_now = store.notes(setup.study.code, setup.wave.code)
        answered = participation_now(setup, store, cleaned, notes_now)
    doubts = [doubt_sentence(name, one, language, words=False) for name, one in noted.doubts]
    doubts += [
        contradiction_sentence(one, setup.form, language, words=False)
        for one in noted.contradictions
    ]
    written = [*_shown(published), (NOTES, notes), (REVIEW, review)]
    log = log_of(setup, published.report) if published else ChangeLog((), ())
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
        figures_changed=published.report.figures_changed if published else 0,
        pull=pulled.record.kind,
        log=log.lines(),
        following=follow_up(setup, cleaned, log.to_choose),
        notices=(
            *_notices(setup, pulled, cleaned, [one for _, one in written if one]),
            *doubts,
        ),
        notes=tables,
        waits=cleaned.waits,
        withheld=_withheld(published),
    )


def _withheld(published: PublishedFiles | None) -> tuple[str, ...]:
    """Why documents were not written, and what to do, one line each."""
    return tuple(f"{e.message} {e.remedy}" for e in published.withheld) if published else ()


def _shown(published: PublishedFiles | None) -> list[tuple[str, Written | None]]:
    if published is None:
        return []
    report = published.report.written
    return [(REPORT, report), (NOTE, published.note), (WORKBOOK, published.workbook)]


_WAITING = (
    "Une personne a été effacée depuis la dernière publication, et trop peu de réponses ont "
    "changé : recalculer maintenant ferait connaître ses réponses par différence ; le rapport "
    "garde ses effectifs publiés et se renouvellera de lui-même. Pour le faire sans attendre : "
    "« Recalculer après un effacement », ou « maturity refresh {study} --apres-effacement »."
)
_CLOSED = (
    "Une personne a été effacée depuis la dernière publication, et la vague est close : il "
    "n’arrive plus de réponses qui permettraient de recalculer sans faire connaître les siennes "
    "par différence. Le rapport garde ses effectifs publiés, et ce que disent les entretiens "
    "notés depuis n’y entre pas. Pour recalculer malgré cela, reprenez d’abord les éditions "
    "diffusées, puis : « Recalculer après un effacement », ou « maturity refresh {study} "
    "--apres-effacement »."
)
SENTENCES = (_WAITING, _CLOSED)
"""The sentences that are chosen from a table, for whoever checks their translations."""


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
    if cleaned.waits:
        yield say(_CLOSED if setup.closed else _WAITING, language, study=setup.study.code)
        yield from _kept(setup)
    elif not cleaned.renewed:
        yield say(
            "Trop peu de réponses ont changé depuis la dernière publication : les résultats "
            "collectifs restent ceux d’alors, pour que personne ne puisse être reconnu.",
            language,
        )
    if len(cleaned.now.journal) and not cleaned.waits:
        yield say_count(
            "Journal du nettoyage : {count} ligne dans le classeur des résultats.",
            "Journal du nettoyage : {count} lignes dans le classeur des résultats.",
            len(cleaned.now.journal),
            language,
        )


def _kept(setup: Setup) -> Iterable[str]:
    """Which documents of the last issue stay while the results wait."""
    language, workbook = setup.language, setup.file(WORKBOOK, ".xlsx")
    notes = sorted(setup.folder.glob(f"{setup.file(NOTE, '').name} *.docx"))
    kept = [one for one in (setup.file(REPORT, ".docx"), *notes[-1:], workbook) if one.is_file()]
    yield say(
        "Restent de la dernière édition, sans les mots de la personne effacée : {names}.",
        language,
        names=", ".join(f"«\u00a0{path.name}\u00a0»" for path in kept) or "–",
    )
    if workbook.is_file():
        yield say(
            "Le classeur des résultats n’a gardé que les chiffres publiés : les réponses de "
            "chacun, comparées à eux, redonneraient celles de la personne ; elles y "
            "reviennent avec la prochaine édition.",
            language,
        )
    else:
        yield say("Le classeur des résultats n’est plus dans son dossier : la prochaine édition le "
                  "refera.", language)  # fmt: skip
