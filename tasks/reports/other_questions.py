"""The complementary questions: obstacles and other items outside the dimensions."""

from typing import Any

from config.keyed import Keyed
from config.maturity_model import ItemKind
from tasks.reports.chart_data import Drawer
from tasks.reports.dimension_page import together
from tasks.reports.quotes import LONGEST_ON_PAGE, shortened
from tasks.results import CollectiveResults, OtherItemResult

MOST_TEXTS = 6
"""A question prints this many free texts at most."""


def other_questions(drawer: Drawer, results: CollectiveResults) -> list[dict[str, Any]]:
    """One entry a question; a part that does not apply is empty."""
    return [_question(drawer, other) for other in results.other_items]


def _question(drawer: Drawer, other: OtherItemResult) -> dict[str, Any]:
    voice, item = drawer.voice, drawer.model.item(other.item)
    return {
        "code": other.item,
        "question": voice.text(item.question),
        "text": together(
            _answered(drawer, other),
            voice.say("Plusieurs réponses étaient possibles.")
            if item.kind is ItemKind.MULTIPLE_CHOICE
            else "",
            _numbers(drawer, other),
        ),
        "has_chart": any((other.counts or {}).values()),
        "quotes": [
            Keyed(shortened(text, LONGEST_ON_PAGE), text) for text in other.texts[:MOST_TEXTS]
        ],
    }


def _answered(drawer: Drawer, other: OtherItemResult) -> str:
    if other.counts is None:
        return drawer.voice.say("Les réponses ne sont pas montrées, pour protéger les personnes.")
    return drawer.voice.count(
        "{count} personne a répondu à cette question.",
        "{count} personnes ont répondu à cette question.",
        other.answered,
    )


def _numbers(drawer: Drawer, other: OtherItemResult) -> str:
    if other.numbers is None:
        return ""
    lower, median, upper = (f"{number:g}" for number in other.numbers)
    return drawer.voice.say(
        "La moitié des réponses se situe entre {lower} et {upper}, autour de {median}.",
        lower=lower,
        median=median,
        upper=upper,
    )
