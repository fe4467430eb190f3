"""What staff read of invitations and reminders: who receives what, why not, what became of it.

A participant is told by the number of their line in the platform's table: the account that sends
can look it up there, and nobody else learns anything from it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date

from config.catalogue import say, say_count
from config.study import Study, Wave
from tasks.campaign.mailing.hours import NotNow, next_moment
from tasks.campaign.mailing.model import MailKind, MailLine, MailStatus, anonymous
from tasks.campaign.mailing.rules import Choice, LeftOut
from tasks.campaign.mailing.sending import Dispatch

_LEFT_OUT: Mapping[LeftOut, tuple[str, str]] = {
    LeftOut.ANSWERED: ("{count} personne a déjà répondu", "{count} personnes ont déjà répondu"),
    LeftOut.DOUBLE: (
        "{count} personne inscrite une seconde fois avec la même adresse : à retirer de la table "
        "des participants",
        "{count} personnes inscrites une seconde fois avec la même adresse : à retirer de la "
        "table des participants",
    ),
    LeftOut.INVITED: ("{count} personne est déjà invitée", "{count} personnes sont déjà invitées"),
    LeftOut.NOT_INVITED: (
        "{count} personne n’est pas encore invitée",
        "{count} personnes ne sont pas encore invitées",
    ),
    LeftOut.TOO_SOON: (
        "{count} personne a reçu un courriel il y a moins de {days} jours",
        "{count} personnes ont reçu un courriel il y a moins de {days} jours",
    ),
    LeftOut.ENOUGH: (
        "{count} personne a reçu tous les rappels que prévoit l’étude ({reminders})",
        "{count} personnes ont reçu tous les rappels que prévoit l’étude ({reminders})",
    ),
    LeftOut.IN_DOUBT: (
        "{count} personne dont le dernier courriel est peut-être parti : à revoir dans un quart "
        "d’heure",
        "{count} personnes dont le dernier courriel est peut-être parti : à revoir dans un quart "
        "d’heure",
    ),
    LeftOut.UNDELIVERABLE: (
        "{count} personne sans adresse valable sur la plateforme",
        "{count} personnes sans adresse valable sur la plateforme",
    ),
    LeftOut.ERASED: (
        "{count} personne effacée ici à sa demande, à supprimer aussi sur la plateforme",
        "{count} personnes effacées ici à leur demande, à supprimer aussi sur la plateforme",
    ),
}
_WRITTEN_TODAY = (
    "{count} personne a reçu un courriel aujourd’hui",
    "{count} personnes ont reçu un courriel aujourd’hui",
)

MOST_LISTED = 20
"""People told one by one on a screen or a page."""


def receivers(choice: Choice, study: Study) -> Iterator[str]:
    """Who receives a mail, one line each, then how many more; anonymous: only how many."""
    language, kind = study.language, choice.kind
    if anonymous(study) and kind is MailKind.REMINDER:
        yield say_count(
            "{count} personne invitée ; la plateforme n’écrit pas à qui a déjà répondu, et ne dit "
            "pas de qui il s’agit",
            "{count} personnes invitées ; la plateforme n’écrit pas à celles qui ont déjà "
            "répondu, et ne dit pas lesquelles",
            len(choice.chosen),
            language,
        )
        return
    for one in choice.chosen[:MOST_LISTED]:
        what = mail_name(kind, one.number, language)
        line = say("Participant n° {number} : {what}", language,
                   number=one.platform_id, what=what)  # fmt: skip
        again = "" if one.failed is None else say(
            " – nouvel essai ; la dernière fois : {reason}", language,
            reason=failure(one.failed, language),
        )  # fmt: skip
        yield line + again
    more = len(choice.chosen) - MOST_LISTED
    if more > 0:
        yield say_count("et {count} autre personne", "et {count} autres personnes", more, language)


def mail_name(kind: MailKind, number: int, language: str) -> str:
    """« invitation », « rappel n° 2 »."""
    if kind is MailKind.INVITATION:
        return say("invitation", language)
    return say("rappel n° {number}", language, number=number)


def left_out(choice: Choice, study: Study) -> Iterator[str]:
    """How many receive nothing, reason by reason."""
    counts = Counter(choice.left_out.values())
    for reason, words in _LEFT_OUT.items():
        if counts[reason]:
            today = reason is LeftOut.TOO_SOON and study.mailing.days_between == 1
            yield say_count(
                *(_WRITTEN_TODAY if today else words),
                counts[reason],
                study.language,
                days=study.mailing.days_between,
                reminders=study.mailing.reminders,
            )


def outcome(dispatch: Dispatch, kind: MailKind, study: Study) -> Iterator[str]:
    """What became of the mails: how many left, then each one that did not, with the reason."""
    language = study.language
    sent = len(dispatch.of(MailStatus.SENT))
    yield say_count(*_sent_words(kind, study), sent, language)
    yield from _not_sent(dispatch.of(MailStatus.FAILED), language)
    doubtful = dispatch.of(MailStatus.UNKNOWN, MailStatus.RESERVED)
    if doubtful:
        yield say_count(
            "{count} courriel dont la plateforme n’a pas dit s’il est parti ; ce sera relu avant "
            "tout autre envoi",
            "{count} courriels dont la plateforme n’a pas dit s’ils sont partis ; ce sera relu "
            "avant tout autre envoi",
            len(doubtful),
            language,
        )
    if dispatch.elsewhere:
        yield say_count(
            "{count} courriel qu’un autre envoi fait en ce moment",
            "{count} courriels qu’un autre envoi fait en ce moment",
            len(dispatch.elsewhere),
            language,
        )


def _sent_words(kind: MailKind, study: Study) -> tuple[str, str]:
    if kind is MailKind.INVITATION:
        return "{count} invitation envoyée", "{count} invitations envoyées"
    if anonymous(study):
        return (
            "{count} rappel confié à la plateforme, qui n’écrit pas à qui a déjà répondu",
            "{count} rappels confiés à la plateforme, qui n’écrit pas à qui a déjà répondu",
        )
    return "{count} rappel envoyé", "{count} rappels envoyés"


def _not_sent(lines: Iterable[MailLine], language: str) -> Iterator[str]:
    """Each reason once, with the numbers of those whom it concerns."""
    of: defaultdict[str, list[int]] = defaultdict(list)
    for line in lines:
        of[failure(line.reason, language)].append(line.platform_id)
    for reason, numbers in of.items():
        if len(numbers) == 1:
            yield say("Participant n° {number} : pas envoyé, {reason}", language,
                      number=numbers[0], reason=reason)  # fmt: skip
        else:
            yield say("Participants n° {numbers} : pas envoyés, {reason}", language,
                      numbers=_listed(numbers), reason=reason)  # fmt: skip


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:MOST_LISTED]))
    return shown if len(numbers) <= MOST_LISTED else f"{shown}…"


_FAILURES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"from address|mail from|sender|relay"),
        "le serveur de courriel refuse l’expéditeur ; donnez à l’enquête une adresse qu’il "
        "accepte (LimeSurvey, « Paramètres généraux »), ou prévenez son administrateur",
    ),
    (
        re.compile(r"\b4[25][0-9]\b|\b4\.[0-9]\.[0-9]|too many|rate limit|greylist|try again"),
        "le serveur de courriel demande d’attendre ; relancez dans une heure",
    ),
    (
        re.compile(
            r"recipient|invalid address|user unknown|no such user|mailbox|\b55[03]\b|\b5\.1\.\d"
        ),
        "le serveur de courriel refuse l’adresse ; corrigez-la dans la table des participants",
    ),
    (
        re.compile(r"authenticat|\b535\b|credentials"),
        "le serveur de courriel refuse le compte de LimeSurvey ; son administrateur doit revoir "
        "les réglages de courriel",
    ),
    (
        re.compile(r"connect|instantiate|smtp|sendmail|mail server|timed out|timeout"),
        "le serveur de courriel de LimeSurvey ne répond pas ou refuse l’envoi ; prévenez son "
        "administrateur",
    ),
)
"""Words of the platform's mailer (PHPMailer's English, SMTP codes) → what they mean.

