"""Write `docs/pannes.md`: `python -m tests.limesurvey.faults`."""

from tasks.survey.limesurvey import transport
from tasks.survey.sandbox import running
from tests.limesurvey.faults.document import DOCUMENT, document
from tests.limesurvey.faults.matrix import pairs, platform, play

transport.BACKOFF_SECONDS = 0
one = platform()
with running(one) as url:
    play(one, url, None, "get_summary", "fr")
    DOCUMENT.write_text(document(play(one, url, *pair, "fr") for pair in pairs()), encoding="utf-8")
