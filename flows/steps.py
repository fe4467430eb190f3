"""The steps of a refresh: each reads, computes or writes one thing. No Prefect in here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from tasks.reports.workbook import results_workbook

from config.catalogue import say, say_count
from config.study import Mode
from flows.setup import Setup
from flows.summary import Summary
from tasks.cleaning import CleanAnswers, clean, invited_by_side, respondent_key
from tasks.files import lock_files, sha256, write_whole
from tasks.interviews.making import make_workbook
from tasks.interviews.merging import interview_positions
from tasks.interviews.positions import positions_in_words
from tasks.interviews.reading import read_notes
from tasks.reports.collective import collective_report
from tasks.reports.content import ReportContent
from tasks.results import CollectiveResults
from tasks.scoring.collective import collective_results
from tasks.scoring.ledger import Ledger, read_ledger, write_ledger
from tasks.scoring.participation import participation
from tasks.scoring.publication import Plan, gate, plan_publication
from tasks.store.records import PullRecord
from tasks.store.repository import Store
from tasks.survey.questionnaire import require_match
from tasks.survey.source import RawResponse
from tasks.word.template import WordTemplate

COLLECTIVE = "collective_report"
REPORT, WORKBOOK, NOTES = "Rapport collectif", "Classeur des résultats", "Notes d’entretien"
MOST_INTERVIEWS = 200  # beyond this a wave is a survey: nobody interviews everybody


@dataclass(frozen=True)
class Cleaned:
    """The answers of now, and those that the collective results may be computed on."""

    now: CleanAnswers
    published: CleanAnswers
    pull: int  # the pull that `published` comes from
    ledger: Ledger  # what was published so far

    @property
    def renewed(self) -> bool:
        """False: too few answers changed; the results stay those last published."""
        return self.published.fingerprints == self.now.fingerprints


@dataclass(frozen=True)
class Scored:
    """The collective results, and what publishing them makes known."""

    results: CollectiveResults
    plan: Plan


@dataclass(frozen=True)
class Written:
    """A file that was written, and what staff should know of it."""

    path: Path
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """The report as issued."""

    written: Written
    content: ReportContent
    figures_changed: int | None  # None: first issue


def check_questionnaire(setup: Setup) -> None:
    """Compare the survey with the model before anything is pulled.

    Raises:
        PlatformError: it cannot be read.
        QuestionnaireMismatch: a question was removed, renamed or re-coded; names it.
    """
    with setup.platform() as platform:
        structure = platform.structure(setup.wave.survey_id, setup.language)
    require_match(structure, setup.loaded.model, setup.language)


def pull_answers(setup: Setup) -> PullRecord:
    """Pull participants and answers into the store, whole or not at all.

    Raises:
        PlatformUnreachable: worth another try later.
        PlatformError: it refuses.
    """
    study, wave, model = setup.study, setup.wave, setup.loaded
    attributes = tuple(a.participant for a in study.profile if a.participant)
    with setup.store() as store, setup.platform() as platform:
        store.pin_model(study.code, wave.code, model.model.code, model.model.version, model.sha256)
        if study.confidentiality.mode is Mode.CONFIDENTIAL:
            people = platform.participants(wave.survey_id, attributes)
            if people is not None:
                store.record_participants(study.code, wave.code, people)
        return store.record_pull(
            study.code,
            wave.code,
            wave.survey_id,
            platform.windows(wave.survey_id),
            platform.version(),
            datetime.now(UTC),
        )


def collect_notes(setup: Setup) -> None:
    """Read the notes workbook, if staff have one, and keep what it holds.

    Raises:
        NotesError: doubtful cells; the notes read before are still in the store.
    """
    path = setup.file(NOTES, ".xlsx")
    if path.is_file():
        notes = read_notes(path.read_bytes(), setup.form, path.name)
        with setup.store() as store:
            store.save_notes(setup.study.code, setup.wave.code, notes, path.name)


def clean_answers(setup: Setup) -> Cleaned:
    """Clean the answers of now and choose those that may be published."""
    study, wave = setup.study.code, setup.wave.code
    with setup.store() as store:
        now = _clean(setup, store, store.current_responses(study, wave))
        former = store.publication(study, wave)
        last = store.last_pull(study, wave)
        pull = last.id if last else 0
        ledger = read_ledger(former.breakdowns) if former else ()
        minimum = setup.study.confidentiality.min_group
        if former is None or gate(ledger, now.fingerprints, minimum, setup.closed):
            return Cleaned(now, now, pull, ledger)
        published = _clean(setup, store, store.responses_at(study, wave, former.pull))
        return Cleaned(now, published, former.pull, ledger)


def _clean(setup: Setup, store: Store, responses: Iterable[RawResponse]) -> CleanAnswers:
    received = tuple(responses)
    keys = [respondent_key(response) for response in received]
    people = store.people(setup.study.code, setup.wave.code, keys)
    return clean(received, setup.loaded.model, setup.study, setup.wave, people)


def score_answers(setup: Setup, cleaned: Cleaned) -> Scored:
    """Compute the collective results, within what may be published."""
    study, wave, model = setup.study, setup.wave, setup.loaded.model
    with setup.store() as store:
        notes = store.notes(study.code, wave.code)
        invited = store.invited(study.code, wave.code)
        by_side = invited_by_side(store.invited_attributes(study.code, wave.code), study)
        names = {
            pseudonym: f"{person.firstname} {person.lastname}"
            for pseudonym, person in store.identities(study.code, wave.code).items()
        }
    positions = interview_positions(notes, model, setup.language)
    published = cleaned.published
    plan = plan_publication(
        published.respondents,
        published.fingerprints,
        positions,
        model,
        study,
        cleaned.ledger,
        closed=setup.closed,
        interviews_over=published.fingerprints.keys() <= positions.keys(),
    )
    answered = participation(
        cleaned.now.respondents,
        cleaned.now.excluded,
        study,
        wave,
        invited=invited,
        invited_by_side=by_side,
        interviewed=len(notes.interviewed),
    )
    results = collective_results(
        published.answers,
        model,
        study,
        wave,
        plan=plan,
        participation=answered,
        notes=notes,
        names=names,
        invited_by_side=by_side,
        computed_at=datetime.now(UTC),
        data_until=_last_day(published, setup.today),
    )
    return Scored(results, plan)


def _last_day(answers: CleanAnswers, today: date) -> date:
    days = answers.respondents["submitted_at"].dropna().str[:10]
    return min(date.fromisoformat(days.max()), today) if len(days) else today


def write_report(setup: Setup, cleaned: Cleaned, scored: Scored) -> Report:
    """Render the collective report and issue it.

    Raises:
        TemplateError: the template uses what the product does not offer.
        ReportLocked: the file cannot be written; nothing has changed.
    """
    study, wave = setup.study, setup.wave
    content = collective_report(
        scored.results, setup.loaded.model, study, wave, setup.recommendations
    )
    template = WordTemplate.open(setup.template, setup.language)
    issue = template.render(content.context, content.charts, content.properties)
    with setup.store() as store:
        former = store.last_issue(study.code, wave.code, COLLECTIVE)
        # Before the file leaves: if the run breaks off in between, what might have been seen
        # counts as seen.
        store.record_publication(
            study.code, wave.code, cleaned.pull, write_ledger(scored.plan.ledger)
        )
        written = _write_beside_edits(setup, issue, former.sha256 if former else None)
        store.record_issue(
            study.code, wave.code, COLLECTIVE, written.path.name, issue, content.values,
            cleaned.published.fingerprints,
        )  # fmt: skip
    return Report(written, content, _changed(former.values, content.values) if former else None)


def _write_beside_edits(setup: Setup, issue: bytes, former: str | None) -> Written:
    """Write over our own last issue; beside a file that staff changed or have open."""
    path = setup.file(REPORT, ".docx")
    touched = path.is_file() and sha256(path.read_bytes()) != former
    if touched or lock_files(path):
        beside = path.with_stem(f"{path.stem} ({setup.today:%Y-%m-%d})")
        notice = say(
            "Le rapport a été modifié ou il est ouvert : la nouvelle édition est écrite à côté, "
            "« {name} ».",
            setup.language,
            name=beside.name,
        )
        return Written(write_whole(beside, issue, setup.language), (notice,))
    return Written(write_whole(path, issue, setup.language))


def _changed(former: Mapping[str, object], now: Mapping[str, object]) -> int:
    return sum(former.get(name) != now.get(name) for name in {*former, *now})


def write_workbook(setup: Setup, cleaned: Cleaned, scored: Scored, report: Report) -> Written:
    """Write the results workbook, for the programme team alone."""
    answers = cleaned.published  # those the report's figures come from
    workbook = results_workbook(
        scored.results,
        answers.respondents,
        answers.answers,
        answers.journal,
        setup.loaded.model,
        setup.study,
        report.content.values,
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


def sum_up(
    setup: Setup,
    pulled: PullRecord,
    cleaned: Cleaned,
    scored: Scored,
    report: Report,
    workbook: Written,
    notes: Written | None,
) -> Summary:
    """Tell what the refresh wrote and what changed."""
    language = setup.language
    written = [(REPORT, report.written), (WORKBOOK, workbook), (NOTES, notes)]
    answered = scored.results.participation
    return Summary(
        study=setup.study.code,
        wave=setup.wave.code,
        language=language,
        files=tuple((say(name, language), one.path) for name, one in written if one),
        answered=answered.complete + answered.partial_kept,
        invited=answered.invited,
        new=pulled.new + pulled.returned,
        changed=pulled.changed,
        deleted=pulled.deleted,
        excluded=answered.excluded,
        interviewed=answered.interviewed,
        figures_changed=report.figures_changed,
        notices=tuple(_notices(setup, cleaned, [one for _, one in written if one])),
    )


def _notices(setup: Setup, cleaned: Cleaned, written: Iterable[Written]) -> Iterable[str]:
    language = setup.language
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
