"""`maturity check`: what holds and what is missing, in plain words, one line each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from rich.console import Console
from rich.markup import escape

from config.catalogue import say
from config.errors import MaturityError, PlatformError, StudyFileError
from config.lexicon import check_study_files
from config.loading import list_studies, load_study
from config.settings import Settings
from config.study import Mode
from flows.request import RefreshRequest
from flows.retention import retention_warnings
from flows.setup import Setup, prepare
from tasks.survey.exports import ExportFolder
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.questionnaire import compare
from tasks.survey.source import SurveySource
from tasks.word.template import WordTemplate


@dataclass(frozen=True)
class Finding:
    """One line of the check."""

    holds: bool
    text: str
    remedy: str = ""
    blocking: bool = True  # False: the refresh works without it


def check_study(study: str, wave: str, settings: Settings, console: Console) -> bool:
    """Print the findings; True when nothing stands in the way of a refresh.

    Raises:
        MaturityError: the study files themselves do not hold.
    """
    setup = prepare(RefreshRequest(study=study, wave=wave), settings)
    ready = True
    for finding in _findings(setup):
        mark = "[green]✓[/]" if finding.holds else ("[red]✗[/]" if finding.blocking else "•")
        console.print(f"{mark} {escape(finding.text)}", highlight=False)
        if finding.remedy:
            console.print(f"  → {escape(finding.remedy)}", highlight=False)
        ready = ready and (finding.holds or not finding.blocking)
    return ready


def _findings(setup: Setup) -> Iterator[Finding]:
    language = setup.language
    model = setup.loaded.model
    yield Finding(True, say("Étude « {study} », modèle « {model} » {version}, vague « {wave} »",
                            language, study=setup.study.code, model=model.code,
                            version=model.version, wave=setup.wave.code))  # fmt: skip
    for warning in check_study_files(setup.study, model):
        yield Finding(False, warning, blocking=False)
    for warning in retention_warnings(setup.study, setup.wave, setup.today):
        yield Finding(False, warning, blocking=False)
    yield from _folder(setup)
    yield from _template(setup)
    yield from _platform(setup)


def _folder(setup: Setup) -> Iterator[Finding]:
    """Two studies that write to one folder would take each other's files for their own."""
    study, settings = setup.study, setup.settings
    for code in list_studies(settings):
        if code != study.code and _output(code, settings) == study.output:
            yield Finding(
                False,
                say("L’étude « {other} » écrit dans le même dossier : {folder}.", setup.language,
                    other=code, folder=study.output),
                say("Donnez à chaque étude son dossier (« output »).", setup.language),
            )  # fmt: skip


def _output(code: str, settings: Settings) -> PurePosixPath | None:
    try:
        return load_study(code, settings).output
    except StudyFileError:  # that study's own check says so
        return None


def _template(setup: Setup) -> Iterator[Finding]:
    template = setup.template(setup.study.report_template)
    try:
        WordTemplate.open(template, setup.language)
    except MaturityError as error:
        yield Finding(False, error.message, error.remedy)
    else:
        yield Finding(True, say("Modèle de rapport « {name} »", setup.language,
                                name=template.name))  # fmt: skip


def _platform(setup: Setup) -> Iterator[Finding]:
    language, survey = setup.language, setup.wave.survey_id
    try:
        with setup.platform() as platform:
            if _lacks(platform, survey):
                yield _not_open(setup)
                return
            structure = platform.structure(survey, language)
            yield Finding(True, say("Enquête {survey} : « {title} »", language, survey=survey,
                                    title=structure.title))  # fmt: skip
            differences = compare(structure, setup.loaded.model, language)
            for difference in differences:
                yield Finding(False, difference)
            if not differences:
                yield Finding(True, say("Le questionnaire correspond au modèle.", language))
            yield from _received(platform, survey, language)
            yield from _participants(setup, platform.participants(survey, ()) is not None)
    except MaturityError as error:
        yield Finding(False, error.message, error.remedy)


def _lacks(platform: SurveySource, survey: int) -> bool:
    """Whether the platform says that it has no such survey; an account may not see the settings."""
    try:
        return isinstance(platform, LimeSurvey) and platform.state(survey) is None
    except PlatformError:
        return False


def _not_open(setup: Setup) -> Finding:
    return Finding(
        False,
        say("L’enquête {survey} n’est pas encore sur LimeSurvey.", setup.language,
            survey=setup.wave.survey_id),
        say("Ouvrez la campagne : « maturity open {study} ». Si l’enquête existe sous un autre "
            "numéro, corrigez « survey_id » dans le fichier de l’étude.", setup.language,
            study=setup.study.code),
    )  # fmt: skip


def _received(platform: SurveySource, survey: int, language: str) -> Iterator[Finding]:
    if isinstance(platform, ExportFolder):
        taken, *others = platform.notices(survey)
        yield Finding(True, taken)
        yield from (Finding(False, other, blocking=False) for other in others)
    else:
        received = sum(len(window) for window in platform.windows(survey))
        yield Finding(True, say("{received} réponses sur la plateforme", language,
                                received=received))  # fmt: skip


def _participants(setup: Setup, readable: bool) -> Iterator[Finding]:
    language = setup.language
    if readable:
        yield Finding(True, say("La table des participants est lisible.", language))
    elif setup.study.invited is not None:
        yield Finding(True, say("Personnes invitées, d’après le fichier de l’étude : {invited}",
                                language, invited=setup.study.invited))  # fmt: skip
    elif setup.study.exports is not None:
        yield Finding(
            False,
            say("Le dossier des exports n’a pas la liste des participants.", language),
            say("Déposez-y l’export des participants (CSV) ou l’archive du questionnaire (.lsa), "
                "ou indiquez « invited » dans le fichier de l’étude.", language),
            blocking=False,
        )  # fmt: skip
    elif setup.study.confidentiality.mode is Mode.CONFIDENTIAL:
        yield Finding(
            False,
            say("La table des participants n’est pas lisible.", language),
            say("Donnez au compte le droit de voir les participants, ou indiquez « invited » "
                "dans le fichier de l’étude.", language),
            blocking=False,
        )  # fmt: skip