The sender first: its refusal comes with the codes of a refused address.
"""


def failure(reason: str, language: str) -> str:
    """Why a mail was not sent, in words that staff can act on; the platform's own when unknown."""
    low = reason.casefold()
    for marks, sentence in _FAILURES:
        if marks.search(low):
            return say(sentence, language)
    return reason or say("la plateforme n’a pas dit pourquoi", language)


def why_not_now(reason: NotNow, study: Study, wave: Wave, moment: datetime) -> str:
    """Why nothing may leave at a moment."""
    language, rule = study.language, study.mailing
    local = moment.astimezone(ZoneInfo(study.timezone))
    if reason is NotNow.BEFORE:
        return say("La campagne ouvre le {day}.", language, day=_day(wave.opens, language))
    if reason is NotNow.AFTER:
        return say("La campagne est close.", language)
    if reason is NotNow.WEEKEND:
        return say("L’étude n’écrit pas le samedi ni le dimanche.", language)
    return say("Il est {now} ; l’étude n’écrit qu’entre {first} h et {last} h.", language,
               now=f"{local:%H:%M}", first=rule.from_hour, last=rule.until_hour)  # fmt: skip


def when(moment: datetime, study: Study) -> str:
    """« 21 septembre 2026 à 08:00 », in the study's time zone."""
    local = moment.astimezone(ZoneInfo(study.timezone))
    return say("{day} à {time}", study.language,
               day=_day(local, study.language), time=f"{local:%H:%M}")  # fmt: skip


def _day(day: date, language: str) -> str:
    return str(format_date(day, format="full", locale=language))


def next_possible(moment: datetime | None, study: Study) -> str:
    """When a mail may leave; nothing where none may any more."""
    if moment is None:
        return ""
    return say("Prochain moment possible : {moment}.", study.language,
               moment=when(moment, study))  # fmt: skip


def later(choice: Choice, study: Study, wave: Wave) -> Iterator[str]:
    """When the next reminder is possible, if nobody may receive one now."""
    if choice.due is None or choice.chosen:
        return
    zone = ZoneInfo(study.timezone)
    moment = next_moment(study, wave, datetime.combine(choice.due, time.min, zone))
    if moment is None:
        yield say("La campagne finit avant que d’autres rappels soient possibles.", study.language)
    else:
        yield say("Prochains rappels possibles à partir du {moment}.", study.language,
                  moment=when(moment, study))  # fmt: skip


def after(dispatch: Dispatch, kind: MailKind, study: Study) -> Iterator[str]:
    """What to do once mails were sent: try again those that did not leave, then follow."""
    command = "invite" if kind is MailKind.INVITATION else "remind"
    if dispatch.of(MailStatus.FAILED):
        yield say("Une fois la cause levée, relancez « maturity {command} {study} » : seuls "
                  "les courriels qui ne sont pas partis le seront.", study.language,
                  command=command, study=study.code)  # fmt: skip
    if dispatch.of(MailStatus.SENT):
        yield say("Voyez où en est la campagne : « maturity follow {study} ».",
                  study.language, study=study.code)  # fmt: skip
