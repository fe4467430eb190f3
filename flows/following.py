"""Where a campaign stands: from the answers pulled last, without server nor network."""

from config.settings import Settings
from flows.request import WaveRequest
from flows.setup import prepare
from flows.steps.answers import clean_answers
from flows.steps.following import follow_up
from tasks.reports.following import Following


def follow(request: WaveRequest, settings: Settings) -> Following:
    """Tell where a wave stands.

    Raises:
        StudyFileError: the study does not hold.
        StoreError: the store does not answer.
    """
    setup = prepare(request, settings)
    return follow_up(setup, clean_answers(setup))
