"""What the store and the cleaning say to staff: in English too, with French typography."""

import ast
import re
from pathlib import Path

import pytest

from config.catalogue import say

TASKS = Path(__file__).parents[2] / "tasks"


def sentences() -> list[str]:
    """Every sentence given to `say` in the two packages."""
    trees = [
        ast.parse(p.read_text())
        for area in ("store", "cleaning")
        for p in (TASKS / area).glob("*.py")
    ]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    said = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "say"]
    return sorted({call.args[0].value for call in said})


@pytest.mark.parametrize("sentence", sentences())
def test_every_sentence_has_an_english_one_with_the_same_places(sentence: str) -> None:
    """A translation that lacks, or that loses a value, would show in front of staff."""
    english = say(sentence, "en")

    assert english != sentence
    assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", sentence))


@pytest.mark.parametrize("sentence", sentences())
def test_french_sentences_keep_french_typography(sentence: str) -> None:
    """No plain space before : ; ! ? % and inside quotation marks; curly apostrophes."""
    assert not re.search(r" [:;!?%»]|« |\w'\w", sentence)
