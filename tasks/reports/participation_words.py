"""Who answered and what was sent, as sentences of the note and of the screen. Counts only."""

from datetime import date

from tasks.campaign.mailing.counts import MailCounts
from tasks.reports.follow_up import Moment, answered
from tasks.reports.voice import Voice
from tasks.results import Participation


def participation_sentences(at: Moment, part: Participation) -> list[str]:
    """How many answered, how many only in part, when the last answer came."""
    voice, count = at.voice, answered(part)
    if not count:
        return [_nobody_answered(voice, part)]
    people = voice.people_share(count, part.invited) if part.invited else voice.people(count)
    verb = voice.count("a répondu", "ont répondu", count)
    sentences = [voice.say("{people} {said}.", people=people, said=verb)]
    if part.partial_kept:
        sentences.append(
            voice.count(
                "{count} questionnaire n’est rempli qu’en partie ; il compte pour les questions"
                " répondues.",
                "{count} questionnaires ne sont remplis qu’en partie ; ils comptent pour les"
                " questions répondues.",
                part.partial_kept,
            )
        )
    if part.by_day:
        last = voice.day(date.fromisoformat(max(part.by_day)))
        sentences.append(voice.say("Le dernier envoi date du {day}.", day=last))
    return sentences


def _nobody_answered(voice: Voice, part: Participation) -> str:
    if not part.invited:
        return voice.say("Aucune réponse n’est encore arrivée.")
    return voice.count(
        "La personne inscrite n’a pas encore répondu.",
        "Aucune des {count} personnes inscrites n’a encore répondu.",
        part.invited,
    )


def mail_sentences(at: Moment, mails: MailCounts) -> list[str]:
    """How many mails left from here, and how many could not; nothing where none was sent."""
    voice = at.voice
    said = []
    if mails.last_day is not None:
        said.append(_sent(at, mails, mails.last_day))
    if mails.failed:
        said.append(
            voice.count(
                "{count} courriel n’a pas pu partir.",
                "{count} courriels n’ont pas pu partir.",
                mails.failed,
            )
        )
    return said


def _sent(at: Moment, mails: MailCounts, last: date) -> str:
    voice = at.voice
    invitations = voice.count("{count} invitation", "{count} invitations", mails.invitations)
    if not mails.reminders:
        return voice.say(
            "Le logiciel a envoyé {invitations} ; le dernier courriel date du {day}.",
            invitations=invitations,
            day=voice.day(last),
        )
    return voice.say(
        "Envoyés par le logiciel : {invitations} et {reminders} ; le dernier courriel"
        " date du {day}.",
        invitations=invitations,
        reminders=voice.count("{count} rappel", "{count} rappels", mails.reminders),
        day=voice.day(last),
    )
