"""The steps of a mailing: look at what left already, choose, send, tell."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from config.catalogue import say
from config.errors import MailingError, PlatformError
from flows.setup import Setup
from flows.steps import mailing_refusals as refusals
from flows.writing import writes
from tasks.campaign.mailing import words
from tasks.campaign.mailing.doubles import behind_another
from tasks.campaign.mailing.hours import NotNow, next_moment, not_now
from tasks.campaign.mailing.model import IN_DOUBT, MailBook, MailKind, MailLine
from tasks.campaign.mailing.rules import Choice, choose
from tasks.campaign.mailing.sender import sender_remarks
from tasks.campaign.mailing.sending import Dispatch, send
from tasks.campaign.mailing.settling import settled
from tasks.campaign.platform import MailState, SurveyState

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Looked:
    """How the mails of a wave stand, on the platform and in the ledger."""

    states: tuple[MailState, ...]
    book: MailBook
    lines: tuple[MailLine, ...]
    erased: frozenset[int]
    doubles: frozenset[int]
    closed: bool  # on the platform, or by `close`, before the last day of the wave
    sender: tuple[str, ...]  # what to put right about who signs the mails
    moment: datetime


@dataclass(frozen=True)
class Planned:
    """Who receives what, and when it may leave."""

    choice: Choice
    blocked: NotNow | None
    leaves_at: datetime | None  # None: nothing may leave any more in this wave


@dataclass(frozen=True)
class Mailed:
    """What a run tells. No name, no pseudonym, no token: it is shown in the web pages."""

    study: str
    language: str
    title: str
    lines: tuple[str, ...]  # who receives what, or what became of the mails
    left_out: tuple[str, ...]
    notices: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    error: MailingError | None = None  # the run told what it could, then stops with this


def look(setup: Setup, clock: Clock) -> Looked:
    """Read the platform's record and the ledger; settle the mails whose fate was lost.

    Raises:
        MailingError: the study works from exported files, or its survey is not open.
        PlatformError: the platform cannot be read.
    """
    study, wave = setup.study, setup.wave
    if study.exports is not None:
        raise refusals.by_hand(setup)
    with setup.limesurvey() as platform:
        state = platform.state(wave.survey_id)
        if state is None or not state.active:
            raise refusals.not_open(setup)
        states = platform.mail_states(wave.survey_id) if state.participants_table else ()
        people = platform.participants(wave.survey_id, ()) or ()
    moment = clock()
    with setup.store() as store:
        book = store.mail_book(study, wave)
        told = settled(store.mail_lines(book), states, study, moment)
        store.settle_mails(book, tuple(told))
        lines = store.mail_lines(book)
        campaign = store.campaign(study.code, wave.code)
        return Looked(
            states=states,
            book=book,
            lines=lines,
            erased=store.erased_among(study.code, wave.code, people),
            doubles=behind_another(people, states, lines),
            closed=_over(state, setup, moment)
            or (campaign is not None and campaign.closed_at is not None),
            sender=sender_remarks(state, study),
            moment=moment,
        )


def _over(state: SurveyState, setup: Setup, moment: datetime) -> bool:
    """Closed on the platform, whose clock is taken to be the study's."""
    zone = ZoneInfo(setup.study.timezone)
    return state.expires is not None and state.expires.replace(tzinfo=zone) <= moment


def plan(setup: Setup, kind: MailKind, looked: Looked) -> Planned:
    """Choose who receives a mail, now or at the next moment at which one may leave.

    Raises:
        MailingError: nobody is on the participants table.
    """
    study, wave = setup.study, setup.wave
    if not looked.states:
        raise refusals.nobody(setup)
    blocked = NotNow.AFTER if looked.closed else not_now(study, wave, looked.moment)
    leaves_at = None if blocked is NotNow.AFTER else next_moment(study, wave, looked.moment)
    choice = choose(
        kind,
        looked.states,
        looked.lines,
        study,
        leaves_at or looked.moment,
        looked.erased,
        looked.doubles,
    )
    return Planned(choice, blocked, leaves_at)


@writes
def dispatch(setup: Setup, planned: Planned, looked: Looked, clock: Clock) -> Mailed:
    """Send what was planned.

    Raises:
        MailingError: nothing may leave now.
    """
    if planned.blocked is not None:
        raise refusals.not_now(setup, planned.blocked, looked.moment, planned.leaves_at)
    study, wave, kind = setup.study, setup.wave, planned.choice.kind
    answered = [state.platform_id for state in looked.states if state.completed]
    with setup.store() as store, setup.limesurvey() as platform:
        sent = send(
            planned.choice,
            platform,
            store,
            looked.book,
            study,
            wave,
            planned_at=looked.moment,
            clock=clock,
            answered=answered,
        )
    sent = _read_back(setup, sent, clock)
    choice = planned.choice
    return Mailed(
        study=study.code,
        language=setup.language,
        title=_title(kind, setup),
        lines=tuple(words.outcome(sent, kind, study)),
        left_out=tuple(words.left_out(choice, study)),
        notices=(*words.later(choice, study, wave), *looked.sender),
        next_steps=tuple(words.after(sent, kind, study)),
        error=refusals.stopped(setup, len(choice.chosen), sent) or refusals.none_left(setup, sent),
    )


def _read_back(setup: Setup, sent: Dispatch, clock: Clock) -> Dispatch:
    """Look at once whether mails in doubt left; if the platform is silent, the next run will."""
    doubtful = [line for line in sent.lines if line.status in IN_DOUBT]
    if not doubtful:
        return sent
    try:
        known = {(line.platform_id, line.number): line for line in look(setup, clock).lines}
    except PlatformError:
        return sent
    lines = tuple(known.get((line.platform_id, line.number), line) for line in sent.lines)
    return replace(sent, lines=lines)


def show(setup: Setup, planned: Planned, looked: Looked) -> Mailed:
    """Tell who would receive what; nothing is sent."""
    language = setup.language
    choice, study, wave = planned.choice, setup.study, setup.wave
    notices = [say("Essai : rien n’a été envoyé.", language)]
    if planned.blocked is not None:
        why = words.why_not_now(planned.blocked, study, wave, looked.moment)
        notices.append(f"{why} {words.next_possible(planned.leaves_at, study)}".rstrip())
    return Mailed(
        study=study.code,
        language=language,
        title=_title(choice.kind, setup),
        lines=tuple(words.receivers(choice, study))
        or (say("Il n’y a personne à qui écrire maintenant.", language),),
        left_out=tuple(words.left_out(choice, study)),
        notices=(*notices, *words.later(choice, study, wave), *looked.sender),
    )


def _title(kind: MailKind, setup: Setup) -> str:
    title = "Invitations" if kind is MailKind.INVITATION else "Rappels"
    return f"{say(title, setup.language)} – {setup.study.code} {setup.wave.code}"
