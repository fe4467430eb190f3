"""What staff may do now, from where the campaign stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from config.study import Mode
from tasks.campaign.mailing.counts import MailCounts
from tasks.reports.follow_up import MOST_INTERVIEWS, Moment, answered
from tasks.reports.lines import Line
from tasks.reports.voice import Voice
from tasks.results import Participation


@dataclass(frozen=True)
class WaitingWords:
    """Passages that a review let through and that would tell whose they are, were they printed.

    Attributes:
        passages: how many.
        people: how many more, heard for the first time, would let them in; none: they wait for
            something else.
        to_meet: how many people can still be met; None: nobody can tell.
        over: no interview is still to come.
    """

    passages: int = 0
    people: int = 0
    to_meet: int | None = None
    over: bool = False


NO_WORDS = WaitingWords()


def next_steps(
    at: Moment,
    part: Participation,
    mails: MailCounts,
    *,
    waiting_passages: int,
    to_choose: int,
    unknown_codes: int,
    undecided: int = 0,
    waiting_words: WaitingWords = NO_WORDS,
) -> list[Line]:
    """What to do next, most urgent first.

    Args:
        at: the day, the wave, the study.
        part: who answered, as counts.
        mails: what was sent from here.
        waiting_passages: passages that nobody has decided on in the review.
        to_choose: passages of the report with a new text beside that of staff.
        unknown_codes: answers set aside because the model does not know their code.
        undecided: subjects on which the notes of one person contradict each other.
        waiting_words: what was reviewed and waits for more people to be heard.
    """
    lines = [
        *_platform(at, unknown_codes),
        *_mails(at, mails),
        *(invite_first(at, mails) if not answered(part) else ()),
        *_reminder(at, part, mails),
        *_started(at, part),
        *_report(at, to_choose),
        *_contradictions(at, undecided),
        *_review(at, waiting_passages),
        *_words(at, waiting_words),
        *_interviews(at, part),
        *_workshop(at, part),
    ]
    return lines or [_line(at, "Rien d’urgent", "la campagne suit son cours.")]


def nobody_invited(at: Moment, mails: MailCounts) -> bool:
    """True when no mail left from here, where they leave from here."""
    by_mail = at.study.exports is None and at.study.confidentiality.mode is Mode.CONFIDENTIAL
    return by_mail and mails.last_day is None and not mails.doubtful


def invite_first(at: Moment, mails: MailCounts) -> list[Line]:
    """What comes before any answer; nothing once a mail has left, or outside the campaign."""
    if not at.is_open or mails.failed or not nobody_invited(at, mails):
        return []
    text = at.voice.say("« maturity invite {study} », sauf si les invitations sont parties de"
                        " LimeSurvey.", study=at.study.code)  # fmt: skip
    return [Line.of(at.voice, at.voice.say("Inviter"), text)]


def _line(at: Moment, lead: str, text: str) -> Line:
    return Line.of(at.voice, at.voice.say(lead), at.voice.say(text))


def _counted(at: Moment, lead: str, words: tuple[str, str], count: int) -> Iterator[Line]:
    """A line on so many people or things; none when there is none."""
    if count > 0:
        text = at.voice.count(*words, count, closes=at.closes)
        yield Line.of(at.voice, at.voice.say(lead), text)


def _platform(at: Moment, unknown_codes: int) -> Iterator[Line]:
    if unknown_codes:
        yield _line(
            at,
            "Vérifier le questionnaire",
            "la plateforme envoie un code de réponse que le modèle ne connaît pas ; le journal du"
            " classeur des résultats dit à quelle question.",
        )


_REMIND = (
    "{count} personne n’a pas encore répondu ; la campagne se ferme le {closes}.",
    "{count} personnes n’ont pas encore répondu ; la campagne se ferme le {closes}.",
)
_REMINDED = (
    "{count} personne n’a pas encore répondu ; l’étude ne prévoit plus de rappel.",
    "{count} personnes n’ont pas encore répondu ; l’étude ne prévoit plus de rappel.",
)
_REMIND_ALL = (
    "{count} personne n’a pas encore répondu ; la campagne se ferme le {closes}. L’étude est"
    " anonyme : la plateforme écrit le rappel sans dire à qui.",
    "{count} personnes n’ont pas encore répondu ; la campagne se ferme le {closes}. L’étude est"
    " anonyme : la plateforme écrit les rappels sans dire à qui.",
)
_REMIND_LATER = (
    "{count} personne n’a pas encore répondu ; un rappel est possible à partir du {from_day}.",
    "{count} personnes n’ont pas encore répondu ; un rappel est possible à partir du {from_day}.",
)
_STARTED = (
    "{count} personne a commencé sans aller au bout ; elle peut reprendre où elle en était.",
    "{count} personnes ont commencé sans aller au bout ; elles peuvent reprendre où elles en"
    " étaient.",
)


def _mails(at: Moment, mails: MailCounts) -> Iterator[Line]:
    words = (
        "{count} courriel n’est pas parti ; la commande « maturity remind » ou « invite », avec"
        " « --essai », dit pourquoi.",
        "{count} courriels ne sont pas partis ; la commande « maturity remind » ou « invite »,"
        " avec « --essai », dit pourquoi.",
    )
    if at.is_open:
        yield from _counted(at, "Revoir les envois", words, mails.failed)


def _reminder(at: Moment, part: Participation, mails: MailCounts) -> Iterator[Line]:
    if not at.is_open:
        return
    if part.invited is None:
        yield _line(
            at,
            "Nombre de personnes invitées",
            "à indiquer dans le fichier de l’étude, pour suivre la part de celles qui répondent.",
        )
        return
    if nobody_invited(at, mails) and not answered(part):
        return
    missing, later = part.invited - answered(part), _next_reminder(at, mails)
    if missing > 0 and mails.rounds >= at.study.mailing.reminders:
        text = at.voice.count(*_REMINDED, missing, closes=at.closes)
        yield Line.of(at.voice, at.voice.say("Attendre"), text)
        return
    if later is not None and missing > 0:
        text = at.voice.count(*_REMIND_LATER, missing, from_day=at.voice.day(later))
        yield Line.of(at.voice, at.voice.say("Attendre"), text)
        return
    words = _REMIND_ALL if at.study.confidentiality.mode is Mode.ANONYMOUS else _REMIND
    yield from _counted(at, "Relancer", words, missing)


def _next_reminder(at: Moment, mails: MailCounts) -> date | None:
    """The first day of a reminder, when the last mails are too recent and the wave lasts."""
    if mails.last_day is None:
        return None
    day = mails.last_day + timedelta(days=at.study.mailing.days_between)
    return day if at.today < day <= at.wave.closes else None


def _started(at: Moment, part: Participation) -> Iterator[Line]:
    if at.is_open:
        yield from _counted(at, "Encourager", _STARTED, part.partial_kept)


def _report(at: Moment, to_choose: int) -> Iterator[Line]:
    words = (
        "{count} passage où un nouveau texte est proposé à côté du vôtre.",
        "{count} passages où un nouveau texte est proposé à côté du vôtre.",
    )
    yield from _counted(at, "Choisir dans le rapport", words, to_choose)


def _review(at: Moment, waiting: int) -> Iterator[Line]:
    words = (
        "{count} passage attend votre relecture ; il n’entre au rapport qu’après.",
        "{count} passages attendent votre relecture ; ils n’entrent au rapport qu’après.",
    )
    yield from _counted(at, "Relire", words, waiting)


def _words(at: Moment, waiting: WaitingWords) -> Iterator[Line]:
    if not waiting.passages:
        return
    voice = at.voice
    passages = voice.count(
        "{count} passage relu n’est pas encore au rapport : ajouté seul, il dirait de qui il"
        " vient.",
        "{count} passages relus ne sont pas encore au rapport : ajoutés seuls, ils diraient de qui"
        " ils viennent.",
        waiting.passages,
    )
    yield Line.of(voice, voice.say("Patienter"), f"{passages} {_until(voice, waiting)}")


def _until(voice: Voice, waiting: WaitingWords) -> str:
    """What lets the words in that wait: only what can still come true."""
    if not waiting.people:
        return voice.say(
            "Ces paroles y entrent quand le rapport peut montrer de nouveaux résultats."
        )
    if waiting.over:
        return voice.count(
            "Les entretiens sont finis et trop peu de personnes y ont été entendues : ces paroles"
            " n’y entrent que si {count} personne de plus est rencontrée.",
            "Les entretiens sont finis et trop peu de personnes y ont été entendues : ces paroles"
            " n’y entrent que si {count} personnes de plus sont rencontrées.",
            waiting.people,
        )
    if waiting.to_meet is not None and waiting.to_meet < waiting.people:
        return voice.say(
            "Trop peu de personnes restent à rencontrer pour que cela vienne plus tôt : ces paroles"
            " y entrent à la fin des entretiens, quand tout le monde a été rencontré après la"
            " clôture, ou passé le jour écrit sous « interviews_until » dans le fichier de"
            " l’étude ; écrivez-y ce jour si personne d’autre ne sera rencontré."
        )
    return voice.count(
        "Les paroles y entrent dès que {count} personne de plus a été entendue et ses mots"
        " retenus à la relecture, ou à la fin des entretiens (« interviews_until » du fichier de"
        " l’étude).",
        "Les paroles y entrent dès que {count} personnes de plus ont été entendues et leurs mots"
        " retenus à la relecture, ou à la fin des entretiens (« interviews_until » du fichier de"
        " l’étude).",
        waiting.people,
    )


def _contradictions(at: Moment, undecided: int) -> Iterator[Line]:
    words = (
        "{count} position d’entretien se contredit d’une note à l’autre et ne compte pas ;"
        " « maturity collect » dit laquelle et où choisir.",
        "{count} positions d’entretien se contredisent d’une note à l’autre et ne comptent pas ;"
        " « maturity collect » dit lesquelles et où choisir.",
    )
    yield from _counted(at, "Trancher", words, undecided)


def _interviews(at: Moment, part: Participation) -> Iterator[Line]:
    words = (
        "{count} personne qui a répondu reste à rencontrer en entretien.",
        "{count} personnes qui ont répondu restent à rencontrer en entretien.",
    )
    if _interviews_everybody(at, part):
        left = answered(part) - part.interviewed
        yield from _counted(at, "Rencontrer", words, left)


def _interviews_everybody(at: Moment, part: Participation) -> bool:
    confidential = at.study.confidentiality.mode is Mode.CONFIDENTIAL
    return confidential and answered(part) <= MOST_INTERVIEWS


def _workshop(at: Moment, part: Participation) -> Iterator[Line]:
    met = part.interviewed >= answered(part) or not _interviews_everybody(at, part)
    if at.is_over and answered(part) and met:
        yield _line(at, "Préparer l’atelier", "les réponses et les entretiens sont réunis.")
