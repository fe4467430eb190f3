"""What staff may do now, from where the campaign stands."""

from collections.abc import Iterator

from config.study import Mode
from tasks.reports.follow_up import MOST_INTERVIEWS, Moment, answered
from tasks.reports.lines import Line
from tasks.results import Participation


def next_steps(
    at: Moment, part: Participation, *, waiting_quotes: int, to_choose: int, unknown_codes: int
) -> list[Line]:
    """What to do next, most urgent first.

    Args:
        at: the day, the wave, the study.
        part: who answered, as counts.
        waiting_quotes: quotes that nobody has reviewed yet.
        to_choose: passages of the report with a new text beside that of staff.
        unknown_codes: answers set aside because the model does not know their code.
    """
    lines = [
        *_platform(at, unknown_codes),
        *_reminder(at, part),
        *_started(at, part),
        *_report(at, to_choose),
        *_quotes(at, waiting_quotes),
        *_interviews(at, part),
        *_workshop(at, part),
    ]
    return lines or [_line(at, "Rien d’urgent", "la campagne suit son cours.")]


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
            "la plateforme envoie un code de réponse que le modèle ne connaît pas ; le journal du"
            " classeur des résultats dit à quelle question.",
        )


_REMIND = (
    "{count} personne n’a pas encore répondu ; la campagne se ferme le {closes}.",
    "{count} personnes n’ont pas encore répondu ; la campagne se ferme le {closes}.",
)
_REMIND_ALL = (
    "{count} personne n’a pas encore répondu. L’étude est anonyme : le rappel va à toutes les"
    " personnes invitées, avant le {closes}.",
    "{count} personnes n’ont pas encore répondu. L’étude est anonyme : le rappel va à toutes les"
    " personnes invitées, avant le {closes}.",
)
_STARTED = (
    "{count} personne a commencé sans aller au bout ; elle peut reprendre où elle en était.",
    "{count} personnes ont commencé sans aller au bout ; elles peuvent reprendre où elles en"
    " étaient.",
)


def _reminder(at: Moment, part: Participation) -> Iterator[Line]:
    if not at.is_open:
        return
    if part.invited is None:
        yield _line(
            at,
            "Nombre de personnes invitées",
            "à indiquer dans le fichier de l’étude, pour suivre la part de celles qui répondent.",
        )
        return
    words = _REMIND_ALL if at.study.confidentiality.mode is Mode.ANONYMOUS else _REMIND
    yield from _counted(at, "Relancer", words, part.invited - answered(part))


def _started(at: Moment, part: Participation) -> Iterator[Line]:
    if at.is_open:
        yield from _counted(at, "Encourager", _STARTED, part.partial_kept)


def _report(at: Moment, to_choose: int) -> Iterator[Line]:
    words = (
        "{count} passage où un nouveau texte est proposé à côté du vôtre.",
        "{count} passages où un nouveau texte est proposé à côté du vôtre.",
    )
    yield from _counted(at, "Choisir dans le rapport", words, to_choose)


def _quotes(at: Moment, waiting: int) -> Iterator[Line]:
    words = (
        "{count} citation attend votre relecture ; elle n’entre au rapport qu’après.",
        "{count} citations attendent votre relecture ; elles n’entrent au rapport qu’après.",
    )
    yield from _counted(at, "Relire", words, waiting)


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
