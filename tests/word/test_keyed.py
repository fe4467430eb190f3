"""Sentences with a key, in a template's loop."""

import pickle
from copy import copy, deepcopy

from config.keyed import Keyed, key_of
from tasks.word.anchors import anchor_key
from tasks.word.values import finalize


def test_key_stays_when_the_sentence_changes() -> None:
    """The anchor comes from the key; without one, from what is said."""
    one, other = Keyed("Quatre avis.", "lacking"), Keyed("Cinq avis.", "lacking")
    assert anchor_key(one, "d1") == anchor_key(other, "d1") == "d1/lacking"
    assert anchor_key("Quatre avis.") != anchor_key("Cinq avis.")
    assert (key_of(one), key_of("Quatre avis.")) == ("lacking", "Quatre avis.")


def test_copies_keep_the_key_and_print_the_text() -> None:
    """Copied, stored or printed: the same text, the same key, control characters out."""
    one = Keyed("Quatre avis.\x00", "lacking")
    stored = pickle.loads(pickle.dumps(one))  # noqa: S301 - our own bytes
    for made in (copy(one), deepcopy(one), stored):
        assert (made, made.key) == (one, "lacking")
    assert finalize(one) == "Quatre avis."
