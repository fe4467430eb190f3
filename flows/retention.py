"""The end of keeping: past it, a wave's personal data go and its figures stay."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from config.catalogue import say
from config.loading import list_studies
from config.settings import Settings
from config.study import Study, Wave
from flows.erase_person import certify, out_of_reach
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from flows.steps.files import WORKBOOK
from tasks.erasing.certificate import Certificate
from tasks.interviews.form import NOTES
from tasks.interviews.guide_form import GUIDES
from tasks.interviews.review_workbook import REVIEW

WARNING = timedelta(days=30)


def retention(settings: Settings, today: date) -> tuple[Certificate, ...]:
    """Take the personal data of every wave past its end of keeping out of store and folder.

    The report that staff hold is not touched; the figures of its issues stay in the store.

    Args:
        settings: of the installation.
        today: the day that counts.

    Returns:
        A certificate for each wave that still held something.

    Raises:
        StudyFileError: a study file does not hold; the waves of those before it are done.
    """
    setups = [
        prepare(RefreshRequest(study=code, as_of=today.isoformat()), settings)
        for code in list_studies(settings)
    ]
    over = [
        replace(setup, wave=wave)
        for setup in setups
        for wave in setup.study.waves
        if wave.keep_until < today
    ]
    return tuple(done for setup in over if (done := _erase(setup)))


def _erase(setup: Setup) -> Certificate | None:
    study, wave = setup.study.code, setup.wave.code
    files = tuple(_personal_files(setup))
    with setup.store() as store:
        removed = store.erase_wave(study, wave)
        if not removed and not files:
            return None
        gone = store.scrub()
    for path in files:
        path.unlink()
    return certify(
        setup,
        Certificate(
            say("Certificat de fin de conservation", setup.language),
            study,
            (wave,),
            setup.moment,
            {**removed, "files_deleted": len(files)},
            (*_left(setup), *out_of_reach(setup, gone)),
        ),
    )


def _personal_files(setup: Setup) -> Iterable[Path]:
    """Notes, review and results workbooks of the wave, and its guides, former ones too."""
    workbooks = [setup.file(name, ".xlsx") for name in (NOTES, REVIEW, WORKBOOK)]
    guides = sorted((setup.folder / f"{say(GUIDES, setup.language)} {setup.wave.code}").rglob("*"))
    return (path for path in (*workbooks, *guides) if path.is_file())


def _left(setup: Setup) -> Iterable[str]:
    yield say("Le rapport et ses éditions d’avant (dossier « history ») restent : ils portent des "
              "citations relues.", setup.language)  # fmt: skip
    yield say("LimeSurvey, enquête {survey} : supprimez ses réponses et ses participants.",
              setup.language, survey=setup.wave.survey_id)  # fmt: skip


def retention_warnings(study: Study, wave: Wave, today: date) -> tuple[str, ...]:
    """What `maturity check` says of the end of keeping: from 30 days before it on."""
    if today > wave.keep_until:
        return (
            say("Vague {wave} : la fin de conservation était le {day} ; lancez "
                "« maturity retention ».", study.language, wave=wave.code, day=wave.keep_until),
        )  # fmt: skip
    if wave.keep_until - today <= WARNING:
        return (
            say("Vague {wave} : les données personnelles seront à retirer après le {day} "
                "(« maturity retention ») ; menez d’ici là ce qui en a besoin.",
                study.language, wave=wave.code, day=wave.keep_until),
        )  # fmt: skip
    return ()
