"""What this area says to staff."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.catalogue import say

SOURCES = Path(__file__).parents[2] / "tasks" / "word"
SPEAKERS = {"refusal", "refuse", "_refuse", "say"}


def _texts(node: ast.expr | None) -> list[str]:
    parts = node.values if isinstance(node, ast.Dict) else [node]
    return [
        one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


def _sentences(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named.setdefault(node.targets[0].id, []).extend(_texts(node.value))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in SPEAKERS:
            for argument in call.args:
                yield from _texts(argument)
                holder = argument.value if isinstance(argument, ast.Subscript) else argument
                yield from named.get(getattr(holder, "id", ""), ())


ALL = sorted({text for path in SOURCES.glob("*.py") for text in _sentences(path)})


@pytest.mark.parametrize("sentence", ALL)
def test_every_sentence_has_its_english_and_french_typography(sentence):
    """A sentence for staff is translated and has no-break spaces where French wants them."""
    assert say(sentence, "en") != sentence
    assert "« " not in sentence
    assert " »" not in sentence
    assert not any(f" {mark}" in sentence for mark in ":;!?")


def test_the_sentences_are_found():
    """The walk over the sources finds the sentences that it is to check."""
    assert len(ALL) > 20
