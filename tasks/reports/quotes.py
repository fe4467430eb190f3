"""Which quotations stand on a dimension's page, and which go to the annex.

Words are never changed; a very long one is cut between two words and the cut is shown « […] ».
"""

from collections.abc import Sequence

from tasks.reports.voice import Voice
from tasks.results import Quote

MOST_ON_PAGE = 3
PAGE_ROOM = 420  # characters: what a page can take beside its charts
LONGEST_ON_PAGE = 300
LONGEST_IN_ANNEX = 1200
CUT = " […]"


def on_the_page(voice: Voice, quotes: Sequence[Quote]) -> list[dict[str, str]]:
    """The first quotations that fit, in their order; the others are in the annex."""
    return [quote_fields(voice, quote, LONGEST_ON_PAGE) for quote in _fitting(quotes)]


def in_the_annex(voice: Voice, quotes: Sequence[Quote]) -> list[dict[str, str]]:
    """The quotations that the page leaves out, or cuts."""
    printed = [quote for quote in _fitting(quotes) if len(quote.text) <= LONGEST_ON_PAGE]
    return [quote_fields(voice, quote) for quote in quotes if quote not in printed]


def _fitting(quotes: Sequence[Quote]) -> list[Quote]:
    kept: list[Quote] = []
    room = PAGE_ROOM
    for quote in quotes:
        length = min(len(quote.text), LONGEST_ON_PAGE)
        if len(kept) < MOST_ON_PAGE and length <= room:
            kept.append(quote)
            room -= length
    return kept


def quote_fields(voice: Voice, quote: Quote, longest: int = LONGEST_IN_ANNEX) -> dict[str, str]:
    """The words of a quotation, on one line, and who said them as far as they agreed to."""
    origin = {
        "comment": voice.say("questionnaire"),
        "interview": voice.say("entretien"),
    }.get(quote.origin, "")
    source = ", ".join(part for part in (quote.attribution, origin) if part)
    return {"key": quote.text, "text": shortened(quote.text, longest), "source": source}


def shortened(text: str, longest: int) -> str:
    """The text on one line, cut between two words when it is longer than `longest`."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[:longest].rpartition(" ")[0] or line[:longest]
    return f"{cut}{CUT}"
