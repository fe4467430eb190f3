"""The steps that make results of what was pulled: compare, read notes, clean, score."""

from dataclasses import replace
from datetime import UTC, date, datetime

from config.catalogue import say
from config.errors import DisclosureError, NotesError
from config.replacing import as_in_version
from flows.setup import Setup
from flows.steps.accounting import unread
from flows.steps.carried import Cleaned, Noted, Scored
from flows.steps.decided import notes_to_print
from flows.steps.disclosing import shown_so_far
from flows.steps.planning import plan_now
from flows.steps.reviewing import collect_reviews
from tasks.cleaning import CleanAnswers, clean, invited_by_side, respondent_key
from tasks.cleaning.journal import with_erased
from tasks.disclosure.former import former_issues
from tasks.disclosure.settling import settle
from tasks.interviews.form import NOTES
from tasks.interviews.model import Doubt, Notes
from tasks.interviews.reading import read_with_doubts
from tasks.interviews.review_workbook import REVIEW
from tasks.interviews.sources import contradictions
from tasks.results import Participation, WaveChange
from tasks.scoring.collective import collective_results
from tasks.scoring.cycle import wave_changes
from tasks.scoring.ledger import read_ledger, without_erased
from tasks.scoring.participation import participation
from tasks.scoring.publication import gate, waits_after_erasure
from tasks.store.repository import Store
from tasks.survey.questionnaire import require_match


def check_questionnaire(setup: Setup) -> None:
    """Compare the survey with the model before anything is pulled.

    Raises:
        PlatformError: it cannot be read.
        QuestionnaireMismatch: a question was removed, renamed or re-coded; names it.
    """
    with setup.platform() as platform:
        structure = platform.structure(setup.wave.survey_id, setup.language)
    require_match(structure, setup.loaded.model, setup.language)


def collect_notes(setup: Setup) -> Noted:
    """Read the notes workbook and the review workbook, if there are any, and keep what they hold.

    What is doubtful waits for staff and stops nothing: a cell with its row, a workbook of another
    study or without a heading as a whole; what was read of it before is still in the store.
    """
    doubts = _read_notes(setup)
    review = setup.file(REVIEW, ".xlsx").name
    doubts += [(review, doubt) for doubt in collect_reviews(setup)]
    with setup.store() as store:
        said = store.notes_by_source(setup.study.code, setup.wave.code)
    name = setup.file(NOTES, ".xlsx").name
    elsewhere = [(one, d) for one, notes in said.items() for d in notes.doubts if one != name]
    return Noted((*doubts, *elsewhere), contradictions(said))


def _read_notes(setup: Setup) -> list[tuple[str, Doubt]]:
    """Keep what the notes workbook says for certain; returns what it does not."""
    path, language = setup.file(NOTES, ".xlsx"), setup.language
    if not path.is_file():
        return []
    try:
        notes = read_with_doubts(path.read_bytes(), setup.form, path.name)
    except NotesError as error:
        return [(path.name, unread(error, language))]
    except OSError:
        return [(path.name, unread(_shut(language), language))]
    with setup.store() as store:
        store.save_notes(setup.study.code, setup.wave.code, notes, path.name)
        kept = store.living(setup.study.code, notes)
    erased = [_of_somebody_erased(language)] if kept != notes else []
    return [(path.name, doubt) for doubt in (*kept.doubts, *erased)]


def _shut(language: str) -> NotesError:
    return NotesError(
        say("Le système ne laisse pas lire ce fichier.", language),
        say("Fermez-le partout et vérifiez ses droits.", language),
    )


def _of_somebody_erased(language: str) -> Doubt:
    return Doubt(
        None,
        say("onglet d’une personne effacée à sa demande", language),
        say("ses notes ne sont pas reprises ; retirez-les de ce classeur.", language),
    )


def clean_answers(setup: Setup) -> Cleaned:
    """Clean the answers of now and choose those that may be published.

    After an erasure the results wait (`Cleaned.waits`), unless staff chose to show them.
    """
    study, wave = setup.study.code, setup.wave.code
    with setup.store() as store:
        erased = store.erased_people(study)  # first: whoever is erased later stops the writing
        last = store.last_pull(study, wave)
        pull = last.id if last else 0
        now = _clean(setup, store, pull)
        former = store.publication(study, wave)
        ledger = read_ledger(former.breakdowns) if former else ()
        minimum = setup.study.confidentiality.min_group
        people, known = now.fingerprints, ledger
        if setup.after_erasure:
            known = without_erased(ledger)
        elif waits_after_erasure(ledger, people, minimum, setup.closed):
            return Cleaned(now, now, pull, ledger, erased, waits=True)
        if former is None or gate(known, people, minimum, setup.closed):
            return Cleaned(now, now, pull, ledger, erased)
        return Cleaned(now, _clean(setup, store, former.pull), former.pull, ledger, erased)


