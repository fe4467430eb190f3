"""The steps of the interviews: make the guides, one a person; read what came back."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from config.catalogue import say
from config.errors import NotesError
from config.study import Mode
from flows.setup import PRODUCT_TEMPLATES, Setup
from flows.steps.carried import Cleaned, Scored, Written
from flows.steps.disclosing import (
    SHOWN_IN_GUIDES,
    refuse_disclosure,
    shown_so_far,
    typed_names,
)
from tasks.disclosure.tables import counts_of
from tasks.files import output_folder, write_whole
from tasks.interviews.guide_form import GUIDES, TOPIC, Field, GuideForm
from tasks.interviews.own_answers import OwnAnswer, own_answers
from tasks.publishing import Report, publish
from tasks.reports.collective import collective_report
from tasks.reports.content import ReportContent
from tasks.reports.follow_up import MOST_INTERVIEWS
from tasks.reports.interview_guide import NOBODY_NAMED, interview_guide
from tasks.scoring.ledger import write_ledger
from tasks.store.repository import Store
from tasks.word.forms import anchor_fields, field_texts, key_of, write_fields
from tasks.word.merge import Offers
from tasks.word.template import WordTemplate

_TEMPLATES = {"fr-FR": "interview_guide", "fr-CH": "interview_guide_fr_ch",
              "en": "interview_guide_en"}  # fmt: skip
_NAME = key_of(Field(TOPIC, "name").name)


def guides_folder(setup: Setup) -> Path:
    """The folder of the wave's guides, made if need be."""
    name = f"{say(GUIDES, setup.language)} {setup.wave.code}"
    return output_folder(setup.settings.home, setup.study.output / name, setup.language)


def to_interview(setup: Setup, cleaned: Cleaned, everybody: bool) -> tuple[str, ...]:
    """The pseudonyms to make a guide for: all who answered, or those not yet interviewed.

    Raises:
        NotesError: nobody has answered, far too many have, or the study is anonymous.
    """
    study = setup.study
    if study.confidentiality.mode is Mode.ANONYMOUS:
        raise NotesError(
            say("L’étude « {study} » est anonyme : elle n’a pas de guide individuel.",
                setup.language, study=study.code),
            say("Menez les entretiens à partir du rapport collectif.", setup.language),
        )  # fmt: skip
    people = tuple(sorted(cleaned.now.respondents["respondent"]))
    if not 0 < len(people) <= MOST_INTERVIEWS:
        raise NotesError(
            say("Il n’y a personne à interroger, ou plus de {most} personnes, dans l’étude "
                "« {study} ».", setup.language, study=study.code, most=MOST_INTERVIEWS),
            say("Relevez d’abord les réponses avec « maturity refresh {study} ».", setup.language,
                study=study.code),
        )  # fmt: skip
    if everybody:
        return people
    with setup.store() as store:
        done = store.notes(study.code, setup.wave.code).interviewed
    return tuple(person for person in people if person not in done)


def write_guides(
    setup: Setup, cleaned: Cleaned, scored: Scored, people: tuple[str, ...]
) -> tuple[Written, ...]:
    """Make the guides of these people, or bring theirs up to date; what was typed in stays.

    Raises:
        TemplateError: the template uses what the product does not offer.
        DisclosureError: one would give somebody's answer away; none has been written.
        ReportLocked: the folder cannot be written.
    """
    template = WordTemplate.open(_template(setup), setup.language)
    own = own_answers(cleaned.now.answers, setup.loaded.model, setup.language)
    folder = guides_folder(setup)
    reports = {
        person: _report(setup, cleaned, scored, person, own[person], template, folder)
        for person in people
    }
    _refuse(setup, scored, reports, own)
    with setup.store() as store:
        _record(setup, cleaned, scored, store)
        names = _names(setup, store)
        return tuple(
            _write(setup, store, report, names.get(person, ""))
            for person, report in reports.items()
        )


def _refuse(
    setup: Setup,
    scored: Scored,
    reports: Mapping[str, Report],
    own: Mapping[str, Mapping[str, OwnAnswer]],
) -> None:
    """Stop before anything is written when a guide would give somebody's answer away.

    A guide may name those whom its reader named in their own answers.
    """
    content = _figures(setup, scored)
    typed = [one.comment for person in reports for one in own[person].values()]
    allowed = typed_names(setup, typed)
    documents = {report.path.name: report.content for report in reports.values()}
    refuse_disclosure(setup, scored, content, documents, allowed)


def _figures(setup: Setup, scored: Scored) -> ReportContent:
    """What a guide may show of the group: what the collective report of this moment would."""
    report = collective_report(
        scored.results, setup.loaded.model, setup.study, setup.wave, setup.recommendations
    )
    return replace(report, context={}, charts={})


def _record(setup: Setup, cleaned: Cleaned, scored: Scored, store: Store) -> None:
    """Count as published what the guides show: they leave the house with it.

    Where no report has shown these figures yet, they are kept, so that the next report is compared
    with them.
    """
    study, wave = setup.study.code, setup.wave.code
    store.record_publication(study, wave, cleaned.pull, write_ledger(scored.plan.ledger))
    shown = shown_so_far(setup, store)
    values = _figures(setup, scored).values
    if not shown or counts_of(shown[-1].values) != counts_of(values):
        store.record_issue(
            study, wave, SHOWN_IN_GUIDES, "", b"", values, cleaned.published.fingerprints
        )


def _template(setup: Setup) -> Path:
    """The team's own template when it has one, else the product's."""
    profile = "en" if setup.language == "en" else setup.study.typography
    own = setup.settings.home / "report_templates" / "interview_guide.docx"
    return own if own.is_file() else PRODUCT_TEMPLATES / f"{_TEMPLATES[profile]}.docx"


def _names(setup: Setup, store: Store) -> Mapping[str, str]:
    identities = store.identities(setup.study.code, setup.wave.code)
    names = {who: f"{one.firstname} {one.lastname}".strip() for who, one in identities.items()}
    return {who: name for who, name in names.items() if name}


def _report(
    setup: Setup,
    cleaned: Cleaned,
    scored: Scored,
    person: str,
    own: Mapping[str, OwnAnswer],
    template: WordTemplate,
    folder: Path,
) -> Report:
    guide = GuideForm(setup.form)
    context, properties = interview_guide(scored.results, own, person, guide)
    return Report(
        study=setup.study.code,
        wave=setup.wave.code,
        kind=guide.report_kind(person),
        path=folder / f"{person}.docx",
        content=anchor_fields(template.render(context, {}, properties)),
        values={},
        responses=cleaned.published.fingerprints,
        erased=cleaned.erased,
        moment=setup.moment,
        offers=Offers(setup.study.edits),
    )


def _write(setup: Setup, store: Store, report: Report, name: str) -> Written:
    """Issue a guide under its pseudonym, then type the name into the file alone.

    The store keeps what was issued, so it never holds the name; to the next issue the name is
    something typed in, and stays.
    """
    published = publish(report, store, setup.language)
    content = published.path.read_bytes()
    blank = field_texts(content, setup.language).get(_NAME)
    if name and blank == NOBODY_NAMED:
        named = write_fields(content, {_NAME: name}, setup.language)
        write_whole(published.path, named, setup.language)
    return Written(published.path, published.notices)
