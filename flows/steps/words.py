"""Which words of the interviews may be printed by now, and how many wait for more people."""

from config.study import Mode
from flows.setup import Setup
from flows.steps.carried import Cleaned
from flows.steps.decided import decisions, heard_so_far
from flows.steps.planning import interviews_over, plan_now
from tasks.interviews.accounting import Fate, fates
from tasks.interviews.model import Notes
from tasks.interviews.words import Words, people_missing
from tasks.reports.next_steps import NO_WORDS, WaitingWords
from tasks.store.repository import Store


def words_now(setup: Setup, store: Store, cleaned: Cleaned, notes: Notes) -> Words:
    """The words that an issue on these answers and notes prints; of none, those of the last one."""
    if cleaned.waits:
        return cleaned.ledger[-1].words
    return plan_now(setup, store, cleaned, notes).publication.words


def waiting_words(setup: Setup, store: Store, cleaned: Cleaned, words: Words) -> WaitingWords:
    """What a review let through and that waits, because it would tell whose it is.

    Args:
        setup: the study and the day.
        store: its store.
        cleaned: the answers of now.
        words: what the issue prints.
    """
    rules = setup.study.confidentiality
    notes = store.notes(setup.study.code, setup.wave.code)
    became = fates([notes], decisions(setup, store, notes), rules.quote_group, words)
    if not became[Fate.RENEWAL]:
        return NO_WORDS
    over = interviews_over(setup, cleaned.published.fingerprints, notes.interviewed)
    now = heard_so_far(setup, store, notes)
    people = people_missing(words, now, rules.min_group, over=over)
    return WaitingWords(became[Fate.RENEWAL], people, _to_meet(setup, store, cleaned, notes), over)


def _to_meet(setup: Setup, store: Store, cleaned: Cleaned, notes: Notes) -> int | None:
    """How many people can still be met; None: nobody can tell."""
    if setup.study.confidentiality.mode is not Mode.CONFIDENTIAL:
        return None
    answered = cleaned.now.fingerprints.keys()
    if setup.closed:
        return len(answered - notes.interviewed)
    invited = store.invited(setup.study.code, setup.wave.code)
    return None if invited is None else max(0, invited - len(notes.interviewed))
