"""The weekly note: what the refresh changed, who answered, what the data are like, what to do.

It may be forwarded: no name, no pseudonym, and no word of anybody's answers is in it.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from config.maturity_model import MaturityModel
from config.study import Study, Wave
from tasks.campaign.mailing.counts import MailCounts
from tasks.reports.change_log import ChangeLog
from tasks.reports.chart_data import Drawer
from tasks.reports.collective import SOFTWARE
from tasks.reports.content import ReportContent
from tasks.reports.figures import all_figures, values_of
from tasks.reports.follow_up import (
    Moment,
    answered,
    answers_by_day,
    key_figures,
    quality,
    rule_counts,
    side_rows,
)
from tasks.reports.next_steps import NO_WORDS, WaitingWords, next_steps
from tasks.reports.participation import participation
from tasks.reports.participation_words import mail_sentences, participation_sentences
from tasks.reports.voice import Voice
from tasks.results import CollectiveResults
from tasks.word.properties import DocumentProperties

NO_MAILS = MailCounts()


def weekly_note(
    results: CollectiveResults,
    journal: pd.DataFrame,
    change_log: ChangeLog,
    model: MaturityModel,
    study: Study,
    wave: Wave,
    *,
    today: date,
    renewed: bool,
    waiting_passages: int,
    mails: MailCounts = NO_MAILS,
    undecided: int = 0,
    waiting_words: WaitingWords = NO_WORDS,
) -> ReportContent:
    """Lay out the note of one refresh.

    Args:
        results: of this refresh; its participation is that of today.
        journal: the cleaning journal of this refresh, contract JOURNAL.
        change_log: what changed since the last issue.
        model: the model of the study.
        study: authority, language, mode of confidentiality.
        wave: the campaign.
        today: the day of the refresh, in the study's time zone.
        renewed: False when the results are still those last published.
        waiting_passages: passages that nobody has decided on in the review.
        mails: invitations and reminders sent from here.
        undecided: subjects on which the notes of one person contradict each other.
        waiting_words: what was reviewed and waits for more people to be heard.
    """
    voice = Voice.of(study, model)
    drawer = Drawer.of(voice, model, study)
    at = Moment(voice, study, wave, today)
    part = results.participation
    rules = rule_counts(journal)
    steps = next_steps(
        at,
        part,
        mails,
        waiting_passages=waiting_passages,
        to_choose=change_log.to_choose,
        unknown_codes=rules["unknown_option"],
        undecided=undecided,
        waiting_words=waiting_words,
    )
    context = {
        "report": _report(voice, study, wave, today),
        "keys": key_figures(at, part),
        "passages": [line.fields for line in change_log.passages],
        "figures": [line.fields for line in change_log.figures],
        "waiting": "" if renewed else _waiting(voice, results),
        "participation": " ".join(participation_sentences(at, part)),
        "mails": " ".join(mail_sentences(at, mails)),
        "rows": side_rows(drawer, part),
        "withheld": participation(drawer, results)["withheld"] if answered(part) else "",
        "quality": quality(drawer, results, journal),
        "has_journal": bool(rules),
        "steps": [step.fields for step in steps],
    }
    return ReportContent(
        context=context,
        charts={"answers-by-day": answers_by_day(at, part)},
        properties=_properties(voice, study, model, results),
        values=_values(drawer, results, rules),
    )


def _report(voice: Voice, study: Study, wave: Wave, today: date) -> dict[str, str]:
    return {
        "programme": study.programme,
        "title": voice.text(study.title),
        "wave": voice.text(wave.label),
        "day": voice.day(today),
    }


def _waiting(voice: Voice, results: CollectiveResults) -> str:
    return voice.say(
        "Les résultats du rapport restent ceux de l’édition précédente. Trop peu de réponses sont"
        " arrivées depuis : les montrer maintenant laisserait deviner qui a répondu quoi. Ils"
        " seront renouvelés dès que {minimum} réponses nouvelles seront là, ou à la clôture.",
        minimum=results.min_group,
    )


def _values(
    drawer: Drawer, results: CollectiveResults, rules: Mapping[str, int]
) -> dict[str, str | int | float]:
    """The figures that the note prints: participation, and rows of the journal by rule."""
    figures = values_of(all_figures(drawer, results))
    shown = {name: one for name, one in figures.items() if name.startswith("participation.")}
    return shown | {f"journal.{rule}": count for rule, count in sorted(rules.items())}


def _properties(
    voice: Voice, study: Study, model: MaturityModel, results: CollectiveResults
) -> DocumentProperties:
    title = voice.say("Note de la semaine – {title}", title=voice.text(study.title))
    return DocumentProperties(
        title=title,
        subject=voice.text(model.title),
        author=study.programme or SOFTWARE,
        keywords=(voice.say("suivi de la campagne"), study.authority.name),
        description=voice.say("Note produite par {software}.", software=SOFTWARE),
        language=study.typography if study.language == "fr" else "en-GB",
        created=results.computed_at,
    )
