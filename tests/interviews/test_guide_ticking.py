"""Boxes ticked in a guide, by hand or by Word; nothing is guessed."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.interviews.ticking import Unclear, chosen

WORDS = ("confirmée", "nuancée", "révisée")
EMPTY = "☐\u00a0confirmée   ☐\u00a0nuancée   ☐\u00a0révisée"


@pytest.mark.parametrize("text", ["", "   ", EMPTY, "[ ] confirmée [ ] nuancée [ ] révisée"])
def test_no_box_ticked_is_no_choice(text: str) -> None:
    """A field left as it was printed says nothing."""
    assert chosen(text, WORDS) is None


@pytest.mark.parametrize(
    "text",
    [
        "☐ confirmée   ☒ nuancée   ☐ révisée",
        "☐ confirmée   ☐x nuancée   ☐ révisée",
        "☐ confirmée   ☐ x nuancée   ☐ révisée",
        "☐ confirmée   x nuancée   ☐ révisée",
        "☐ confirmée\n☑ nuancée\n☐ révisée",
        "[ ] confirmée [x] nuancée [ ] révisée",
        "nuancée",
        "Nuancée.",
        "NUANCEE",
        "X nuancée",
        "confirmée ✓ nuancée révisée",
    ],
)
def test_one_clear_tick_is_a_choice(text: str) -> None:
    """Boxes replaced, crosses typed before the word, or the word alone."""
    assert chosen(text, WORDS) == "nuancée"


@pytest.mark.parametrize(
    "text",
    [
        "☒ confirmée   ☒ nuancée   ☐ révisée",
        "☐ confirmée x   ☐ nuancée   ☐ révisée",
        "☐ confirmée   ☐ nuancée   ☐ révisée ?",
        "plutôt nuancée",
        "☐ nuancée",
        "nuancée ou révisée",
        "ailleurs",
        "☒ confirmée ☐ nuancée ☐ révisée ☐ confirmée",
    ],
)
def test_what_is_not_clear_is_refused(text: str) -> None:
    """Two ticks, a tick between two boxes, other words, boxes half removed."""
    with pytest.raises(Unclear):
        chosen(text, WORDS)


def test_a_word_inside_another_word_is_not_that_word() -> None:
    """« Motricité fine » is not « Motricité »."""
    words = ("Motricité", "Motricité fine")
    assert chosen("☐ Motricité   ☒ Motricité fine", words) == "Motricité fine"
    with pytest.raises(Unclear):
        chosen("Motricités", words)


@given(st.text(max_size=40))
def test_any_text_is_a_choice_none_or_refused(text: str) -> None:
    """Whatever is typed, the answer is one of the words, none, or a refusal."""
    with contextlib.suppress(Unclear):
        assert chosen(text, WORDS) in (*WORDS, None)


@given(st.sampled_from(WORDS), st.text(st.characters(codec="latin-1"), min_size=1, max_size=10))
def test_words_added_behind_never_make_another_choice(word: str, added: str) -> None:
    """What is typed after a ticked box leaves the choice as it is, or makes it unclear."""
    text = EMPTY.replace(f"☐\u00a0{word}", f"☒\u00a0{word}")
    with contextlib.suppress(Unclear):
        assert chosen(f"{text} {added}", WORDS) == word
