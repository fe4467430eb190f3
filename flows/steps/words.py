"""Which words of the interviews may be printed by now, and how many wait for more people."""

from collections.abc import Collection

from flows.setup import Setup
from tasks.interviews.accounting import Fate, fates
from tasks.interviews.model import Notes
from tasks.interviews.words import Heard, Words, heard, may_renew, people_missing, renewed
from tasks.reports.next_steps import WaitingWords
from tasks.scoring.ledger import Publication, is_erased, read_ledger
from tasks.store.repository import Store


def interviews_over(setup: Setup, asked: Collection[str], met: Collection[str]) -> bool:
    """No interview is still to come.

    The day that the study gives is past; or nobody can answer any more and everybody who did was
    met. Before that somebody else may answer, and be the only one met that week.
    """
    last = setup.wave.interviews_until
    return (last is not None and setup.today > last) or (setup.closed and {*asked} <= {*met})


def words_now(setup: Setup, store: Store, notes: Notes) -> tuple[Words, Heard]:
    """The words that came in so far, or that an issue would let in now; and what the notes hold."""
    last = _last_publication(setup, store)
    now = heard(notes, store.reviews(setup.study.code, setup.wave.code))
    minimum = setup.study.confidentiality.min_group
    over = interviews_over(setup, _people(last), notes.interviewed)
    if may_renew(last.words, now, minimum, over=over):
        return renewed(last.words, now, {}, ()), now
    return last.words, now


def waiting_words(setup: Setup, store: Store) -> WaitingWords:
    """What a review let through and that waits, because it would tell whose it is."""
    study, wave, rules = setup.study.code, setup.wave.code, setup.study.confidentiality
    notes = store.notes(study, wave)
    words, now = words_now(setup, store, notes)
    became = fates([notes], store.reviews(study, wave), rules.quote_group, words)
    return WaitingWords(became[Fate.RENEWAL], people_missing(words, now, rules.min_group))


def _last_publication(setup: Setup, store: Store) -> Publication:
    record = store.publication(setup.study.code, setup.wave.code)
    ledger = read_ledger(record.breakdowns) if record else ()
    return ledger[-1] if ledger else Publication({}, frozenset())


def _people(publication: Publication) -> set[str]:
    people = {person for group in publication.groups.values() for person in group}
    return {person for person in people if not is_erased(person)}
