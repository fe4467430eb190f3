"""The end of keeping: past it, a wave's personal data go and its figures stay."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from config.catalogue import say
from config.loading import list_studies
from config.settings import Settings
from config.study import Study, Wave
from flows.erase_person import certify, erasure_title, out_of_reach, refuse_shut
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from flows.steps.files import WORKBOOK
from tasks.disclosure.names import identifying
from tasks.erasing.certificate import Certificate
from tasks.erasing.files import Change, carry_out, shut, strangers
from tasks.interviews.form import NOTES
from tasks.interviews.guide_form import GUIDES
from tasks.interviews.review_workbook import REVIEW
from tasks.publishing.turns import ERASING, in_turn
from tasks.store.repository import Store
from tasks.survey.building.voice import Voice

WARNING = timedelta(days=30)


def retention(settings: Settings, today: date, study: str = "") -> tuple[Certificate, ...]:
    """Take the personal data of every wave past its end of keeping out of store and folder.

    The report that staff hold is not touched; the figures of its issues stay in the store.

    Args:
        settings: of the installation.
        today: the day that counts.
        study: code of a study; empty: all of them.

    Returns:
        A certificate for each wave that still held something.

    Raises:
        StudyFileError: a study file does not hold; nothing has changed.
        ReportLocked: a file of a wave is open or cannot be deleted: what the store has of it has
            not changed, and the waves before it are done. To be run again.
    """
    over = [one for one in _waves(settings, today, study) if one.wave.keep_until < today]
    return tuple(done for setup in over if (done := _erase(setup)))


def kept_until(settings: Settings, today: date, study: str = "") -> tuple[str, ...]:
    """Until when the personal data of each wave are kept that are not past it; one sentence each.

    Raises:
        StudyFileError: a study file does not hold.
    """
    return tuple(
        say("Étude « {study} », vague {wave} : données personnelles gardées jusqu’au {day}.",
            setup.language, study=setup.study.code, wave=setup.wave.code,
            day=Voice(setup.language, setup.study).day(setup.wave.keep_until))
        for setup in _waves(settings, today, study)
        if setup.wave.keep_until >= today
    )  # fmt: skip


def _waves(settings: Settings, today: date, study: str) -> Iterator[Setup]:
    for code in (study,) if study else list_studies(settings):
        setup = prepare(RefreshRequest(study=code, as_of=today.isoformat()), settings)
        yield from (replace(setup, wave=wave) for wave in setup.study.waves)


def _erase(setup: Setup) -> Certificate | None:
    study, zone = setup.study.code, setup.moment.tzinfo
    with setup.store() as store, in_turn(store, study, zone, setup.language, ERASING):
        return _erase_wave(setup, store)


def _erase_wave(setup: Setup, store: Store) -> Certificate | None:
    """Files first, and none while one of them is open: the store knows until all is done."""
    study, wave = setup.study.code, setup.wave.code
    files = tuple(_personal_files(setup))
    refuse_shut(setup, _names(setup, shut(files)))
    left = carry_out([Change(path, None) for path in files], setup.language)
    refuse_shut(setup, _names(setup, left))
    names = _people(setup, store)
    removed = store.erase_wave(study, wave)
    if not removed and not files:
        return None
    gone = store.scrub()
    return certify(
        setup,
        Certificate(
            _title(setup),
            study,
            (wave,),
            setup.moment,
            {**removed, "files_deleted": len(files)},
            (*_left(setup), *out_of_reach(setup, gone)),
            unsearched=tuple(_unsearched(setup, names)),
        ),
    )


def _names(setup: Setup, paths: Iterable[Path]) -> list[str]:
    return [str(path.relative_to(setup.folder)) for path in paths]


def _personal_files(setup: Setup) -> Iterable[Path]:
    """Notes, review and results workbooks of the wave, and its guides, former ones too."""
    workbooks = [setup.file(name, ".xlsx") for name in (NOTES, REVIEW, WORKBOOK)]
    guides = sorted((setup.folder / f"{say(GUIDES, setup.language)} {setup.wave.code}").rglob("*"))
    return (
        path
        for path in (*workbooks, *guides)
        if path.is_file() and not path.name.startswith(("~$", ".~lock"))
    )


def _title(setup: Setup) -> str:
    return say("Certificat de fin de conservation", setup.language)


def _people(setup: Setup, store: Store) -> tuple[str, ...]:
    """What tells the people of the wave apart; a file's name may say it."""
    people = store.identities(setup.study.code, setup.wave.code)
    return (*people, *identifying(people.values()))


def _unsearched(setup: Setup, names: Iterable[str]) -> Iterable[str]:
    """The files that others put into the folder: nothing is searched in them, nor deleted."""
    titles = (erasure_title(setup), _title(setup))
    waves = (replace(setup, wave=wave) for wave in setup.study.waves)
    ours = {path for wave in waves for path in _personal_files(wave)}
    ours |= {path for path in setup.folder.glob("*.docx") if path.stem.startswith(titles)}
    for name in strangers(setup.folder, ours, names):
        yield say("« {name} » : ce fichier n’est pas du logiciel, qui n’y a rien cherché ; "
                  "ouvrez-le et, s’il porte des données personnelles, supprimez-le.",
                  setup.language, name=name)  # fmt: skip


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
