"""What a loop prints is known by a key of its own, not by what it says this week."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from config.keyed import Keyed
from report_templates.draw_interview_guide import draw
from tasks.reports.interview_guide import interview_guide
from tasks.word import environment
from tasks.word.anchors import anchor_key
from tasks.word.template import WordTemplate
from tests.interviews.test_guide import guide  # noqa: F401 - a fixture
from tests.reports import specimens
from tests.reports.test_weekly_note_template import fullest, render  # noqa: F401 - a fixture

_EXPLICIT = ("key", "code", "id")


@pytest.fixture
def looped(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the loops of the reports rendered from now on run over."""
    seen: list[Any] = []

    def noted(value: Any, outer: str = "") -> str:
        seen.append(value)
        return anchor_key(value, outer)

    for one in vars(environment).values():
        if "anchor_key" in getattr(one, "filters", {}):
            monkeypatch.setitem(one.filters, "anchor_key", noted)
    return seen


def keyless(items: list[Any]) -> Iterator[Any]:
    """Yield the items that say in no way which one they are."""
    for item in items:
        named = isinstance(item, dict) and any(item.get(name) for name in _EXPLICIT)
        if not named and not isinstance(item, Keyed):
            yield item


def test_items_of_the_collective_report_have_keys(looped, content, template) -> None:
    """Every loop of the report's template, in its fullest state."""
    template.render(content.context, content.charts, content.properties)
    assert looped
    assert list(keyless(looped)) == []


def test_items_of_the_weekly_note_have_keys(looped: list[Any], fullest: Callable) -> None:  # noqa: F811
    """Every loop of the note's template."""
    render(fullest())
    assert looped
    assert list(keyless(looped)) == []


def test_items_of_the_interview_guide_have_keys(looped: list[Any], guide) -> None:  # noqa: F811
    """Every loop of the guide's template."""
    results = specimens.collective(guide.form.model, guide.form.study)
    context, properties = interview_guide(results, {}, "P07", guide)
    WordTemplate.open(draw("fr-FR")).render(context, {}, properties)
    assert looped
    assert list(keyless(looped)) == []
