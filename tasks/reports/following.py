"""Where a campaign stands, for the terminal and the run's page: rows, a line of bars, what to do.

Counts only; a side only where the report would show it. As of the answers pulled last.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tasks.campaign.following import Days, days_of, sparkline
from tasks.campaign.mailing.counts import MailCounts
from tasks.reports.chart_data import Drawer
from tasks.reports.follow_up import Moment, answered, side_rows
from tasks.reports.lines import Line
from tasks.reports.next_steps import invite_first
from tasks.reports.participation import WITHHELD
from tasks.reports.participation_words import mail_sentences
from tasks.results import Participation

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Following:
    """How a campaign is going. No name, no pseudonym."""

    language: str
    title: str
    as_of: str  # of when the figures are
    rows: Rows
    sides: Rows  # point of view → how many answered
    withheld: str  # why some sides are not shown; empty: all are
    steps: tuple[str, ...]  # what to do now


def following(
    drawer: Drawer,
    at: Moment,
    part: Participation,
    mails: MailCounts,
    steps: list[Line],
    *,
    started: int,
    pulled_at: datetime | None,
) -> Following:
    """Tell how a campaign is going.

    Args:
        drawer: the voice and the titles of the sides.
        at: the day, the wave, the study.
        part: who answered, as counts.
        mails: what was sent from here.
        steps: what to do now.
        started: questionnaires begun and not finished, kept in the results or not.
        pulled_at: when the answers were pulled, aware; None: never.
    """
    voice = at.voice
    sides = tuple((row["label"], row["answered"]) for row in side_rows(drawer, part))
    return Following(
        language=voice.language,
        title=f"{voice.text(at.study.title)} – {voice.text(at.wave.label)}",
        as_of=_as_of(at, pulled_at),
        rows=(*_answers(at, part, started), *_days(at, part), *_mails(at, mails)),
        sides=sides,
        withheld=voice.say(WITHHELD) if answered(part) and _hidden(part) else "",
        steps=tuple(step.sentence for step in steps) if pulled_at else _first(at, mails),
    )


def _hidden(part: Participation) -> bool:
    """True when some side may not be shown."""
    return any(count is None for count, _ in part.by_side.values())


def _as_of(at: Moment, pulled_at: datetime | None) -> str:
    if pulled_at is None:
        return at.voice.say("Aucune réponse n’a encore été relevée.")
    local = pulled_at.astimezone(ZoneInfo(at.study.timezone))
    return at.voice.say("Réponses relevées le {day} à {time}.", day=at.voice.day(local.date()),
                        time=f"{local:%H:%M}")  # fmt: skip


def _first(at: Moment, mails: MailCounts) -> tuple[str, ...]:
    """Nothing was pulled yet: invite, unless that is done, then pull."""
    refresh = at.voice.say("Relevez d’abord les réponses : maturity refresh {study}",
                           study=at.study.code)  # fmt: skip
    return (*(line.sentence for line in invite_first(at, mails)), refresh)


def _answers(at: Moment, part: Participation, started: int) -> Rows:
    voice, count = at.voice, answered(part)
    share = voice.share(count, part.invited) if part.invited else str(count)
    rows = [
        (voice.say("Ont répondu"), share),
        (voice.say("Questionnaires complets"), str(part.complete)),
        (voice.say("Commencés, pas terminés"), str(started)),
    ]
    if part.by_day:
        last = voice.day(date.fromisoformat(max(part.by_day)))
        rows.append((voice.say("Dernier envoi"), last))
    return tuple(rows)


def _days(at: Moment, part: Participation) -> Rows:
    """The line of bars, with its first and last day; nothing where days are not known."""
    if not part.by_day:
        return ()
    days = days_of(part.by_day, at.wave, at.today)
    label = "Envois par semaine" if days.weekly else "Envois par jour"
    return ((at.voice.say(label), _bars(at, days)),)


def _bars(at: Moment, days: Days) -> str:
    first, last = (at.voice.short_day(day) for day in (days.starts[0], days.starts[-1]))
    most = at.voice.say("au plus {most}", most=max(days.counts))
    return f"{first} {sparkline(days.counts)} {last} ({most})"


def _mails(at: Moment, mails: MailCounts) -> Rows:
    said = mail_sentences(at, mails)
    if mails.doubtful:
        said.append(
            at.voice.count(
                "{count} courriel est peut-être parti ; le prochain envoi le vérifie.",
                "{count} courriels sont peut-être partis ; le prochain envoi le vérifie.",
                mails.doubtful,
            )
        )
    return ((at.voice.say("Courriels"), " ".join(said)),) if said else ()
