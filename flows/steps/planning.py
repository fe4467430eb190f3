"""What an issue may show by now: the same for the issue and for whoever tells staff of it."""

from collections.abc import Collection

from flows.setup import Setup
from flows.steps.carried import Cleaned
from flows.steps.decided import heard_so_far
from tasks.interviews.merging import interview_positions
from tasks.interviews.model import Notes
from tasks.scoring.publication import Plan, plan_publication
from tasks.store.repository import Store


def plan_now(setup: Setup, store: Store, cleaned: Cleaned, notes: Notes) -> Plan:
    """What an issue on these answers and notes may show, beside everything published so far."""
    published = cleaned.published
    return plan_publication(
        published.respondents,
        published.fingerprints,
        interview_positions(notes, setup.loaded.model, setup.language),
        setup.loaded.model,
        setup.study,
        cleaned.ledger,
        closed=setup.closed,
        interviews_over=interviews_over(setup, published.fingerprints, notes.interviewed),
        after_erasure=setup.after_erasure,
        heard=heard_so_far(setup, store, notes),
    )


def interviews_over(setup: Setup, asked: Collection[str], met: Collection[str]) -> bool:
    """No interview is still to come.

    The day that the study gives is past; or nobody can answer any more and everybody who did was
    met. Before that somebody else may answer, and be the only one met that week.
    """
    last = setup.wave.interviews_until
    return (last is not None and setup.today > last) or (setup.closed and {*asked} <= {*met})
