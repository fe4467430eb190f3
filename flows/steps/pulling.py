"""The step that brings answers in, everything or what changed, whole or not at all."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from itertools import chain

from config.catalogue import say
from config.errors import PlatformError, StudyFileError
from config.study import Mode
from flows.setup import Setup
from flows.steps.carried import Pulled
from flows.steps.opening import changed_settings
from tasks.store.records import PullRecord
from tasks.store.repository import Store
from tasks.survey.ahead import Window, ahead
from tasks.survey.exports import ExportFolder, completion, losing_none
from tasks.survey.incremental import (
    FULL_EVERY,
    WORTH_SCANNING,
    DatedSource,
    Portion,
    changes,
    settled,
)
from tasks.survey.source import SurveySource

READERS = 2  # connections that read what changed, beside the one that scans


def pull_answers(setup: Setup) -> Pulled:
    """Pull participants and answers into the store, whole or not at all.

    Raises:
        PlatformUnreachable: worth another try later.
        StudyFileError: the wave is past its end of keeping.
        PlatformError: it refuses, or all answers published before are gone from it.
    """
    study, wave, model = setup.study, setup.wave, setup.loaded
    if setup.today > wave.keep_until:
        raise _keeping_over(setup)
    with ExitStack() as stack:
        store = stack.enter_context(setup.store())
        platform = stack.enter_context(setup.platform())
        notice = store.pin_model(
            study.code, wave.code, model.model.code, model.model.version, model.sha256
        )
        _record_participants(setup, store, platform)
        version = platform.version()
        # Not logged in before they are needed.
        others = [stack.enter_context(setup.platform()) for _ in range(READERS)]
        base, portions = _portions(setup, store, platform, others)
        record = store.record_changes(
            study.code,
            wave.code,
            wave.survey_id,
            _still_there(setup, store, portions),
            version,
            datetime.now(UTC),
            base=base,
        )
        told = platform.notices(wave.survey_id) if isinstance(platform, ExportFolder) else ()
    changed = changed_settings(setup)
    return Pulled(record, (*([notice] if notice else ()), *told, *changed))


def _keeping_over(setup: Setup) -> StudyFileError:
    return StudyFileError(
        say("Vague {wave} : la fin de conservation était le {day}, ses réponses ne sont plus "
            "relevées.", setup.language, wave=setup.wave.code, day=setup.wave.keep_until),
        say("Si elles doivent être gardées plus longtemps, changez « keep_until » dans le fichier "
            "de l’étude et dites-le aux répondants.", setup.language),
    )  # fmt: skip


def _record_participants(setup: Setup, store: Store, platform: SurveySource) -> None:
    study, wave = setup.study, setup.wave
    if study.confidentiality.mode is Mode.CONFIDENTIAL:
        attributes = tuple(a.participant for a in study.profile if a.participant)
        people = platform.participants(wave.survey_id, attributes)
        if people is not None:
            store.record_participants(study.code, wave.code, people)


# --- everything, or what changed ----------------------------------------------------------------


def _portions(
    setup: Setup, store: Store, platform: SurveySource, others: Sequence[SurveySource]
) -> tuple[int | None, Iterator[Portion]]:
    """What to store, and the pull that it tells the changes since; None: it is everything."""
    survey, base = setup.wave.survey_id, _comparable(setup, store)
    readers = [partial(one.between, survey) for one in others if isinstance(one, DatedSource)]
    if base and readers and isinstance(platform, DatedSource):
        known = settled(store.dates(base.study, base.wave))
        if 2 * len(known) > base.total:  # the platform dates its responses
            scan = ahead(platform.dates(survey))
            return base.id, changes(scan, readers, known, setup.settings.window)
    windows = platform.windows(survey)
    if isinstance(platform, ExportFolder) and not platform.whole(survey):
        windows = _unfiltered(setup, store, platform)
    return None, (Portion(window) for window in ahead(windows))


def _unfiltered(setup: Setup, store: Store, exports: ExportFolder) -> Iterator[Window]:
    """The responses of an export; stop where it was filtered, before anything is stored."""
    study, wave = setup.study.code, setup.wave
    last = store.last_pull(study, wave.code)
    same = last is not None and last.survey_id == wave.survey_id
    before = store.responses_at(study, wave.code, last.id) if last and same else ()
    name = exports.taken(wave.survey_id).file.name
    windows = exports.windows(wave.survey_id)
    return losing_none(windows, completion(before), name, setup.language)


def _comparable(setup: Setup, store: Store) -> PullRecord | None:
    """The last pull, when what changed since may be told from dates; None: pull everything.

    Everything is pulled while the survey is small, once the wave is closed (the last report
    counts everybody), and when the last full comparison is some days old.
    """
    study, wave = setup.study.code, setup.wave.code
    last, full = store.last_pull(study, wave), store.last_full_pull(study, wave)
    if setup.closed or last is None or full is None or last.survey_id != setup.wave.survey_id:
        return None
    recent = datetime.now(UTC) - full.pulled_at < FULL_EVERY
    return last if recent and last.total >= WORTH_SCANNING else None


def _still_there(setup: Setup, store: Store, portions: Iterator[Portion]) -> Iterator[Portion]:
    """Hand the portions on; stop before anything is stored when there is none any more."""
    first = next(portions, None)
    if first is None and store.publication(setup.study.code, setup.wave.code) is not None:
        raise _all_gone(setup)
    return chain([first] if first else [], portions)


def _all_gone(setup: Setup) -> PlatformError:
    """LimeSurvey starts an empty table when a survey is switched off and on again."""
    return PlatformError(
        say("L’enquête {survey} n’a plus aucune réponse, alors qu’un rapport en a déjà été tiré.",
            setup.language, survey=setup.wave.survey_id),
        say("Vérifiez sur LimeSurvey qu’elle n’a pas été désactivée puis réactivée ; le dernier "
            "rapport et les réponses déjà relevées sont gardés.", setup.language),
    )  # fmt: skip
