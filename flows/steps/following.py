"""The step that tells where a campaign stands, from what is stored: nothing is asked anywhere."""

from flows.setup import Setup
from flows.steps.answers import participation_now
from flows.steps.carried import Cleaned
from flows.steps.decided import waiting_passages
from flows.steps.words import waiting_words, words_now
from tasks.campaign.mailing.counts import mail_counts
from tasks.cleaning.journal import Rule
from tasks.reports.chart_data import Drawer
from tasks.reports.follow_up import Moment, rule_counts
from tasks.reports.following import Following, following
from tasks.reports.next_steps import next_steps
from tasks.reports.voice import Voice


def follow_up(setup: Setup, cleaned: Cleaned, to_choose: int = 0) -> Following:
    """Tell where the campaign stands, as of the answers pulled last.

    Args:
        setup: the study and the day.
        cleaned: the answers of now.
        to_choose: passages of the report with a new text beside that of staff.
    """
    study, wave, model = setup.study, setup.wave, setup.loaded.model
    voice = Voice.of(study, model)
    at = Moment(voice, study, wave, setup.today)
    with setup.store() as store:
        pull = store.last_pull(study.code, wave.code)
        mails = mail_counts(store.mail_lines(store.mail_book(study, wave)), study.timezone)
        notes = store.notes(study.code, wave.code)
        part = participation_now(setup, store, cleaned, notes)
        waiting = waiting_passages(setup, store)
        printed = words_now(setup, store, cleaned, notes)
        words = waiting_words(setup, store, cleaned, printed)
    rules = rule_counts(cleaned.now.journal)
    steps = next_steps(
        at,
        part,
        mails,
        waiting_passages=waiting,
        to_choose=to_choose,
        unknown_codes=rules[Rule.UNKNOWN_OPTION.value],
        waiting_words=words,
    )
    return following(
        Drawer.of(voice, model, study),
        at,
        part,
        mails,
        steps,
        started=part.partial_kept + rules[Rule.PARTIAL_EXCLUDED.value],
        pulled_at=pull.pulled_at if pull else None,
    )
