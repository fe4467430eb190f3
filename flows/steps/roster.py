"""The steps of a participants list: found, read, sent."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from config.catalogue import say
from config.errors import ParticipantsError
from flows.setup import Setup
from flows.steps.running import require_running
from flows.writing import writes
from tasks.campaign.holding import alone
from tasks.campaign.opening.settings import confidential
from tasks.campaign.roster import (
    ListColumns,
    Plan,
    Roster,
    apply_plan,
    change_people,
    doubled,
    everybody,
    plan_participants,
    read_roster,
    refuse_doubtful,
    without_erased,
    without_moved,
)
from tasks.campaign.roster.model import EMAIL, LANGUAGE
from tasks.survey.source import Participant

ENDINGS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")
LISTED = 20  # changes named in the table


@dataclass(frozen=True)
class Sent:
    """What a list changed, or would change. No name, no address."""

    roster: Roster
    plan: Plan
    labels: dict[str, str]  # column → how staff call it
    trial: bool

    def rows(self, language: str) -> tuple[tuple[str, str], ...]:
        """What was done, as (label, value) rows."""
        plan, doubtful = self.plan, self.roster.doubtful_rows
        added, changed = ("À inscrire", "À modifier") if self.trial else ("Inscrits", "Modifiés")
        rows = [
            (say("Lignes lues", language), str(len(self.roster.lines) + len(doubtful))),
            (say(added, language), str(len(plan.additions))),
            (say(changed, language), self._changes(language)),
            (say("Déjà à jour", language), str(plan.unchanged)),
        ]
        if doubtful:
            rows.append((say("Lignes douteuses, laissées de côté", language), _numbers(doubtful)))
        if plan.absent:
            gone = say("{count}, gardés (numéros dans LimeSurvey : {numbers})", language,
                       count=len(plan.absent), numbers=_numbers(plan.absent))  # fmt: skip
            rows.append((say("Inscrits qui ne sont plus dans la liste", language), gone))
        return tuple(rows)

    def _changes(self, language: str) -> str:
        told = [
            say("ligne {row} ({columns})", language, row=one.row,
                columns=", ".join(self.labels[name] for name in one.columns))
            for one in self.plan.changes
        ]  # fmt: skip
        return " ; ".join([str(len(told)), *told[:LISTED]])

    @property
    def notices(self) -> tuple[str, ...]:
        """What deserves a look."""
        faults = tuple(str(fault) for fault in self.roster.faults)
        return (*faults, *self.roster.remarks, *self.plan.remarks)


def columns_of(setup: Setup) -> ListColumns:
    """The columns of a study's list."""
    return ListColumns.of(setup.study, setup.loaded.model.languages)


def list_in_folder(setup: Setup, name: str) -> Path:
    """A list in the study's folder, by its name: no form may name a file elsewhere.

    Raises:
        ParticipantsError: there is no such file in the folder.
    """
    path = (setup.folder / name).resolve()
    if path.parent != setup.folder.resolve() or not path.is_file():
        there = [one.name for one in sorted(setup.folder.iterdir()) if one.suffix in ENDINGS]
        raise ParticipantsError(
            say("Le fichier « {name} » n’est pas dans le dossier de l’étude.", setup.language,
                name=name[:80]),
            say("Déposez-le dans ce dossier et donnez son nom seul. Fichiers de ce dossier : "
                "{there}.", setup.language, there=", ".join(there[:10]) or "–"),
        )  # fmt: skip
    return path


def read_list(setup: Setup, path: Path, *, partly: bool = False, trial: bool = False) -> Roster:
    """Read a list.

    Args:
        setup: the study.
        path: the file.
        partly: send the clear rows even though others are doubtful.
        trial: nothing will be sent: doubtful rows are told with the rest.

    Raises:
        ParticipantsError: the study is anonymous, the file cannot be read, or it has doubtful
            rows, each named.
        StudyFileError: the wave is over, or its campaign was closed.
    """
    if not confidential(setup.study):
        raise ParticipantsError(
            say("L’étude est anonyme : le logiciel n’y inscrit personne.", setup.language),
            say("Transmettez l’adresse de l’enquête aux personnes interrogées : la même pour "
                "toutes.", setup.language),
        )  # fmt: skip
    require_running(setup)
    columns = columns_of(setup)
    roster = read_roster(_content(setup, path), path.name, columns)
    with setup.store() as store:
        addresses = [line.values[EMAIL] for line in roster.lines]
        erased = store.erased_addresses(setup.study.code, setup.wave.code, addresses)
    roster = without_erased(roster, erased, columns)
    if not (partly or trial):
        refuse_doubtful(roster, setup.language)
    return roster


def _content(setup: Setup, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ParticipantsError(
            say("« {name} » ne peut pas être lu.", setup.language, name=path.name),
            say("Vérifiez son emplacement, et fermez-le s’il est ouvert.", setup.language),
        ) from error


@writes
def send_list(setup: Setup, roster: Roster, trial: bool = False, partly: bool = False) -> Sent:
    """Compare a list with the platform and, unless it is a trial, send what differs.

    Run again, or at the same time, it adds nobody twice: additions are one run's affair, and stay
    so for a while when their answer is lost. Whoever is no longer on the list stays.

    Raises:
        ParticipantsError: there is no participants table, rows that the platform refuses, or
            another run adds people at this moment.
        PlatformUnreachable: an answer was lost; running again later adds whoever is missing.
        PlatformError: it refuses everything.
    """
    columns, survey, language = columns_of(setup), setup.wave.survey_id, setup.language
    with setup.store() as store, setup.limesurvey() as platform:

        def people() -> tuple[Participant, ...]:
            return everybody(platform, survey, columns.attributes, language)

        roster = without_moved(roster, people(), columns)
        if not (partly or trial):
            refuse_doubtful(roster, language)
        plan = plan_participants(roster, people(), language)
        if not trial and plan.additions:
            busy = partial(_busy, setup)
            with alone(store, f"participants:{survey}", datetime.now(UTC), busy) as hold:
                plan = plan_participants(roster, people(), language)  # nobody else adds from now on
                apply_plan(plan, platform, survey, language, hold)
        elif not trial:
            change_people(plan, platform, survey)
        if not trial:
            there = people()
            _record(setup, there)
            plan = replace(
                plan, remarks=(*dict.fromkeys((*plan.remarks, *doubled(there, language))),)
            )
    return Sent(roster, plan, dict(columns.labels), trial)


def _busy(setup: Setup, ends: datetime) -> ParticipantsError:
    time = ends.astimezone(ZoneInfo(setup.study.timezone)).strftime("%H:%M")
    return ParticipantsError(
        say("Une inscription à l’enquête {survey} est en cours, ou sa réponse s’est perdue et "
            "LimeSurvey y travaille peut-être encore. Rien n’a été envoyé.", setup.language,
            survey=setup.wave.survey_id),
        say("Relancez après {time} : seules les personnes qui manquent encore sont inscrites.",
            setup.language, time=time),
    )  # fmt: skip


def _record(setup: Setup, people: tuple[Participant, ...]) -> None:
    """Keep the participants, and give each a pseudonym; their language is the platform's affair."""
    study, wave = setup.study.code, setup.wave.code
    known = [
        replace(
            one,
            attributes={name: text for name, text in one.attributes.items() if name != LANGUAGE},
        )
        for one in people
    ]
    with setup.store() as store:
        store.record_participants(study, wave, known)
        listed = store.listed_participants(study, wave)  # without people erased
        store.people(study, wave, [one.token for one in listed if one.token])


def _numbers(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