def _clean(setup: Setup, store: Store, pull: int) -> CleanAnswers:
    """Clean the answers as they were at a pull; they are read twice, never held as a whole."""
    study, wave = setup.study, setup.wave
    keys = {respondent_key(one) for one in store.responses_at(study.code, wave.code, pull)}
    people = store.people(study.code, wave.code, keys)
    responses = store.responses_at(study.code, wave.code, pull)
    found = clean(responses, setup.loaded.model, study, wave, people)
    erased = store.erased_people(study.code)
    return replace(found, journal=with_erased(found.journal, erased, study.language))


def participation_now(setup: Setup, store: Store, cleaned: Cleaned, notes: Notes) -> Participation:
    """Who answered so far; counted at every refresh, whatever may be published."""
    study, wave = setup.study, setup.wave
    attributes = store.invited_attributes(study.code, wave.code)
    return participation(
        cleaned.now.respondents,
        cleaned.now.excluded,
        study,
        wave,
        invited=store.invited(study.code, wave.code),
        invited_by_side=invited_by_side(attributes, study),
        interviewed=len(notes.interviewed),
    )


def score_answers(setup: Setup, cleaned: Cleaned) -> Scored:
    """Compute the collective results, within what may be published.

    Raises:
        DisclosureError: they wait, after an erasure.
    """
    _require_shown(setup, cleaned)
    study, wave, model = setup.study, setup.wave, setup.loaded.model
    with setup.store() as store:
        notes = store.notes(study.code, wave.code)
        answered = participation_now(setup, store, cleaned, notes)
        by_side = invited_by_side(store.invited_attributes(study.code, wave.code), study)
        names = {
            pseudonym: f"{person.firstname} {person.lastname}"
            for pseudonym, person in store.identities(study.code, wave.code).items()
        }
        issues = shown_so_far(setup, store)
        plan = plan_now(setup, store, cleaned, notes)
        printable = notes_to_print(setup, store, plan.publication.words)
    published = cleaned.published
    results = collective_results(
        published.answers,
        model,
        study,
        wave,
        plan=plan,
        participation=answered,
        notes=printable,
        names=names,
        invited_by_side=by_side,
        computed_at=datetime.now(UTC),
        data_until=_last_day(published, setup.today),
    )
    told = replace(results, wave_changes=_since_former_wave(setup, published))
    return Scored(
        *settle(
            told,
            plan,
            former_issues(issues, cleaned.ledger, closed=setup.closed),
            model,
            study,
            after_erasure=setup.after_erasure,
        )
    )


def _require_shown(setup: Setup, cleaned: Cleaned) -> None:
    if cleaned.waits:
        raise DisclosureError(
            say("Une personne a été effacée depuis la dernière publication : montrer les résultats "
                "collectifs maintenant ferait connaître ses réponses par différence.",
                setup.language),
            say("Vague ouverte : attendez d’autres réponses. Vague close, ou pour ne pas "
                "attendre : reprenez les éditions diffusées, puis « maturity refresh {study} "
                "--apres-effacement ».", setup.language, study=setup.study.code),
        )  # fmt: skip


def _since_former_wave(setup: Setup, answers: CleanAnswers) -> tuple[WaveChange, ...]:
    """What the same people said in the wave before this one, as it was published."""
    earlier = [wave for wave in setup.study.waves if wave.opens < setup.wave.opens]
    if not earlier:
        return ()
    before = replace(setup, wave=max(earlier, key=lambda wave: wave.opens))
    study, wave = setup.study.code, before.wave.code
    with setup.store() as store:
        published, version = store.publication(study, wave), store.pinned_version(study, wave)
        model = as_in_version(setup.loaded.model, version) if version else None
        if published is None or version is None or model is None:
            return ()
        loaded = replace(setup.loaded, model=model)
        former = _clean(replace(before, loaded=loaded), store, published.pull)
    now = answers.answers
    return wave_changes(former.answers, now, setup.loaded.model, version, setup.study)


def _last_day(answers: CleanAnswers, today: date) -> date:
    days = answers.respondents["submitted_at"].dropna().str[:10]
    return min(date.fromisoformat(days.max()), today) if len(days) else today
